"""Which rows of a long list are in hand, and the cheapest way to fetch others: from the nearest row that is known.

Laws: a page next to a known one, the first and the last page cost the same however deep (keyset, no skip);
only a jump into the unknown skips, and only as far as the nearest known row or end.
"""

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")


class Fetch(NamedTuple, Generic[Row]):
    """What to ask the store for.

    Attributes:
        after: the row to start behind; None is the edge of the list.
        is_backwards: walk towards the beginning; the rows come nearest first.
        skip: rows to pass over first; 0 almost always.
        limit: how many rows.
        start: the place of the first of them in the list.
    """

    after: Row | None
    is_backwards: bool
    skip: int
    limit: int
    start: int = 0


class Pages(Generic[Row]):
    """Pages of a list of `total` rows, the latest used kept; rows at page borders stay known as landmarks."""

    def __init__(self, *, size: int = 64, capacity: int = 32) -> None:
        self.size = size
        self.capacity = capacity
        self.total = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._places: list[int] = []
        self._landmarks: dict[int, Row] = {}

    def reset(self, total: int, landmark: tuple[int, Row] | None = None) -> None:
        """Forget every row; `landmark` is a place and the row known to stand there."""
        self.total = total
        self._pages.clear()
        self._places.clear()
        self._landmarks.clear()
        if landmark is not None:
            self._learn(*landmark)

    def row(self, place: int) -> Row | None:
        """The row at a place, None while it is not in hand."""
        page = self._pages.get(place // self.size)
        if page is None:
            return None
        inside = place % self.size
        return page[inside] if inside < len(page) else None

    def has(self, number: int) -> bool:
        """Whether a page is in hand; asking makes it the latest used."""
        if number not in self._pages:
            return False
        self._pages.move_to_end(number)
        return True

    def numbers(self, first: int, last: int) -> list[int]:
        """The pages that hold the places from `first` to `last` inside the list."""
        if self.total == 0:
            return []
        top = min(max(last, 0), self.total - 1) // self.size
        return list(range(min(max(first, 0), self.total - 1) // self.size, top + 1))

    def plan(self, number: int) -> Fetch[Row]:
        """The cheapest fetch of a page."""
        start = number * self.size
        stop = min(start + self.size, self.total)
        at = bisect_left(self._places, start)
        before = self._places[at - 1] if at else -1
        at = bisect_left(self._places, stop)
        behind = self._places[at] if at < len(self._places) else self.total
        if start - before - 1 <= behind - stop:
            return Fetch(self._landmarks.get(before), False, start - before - 1, stop - start, start)
        return Fetch(self._landmarks.get(behind), True, behind - stop, stop - start, start)

    def put(self, number: int, rows: Sequence[Row]) -> None:
        """Keep a page, in list order."""
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > self.capacity:
            self._pages.popitem(last=False)
        if rows:
            start = number * self.size
            self._learn(start, rows[0])
            self._learn(start + len(rows) - 1, rows[-1])

    def _learn(self, place: int, row: Row) -> None:
        if place not in self._landmarks:
            insort(self._places, place)
        self._landmarks[place] = row
