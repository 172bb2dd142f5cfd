"""Lays out a table: columns as wide as their cells; in a terminal the widest give way until a line fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agentdesk.domain.safe_text import cells, pad

GAP = 2
NARROWEST = 6
"""No column is squeezed below this; a line may then be longer than the terminal."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The head of a table: titles, and which columns are aligned to the right."""

    titles: tuple[str, ...]
    right: tuple[bool, ...]


def draw(head: Cells, rows: Sequence[tuple[str, ...]], room: int | None, *, bold: bool) -> Iterator[str]:
    """The lines of a table with their ends.

    Args:
        head: titles and alignment.
        rows: safe one-line cells, as many as there are titles.
        room: terminal cells a line may take; None is as wide as it gets, and then nothing is clipped.
        bold: whether the titles may carry a terminal attribute.
    """
    widths = [
        max((cells(row[place]) for row in rows), default=0) if rows else 0
        for place in range(len(head.titles))
    ]
    widths = [max(width, cells(title)) for width, title in zip(widths, head.titles, strict=True)]
    if room is not None:
        widths = fit(widths, room)
    titles = _line(head.titles, widths, head.right)
    yield f"\x1b[1m{titles}\x1b[0m\n" if bold else f"{titles}\n"
    for row in rows:
        yield _line(row, widths, head.right) + "\n"


def fit(widths: Sequence[int], room: int) -> list[int]:
    """Column widths that fit into a line of `room` cells, taking from the widest first."""
    fitted = list(widths)
    excess = sum(fitted) + GAP * (len(fitted) - 1) - room
    while excess > 0 and max(fitted, default=0) > NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
        excess -= 1
    return fitted


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [
        pad(text, width, right=is_right) for text, width, is_right in zip(texts, widths, right, strict=True)
    ]
    return (" " * GAP).join(padded).rstrip()
