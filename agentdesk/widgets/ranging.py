"""Marking from one row to another: every row between is marked while the cursor moves, whether it was read or not.

The marks are true at every step, so that a command never waits for the range to be ended.
"""

from collections.abc import Hashable, Iterable, Iterator
from functools import partial
from typing import Any, Generic, TypeVar

from agentdesk.widgets.paging import Fetch
from agentdesk.widgets.row_window import RowWindow
from agentdesk.widgets.rows import Look, Source

Row = TypeVar("Row")
STEP = 500
"""Rows that are read together where the range goes over rows that are not in hand."""


class Ranging(RowWindow[Row], Generic[Row]):
    """A window whose marks can be drawn out."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._anchor: int | None = None
        self._marked_before: set[int] = set()
        self._aside: dict[Hashable, set[int]] = {}

    @property
    def is_ranging(self) -> bool:
        """Whether a range is being drawn out."""
        return self._anchor is not None

    def begin_range(self) -> None:
        """Begin at the cursor."""
        if self.cursor_id() is not None:
            self._anchor, self._marked_before = self.cursor, set(self.marks)
            self.follow_range()

    def end_range(self, *, keep: bool) -> bool:
        """End it, its marks kept or taken away; whether there was one."""
        if self._anchor is None:
            return False
        self._anchor = None
        if not keep:
            self.marks = self._marked_before
        self.tell_marks()
        return True

    def unmark(self) -> None:
        """Take every mark away, and the range with them."""
        self._anchor = None
        super().unmark()

    def turn_marks(self, was: Hashable, now: Hashable) -> tuple[int, int]:
        """Put the marks of one list aside and bring back those of another: how many each."""
        if was == now:
            return 0, 0
        self._anchor = None
        if aside := self.marks:
            self._aside[was] = aside
        self.marks = self._aside.pop(now, set())
        if aside or self.marks:
            self.tell_marks()
        return len(aside), len(self.marks)

    def mark_these(self, ids: Iterable[int]) -> None:
        """Mark these rows and no others, wherever they are."""
        self.marks = set(ids)
        self.tell_marks()

    def let_go(self) -> bool:
        """Take away the range, else every mark; whether there was anything."""
        if self.end_range(keep=False):
            return True
        if not self.marks:
            return False
        self.unmark()
        return True

    def follow_range(self) -> None:
        """Mark all from where it began to the cursor."""
        source = self.source
        if self._anchor is None or source is None:
            return
        first, last = self._ends(self._anchor)
        rows = [self.pages.row(place) for place in range(first, last + 1)]
        if None not in rows:
            self._mark((first, last), {source.id_of(row) for row in rows if row is not None})
        else:
            self._in_thread(partial(self._read_between, source, first, last), "list")

    def _mark(self, ends: tuple[int, int], found: set[int]) -> None:
        if self._anchor is not None and ends == self._ends(self._anchor):  # else the cursor has gone on since
            before = self.in_sight()
            self.marks = self._marked_before | found
            self.refresh_rows(before)
            self.post_message(self.Marked())

    def _ends(self, anchor: int) -> tuple[int, int]:
        other = min(anchor, self.total - 1)
        return min(other, self.cursor), max(other, self.cursor)

    def _read_between(self, source: Source[Row], first: int, last: int) -> None:
        plan = self.pages.plan(first // self.pages.size)
        before = first - plan.start
        with source.look() as look:
            begun = look.page(plan)[before:]
            found = [*begun, *_after(look, begun, first, last)][: last - first + 1]
        self.app.call_from_thread(self._mark, (first, last), {source.id_of(row) for row in found})

    def shift_range(self, by: int) -> None:
        """The rows above have become more or fewer."""
        if self._anchor is not None:
            self._anchor = max(min(self._anchor + by, self.total - 1), 0)


def _after(look: Look[Row], begun: list[Row], first: int, last: int) -> Iterator[Row]:
    """The rows after those, up to a place."""
    row, place = begun[-1] if begun else None, first + len(begun)
    while row is not None and place <= last:
        rows = look.page(Fetch(row, False, 0, min(STEP, last - place + 1), place))
        yield from rows
        row, place = rows[-1] if rows else None, place + len(rows)
