"""The customers of a store that the rows at hand can be about, found in a few queries for thousands of rows.

The same queries run on the store and on the scratch database of a dry run.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from agentdesk.domain.identity import name_key
from agentdesk.store.load import among, bind_list
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.merge import Phones
from agentdesk.transfer.contacts.person import FIELDS, Person, Point

Query = Callable[[str, Mapping[str, Any]], Sequence[Any]]
_JSON_FIELDS: Final = (FIELDS.index("tags"), FIELDS.index("extra"))


Keyed = tuple[ContactRecord, Phones]
"""A row with its phone numbers by normalised form."""


class People:
    """Customers behind a query function."""

    def __init__(self, query: Query, *, is_sqlite: bool) -> None:
        """Read through `query`; it takes SQL and its parameters."""
        self._query = query
        self._is_sqlite = is_sqlite

        def among_keys(column: str) -> str:
            return among(column, "keys", is_sqlite=is_sqlite)

        self._by_email = (
            "SELECT normalised, customer_id FROM contact_point "
            f"WHERE kind = 'email' AND {among_keys('normalised')}"
        )
        self._by_id = (
            "SELECT external_id, coalesce(merged_into_id, id) FROM customer "
            f"WHERE {among_keys('external_id')}"
        )
        self._by_name = (
            f"SELECT id FROM customer WHERE {among_keys('name_key')} "
            "AND email IS NULL AND phone IS NULL AND external_id IS NULL AND merged_into_id IS NULL"
        )
        self._by_phone = (
            "SELECT DISTINCT p.normalised, c.id, c.name_key, coalesce(c.name = c.external_id, false) "
            "OR EXISTS (SELECT 1 FROM contact_point o WHERE o.customer_id = c.id AND o.value = c.name), "
            "c.email IS NULL AND c.external_id IS NULL "
            "FROM contact_point p JOIN customer c ON c.id = p.customer_id "
            f"WHERE p.kind = 'phone' AND {among_keys('p.normalised')}"
        )
        self._points = (
            "SELECT id, customer_id, kind, value, normalised, label, is_primary FROM contact_point "
            f"WHERE {among_keys('customer_id')} ORDER BY id"
        )
        self._customers = (
            f"SELECT id, version, {', '.join(FIELDS)} FROM customer WHERE {among_keys('id')} ORDER BY id"
        )
        self._former = (
            "SELECT merged_into_id, external_id FROM customer "
            f"WHERE {among_keys('merged_into_id')} AND external_id IS NOT NULL ORDER BY id"
        )
        self._names = f"SELECT id, name FROM organization WHERE {among_keys('id')}"
        self._organizations = f"SELECT name_key, id FROM organization WHERE {among_keys('name_key')}"

    def find(self, rows: Sequence[Keyed]) -> tuple[set[int], set[str]]:
        """Ids of all whom the rows can mean, and the phone numbers that several customers share."""
        emails = dict(self._ask(self._by_email, (key for record, _ in rows for key in record.email_keys)))
        names = dict(self._ask(self._by_id, (record.external_id for record, _ in rows if record.external_id)))
        found = {*emails.values(), *names.values()}
        rest: Sequence[Keyed] = rows
        if found:
            rest = [
                (record, phones)
                for record, phones in rows
                if record.external_id not in names and emails.keys().isdisjoint(record.email_keys)
            ]
        bare = {
            name_key(record.name)
            for record, phones in rest
            if not (phones or record.email_keys or record.external_id)
        }
        found.update(row_id for (row_id,) in self._ask(self._by_name, bare))
        by_phone, crowded = self._find_by_phone(rest)
        return found | by_phone, crowded

    def _find_by_phone(self, rows: Sequence[Keyed]) -> tuple[set[int], set[str]]:
        owners: dict[str, list[Sequence[Any]]] = {}
        for owner in self._ask(self._by_phone, (key for _, phones in rows for key in phones)):
            owners.setdefault(owner[0], []).append(owner)
        if not owners:
            return set(), set()
        wanted: dict[str, set[str]] = {key: set() for key in owners}
        for record, phones in rows:
            for key in phones:
                if key in wanted:
                    wanted[key].add(name_key(record.name))
        found = {
            row_id
            for key, people in owners.items()
            for _, row_id, name, is_nameless, is_bare in people
            if is_nameless or name in wanted[key] or ("" in wanted[key] and (is_bare or len(people) == 1))
        }
        return found, {key for key, people in owners.items() if len(people) > 1}

    def load(self, ids: Collection[int]) -> list[Person]:
        """Customers with all their ways, by id."""
        points: dict[int, list[Point]] = {}
        for row_id, owner, kind, value, normalised, label, is_primary in self._ask(self._points, ids):
            points.setdefault(owner, []).append(
                Point(kind, value, normalised, label, is_primary=bool(is_primary), row_id=row_id)
            )
        former: dict[int, list[str]] = {}
        for owner, external_id in self._ask(self._former, ids):
            former.setdefault(owner, []).append(external_id)
        people = []
        for row_id, version, *values in self._ask(self._customers, ids):
            for place in _JSON_FIELDS:
                if isinstance(values[place], str):
                    values[place] = json.loads(values[place])
            people.append(Person(row_id, version, tuple(values), points.get(row_id, [])))
            people[-1].former = former.get(row_id, ())
        return people

    def organizations(self, keys: Collection[str]) -> dict[str, int]:
        """Ids by folded name, of those there are."""
        return dict(self._ask(self._organizations, keys))

    def organization_names(self, ids: Collection[int]) -> dict[int, str]:
        """Names by id."""
        return dict(self._ask(self._names, ids))

    def _ask(self, sql: str, keys: Iterable[Any]) -> Sequence[Any]:
        listed = set(keys)
        return self._query(sql, {"keys": bind_list(listed, is_sqlite=self._is_sqlite)}) if listed else ()
