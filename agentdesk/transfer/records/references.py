"""Whom and what a record names: customers, agents and tickets of the desk, looked up for many rows at once.

Nobody is made here, and nothing that fits several is guessed.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from agentdesk.domain.identity import name_key, normalise_email, normalise_phone
from agentdesk.store.load import among, bind_list
from agentdesk.store.reader import Reader
from agentdesk.transfer.records.kind import Kind
from agentdesk.transfer.records.reading import TICKET, WHO, Record

_OWN_TICKET: Final = re.compile(r"[Tt]-(\d{1,9})")
_CUSTOMERS: Final = {
    "customer_id": "SELECT external_id, id FROM customer WHERE {among}",
    "customer_email": "SELECT normalised, customer_id FROM contact_point WHERE kind = 'email' AND {among}",
    "customer_phone": "SELECT normalised, customer_id FROM contact_point WHERE kind = 'phone' AND {among}",
    "customer": "SELECT name_key, id FROM customer WHERE merged_into_id IS NULL AND {among}",
}
_COLUMNS: Final = {
    "customer_id": "external_id",
    "customer_email": "normalised",
    "customer_phone": "normalised",
    "customer": "name_key",
}


class UnknownError(ValueError):
    """A name that leads to nobody, or to several; `str()` reads after the column and the value."""


class References:
    """What the rows of a portion name."""

    def __init__(self, kind: Kind, read: Reader, source: str, records: Sequence[Record]) -> None:
        """Look everything up."""
        self._kind, self._read = kind, read
        self._customers = {
            name: self._look(sql, _COLUMNS[name], keys)
            for name, sql in _CUSTOMERS.items()
            if (keys := {_key(name, said) for one in records if (said := one.names.get(name))} - {""})
        }
        self._merged = self._survivors()
        self._agents = self._all_agents() if any(one.names.keys() & kind.people for one in records) else {}
        self._tickets = self._find_tickets(
            source, {one.names[TICKET] for one in records if TICKET in one.names}
        )

    def customer(self, record: Record) -> int | None:
        """The customer of a row: by the id, else the address, else the number; by name where none of these is told.

        Raises:
            UnknownError: there is none, or several.
        """
        said = [(name, record.names[name]) for name in WHO if name in record.names]
        if len(said) > 1:
            said = [one for one in said if one[0] != "customer"]
        for name, text in said:
            found = self._people(self._customers.get(name, {}).get(_key(name, text), ()))
            if len(found) > 1:
                raise UnknownError(
                    f"fits {len(found)} customers; map the customer_email or customer_id as well"
                )
            if found:
                return found[0]
        if said:
            raise UnknownError("is no customer of the desk; import the contacts first")
        return None

    def agent(self, text: str) -> int:
        """The agent of a handle, a name or an address.

        Raises:
            UnknownError: there is none, or several.
        """
        found = self._agents.get(name_key(text), ())
        if len(found) != 1:
            raise UnknownError(f"fits {len(found)} agents" if found else "is no agent of the desk")
        return found[0]

    def ticket(self, text: str) -> int:
        """The ticket of a reference, or of its id in the other system.

        Raises:
            UnknownError: there is none, or several.
        """
        found = self._tickets.get(text, ())
        if len(found) != 1:
            raise UnknownError(f"fits {len(found)} tickets" if found else "is no ticket of the desk")
        return found[0]

    def _look(self, sql: str, column: str, keys: Iterable[str]) -> dict[str, list[int]]:
        read = self._read
        where = among(column, "keys", is_sqlite=read.is_sqlite)
        found: dict[str, list[int]] = {}
        for key, row_id in read.tuples(
            sql.format(among=where), {"keys": bind_list(keys, is_sqlite=read.is_sqlite)}
        ):
            found.setdefault(key, []).append(int(row_id))
        return found

    def _survivors(self) -> dict[int, int]:
        """Whom those were merged into that were found, step by step to the end."""
        merged: dict[int, int] = {}
        wanted = {row_id for found in self._customers.values() for ids in found.values() for row_id in ids}
        while wanted:
            listed = ",".join(map(str, sorted(wanted)))
            sql = f"SELECT id, merged_into_id FROM customer WHERE merged_into_id IS NOT NULL AND id IN ({listed})"
            news = {int(one): int(other) for one, other in self._read.tuples(sql)}
            merged |= news
            wanted = set(news.values()) - set(merged)
        return merged

    def _people(self, ids: Iterable[int]) -> list[int]:
        return list(dict.fromkeys(self._last(row_id) for row_id in ids))

    def _last(self, row_id: int) -> int:
        while row_id in self._merged:
            row_id = self._merged[row_id]
        return row_id

    def _all_agents(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row_id, *names in self._read.tuples("SELECT id, handle, name, email FROM agent"):
            for key in {name_key(name or "") for name in names} - {""}:
                found.setdefault(key, []).append(int(row_id))
        return found

    def _find_tickets(self, source: str, texts: set[str]) -> dict[str, list[int]]:
        """The ids of the same system first, then references of ours, then ids of any system."""
        if not texts:
            return {}
        own = {text: int(found[1]) for text in texts if (found := _OWN_TICKET.fullmatch(text))}
        there = self._there(own.values())
        sql = "SELECT external_id, id FROM ticket WHERE {among}"
        anywhere = self._look(sql, "external_id", texts)
        same = self._same_source(source, [row_id for ids in anywhere.values() for row_id in ids])
        tickets: dict[str, list[int]] = {}
        for text in texts:
            mine = [row_id for row_id in anywhere.get(text, ()) if row_id in same]
            ours = [own[text]] if own.get(text) in there else []
            tickets[text] = mine or ours or anywhere.get(text, [])
        return tickets

    def _there(self, ids: Iterable[int]) -> set[int]:
        listed = ",".join(map(str, sorted(ids)))
        sql = f"SELECT id FROM ticket WHERE id IN ({listed})"
        return {int(row_id) for (row_id,) in self._read.tuples(sql)} if listed else set()

    def _same_source(self, source: str, ids: Sequence[int]) -> set[Any]:
        if not ids:
            return set()
        sql = f"SELECT id FROM ticket WHERE source = :source AND id IN ({','.join(map(str, ids))})"
        return {row_id for (row_id,) in self._read.tuples(sql, {"source": source})}


def _key(name: str, text: str) -> str:
    """The form by which a customer is found."""
    if name == "customer_email":
        return normalise_email(text) or ""
    if name == "customer_phone":
        return normalise_phone(text) or ""
    return name_key(text) if name == "customer" else text
