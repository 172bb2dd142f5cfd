"""What lists beside the tickets say of numbers, kept in the scratch."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from agentdesk.transfer.tickets.scratch import TicketScratch, key_of

_REMEMBERED: Final = 4096
"""Numbers whose answer is kept in memory."""


class Beside(NamedTuple):
    """What a list beside the tickets says of one number.

    Attributes:
        name: what it is called.
        email: its address, of a person.
        is_customer: it is told to be nobody of the desk.
        phones: its telephone numbers, as written.
    """

    name: str
    email: str = ""
    is_customer: bool = False
    phones: Sequence[str] = ()


class BesideBook:
    """The lists of one import, by the fields whose numbers they explain.

    Attributes:
        there: the names of those that say something.
    """

    def __init__(self, scratch: TicketScratch, lists: Mapping[str, str]) -> None:
        """Begin empty.

        Args:
            scratch: where they lie.
            lists: the name of the list for each field.
        """
        self._scratch = scratch
        self._lists = lists
        self.there: dict[str, None] = {}
        self._find = lru_cache(_REMEMBERED)(self._read)

    def add(self, name: str, number: str, told: Beside) -> None:
        """Keep what a list says; the last word of a number counts."""
        self.there[name] = None
        self._scratch.run(
            "INSERT OR REPLACE INTO word VALUES (?, ?, ?)", f"beside {name}", key_of(number), json.dumps(told)
        )

    def get(self, field: str, number: str) -> Beside | None:
        """What is said of a number of a field; None where nothing is."""
        name = self._lists.get(field)
        return self._find(name, number) if name in self.there and name else None

    def _read(self, name: str, number: str) -> Beside | None:
        sql = "SELECT data FROM word WHERE place = ? AND key = ?"
        data = self._scratch.value(sql, f"beside {name}", key_of(number))
        return None if data is None else Beside(*json.loads(data))

    def notes(self) -> Iterator[str]:
        """What is to be said of them."""
        if self.there:
            names = ", ".join(repr(name) for name in self.there)
            yield f"Numbers of people, groups and companies have their names from the lists beside the tickets: {names}."
