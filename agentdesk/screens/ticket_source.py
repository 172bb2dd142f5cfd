"""The tickets of a question in an order, for the line table: opened in a thread, one snapshot a look."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentdesk.desk import Desk
from agentdesk.queries import tickets
from agentdesk.queries.tickets import TicketRow, Where
from agentdesk.screens.list_look import TicketLook
from agentdesk.widgets.lines import Group

if TYPE_CHECKING:
    from agentdesk.screens.grouped_look import GroupedLook

OPEN_QUERY = "is:open"
OPEN = Where("ticket.is_open", is_open=True)
"""What `is:open` means, so that the first page does not wait for the query language to be imported."""


@dataclass(frozen=True, slots=True)
class TicketSource:
    """A question and an order.

    Attributes:
        query: as people type it.
        sort: a key of `tickets.SORTS`; None is the order the question names, else what needs attention.
        descending: the other way round.
        group: `queue` or `customer`, whose tickets then stand together; empty is not grouped.
    """

    desk: Desk
    query: str
    sort: str | None = None
    descending: bool = False
    group: str = ""
    _groups: list[Group] = field(default_factory=list, compare=False)

    @contextmanager
    def look(self) -> "Iterator[TicketLook | GroupedLook]":
        """One snapshot."""
        with self._plain() as look:
            if not self.group:
                yield look
                return
            from agentdesk.screens.grouped_look import GroupedLook

            yield GroupedLook(look, self.group, self._groups)

    @contextmanager
    def _plain(self) -> Iterator[TicketLook]:
        with self.desk.read() as read:
            if self.query == OPEN_QUERY and self.sort:
                yield TicketLook(read, OPEN, tickets.SORTS[self.sort], self.descending)
                return
            from agentdesk.queries.filters import compile_query

            asked = compile_query(read, self.query, self.desk.zone)
            sort = tickets.SORTS[self.sort] if self.sort else asked.sort or tickets.SORTS["attention"]
            tickets.check_order(asked.where, sort)
            turned = self.descending if self.sort else self.descending != asked.descending
            yield TicketLook(read, asked.where, sort, turned)

    def id_of(self, row: TicketRow) -> int:
        """Its number."""
        return row.id


@dataclass(slots=True)
class Walk:
    """A way through a list, ticket by ticket, however long it is and whatever leaves it meanwhile.

    Attributes:
        source: the list.
        row: the ticket it stands at, as the list last showed it.
        name: what the list is called.
    """

    source: TicketSource
    row: TicketRow
    name: str = "Queue"

    def step(self, by: int) -> int | None:
        """Go one ticket on, or back, and say which; None at the end."""
        with self.source.look() as look:
            row = look.beside(self.row, by)
        if row is None:
            return None
        self.row = row
        return row.id

    def next_id(self) -> int | None:
        """Which ticket comes after this one; None at the end."""
        with self.source.look() as look:
            row = look.beside(self.row, 1)
        return None if row is None else row.id

    def place(self) -> tuple[int, int] | None:
        """Where the ticket stands, from 1, and of how many; None once it has left the list."""
        with self.source.look() as look:
            found = look.locate(self.row.id)
            return None if found is None else (found[0] + 1, look.total())
