"""B5a: the explanation of the clocks of one ticket, against reading what it rests on; it has 50 ms."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from agentdesk.domain.sla.telling import told_rows
from agentdesk.queries.clocks import ticket_clocks
from agentdesk.store import sqlite
from agentdesk.store.reader import Reader
from agentdesk.store.store import Store
from bench.big_desk import NOW, big_desk
from bench.desk_rows import FIRST_ID
from bench.harness import Measured, by_turns, compare_p95, timed
from bench.sizes import Size

TURNS = 60


def explain_clocks(size: Size) -> Iterator[Measured]:
    """Every clock of a solved ticket, an open one and one that has been open for two years, as rows to print."""
    path = big_desk(size.tickets)
    store = Store.open(str(path))
    with store.read(NOW, 1) as read, closing(sqlite.connect(path, read_only=True)) as raw:
        oldest = read.value("SELECT min(id) FROM ticket WHERE is_open")
        for name, number in (("a solved ticket", FIRST_ID), ("the oldest open ticket", oldest)):
            pair = by_turns(
                timed(lambda n=number: _told(read, n)), timed(lambda n=number: _plain(raw, n)), TURNS
            )
            yield compare_p95("B5a", f"explain {name}", "50 ms", pair, "plain SQL: its journal rows")
    store.close()


def _told(read: Reader, number: int) -> object:
    told = ticket_clocks(read, number)
    return [told_rows(clock, told.rows(clock)) for clock in told.clocks]


def _plain(raw: Any, number: int) -> object:
    return raw.execute("SELECT * FROM journal WHERE ticket_id = ?", (number,)).fetchall()
