"""One look at a list of tickets in an order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from agentdesk.queries import ticket_pages, tickets
from agentdesk.queries.tickets import Sort, TicketRow, Where
from agentdesk.store.reader import Reader
from agentdesk.widgets.paging import Fetch


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

    def among(self, wanted: Iterable[int]) -> set[int]:
        """Those of some tickets that match."""
        from agentdesk.queries.past import chunks

        found: set[int] = set()
        for some in chunks(wanted):
            here = replace(self.where, sql=f"({self.where.sql}) AND ticket.id IN ({some})")
            found |= set(tickets.ids(self.read, here))
        return found
