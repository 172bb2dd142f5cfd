"""Queues, agents, customers and organizations as a file writes them: by name, by address, or by a number of their own.

A number is looked up in the lists that stand beside the tickets; one that is not there becomes a name that says so,
`Freshdesk agent 501`, which a map or an edit may better.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from agentdesk.domain.identity import name_key
from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.tickets.beside_book import Beside, BesideBook
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.names import NameBook

_NUMBERED: Final = re.compile(r"\d{1,20}|[0-9a-f]{32}")
_KINDS: Final = {"queue": "group", "assignee": "agent", "customer": "customer", "organization": "company"}
_ENTITIES: Final = {"queue": "queue", "assignee": "agent", "organization": "organization"}


class ForeignNames:
    """Numbers of ours for names of a file.

    Attributes:
        numbered: names that say a number of the other system, for want of a better one.
    """

    def __init__(self, rules: TicketMap, book: NameBook, beside: BesideBook) -> None:
        self.numbered: dict[str, None] = {}
        self._rules = rules
        self._book = book
        self._beside = beside

    def queue(self, text: str) -> int | None:
        """The queue of a name or a number."""
        return self._followed("queue", text, lambda told: self._named(told.name, self._book.queue))

    def agent(self, text: str, email: str = "") -> int | None:
        """The agent of a name, an address or a number.

        Args:
            text: one of these.
            email: what else is known of them.

        Raises:
            ForeignNameError: it fits several.
        """
        return self._followed("assignee", text, lambda told: self._agent(told.name, told.email or email))

    def _agent(self, called: str, email: str) -> int | None:
        if email and (known := self._book.known_agent(email)) is not None:
            return known
        return self._named(called or email, lambda name: self._book.agent(name, email))

    def organization(self, text: str) -> int | None:
        """The organization of a name or of a number that a list beside explains, or did once; a bare number is none."""
        number = self.renamed("organization", text)
        if self._is_number(number) and self._beside.get("organization", number) is None:
            return self._book.numbers.get("organization", number)
        return self._followed(
            "organization", text, lambda told: self._named(told.name, self._book.organization)
        )

    def customer(
        self,
        name: str,
        email: str,
        number: str,
        organization: int | None = None,
        phones: Sequence[str] = (),
    ) -> int | None:
        """The customer of a name, an address and an id; telephone numbers are for one who is to be made.

        Raises:
            ForeignNameError: the name fits several, or the address cannot be one.
        """
        beside = self._beside.get("customer", number)
        if beside is not None:
            name, email = name or beside.name, email or beside.email
            phones = list(dict.fromkeys([*phones, *beside.phones]))
        name = self.renamed("customer", name)
        system = self._rules.file.system
        email = email or (name if system and "@" in name else "")
        key = number
        if system and number:  # ids of one system mean nothing in another
            key = self._key(number)
        if system and not email and (not name_key(name) or self._is_number(name)) and (number or name):
            name = self._numbered("customer", number or name)
        if not name_key(email or name or number):
            return None
        is_numbered = bool(system and number)
        return self._book.customer(name, email, key, organization, phones=phones, is_numbered=is_numbered)

    def _key(self, number: str) -> str:
        return f"{self._rules.file.source}:{number}"

    def is_customer(self, number: str) -> bool:
        """Whether somebody is nobody of the desk: the lists beside say so, or the desk knows them as a customer alone."""
        known = self._beside.get("customer", number)
        if known is not None or not number or not self._rules.file.system:
            return known is not None and known.is_customer
        is_agent = self._book.numbers.get("agent", number) is not None
        return not is_agent and self._book.has_customer(self._key(number))

    def author(self, number: str) -> str:
        """What the lists beside call somebody, or the desk calls whom they were said to be."""
        for field in ("assignee", "customer"):
            if (known := self._beside.get(field, number)) is not None:
                return known.name or known.email
        return self._book.numbers.name("agent", number)

    def renamed(self, field: str, text: str) -> str:
        """A foreign word as `[values.*]` has it."""
        words = self._rules.words.get(field)
        return words.get(fold_word(text), text) if words else text

    def _followed(self, field: str, text: str, find: Callable[[Beside], int | None]) -> int | None:
        """Whom a name or a number means; what a list beside says of a number is kept for files without one."""
        text, entity = self.renamed(field, text), _ENTITIES[field]
        if (told := self._beside.get(field, text)) is not None:
            if (found := find(told)) is not None:
                self._book.numbers.tell(entity, text, found)
            return found
        if not self._is_number(text):
            return find(Beside(text))
        known = self._book.numbers.get(entity, text)
        return find(Beside(self._numbered(field, text))) if known is None else known

    def _is_number(self, text: str) -> bool:
        return bool(self._rules.file.system) and _NUMBERED.fullmatch(text) is not None

    def _numbered(self, field: str, number: str) -> str:
        name = f"{self._rules.file.system} {_KINDS[field]} {number}"
        if field in ("queue", "assignee"):
            self.numbered[name] = None
        return name

    @staticmethod
    def _named(text: str, find: Callable[[str], int]) -> int | None:
        return find(text) if name_key(text) else None
