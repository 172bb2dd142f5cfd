"""Whether a row that was parsed fits its table: as many cells as columns, no NUL, no undecodable byte.

Empty cells beyond the header are no fault: spreadsheets write them. One policy for NUL: the row is rejected.
A row of a rejects file whose shape was mended only by being written down again is rejected until somebody
corrects it, or empties its `error` cell to say that it is right.
"""

import csv
import re
from collections.abc import Sequence
from typing import Final

from agentdesk.transfer.header import Header
from agentdesk.transfer.rows import Fault, Row

QUOTE_FAULTS: Final = ("a quote is opened here and not closed", "has text after a closing quote")
"""Reasons of rows whose text is no regular CSV."""
FORMULA_UNKNOWN: Final = (
    "is a formula that was never computed; open the workbook in a spreadsheet program and save it"
)
FORMULA_WRONG: Final = "is what a formula says that went wrong"
UNREADABLE: Final = "is a cell that cannot be read"
TOO_LONG: Final = (
    "has more digits than a number of a workbook keeps; format its column as text and type it again"
)
_OF_CELLS: Final = (FORMULA_UNKNOWN, FORMULA_WRONG, UNREADABLE, TOO_LONG)
"""What is wrong with a cell of a workbook, and cannot be seen in a table of texts."""
_COUNTED: Final = re.compile(r"(\d{1,9}) of (\d{1,9}) columns")
_STILL: Final = "; as it was before: correct the row, or empty this cell if the row is right"


class RowCheck:
    """Looks at the rows that are not plainly right."""

    def __init__(self, header: Header, damage: re.Pattern[str], delimiter: str, encoding: str) -> None:
        self.header = header
        self._damage = damage
        self._delimiter = delimiter
        self._encoding = encoding

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether the number of cells is that of the table."""
        header = self.header
        return len(cells) >= header.required and not any(cells[header.width :])

    def hides_rows(self, lines: Sequence[str]) -> bool:
        """Whether a line after the first would be a row by itself: then a quote was left open in the first."""
        return any(self.fits(self.split(line)) for line in lines[1:])

    def opens_with_quote(self, line: str) -> bool:
        """Whether the first quote of a line is where a quoted cell may begin."""
        before = line.partition('"')[0].rstrip(" ")
        return not before or before.endswith(self._delimiter)

    def split(self, line: str) -> list[str]:
        """Part one physical line as well as it can be."""
        return next(csv.reader([line], delimiter=self._delimiter), [])

    def column(self, place: int) -> str:
        """Return the name of a column for a message."""
        names = self.header.names
        return names[place] if place < len(names) and names[place] else f"column {place + 1}"

    def inspect(self, line: int, cells: list[str]) -> Row | Fault:
        """Return the row, or what is wrong with it.

        Args:
            line: physical line where it begins.
            cells: the row as parsed.
        """
        header = self.header
        if not self.fits(cells):
            counted = header.required if len(cells) < header.required else header.width
            reason = f"{len(cells)} of {counted} columns"
            return Fault(line, "", "", reason, cells)
        if header.is_rejects and (error := cells[len(header.names) + 1].strip()):
            reason = error.removesuffix(_STILL)
            if self._is_unmended(reason, cells[: len(header.names)]):
                return Fault(line, "", "", reason + _STILL, cells)
        for place, cell in enumerate(cells):
            if match := self._damage.search(cell):
                reason = (
                    f"cannot be read as {self._encoding}{_byte(match[0])}; correct it or name the --encoding"
                )
                return Fault(line, self.column(place), cell, reason, cells)
            if "\0" in cell:
                return Fault(line, self.column(place), cell, "holds a NUL character", cells)
        for place in header.blanks:
            if place < len(cells) and cells[place].strip():
                return Fault(
                    line, self.column(place), cells[place], "has a value, but the column has no name", cells
                )
        return Row(line, cells)

    def _is_unmended(self, error: str, cells: Sequence[str]) -> bool:
        """Whether a row still shows the fault of shape, or of a cell of a workbook, that it was rejected for."""
        if error.endswith(QUOTE_FAULTS):
            return any('"' in cell for cell in cells)
        if any(reason in error for reason in _OF_CELLS):
            return any(self._is_said(error, place, cell) for place, cell in enumerate(cells))
        found = _COUNTED.fullmatch(error)
        if found is None:
            return False
        got, wanted = int(found[1]), int(found[2])
        if got > wanted:
            return cells[-1].count(self._delimiter) >= got - wanted
        return not any(map(str.strip, cells[got:]))

    def _is_said(self, error: str, place: int, cell: str) -> bool:
        """Whether an error says of a cell, as it is now, that a workbook could not tell it."""
        some = (FORMULA_UNKNOWN, UNREADABLE, *([FORMULA_WRONG] if cell.startswith("#") else []))
        told = [Fault(0, self.column(place), cell, reason).message for reason in some]
        return error.startswith(tuple(told)) or any(f"; {one}" in error for one in told)


def _byte(char: str) -> str:
    """Name the byte that the decoder kept as a lone surrogate."""
    return f" (byte 0x{ord(char) - 0xDC00:02X})" if "\udc80" <= char <= "\udcff" else ""
