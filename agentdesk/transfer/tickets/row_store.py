"""The rows of each ticket, rows that were not taken, and messages that the desk has, as they lie in the scratch."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from agentdesk.transfer.readers.text_spool import TextSpool
from agentdesk.transfer.rows import Fault
from agentdesk.transfer.tickets.foreign_row import ForeignRow
from agentdesk.transfer.tickets.packing import (
    pack,
    pack_cells,
    pack_fault,
    told_row,
    unpack_fault,
    unpack_instants,
    unpack_rows,
)
from agentdesk.transfer.tickets.scratch import TicketScratch, key_of, text_of

_RUN: Final = 100
"""Rows of one ticket that are put away together."""
_SOME: Final = 500
_REMEMBERED: Final = 5_000
"""Tickets whose place is kept in memory."""


class StoredTicket(NamedTuple):
    """All that a file says of a ticket.

    Attributes:
        external_id: its id in the other system.
        known_id: its number, where the desk has it.
        rows: in the order of its life.
    """

    external_id: str
    known_id: int | None
    rows: list[ForeignRow]


class RowStore:
    """The rows of each ticket, tickets in the order of the file.

    Attributes:
        count: rows that are here.
    """

    def __init__(self, scratch: TicketScratch, spool: TextSpool) -> None:
        self.count = 0
        self._scratch = scratch
        self._spool = spool
        self._run: list[tuple[Any, ...]] = []
        self._writing = 0
        self._tickets: dict[str, tuple[int, str]] = {}

    def first_line(self, external_id: str) -> str | None:
        """Where the first row of a ticket is; None where there is none."""
        found = self._ticket(external_id)
        return found and found[1]

    def add(self, row: ForeignRow, cells: bytes | None = None) -> None:
        """Keep a row, the last one of its ticket.

        Args:
            row: the row.
            cells: its cells, where they were packed already.
        """
        ticket = self._ticket(row.external_id)
        if ticket is None:
            key, line = key_of(row.external_id), str(row.line)
            ticket_id = self._scratch.run("INSERT INTO ticket (key, line) VALUES (?, ?)", key, line)
            ticket = self._remember(row.external_id, (ticket_id, line))
        if ticket[0] != self._writing or len(self._run) >= _RUN:
            self._flush()
            self._writing = ticket[0]
        self._run.append(told_row(row, cells or pack_cells(row.cells)))
        if row.messages:
            keys = ((key_of(one.key),) for one in row.messages)
            self._scratch.run_all("INSERT INTO said (key) VALUES (?)", keys)
        if row.also_id:
            self._scratch.run("INSERT OR REPLACE INTO also VALUES (?, ?)", key_of(row.also_id), ticket[0])
        self.count += 1

    def _flush(self) -> None:
        """Put the rows of one ticket that followed each other away, as one."""
        if self._run:
            sql = "INSERT INTO run (ticket_id, data) VALUES (?, ?)"
            self._scratch.run(sql, self._writing, pack(self._run))
            self._run.clear()

    def _ticket(self, external_id: str) -> tuple[int, str] | None:
        """Number in the scratch and first line of a ticket."""
        found = self._tickets.get(external_id)
        if found is None:
            sql = "SELECT id, line FROM ticket WHERE key = ?"
            found = self._scratch.one(sql, key_of(external_id))
            if found is not None:
                self._remember(external_id, found)
        return found

    def _remember(self, external_id: str, ticket: tuple[int, str]) -> tuple[int, str]:
        if len(self._tickets) >= _REMEMBERED:
            self._tickets.clear()
        self._tickets[external_id] = ticket
        return ticket

    def take(self, external_id: str) -> list[ForeignRow]:
        """The rows of a ticket, which has none from now on."""
        self._flush()
        if (ticket := self._ticket(external_id)) is None:
            return []
        ticket_id, _ = ticket
        self._tickets.pop(external_id, None)
        found = self._scratch.walk("SELECT data FROM run WHERE ticket_id = ? ORDER BY id", ticket_id)
        rows = [row for (data,) in found for row in unpack_rows(data, self._spool)]
        self._scratch.run("DELETE FROM run WHERE ticket_id = ?", ticket_id)
        self._scratch.run("DELETE FROM ticket WHERE id = ?", ticket_id)
        self.count -= len(rows)
        return rows

    def instants(self) -> Iterator[list[float]]:
        """When the events of each ticket took place, as counts of seconds, in the order of the file."""
        self._flush()
        found = self._scratch.walk("SELECT ticket_id, data FROM run ORDER BY ticket_id, id")
        for _, told in groupby(found, key=lambda one: one[0]):
            yield [at for _, data in told for at in unpack_instants(data)]

    def tickets(self, order: str) -> Iterator[StoredTicket]:
        """Every ticket with its rows.

        Args:
            order: `file`, `reversed` or `time`.
        """
        self._flush()
        found = self._scratch.walk(
            "SELECT ticket.id, key, known_id, data FROM ticket CROSS JOIN run ON run.ticket_id = ticket.id "
            "ORDER BY ticket.id, run.id"
        )
        for (_, key, known_id), told in groupby(found, key=lambda one: one[:3]):
            rows = [row for *_, data in told for row in unpack_rows(data, self._spool)]
            if order == "reversed":
                rows.reverse()
            elif order == "time":
                rows.sort(key=lambda row: (row.at is not None, row.at))
            yield StoredTicket(text_of(key), known_id, rows)

    def tell_known(self, ids: Mapping[str, int]) -> None:
        """Say which tickets the desk has, and as which number."""
        rows = [(row_id, key_of(external_id)) for external_id, row_id in ids.items()]
        self._scratch.run_all("UPDATE ticket SET known_id = ? WHERE key = ?", rows)

    def external_ids(self) -> Iterator[list[str]]:
        """The ids of all tickets, some at a time."""
        yield from self._keys("ticket")

    def message_keys(self) -> Iterator[list[str]]:
        """The ids of all messages, some at a time."""
        yield from self._keys("said")

    def _keys(self, table: str) -> Iterator[list[str]]:
        last = 0
        while found := list(
            self._scratch.walk(f"SELECT id, key FROM {table} WHERE id > ? ORDER BY id LIMIT {_SOME}", last)
        ):
            last = found[-1][0]
            yield [text_of(key) for _, key in found]


class FaultStore:
    """Rows that are not taken; told in the order of the file."""

    def __init__(self, scratch: TicketScratch) -> None:
        self._scratch = scratch
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Fault]:
        for (data,) in self._scratch.walk("SELECT data FROM fault ORDER BY line, id"):
            yield unpack_fault(data)

    def add_all(self, faults: Iterable[Fault]) -> None:
        """Keep some."""
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Keep one."""
        self._scratch.run("INSERT INTO fault (line, data) VALUES (?, ?)", int(fault.line), pack_fault(fault))
        self._count += 1


