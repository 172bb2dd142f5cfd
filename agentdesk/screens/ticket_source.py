"""The tickets of a question in an order, for the line table: opened in a thread, one snapshot a look."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from agentdesk.desk import Desk
from agentdesk.queries import ticket_pages, tickets
from agentdesk.queries.tickets import Sort, TicketRow, Where
from agentdesk.store.reader import Reader
from agentdesk.widgets.paging import Fetch

OPEN_QUERY = "is:open"
OPEN = Where("ticket.is_open", is_open=True)
"""What `is:open` means, so that the first page does not wait for the query language to be imported."""


@dataclass(frozen=True, slots=True)
class TicketLook:
    """One snapshot of the list."""

    read: Reader
    where: Where
    sort: Sort
    descending: bool

    def total(self) -> int:
        """How many tickets match, exactly."""
        return tickets.count(self.read, self.where)

    def page(self, fetch: Fetch[TicketRow]) -> list[TicketRow]:
        """The rows of a fetch in list order."""
        rows = ticket_pages.page_from(
            self.read,
            self.where,
            self.sort,
            descending=self.descending != fetch.is_backwards,
            after=None if fetch.after is None else tickets.key_of(fetch.after, self.sort),
            skip=fetch.skip,
            limit=fetch.limit,
        )
        return rows[::-1] if fetch.is_backwards else rows

    def locate(self, row_id: int) -> tuple[int, TicketRow] | None:
        """Where a ticket stands in the list."""
        return ticket_pages.place_of(self.read, self.where, self.sort, row_id, descending=self.descending)

    def beside(self, row: TicketRow, by: int) -> TicketRow | None:
        """The ticket after where `row` stood, or before it; `row` may have left the list since, or stand there itself."""
        turned = self.descending if by > 0 else not self.descending
        key = tickets.key_of(row, self.sort)
        found = tickets.page(self.read, self.where, self.sort, descending=turned, after=key, limit=2)
        return next((one for one in found if one.id != row.id), None)

    def ids(self) -> list[int]:
        """Every match."""
        return tickets.ids(self.read, self.where)


@dataclass(frozen=True, slots=True)
class TicketSource:
    """A question and an order.

    Attributes:
        query: as people type it.
        sort: a key of `tickets.SORTS`; None is the order the question names, else what needs attention.
        descending: the other way round.
    """

    desk: Desk
    query: str
    sort: str | None = None
    descending: bool = False

    @contextmanager
    def look(self) -> Iterator[TicketLook]:
        """One snapshot."""
        with self.desk.read() as read:
            if self.query == OPEN_QUERY and self.sort:
                yield TicketLook(read, OPEN, tickets.SORTS[self.sort], self.descending)
                return
            from agentdesk.queries.filters import compile_query

            asked = compile_query(read, self.query, self.desk.zone)
            sort = tickets.SORTS[self.sort] if self.sort else asked.sort or tickets.SORTS["attention"]
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

    def place(self) -> tuple[int, int] | None:
        """Where the ticket stands, from 1, and of how many; None once it has left the list."""
        with self.source.look() as look:
            found = look.locate(self.row.id)
            return None if found is None else (found[0] + 1, look.total())
