"""Queues, agents, organizations and customers that a file names and the desk does not know, kept in the scratch."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from typing import Final

from agentdesk.transfer.tickets.made_before import MadeBefore
from agentdesk.transfer.tickets.scratch import TicketScratch, key_of

CUSTOMER, ORGANIZATION = "customer", "organization"
"""Where names are looked for."""
_REMEMBERED: Final = 4096
"""Things that are kept in memory as well."""


@dataclass(frozen=True, slots=True)
class NewThing:
    """A queue, agent, organization or customer that is to be made."""

    entity: str
    name: str
    handle: str = ""
    email: str | None = None
    external_id: str | None = None
    organization: int | None = None
    phones: Sequence[str] = ()


class NewNames:
    """What is to be made by its negative number, and what it is called."""

    def __init__(self, scratch: TicketScratch, before: MadeBefore) -> None:
        self._scratch = scratch
        self._before = before
        self._count = 0
        self.thing = lru_cache(_REMEMBERED)(self._thing)

    def add(self, thing: NewThing) -> int:
        """The number of one that is to be made."""
        self._count += 1
        made = self._before.number(thing.entity, thing.name, thing.email, thing.external_id)
        self._scratch.run(
            "INSERT INTO thing VALUES (?, ?, ?)", -self._count, json.dumps(astuple(thing)), made
        )
        return -self._count

    def give_email(self, number: int, address: str) -> None:
        """Its address, where it has none yet."""
        thing = self.thing(number)
        if not thing.email:
            told = json.dumps(astuple(replace(thing, email=address)))
            self._scratch.run("UPDATE thing SET data = ? WHERE id = ?", told, number)
            self.thing.cache_clear()

    def call(self, place: str, key: str, number: int) -> None:
        """Let it be found by a name, an address or an id."""
        self._scratch.run("INSERT OR IGNORE INTO called VALUES (?, ?, ?)", place, key_of(key), number)

    def called(self, place: str, key: str) -> int | None:
        """What is found by that, the first that was called so."""
        return self.all_called(place, key)[0]

    def all_called(self, place: str, key: str) -> tuple[int | None, int]:
        """The same, and how many are called so."""
        sql = "SELECT max(id), count(*) FROM called WHERE place = ? AND key = ?"
        number, count = self._scratch.one(sql, place, key_of(key))
        return number, int(count)

    def made(self, numbers: Iterable[int]) -> dict[int, int]:
        """The final numbers of those that were made."""
        sql = "SELECT made FROM thing WHERE id = ?"
        found = ((number, self._scratch.value(sql, number)) for number in numbers)
        return {number: made for number, made in found if made is not None}

    def tell_made(self, numbers: Mapping[int, int]) -> None:
        """Some were made."""
        self._scratch.run_all(
            "UPDATE thing SET made = ? WHERE id = ?", [(made, number) for number, made in numbers.items()]
        )

    def _thing(self, number: int) -> NewThing:
        return NewThing(*json.loads(self._scratch.value("SELECT data FROM thing WHERE id = ?", number)))
