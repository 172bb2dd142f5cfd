"""What stays of an import that was taken back, in a few lines however much it is."""

from collections.abc import Iterable
from typing import Final

LISTED: Final = 3
"""Rows alike that are named one by one; of more, these and how many there are."""
LINES: Final = 20
"""Lines in all."""


def fold_left(told: Iterable[str], lines: int = LINES) -> list[str]:
    """Rows that stay for one reason in one line: `1,960 organizations (still needed): 4, 5, 6 and 1,957 more`.

    Args:
        told: each row as `customer 2 (title changed since)`.
        lines: at most so many; a last one beyond them counts the rows that are not told.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for one in told:
        noun, _, why = one.split(" ", 2)
        alike.setdefault((noun, why.partition(" by ")[0]), []).append(one)
    found = [line for (noun, _), rows in alike.items() for line in _lines(noun, rows)]
    untold = sum(count for _, count in found[lines:])
    return [*(line for line, _ in found[:lines]), *([f"{untold:,} more"] if untold else [])]


def _lines(noun: str, rows: list[str]) -> list[tuple[str, int]]:
    """Lines, each with the number of rows it is about; by whom they are needed is told where that is the same of all."""
    if len(rows) <= LISTED:
        return [(one, 1) for one in rows]
    reasons = {one.split(" ", 2)[2] for one in rows}
    why = reasons.pop() if len(reasons) == 1 else f"{reasons.pop().partition(' by ')[0]})"
    named, more = ", ".join(one.split(" ", 2)[1] for one in rows[:LISTED]), len(rows) - LISTED
    return [(f"{len(rows):,} {noun}s {why}: {named} and {more:,} more", len(rows))]
