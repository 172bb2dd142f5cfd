"""Customers and organizations that the desk has, looked up by what a file calls them."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from agentdesk.domain.identity import name_key
from agentdesk.store.reader import Reader

EXTERNAL, EMAIL = "external", "email"
_CUSTOMER: Final[Mapping[str, str]] = {
    EXTERNAL: "SELECT coalesce(merged_into_id, id) FROM customer WHERE external_id = :key",
    EMAIL: "SELECT customer_id FROM contact_point WHERE kind = 'email' AND normalised = :key",
}
"""How a customer is found."""
_REMEMBERED: Final = 4096


class KnownNames:
    """The names of one snapshot.

    Attributes:
        former: what was renamed here, by entity and the key of the name that the other system may still use.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self.former = _former_names(read)
        self.customer = lru_cache(_REMEMBERED)(self._customer)
        self.organization = lru_cache(_REMEMBERED)(self._organization)

    def customers(self, key: str) -> tuple[int | None, int]:
        """The first customer of a name, and how many there are."""
        sql = "SELECT min(id), count(*) FROM customer WHERE merged_into_id IS NULL AND name_key = :key"
        ((first, count),) = self._read.tuples(sql, {"key": key})
        if first is None and (first := self.former["customer"].get(key)) is not None:
            return first, 1
        return first, count

    def organization_of(self, customer_id: int) -> int | None:
        """Where a customer belongs."""
        sql = "SELECT organization_id FROM customer WHERE id = :id AND merged_into_id IS NULL"
        found: int | None = self._read.value(sql, {"id": customer_id})
        return found

    def _customer(self, place: str, key: str) -> int | None:
        found: int | None = self._read.value(_CUSTOMER[place], {"key": key})
        return found

    def _organization(self, key: str) -> int | None:
        found = self._read.value("SELECT id FROM organization WHERE name_key = :key", {"key": key})
        return self.former["organization"].get(key) if found is None else found


def _former_names(read: Reader) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"queue": {}, "agent": {}, "customer": {}, "organization": {}}
    sql = (
        "SELECT entity, entity_id, before FROM journal WHERE entity IN "
        "('queue', 'agent', 'customer', 'organization') "
        "AND before IS NOT NULL AND after IS NOT NULL AND CAST(before AS TEXT) LIKE '%\"name\"%'"
    )
    for entity, row_id, before in read.stream(sql):
        key = name_key((json.loads(before) if isinstance(before, str) else before).get("name") or "")
        found[entity].setdefault(key, row_id)
    return found
