"""The queues, agents and customers that a ticket file names: found among those of the desk, or to be made.

One that is to be made has a negative number until it is written. A name that fits several is never guessed.
"""

import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Final

from agentdesk.domain.identity import email_fault, name_key, normalise_email, normalise_name
from agentdesk.store.reader import Reader
from agentdesk.transfer.tickets.made_before import MadeBefore

_NOT_IN_HANDLE: Final = re.compile(r"[^a-z0-9]+")
MAX_HANDLE: Final = 32


class ForeignNameError(ValueError):
    """A name that cannot be followed; `str()` reads after the column and the value."""


@dataclass(frozen=True, slots=True)
class NewThing:
    """A queue, agent, organization or customer that the file names and the desk does not know."""

    entity: str
    name: str
    handle: str = ""
    email: str | None = None
    external_id: str | None = None
    organization: int | None = None


@dataclass(slots=True)
class NameBook:
    """Numbers for names.

    Attributes:
        new: what is to be made, by its negative number.
        organizations: of the customers, by customer, where they have one.
    """

    new: dict[int, NewThing] = field(default_factory=dict)
    organizations: dict[int, int] = field(default_factory=dict)
    _queues: dict[str, int] = field(default_factory=dict)
    _agents: dict[str, list[int]] = field(default_factory=dict)
    _actors: dict[str, int | None] = field(default_factory=dict)
    _handles: set[str] = field(default_factory=set)
    _external: dict[str, int] = field(default_factory=dict)
    _emails: dict[str, int] = field(default_factory=dict)
    _companies: dict[str, int] = field(default_factory=dict)
    _customers: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, read: Reader, before: MadeBefore | None = None) -> "NameBook":
        """Everything the desk knows by name.

        Args:
            read: the snapshot.
            before: what the same import made before it was stopped, and is not known for that.
        """
        book, before = cls(), before or MadeBefore()
        queues = read.tuples("SELECT id, name_key FROM queue")
        book._queues = {key: row_id for row_id, key in queues if not before.has("queue", row_id)}
        for row_id, handle, name, email in read.tuples("SELECT id, handle, name, email FROM agent"):
            if before.has("agent", row_id):
                continue
            book._handles.add(handle.casefold())
            for key in {name_key(handle), name_key(name), name_key(email or "")} - {""}:
                book._agents.setdefault(key, []).append(row_id)
        sql = "SELECT id, external_id, name_key, organization_id FROM customer WHERE merged_into_id IS NULL"
        for row_id, external_id, key, organization_id in read.stream(sql):
            if before.has("customer", row_id):
                continue
            book._customers.setdefault(key, []).append(row_id)
            if external_id:
                book._external[external_id] = row_id
            if organization_id is not None:
                book.organizations[row_id] = organization_id
        companies = read.tuples("SELECT id, name_key FROM organization")
        book._companies = {key: one for one, key in companies if not before.has("organization", one)}
        sql = (
            "SELECT id, external_id, merged_into_id FROM customer "
            "WHERE merged_into_id IS NOT NULL AND external_id IS NOT NULL"
        )
        book._external |= {
            key: other for one, key, other in read.stream(sql) if not before.has("customer", one)
        }
        sql = "SELECT normalised, customer_id FROM contact_point WHERE kind = 'email'"
        book._emails = {key: one for key, one in read.stream(sql) if not before.has("customer", one)}
        book._learn_former_names(read, before)
        return book

    def _learn_former_names(self, read: Reader, before: MadeBefore) -> None:
        """What was renamed here is still found by the name the other system uses."""
        sql = (
            "SELECT entity, entity_id, before FROM journal WHERE entity IN "
            "('queue', 'agent', 'customer', 'organization') "
            "AND before IS NOT NULL AND after IS NOT NULL AND CAST(before AS TEXT) LIKE '%\"name\"%'"
        )
        for entity, row_id, told in read.tuples(sql):
            if before.has(entity, row_id):
                continue
            key = name_key((json.loads(told) if isinstance(told, str) else told).get("name") or "")
            if entity in ("queue", "organization"):
                (self._queues if entity == "queue" else self._companies).setdefault(key, row_id)
            else:
                (self._agents if entity == "agent" else self._customers).setdefault(key, [row_id])

    def made(self, before: MadeBefore) -> dict[int, int]:
        """What is to be made and was made before, by its negative number."""
        found = {
            number: before.number(thing.entity, thing.name, thing.email, thing.external_id)
            for number, thing in self.new.items()
        }
        return {number: row_id for number, row_id in found.items() if row_id is not None}

    def queue(self, text: str) -> int:
        """The queue of a name."""
        key = name_key(text)
        if key not in self._queues:
            self._queues[key] = self._add(NewThing("queue", normalise_name(text)))
        return self._queues[key]

    def organization(self, text: str) -> int:
        """The organization of a name."""
        key = name_key(text)
        if key not in self._companies:
            self._companies[key] = self._add(NewThing("organization", normalise_name(text)))
        return self._companies[key]

    def agent(self, text: str, email: str = "") -> int:
        """The agent of a handle, a name or an address; made inactive where there is none.

        Args:
            text: one of these.
            email: the address that one to be made gets.

        Raises:
            ForeignNameError: it fits several.
        """
        key = name_key(text)
        address = normalise_email(email or text) if "@" in (email or text) else None
        if key not in self._agents:
            thing = NewThing("agent", normalise_name(text), handle=self._handle(text), email=address)
            self._agents[key] = [self._add(thing)]
        found = _only(self._agents[key], "agent", "Write the handle.")
        if found < 0 and address and not self.new[found].email:
            self.new[found] = replace(self.new[found], email=address)
        return found

    def known_agent(self, text: str) -> int | None:
        """The agent of a name, where the desk had exactly one before this file."""
        if text not in self._actors:
            found = [row_id for row_id in self._agents.get(name_key(text), ()) if row_id > 0]
            self._actors[text] = found[0] if len(found) == 1 else None
        return self._actors[text]

    def customer(
        self, name: str, email: str = "", external_id: str = "", organization: int | None = None
    ) -> int:
        """The customer of an id in the other system, else of an address, else of a name.

        Args:
            name: what they are called.
            email: their address.
            external_id: their id there.
            organization: the one that somebody who is to be made belongs to.

        Raises:
            ForeignNameError: the name fits several, or the address cannot be one.
        """
        address = self._address(email or (name if "@" in name and not external_id else ""))
        found = self._external.get(external_id) if external_id else None
        if found is None and address:
            found = self._emails.get(address)
        key = name_key(name or email or external_id)
        if found is None and not external_id and not address and key in self._customers:
            hint = "Map its customer_email or customer_id as well."
            found = _only(self._customers[key], "customer", hint)
        if found is None:
            thing = NewThing(
                "customer",
                normalise_name(name or email or external_id),
                email=address or None,
                external_id=external_id or None,
                organization=organization,
            )
            found = self._add(thing)
            if organization is not None:
                self.organizations[found] = organization
            self._customers.setdefault(key, []).append(found)
        if external_id:
            self._external.setdefault(external_id, found)
        if address:
            self._emails.setdefault(address, found)
        return found

    def _address(self, email: str) -> str:
        if not email:
            return ""
        address = normalise_email(email)
        if address is None:
            raise ForeignNameError(f"is no e-mail address: {email_fault(email)}")
        return address

    def _add(self, thing: NewThing) -> int:
        number = -len(self.new) - 1
        self.new[number] = thing
        return number

    def _handle(self, text: str) -> str:
        """One short word of plain letters that nobody has."""
        plain = unicodedata.normalize("NFKD", text.partition("@")[0]).encode("ascii", "ignore").decode()
        base = _NOT_IN_HANDLE.sub("-", plain.casefold()).strip("-")[:MAX_HANDLE].strip("-") or "agent"
        handle, number = base, 1
        while handle in self._handles or handle in ("me", "none"):
            number += 1
            handle = f"{base}-{number}"
        self._handles.add(handle)
        return handle


def _only(found: list[int], kind: str, hint: str) -> int:
    if len(found) > 1:
        raise ForeignNameError(f"fits {len(found)} {kind}s. {hint}")
    return found[0]
