"""Pairs of customers that may be one person, as the line table asks for them, and how they are found in a thread."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from textual.worker import get_current_worker

from agentdesk.desk import Desk
from agentdesk.domain.duplicates import LEAST
from agentdesk.queries import customers
from agentdesk.queries.customers import CustomerRow
from agentdesk.queries.duplicates import Duplicate, find_duplicates
from agentdesk.queries.tickets import Where
from agentdesk.screens.short_list import ShortList
from agentdesk.store.reader import Reader
from agentdesk.widgets.paging import Fetch


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as a line: what was found, and both customers."""

    found: Duplicate
    one: CustomerRow
    other: CustomerRow

    @property
    def key(self) -> int:
        """What tells it from all others."""
        return self.found.key


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found.

    Attributes:
        pairs: the likeliest first.
        namesakes: names too common to say anything by themselves.
    """

    pairs: tuple[Duplicate, ...]
    namesakes: int


LEAST_OF_ONE: Final = 40
"""What is offered where somebody asks for one customer alone."""


class _LeftError(Exception):
    pass


def find_pairs(
    desk: Desk, tell: Callable[[int, int], object], customer_id: int | None = None
) -> Found | None:
    """Every pair; None where nobody waits for it any more.

    Args:
        desk: the desk.
        tell: told how many customers were looked at, and of how many.
        customer_id: whose pairs alone, less likely ones among them; everybody's unless given.
    """
    worker = get_current_worker()

    def progress(done: int, total: int) -> None:
        if worker.is_cancelled:
            raise _LeftError
        tell(done, total)

    try:
        whose = None if customer_id is None else Where("customer.id = :id", {"id": customer_id})
        least = LEAST if customer_id is None else LEAST_OF_ONE
        with desk.read() as read, find_duplicates(read, whose, least=least, progress=progress) as found:
            return Found(tuple(found), found.namesakes)
    except _LeftError:
        return None


@dataclass(frozen=True, slots=True)
class PairLook:
    """One snapshot of the pairs; only a page of customers is read at a time."""

    read: Reader
    listed: ShortList

    def total(self) -> int:
        """How many pairs."""
        return self.listed.total()

    def page(self, fetch: Fetch[Any]) -> list[PairRow]:
        """The rows of a fetch."""
        return self._rows(self.listed.page(fetch))

    def locate(self, row_id: int) -> tuple[int, PairRow] | None:
        """Where a pair stands."""
        found = self.listed.locate(row_id)
        return None if found is None else next(((found[0], row) for row in self._rows([found[1]])), None)

    def ids(self) -> list[int]:
        """Every pair."""
        return self.listed.ids()

    def _rows(self, pairs: Sequence[Duplicate]) -> list[PairRow]:
        rows = customers.some(self.read, {one for pair in pairs for one in (pair.id, pair.other_id)})
        return [PairRow(pair, rows[pair.id], rows[pair.other_id]) for pair in pairs]


@dataclass(frozen=True, slots=True)
class PairSource:
    """Pairs that were found."""

    desk: Desk
    pairs: Sequence[Duplicate]

    @contextmanager
    def look(self) -> Iterator[PairLook]:
        """One snapshot."""
        with self.desk.read() as read:
            yield PairLook(read, ShortList(self.pairs, self.id_of))

    def id_of(self, row: Duplicate | PairRow) -> int:
        """What tells a pair from all others."""
        return row.key
