"""The customers of a question by name, for the line table."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from agentdesk.desk import Desk
from agentdesk.queries import customer_pages, customers
from agentdesk.queries.customers import CustomerRow
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import Sort, Where
from agentdesk.store.reader import Reader
from agentdesk.widgets.paging import Fetch


@dataclass(frozen=True, slots=True)
class CustomerLook:
    """One snapshot of the list."""

    read: Reader
    where: Where
    sort: Sort
    descending: bool

    def total(self) -> int:
        """How many customers match, exactly."""
        return customers.count(self.read, self.where)

    def page(self, fetch: Fetch[CustomerRow]) -> list[CustomerRow]:
        """The rows of a fetch in list order; a jump reads what it passes over."""
        rows = customers.page(
            self.read,
            self.where,
            self.sort,
            descending=self.descending != fetch.is_backwards,
            after=None if fetch.after is None else customers.key_of(fetch.after, self.sort),
            limit=fetch.skip + fetch.limit,
        )[fetch.skip :]
        return rows[::-1] if fetch.is_backwards else rows

    def locate(self, row_id: int) -> tuple[int, CustomerRow] | None:
        """Where a customer stands in the list."""
        return customer_pages.place_of(self.read, self.where, self.sort, row_id, descending=self.descending)

    def ids(self) -> list[int]:
        """Every match."""
        return customers.ids(self.read, self.where)


@dataclass(frozen=True, slots=True)
class CustomerSource:
    """A question about customers."""

    desk: Desk
    query: str

    @contextmanager
    def look(self) -> Iterator[CustomerLook]:
        """One snapshot."""
        with self.desk.read() as read:
            asked = compile_query(read, self.query, self.desk.zone, entity="customer")
            yield CustomerLook(read, asked.where, asked.sort or customers.SORTS["name"], asked.descending)

    def id_of(self, row: CustomerRow) -> int:
        """Its number."""
        return row.id
