"""What rows made of customers goes into the store: few statements, every row journaled, full text and tags in step."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.store.load import Load
from agentdesk.transfer.contacts.person import FIELDS, Newcomer, Person, Point, Way

_quoted = json.encoder.encode_basestring_ascii
_POINT = ("id", "customer_id", "kind", "value", "normalised", "label", "is_primary")
_CUSTOMER = ("id", "name_key", *FIELDS)
_BLANK: Final[dict[str, str | int]] = {"version": 1, "tier": "", "do_not_contact": False, "warning": ""}
"""What no file says of a new customer."""
_UNSAID: Final[dict[str, str | int]] = {
    "version": 1,
    "domains": "[]",
    "tier": "",
    "notes": "",
    "tags": "[]",
    "extra": "{}",
}
"""What no file says of a new organization."""
Told = tuple[int, Way]
"""Whose way to be reached, and which."""


def save_organizations(load: Load, names: Mapping[int, str]) -> dict[int, int]:
    """Add organizations by provisional id; return their ids by it."""
    ids = load.reserve("organization", len(names))
    rows = [(row_id, name, name_key(name)) for row_id, name in zip(ids, names.values(), strict=True)]
    load.insert("organization", ("id", "name", "name_key"), rows, {**_stamps(load), **_UNSAID})
    load.journal_made("organization", ids, Event.ORGANIZATION_CREATED, is_main=True)
    load.learn("organization", ids)
    return dict(zip(names, ids, strict=True))


def add_people(
    load: Load, people: Sequence[Newcomer], organizations: Mapping[int, int], source: str
) -> Sequence[int]:
    """Add customers with all their ways; return their ids, in order.

    The row of a customer repeats the primary ways, so its journal row tells of them; only the others get their own.

    Args:
        load: the change.
        people: the customers.
        organizations: ids of new organizations by provisional id.
        source: what told of their ways.
    """
    if not people:
        return ()
    ids = load.reserve("customer", len(people))
    rows: list[tuple[Any, ...]] = []
    points: list[Told] = []
    tags: list[tuple[int, str]] = []
    for row_id, (values, ways) in zip(ids, people, strict=True):
        external_id, name, email, phone, company, *texts, listed, extra = values
        if company is not None and company < 0:
            company = organizations[company]
        rows.append(
            (
                row_id,
                name_key(name),
                external_id,
                name,
                email,
                phone,
                company,
                *texts,
                _list(tuple(listed)),
                _object(extra) if extra else "{}",
            )
        )
        points += [(row_id, way) for way in ways]
        if listed:
            tags += [(row_id, tag) for tag in listed]
    load.insert("customer", _CUSTOMER, rows, {**_stamps(load), **_BLANK})
    load.journal_made("customer", ids, Event.CUSTOMER_CREATED, is_main=True)
    point_ids = _add_points(load, points, source)
    untold = [point_id for point_id, (_, way) in zip(point_ids, points, strict=True) if not way[-1]]
    load.journal_made("contact_point", untold, Event.CUSTOMER_CREATED, is_main=False)
    _tag(load, tags)
    load.learn("customer", ids)
    return ids


def change_people(load: Load, people: Sequence[Person], source: str) -> None:
    """Write what changed on customers that the store holds; `source` is what told of new ways to reach them."""
    if not people:
        return
    at = load.instant(load.change.at)
    journal: list[dict[str, Any]] = []
    rows: list[tuple[Any, ...]] = []
    changed: list[Person] = []
    points: list[tuple[Any, ...]] = []
    for one in people:
        before, after = one.difference()
        if after:
            changed.append(one)
            told = (*one.values[:-2], _list(tuple(one.tags)), _object(one.extra))
            rows.append((at, one.version + 1, name_key(one.name), *told, one.id, one.version))
        journal.append(
            {
                "entity": "customer",
                "entity_id": one.id,
                "version": one.version + bool(after),
                "customer_id": one.id,
                "is_main": True,
                "before": before or None,
                "after": after or None,
            }
        )
        for point in one.points:
            if point.is_changed:
                points.append((at, point.label, load.flag(point.is_primary), point.id))
                journal.append(_point_row(one, point))
    ids = [one.id for one in changed]
    load.forget("customer", ids)
    sets = ", ".join(f"{name} = ?" for name in FIELDS)
    load.many(
        f"UPDATE customer SET updated_at = ?, version = ?, name_key = ?, {sets} WHERE id = ? AND version = ?",
        rows,
    )
    load.learn("customer", ids)
    load.many("UPDATE contact_point SET updated_at = ?, label = ?, is_primary = ? WHERE id = ?", points)
    load.journal(journal, Event.CUSTOMER_CHANGED)
    fresh = [
        (one.id, way)
        for one in people
        for point, way in zip(one.points, one.newcomer.ways, strict=True)
        if not point.id
    ]
    load.journal_made(
        "contact_point", _add_points(load, fresh, source), Event.CUSTOMER_CHANGED, is_main=False
    )
    retagged = [one for one in changed if one.before and one.before[FIELDS.index("tags")] != one.tags]
    load.many("DELETE FROM tag WHERE entity = 'customer' AND entity_id = ?", [(one.id,) for one in retagged])
    _tag(load, [(one.id, tag) for one in retagged for tag in one.tags])


def _stamps(load: Load) -> dict[str, Any]:
    return dict.fromkeys(("created_at", "updated_at"), load.change.at)


def _add_points(load: Load, points: Sequence[Told], source: str) -> Sequence[int]:
    ids = load.reserve("contact_point", len(points))
    if load.change.is_sqlite:  # twice as slow on a truth that is no plain number
        rows = [(row_id, owner, *way[:4], +way[4]) for row_id, (owner, way) in zip(ids, points, strict=True)]
    else:
        rows = [(row_id, owner, *way) for row_id, (owner, way) in zip(ids, points, strict=True)]
    told: dict[str, Any] = {**_stamps(load), "source": source}
    if load.change.batch_id is not None:
        told["batch_id"] = load.change.batch_id
    load.insert("contact_point", _POINT, rows, told)
    return ids


def _tag(load: Load, tags: Sequence[tuple[int, str]]) -> None:
    load.insert("tag", ("entity_id", "name"), list(dict.fromkeys(tags)), {"entity": "customer"})


@lru_cache(1024)
def _list(texts: tuple[str, ...]) -> str:
    """Texts as a JSON list; the same few come in row after row."""
    return f"[{', '.join(map(_quoted, texts))}]"


def _object(values: Mapping[str, Any]) -> str:
    """Values as JSON; made by hand, as `json.dumps` takes five times as long."""
    try:
        return f"{{{', '.join([f'{_quoted(key)}: {_quoted(values[key])}' for key in values])}}}"
    except TypeError:  # a value that is no text, such as a list of ids
        return json.dumps(values)


def _point_row(person: Person, point: Point) -> dict[str, Any]:
    assert point.before
    pairs = zip(("label", "is_primary"), point.before, (point.label, point.is_primary), strict=True)
    changed = [(name, old, new) for name, old, new in pairs if old != new]
    return {
        "entity": "contact_point",
        "entity_id": point.id,
        "version": None,
        "customer_id": person.id,
        "is_main": False,
        "before": {name: old for name, old, _ in changed},
        "after": {name: new for name, _, new in changed},
    }
