"""Customers as they are compared with each other: names, addresses, numbers and ids."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from agentdesk.domain.duplicates import Profile
from agentdesk.domain.identity import name_key
from agentdesk.queries.past import chunks
from agentdesk.store.reader import Reader

_PAGE = 5_000
_WHOSE = frozenset({"customer", "contact", "person", "user", "record", "external", "client", "member"})
_SHORTEST_ID = 4
_RARE = (
    "(SELECT count(*) FROM (SELECT 1 FROM customer AS other WHERE other.name_key = customer.name_key "
    "AND other.merged_into_id IS NULL LIMIT 3) AS namesakes) < 3"
)
"""Beside the one and the other nobody; not asked of whole pages, where it does not matter."""
_PEOPLE = (
    "SELECT customer.id, customer.name, customer.organization_id, coalesce(organization.name, ''), "
    "customer.external_id, customer.extra, {rare} FROM customer "
    "LEFT JOIN organization ON organization.id = customer.organization_id WHERE customer.merged_into_id IS NULL "
)
_PAGES = f"{_PEOPLE.format(rare='1')}AND customer.id > :after ORDER BY customer.id LIMIT :limit"
_SOME = f"{_PEOPLE.format(rare=_RARE)}AND customer.id IN ({{ids}})"
_POINTS = "SELECT customer_id, kind, normalised FROM contact_point WHERE kind IN ('email', 'phone') AND "
_POINTS_BETWEEN = f"{_POINTS}customer_id BETWEEN :first AND :last ORDER BY customer_id, id"
_POINTS_OF = f"{_POINTS}customer_id IN ({{ids}}) ORDER BY customer_id, id"


def profile_pages(read: Reader) -> Iterator[list[Profile]]:
    """Everybody who was not merged, by id, some thousands at a time."""
    after = 0
    while rows := read.tuples(_PAGES, {"after": after, "limit": _PAGE}):
        first, after = int(rows[0][0]), int(rows[-1][0])
        points = read.tuples(_POINTS_BETWEEN, {"first": first, "last": after})
        yield _profiles(rows, points)


def profiles(read: Reader, ids: Collection[int]) -> dict[int, Profile]:
    """Some customers by id."""
    found: dict[int, Profile] = {}
    for some in chunks(ids):
        rows, points = read.tuples(_SOME.format(ids=some)), read.tuples(_POINTS_OF.format(ids=some))
        found |= {one.id: one for one in _profiles(rows, points)}
    return found


def _profiles(rows: Sequence[Sequence[Any]], points: Sequence[Sequence[Any]]) -> list[Profile]:
    ways: dict[tuple[int, str], list[str]] = {}
    for owner, kind, normalised in points:
        ways.setdefault((owner, kind), []).append(normalised)
    return [
        Profile(
            row_id,
            name,
            organization_id,
            organization,
            tuple(ways.get((row_id, "email"), ())),
            tuple(ways.get((row_id, "phone"), ())),
            _ids(external_id, extra),
            bool(is_rare),
        )
        for row_id, name, organization_id, organization, external_id, extra, is_rare in rows
    ]


def _ids(external_id: str | None, extra: Any) -> tuple[str, ...]:
    """What names this customer elsewhere: the external id, and other fields that are called an id of theirs."""
    found = [external_id] if external_id else []
    if extra and extra != "{}":
        fields = json.loads(extra) if isinstance(extra, str) else extra
        found += [str(value) for name, value in fields.items() if _is_own_id(name) and value]
    return tuple(dict.fromkeys(one.casefold() for one in found if len(one) >= _SHORTEST_ID))


def _is_own_id(name: str) -> bool:
    words = name_key(name.replace("_", " ").replace("-", " ")).split()
    return "id" in words and _WHOSE.issuperset(word for word in words if word != "id")
