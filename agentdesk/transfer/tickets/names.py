"""The queues, agents and customers that a ticket file names: found among those of the desk, or to be made.

One that is to be made has a negative number until it is written. A name that fits several is never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from agentdesk.domain.identity import email_fault, name_key, normalise_email, normalise_name
from agentdesk.store.reader import Reader
from agentdesk.transfer.tickets.known_names import EMAIL, EXTERNAL, KnownNames
from agentdesk.transfer.tickets.made_before import MadeBefore
from agentdesk.transfer.tickets.new_names import CUSTOMER, ORGANIZATION, NewNames, NewThing
from agentdesk.transfer.tickets.numbers import NumberBook
from agentdesk.transfer.tickets.scratch import TicketScratch

_NOT_IN_HANDLE: Final = re.compile(r"[^a-z0-9]+")
MAX_HANDLE: Final = 32
_REMEMBERED: Final = 4096
"""Customers whose organization is kept in memory."""


class ForeignNameError(ValueError):
    """A name that cannot be followed; `str()` reads after the column and the value."""


class NameBook:
    """Numbers for names; customers and organizations are looked up one by one, because there may be any number of them.

    Attributes:
        numbers: whom the numbers of the other system mean.
    """

    def __init__(self, read: Reader, scratch: TicketScratch, source: str, batch: int | None = None) -> None:
        """Learn the queues and agents of the desk.

        Args:
            read: the snapshot; it stays open until all names were read.
            scratch: where what is to be made waits.
            source: the other system.
            batch: the import that goes on; what it made before it was stopped is not known for that.
        """
        before = MadeBefore(read, batch, scratch)
        self._known = KnownNames(read, before)
        self._new = NewNames(scratch, before)
        self.numbers = NumberBook(read, scratch, source)
        self._queues: dict[str, int] = {
            key: row_id
            for row_id, key in read.tuples("SELECT id, name_key FROM queue")
            if not before.has("queue", row_id)
        }
        self._agents: dict[str, list[int]] = {}
        self._actors: dict[str, int | None] = {}
        self._handles: set[str] = set()
        for row_id, handle, name, email in read.tuples("SELECT id, handle, name, email FROM agent"):
            if before.has("agent", row_id):
                continue
            self._handles.add(handle.casefold())
            for key in {name_key(handle), name_key(name), name_key(email or "")} - {""}:
                self._agents.setdefault(key, []).append(row_id)
        for key, row_id in self._known.former["queue"].items():
            self._queues.setdefault(key, row_id)
        for key, row_id in self._known.former["agent"].items():
            self._agents.setdefault(key, [row_id])
        self.organization_of = lru_cache(_REMEMBERED)(self._organization_of)

    def queue(self, text: str) -> int:
        """The queue of a name."""
        key = name_key(text)
        if key not in self._queues:
            self._queues[key] = self._new.add(NewThing("queue", normalise_name(text)))
        return self._queues[key]

    def organization(self, text: str) -> int:
        """The organization of a name."""
        key = name_key(text)
        found = self._new.called(ORGANIZATION, key) or self._known.organization(key)
        if found is None:
            found = self._new.add(NewThing("organization", normalise_name(text)))
            self._new.call(ORGANIZATION, key, found)
        return found

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
            self._agents[key] = [self._new.add(thing)]
        several = self._agents[key]
        found = _only(several[0], len(several), "agent", "Write the handle.")
        if found < 0 and address:
            self._new.give_email(found, address)
        return found

    def known_agent(self, text: str) -> int | None:
        """The agent of a name, where the desk had exactly one before this file."""
        if text not in self._actors:
            found = [row_id for row_id in self._agents.get(name_key(text), ()) if row_id > 0]
            self._actors[text] = found[0] if len(found) == 1 else None
        return self._actors[text]

    def customer(
        self,
        name: str,
        email: str = "",
        external_id: str = "",
        organization: int | None = None,
        *,
        phones: Sequence[str] = (),
        is_numbered: bool = False,
    ) -> int:
        """The customer of an id in the other system, else of an address, else of a name.

        Args:
            name: what they are called.
            email: their address.
            external_id: their id there.
            organization: the one that somebody who is to be made belongs to.
            phones: the telephone numbers that somebody who is to be made gets.
            is_numbered: the id is a number that only its system knows: an address says more.

        Raises:
            ForeignNameError: the name fits several, or the address cannot be one.
        """
        address = self._address(email or (name if "@" in name and not external_id else ""))
        found = self._of(EXTERNAL, external_id) if external_id and not (is_numbered and address) else None
        if found is None and address:
            found = self._of(EMAIL, address)
        key = name_key(name or email or external_id)
        if found is None and not external_id and not address:
            found = self._by_name(key)
        is_free = bool(external_id) and self._of(EXTERNAL, external_id) is None
        if found is None:
            thing = NewThing(
                "customer",
                normalise_name(name or email or external_id),
                email=address or None,
                external_id=external_id if is_free else None,
                organization=organization,
                phones=phones,
            )
            found = self._new.add(thing)
            self._new.call(CUSTOMER, key, found)
        if is_numbered and address and is_free and not self._carries(found, external_id):
            self.numbers.tell(CUSTOMER, external_id, found)
        for place, told in ((EXTERNAL, external_id), (EMAIL, address)):
            if told and self._of(place, told) is None:
                self._new.call(place, told, found)
        return found

    def has_customer(self, external_id: str) -> bool:
        """Whether the desk had somebody with an address under an id of the other system before this file."""
        found = self.numbers.get(CUSTOMER, external_id) or self._known.customer(EXTERNAL, external_id)
        return found is not None and self._known.has_address(found)

    def _carries(self, customer_id: int, external_id: str) -> bool:
        if customer_id < 0:
            return self._new.thing(customer_id).external_id == external_id
        return self._known.customer(EXTERNAL, external_id) == customer_id

    def _of(self, place: str, key: str) -> int | None:
        """Whom an id or an address leads to."""
        kept = self.numbers.get(CUSTOMER, key) if place == EXTERNAL else None
        return kept or self._new.called(place, key) or self._known.customer(place, key)

    def _by_name(self, key: str) -> int | None:
        ours, many = self._known.customers(key)
        fresh, more = self._new.all_called(CUSTOMER, key)
        found = ours or fresh
        return found and _only(
            found, many + more, "customer", "Map its customer_email or customer_id as well."
        )

    def _organization_of(self, customer_id: int) -> int | None:
        if customer_id > 0:
            return self._known.organization_of(customer_id)
        return self._new.thing(customer_id).organization

    def things(self, numbers: Iterable[int]) -> dict[int, NewThing]:
        """What is to be made, of these negative numbers."""
        return {number: self._new.thing(number) for number in numbers}

    def made(self, numbers: Iterable[int]) -> dict[int, int]:
        """The final numbers of those that were made."""
        return self._new.made(numbers)

    def told_numbers(self) -> dict[str, dict[str, int]]:
        """Whom the numbers of the file mean, by entity: those whom the desk has by now."""
        found: dict[str, dict[str, int]] = {}
        for entity, number, row_id in self.numbers.told():
            final = row_id if row_id > 0 else self.made([row_id]).get(row_id)
            if final is not None:
                found.setdefault(entity, {})[number] = final
        return found

    def tell_made(self, numbers: Mapping[int, int]) -> None:
        """Some were made; by their negative numbers, their final ones."""
        self._new.tell_made(numbers)

    def _address(self, email: str) -> str:
        if not email:
            return ""
        address = normalise_email(email)
        if address is None:
            raise ForeignNameError(f"is no e-mail address: {email_fault(email)}")
        return address

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


def _only(found: int, count: int, kind: str, hint: str) -> int:
    if count > 1:
        raise ForeignNameError(f"fits {count} {kind}s. {hint}")
    return found
