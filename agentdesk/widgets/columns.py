"""Columns of a line table: which fit, how wide each is, and one row as styled pieces of exact width."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from agentdesk.domain.safe_text import line, pad

Row = TypeVar("Row")
FOUND = "found"
"""The style of what was looked for: bold and underlined, so that it is seen without colour."""
GAP = 2
"""Cells between columns: they breathe."""


class Cell(NamedTuple):
    """Text of one cell and the name of its style (a `linetable--<style>` component).

    `marks` are starts and ends in the text of what was looked for; it is safe text then.
    """

    text: str
    style: str = "text"
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Attributes:
        head: its heading, small and faint.
        width: cells it always takes; for a flexible column the least it takes.
        cell: what it shows of a row.
        flexible: takes what is left; one column of a table is.
        drop: 0 is never left out; the highest goes first when there is no room.
        right: numbers stand at the right edge.
        most: once every column fits, it grows up to this before the flexible one takes the rest.
        gap: blank cells after it.
        from_width: it appears only in a table at least this wide.
        key: what it is called where columns are chosen.
        sort: the order a click on its heading asks for.
    """

    head: str
    width: int
    cell: Callable[[Row], Cell]
    flexible: bool = False
    drop: int = 0
    right: bool = False
    most: int = 0
    gap: int = GAP
    from_width: int = 0
    key: str = ""
    sort: str = ""


class Placed(NamedTuple, Generic[Row]):
    """A column with the width it got."""

    column: Column[Row]
    width: int


def place_columns(columns: Sequence[Column[Row]], width: int) -> list[Placed[Row]]:
    """The columns that fit `width` cells; half of what is left grows those that may, the rest the flexible one."""
    kept = [one for one in columns if width >= one.from_width]
    while kept and _needed(kept) > width:
        last = max(kept, key=lambda one: one.drop)
        if last.drop == 0:
            break
        kept.remove(last)
    spare = max(width - _needed(kept), 0)
    widths = [one.width for one in kept]
    for at, one in enumerate(kept):
        grown = min(max(one.most - one.width, 0), spare // 2)
        widths[at] += grown
        spare -= grown
    return [
        Placed(one, wide + (spare if one.flexible else 0)) for one, wide in zip(kept, widths, strict=True)
    ]


def _needed(columns: Sequence[Column[Row]]) -> int:
    return sum(one.width + one.gap for one in columns) - (columns[-1].gap if columns else 0)


def heading(placed: Sequence[Placed[Row]]) -> str:
    """The line above the rows."""
    heads = (pad(one.column.head, one.width, right=one.column.right) + " " * one.column.gap for one in placed)
    return "".join(heads).rstrip()


def at_cell(placed: Sequence[Placed[Row]], x: int) -> Column[Row] | None:
    """The column at a cell of the line, None between two of them."""
    start = 0
    for one in placed:
        if start <= x < start + one.width:
            return one.column
        start += one.width + one.column.gap
    return None


def pieces(placed: Sequence[Placed[Row]], row: Row) -> list[tuple[str, str]]:
    """A row as (text, style name), neighbours of one style joined; widths add up exactly.

    Blank space takes the style before it, so that a row is few pieces and few bytes.
    """
    joined: list[tuple[str, str]] = []
    for one in placed:
        cell = one.column.cell(row)
        text = pad(line(cell.text), one.width, right=one.column.right) + " " * one.column.gap
        for piece, style in _runs(text, cell) if cell.marks else ((text, cell.style),):
            if joined and (joined[-1][1] == style or not piece.strip()) and joined[-1][1] != FOUND:
                joined[-1] = (joined[-1][0] + piece, joined[-1][1])
            else:
                joined.append((piece, style))
    return joined


def _runs(text: str, cell: Cell) -> Iterator[tuple[str, str]]:
    """The marked and the other stretches of a cell that may have been cut short."""
    same = next(
        (at for at, (one, other) in enumerate(zip(text, cell.text, strict=False)) if one != other), len(text)
    )
    at = 0
    for start, end in cell.marks:
        if end > min(same, len(cell.text)):
            break
        if start > at:
            yield text[at:start], cell.style
        yield text[start:end], FOUND
        at = end
    yield text[at:], cell.style
