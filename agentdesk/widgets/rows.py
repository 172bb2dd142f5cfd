"""Where a line table gets its rows from: one consistent look at a list, asked for from a thread."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar, runtime_checkable

from agentdesk.widgets.lines import Group, Lines
from agentdesk.widgets.paging import Fetch, Pages

Row = TypeVar("Row")


class Look(Protocol[Row]):
    """One state of the list, however many questions are asked."""

    def total(self) -> int:
        """How many rows there are, exactly."""

    def page(self, fetch: Fetch[Row]) -> list[Row]:
        """The rows of a fetch, in list order whichever way it walks."""

    def locate(self, row_id: int) -> tuple[int, Row] | None:
        """Where a row stands and what it holds; None once it left the list."""

    def ids(self) -> list[int]:
        """The id of every row."""


@runtime_checkable
class Grouped(Protocol):
    """A look at a list whose rows stand in groups."""

    def groups(self) -> Sequence[Group]:
        """Every group in the order of the list."""


class Source(Protocol[Row]):
    """A list that can be looked at."""

    def look(self) -> AbstractContextManager[Look[Row]]:
        """Open one look; leave it soon."""

    def id_of(self, row: Row) -> int:
        """What tells a row from all others, for good."""


def fill(pages: Pages[Row], look: Look[Row], first: int, last: int) -> None:
    """Bring the pages between two places in hand."""
    for number in pages.numbers(first, last):
        if not pages.has(number):
            pages.put(number, look.page(pages.plan(number)))


def first_page(look: Look[Row]) -> Pages[Row]:
    """The beginning of a list nobody has counted yet."""
    pages: Pages[Row] = Pages()
    rows = look.page(Fetch(None, is_backwards=False, skip=0, limit=pages.size))
    pages.reset(len(rows))
    if rows:
        pages.put(0, rows)
    return pages


def reread(
    look: Look[Row], *, keep: int | None, place: int, top: int, height: int
) -> tuple[Pages[Row], int, int, Lines]:
    """A fresh list around the row that was highlighted.

    Args:
        look: the present state.
        keep: id of the highlighted row.
        place: where it stood.
        top: first line on the screen.
        height: lines on the screen.

    Returns:
        Pages that hold the screen, the place of the cursor, the first line on the screen, and the lines of the list.
        The cursor stays on its row; if that left the list, the cursor stays where it was. The screen moves only to
        keep it in sight.
    """
    pages: Pages[Row] = Pages()
    lines = Lines(look.groups() if isinstance(look, Grouped) else ())
    found = None if keep is None else look.locate(keep)
    pages.reset(look.total(), found)
    place = max(min(found[0] if found else place, pages.total - 1), 0)
    top = top_with(lines, pages.total, place=place, top=top, height=height)
    fill(pages, look, lines.below(top), lines.below(top + height - 1))
    return pages, place, top, lines


def top_with(lines: Lines, total: int, *, place: int, top: int, height: int) -> int:
    """The first line on a screen of so many lines, moved from `top` only as far as brings a place in sight."""
    last = lines.total(total) - height
    return max(min(top, lines.above(place), last), lines.of(place) - height + 1, 0)
