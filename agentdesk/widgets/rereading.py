"""A list that was read again in a thread, while the cursor may have gone on.

Law: a step that is made meanwhile is kept. The cursor stays on the row it is on by then; where a row was looked for, the
steps start from that row.
"""

from typing import Generic, NamedTuple, TypeVar

from agentdesk.widgets.lines import Lines
from agentdesk.widgets.paging import Pages
from agentdesk.widgets.rows import Source, top_with

Row = TypeVar("Row")


class Begun(NamedTuple):
    """Where the cursor and the screen were when the reading set out.

    Attributes:
        generation: the number of the reading; only the last one counts.
        cursor: the place of the cursor.
        top: the first line on the screen.
        is_sought: whether a row was asked for that the cursor was not on.
    """

    generation: int
    cursor: int = 0
    top: int = 0
    is_sought: bool = False


class Read(NamedTuple, Generic[Row]):
    """What the thread brings back."""

    begun: Begun
    pages: Pages[Row]
    place: int
    top: int
    lines: Lines
    is_counted: bool = True

    def place_of(self, cursor: int, here: int | None, source: Source[Row] | None) -> int | None:
        """Where the cursor belongs; None where its row was not read.

        Args:
            cursor: the place it has now, in the list before.
            here: the id of the row it is on, None while that is not in hand.
            source: what tells the ids of rows.
        """
        moved = cursor - self.begun.cursor
        place = max(min(self.place + moved, self.pages.total - 1), 0)
        if not moved or self.begun.is_sought or here is None or source is None:
            return place
        around = range(place - self.pages.size, place + self.pages.size)
        for near in sorted(around, key=lambda at: abs(at - place)):
            row = self.pages.row(near)
            if row is not None and source.id_of(row) == here:
                return near
        return None

    def top_over(self, place: int, top: int, height: int) -> int:
        """The first line on a screen of so many lines, which begins at `top` by now."""
        shifted = top + self.top - self.begun.top
        return top_with(self.lines, self.pages.total, place=place, top=shifted, height=height)
