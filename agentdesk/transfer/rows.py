"""What a reader yields: a row as it stands, or a fault that says why a row was not taken.

Faults are values. Every row of a file becomes exactly one of the two, so that counts always reconcile.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self

SHOWN: Final = 60
"""Characters of a faulty value that are repeated in its message."""
_DAMAGE: Final = re.compile("[\udc80-\udcff]")
"""A byte that could not be decoded, as the text keeps it; nobody is shown that."""


class ItemLine(int):
    """A line on which several items of a list begin: a line like any other, that is told with the number of the item."""

    item: int

    def __new__(cls, line: int, item: int) -> Self:
        """Both count from 1."""
        made = super().__new__(cls, line)
        made.item = item
        return made

    def __str__(self) -> str:
        return f"{int(self)}, item {self.item}"

    def __format__(self, spec: str) -> str:
        return format(str(self) if not spec else int(self), spec)


def is_blank(cells: Iterable[str]) -> bool:
    """Whether nothing stands in any cell: it is no row then."""
    return not any(map(str.strip, cells))


def about_blank(count: int) -> list[str]:
    """What to say of the blank rows of a file, if there are any."""
    return [f"{count:,} blank row{'' if count == 1 else 's'} passed over."] if count else []


class Row(NamedTuple):
    """One row.

    Attributes:
        line: physical line where it begins, as an editor counts, header included.
        cells: its cells, at least as many as the header has named columns.
    """

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that was not taken.

    Attributes:
        line: physical line where the row begins.
        column: name of the column at fault; empty when the row as a whole is.
        value: the value at fault, whole.
        reason: what is wrong, to be read after column and value.
        cells: the row, when it is well formed.
        raw: its text without the line end, when it is not.
    """

    line: int
    column: str
    value: str
    reason: str
    cells: list[str] | None = None
    raw: str | None = None

    @property
    def message(self) -> str:
        """Column, value and reason in one sentence; foreign text is quoted, escaped and cut."""
        shown = self.value if len(self.value) <= SHOWN else f"{self.value[:SHOWN]}..."
        shown = _DAMAGE.sub("\N{REPLACEMENT CHARACTER}", shown)
        parts = (self.column, repr(shown) if shown else "", self.reason)
        if not self.column:
            return " ".join(part for part in parts if part)
        return f"{self.column}: " + " ".join(part for part in parts[1:] if part)


def all_of(faults: list[Fault]) -> Fault:
    """Everything that is wrong with one row, as one fault: column and value are those of the first."""
    first, *others = faults
    return replace(first, reason="; ".join([first.reason, *(one.message for one in others)]))
