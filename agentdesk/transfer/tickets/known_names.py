"""Customers and organizations that the desk has, looked up by what a file calls them."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from agentdesk.domain.identity import name_key
from agentdesk.store.reader import Reader
from agentdesk.transfer.tickets.made_before import MadeBefore

EXTERNAL, EMAIL = "external", "email"
_CUSTOMER: Final[Mapping[str, str]] = {
    EXTERNAL: "SELECT id, coalesce(merged_into_id, id) FROM customer WHERE external_id = :key",
    EMAIL: "SELECT customer_id, customer_id FROM contact_point WHERE kind = 'email' AND normalised = :key",
}
"""How a customer is found: its number, and that of whom it means."""
_REMEMBERED: Final = 4096


class KnownNames:
    """The names of one snapshot.

    Attributes:
        former: what was renamed here, by entity and the key of the name that the other system may still use.
    """

    def __init__(self, read: Reader, before: MadeBefore) -> None:
        self._read = read
        self._before = before
        self.former = _former_names(read, before)
        self.customer = lru_cache(_REMEMBERED)(self._customer)
        self.organization = lru_cache(_REMEMBERED)(self._organization)

    def customers(self, key: str) -> tuple[int | None, int]:
        """The first customer of a name, and how many there are."""
        first, count = self._all_called(key)
        if first is None and (first := self.former["customer"].get(key)) is not None:
            return first, 1
        return first, count

    def _all_called(self, key: str) -> tuple[int | None, int]:
        where = "FROM customer WHERE merged_into_id IS NULL AND name_key = :key"
        if self._before.is_empty:
            ((first, count),) = self._read.tuples(f"SELECT min(id), count(*) {where}", {"key": key})
            return first, count
        found = [one for (one,) in self._read.stream(f"SELECT id {where}", {"key": key})]
        found = [one for one in found if not self._before.has("customer", one)]
        return min(found, default=None), len(found)

    def organization_of(self, customer_id: int) -> int | None:
        """Where a customer belongs."""
        sql = "SELECT organization_id FROM customer WHERE id = :id AND merged_into_id IS NULL"
        found: int | None = self._read.value(sql, {"id": customer_id})
        return found

    def has_address(self, customer_id: int) -> bool:
        """Whether a customer has an address for mail."""
        return self._read.value("SELECT email FROM customer WHERE id = :id", {"id": customer_id}) is not None

    def _customer(self, place: str, key: str) -> int | None:
        found = self._read.tuples(_CUSTOMER[place], {"key": key})
        return next((int(who) for one, who in found if not self._before.has("customer", one)), None)

    def _organization(self, key: str) -> int | None:
        found = self._read.value("SELECT id FROM organization WHERE name_key = :key", {"key": key})
        if found is None or self._before.has("organization", found):
            return self.former["organization"].get(key)
        return int(found)


def _former_names(read: Reader, before: MadeBefore) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"queue": {}, "agent": {}, "customer": {}, "organization": {}}
    sql = (
        "SELECT entity, entity_id, before FROM journal WHERE entity IN "
        "('queue', 'agent', 'customer', 'organization') "
        "AND before IS NOT NULL AND after IS NOT NULL AND CAST(before AS TEXT) LIKE '%\"name\"%'"
    )
    for entity, row_id, told in read.stream(sql):
        if not before.has(entity, row_id):
            key = name_key((json.loads(told) if isinstance(told, str) else told).get("name") or "")
            found[entity].setdefault(key, row_id)
    return found