class Signs:
    """What says of each row whether it came up before: signs by ticket, those of the latest tickets in memory."""

    def __init__(self, scratch: TicketScratch) -> None:
        self._scratch = scratch
        self._latest: dict[str, set[bytes]] = {}
        self._is_away = False

    def is_first(self, ticket: str, sign: bytes) -> bool:
        """Whether this sign comes up with this ticket for the first time."""
        signs = self._latest.get(ticket)
        if signs is None:
            if len(self._latest) >= _REMEMBERED:
                self._put_away()
            signs = self._latest[ticket] = self._read(ticket) if self._is_away else set()
        is_first = sign not in signs
        signs.add(sign)
        return is_first

    def _put_away(self) -> None:
        rows = ((key_of(ticket), sign) for ticket, signs in self._latest.items() for sign in signs)
        self._scratch.run_all("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)
        self._latest.clear()
        self._is_away = True

    def _read(self, ticket: str) -> set[bytes]:
        found = self._scratch.walk("SELECT sign FROM seen WHERE key = ?", key_of(ticket))
        return {sign for (sign,) in found}


class HeardBook:
    """The messages of a file that the desk has."""

    def __init__(self, scratch: TicketScratch) -> None:
        self._scratch = scratch
        self._is_empty = True

    def __contains__(self, key: object) -> bool:
        if self._is_empty or not isinstance(key, str):
            return False
        sql = "SELECT 1 FROM word WHERE place = 'heard' AND key = ?"
        return bool(self._scratch.value(sql, key_of(key)))

    def add(self, keys: Collection[str]) -> None:
        """Know some more."""
        self._is_empty = self._is_empty and not keys
        rows = [(key_of(key),) for key in keys]
        self._scratch.run_all("INSERT OR IGNORE INTO word (place, key) VALUES ('heard', ?)", rows)
