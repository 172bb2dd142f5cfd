"""The rows of one sheet, as they stream in: dates in ISO form, formulas by their values, numbers as they were typed."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from agentdesk.transfer.readers.csv_reader import MAX_FIELD
from agentdesk.transfer.readers.xlsx_parts import Look, Sheet, Workbook, unescape
from agentdesk.transfer.refusals import WorkbookRefusedError
from agentdesk.transfer.row_check import FORMULA_UNKNOWN, FORMULA_WRONG, TOO_LONG, UNREADABLE

MAX_ROWS: Final = 1_048_576
MAX_PLACES: Final = 16_384

_COLUMN: Final = re.compile(r"([A-Z]{1,3})\d*\Z")
_WHOLE: Final = re.compile(r"-?\d{1,18}\Z")
_SECOND_PLACES: Final = 10
"""Places of a day that tell seconds and hardly more; whoever writes further ones means microseconds."""
_EXACT: Final = 2**53
"""Up to here a number of a workbook is every whole number."""
_DAY: Final = 86_400_000_000
"""Its microseconds."""


class TooLongError(ValueError):
    """A number that would come out as another one."""


class SheetRow(NamedTuple):
    """One row.

    Attributes:
        line: its number in the sheet.
        cells: texts by the index of their column.
        faults: index, value and reason of cells that cannot be read.
    """

    line: int
    cells: dict[int, str]
    faults: list[tuple[int, str, str]]


class SheetReader:
    """Reads one sheet; the rows are to be iterated once."""

    def __init__(self, workbook: Workbook, sheet: Sheet, label: str) -> None:
        """Name the sheet."""
        self._workbook = workbook
        self._sheet = sheet
        self._label = label
        self._done: list[SheetRow] = []
        self._row = SheetRow(0, {}, [])
        self._line = 0
        self._place = -1
        self._kind = self._style = ""
        self._text: list[str] = []
        self._size = 0
        self._is_text = self._is_phonetic = self._has_formula = False

    def rows(self) -> Iterator[SheetRow]:
        """Yield every row that is written, in order.

        Raises:
            FileRefusedError: the sheet is broken or hostile.
        """
        for _ in self._workbook.part(self._sheet.part).feed(self._start, self._end, self._take):
            yield from self._done
            self._done.clear()

    def _start(self, element: str, at: dict[str, str]) -> None:
        if element == "c":
            match = _COLUMN.match(at.get("r", ""))
            self._place = column_index(match[1]) if match else self._place + 1
            if self._place >= MAX_PLACES:
                raise WorkbookRefusedError(
                    self._label, f"row {self._line} is wider than {MAX_PLACES:,} columns"
                )
            self._kind, self._style = at.get("t", "n"), at.get("s", "")
            self._text, self._size, self._has_formula = [], 0, False
        elif element in {"v", "t"}:
            self._is_text = True
        elif element == "f":
            self._has_formula = True
        elif element == "rPh":
            self._is_phonetic = True
        elif element == "row":
            self._begin_row(at.get("r", ""))

    def _begin_row(self, number: str) -> None:
        line = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else self._line + 1
        if not self._line < line <= MAX_ROWS:
            raise WorkbookRefusedError(self._label, f"row {number or line} does not follow row {self._line}")
        self._line, self._place = line, -1
        self._row = SheetRow(line, {}, [])

    def _take(self, data: str) -> None:
        if self._is_text and not self._is_phonetic:
            self._size += len(data)
            if self._size <= MAX_FIELD:
                self._text.append(data)

    def _end(self, element: str) -> None:
        if element in {"v", "t"}:
            self._is_text = False
        elif element == "rPh":
            self._is_phonetic = False
        elif element == "c":
            self._end_cell()
        elif element == "row":
            self._done.append(self._row)

    def _end_cell(self) -> None:
        raw, place = "".join(self._text), self._place
        try:
            text = self._meant(raw)
        except TooLongError:
            self._row.faults.append((place, raw, TOO_LONG))
            self._row.cells[place] = raw
            return
        except (ValueError, IndexError, OverflowError):
            self._row.faults.append((place, raw, UNREADABLE))
            self._row.cells[place] = raw
            return
        if self._size > MAX_FIELD:
            self._row.faults.append((place, raw, f"is longer than {MAX_FIELD:,} characters"))
        elif self._kind == "e":
            self._row.faults.append((place, raw, FORMULA_WRONG))
        elif self._has_formula and not raw and self._kind != "str":
            self._row.faults.append((place, "", FORMULA_UNKNOWN))
        if text:
            self._row.cells[place] = text

    def _meant(self, raw: str) -> str:
        """The text of a cell."""
        if self._kind == "s":
            return self._workbook.texts[int(raw)] if raw else ""
        if self._kind in {"str", "inlineStr"}:
            return unescape(raw)
        if self._kind == "b":
            return {"1": "true", "0": "false"}.get(raw, raw)
        if self._kind != "n" or not raw:
            return raw
        looks = self._workbook.looks
        look = looks[int(self._style)] if self._style and int(self._style) < len(looks) else Look()
        if look.is_of_time:
            is_exact = len(raw.partition(".")[2]) > _SECOND_PLACES and "e" not in raw.lower()
            return date_text(float(raw), look, is_1904=self._workbook.is_1904, is_exact=is_exact)
        text = number_text(raw)
        return f"{look.sign}{text:0>{look.digits}}" if text.isdecimal() else text


def column_index(letters: str) -> int:
    """Return 0 for A, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def number_text(raw: str) -> str:
    """Return a number as somebody typed it: `4.9E+10` is 49000000000, `123.0` is 123, `0.1000000000000000055` is 0.1.

    Raises:
        ValueError: it is no number.
        TooLongError: it has more digits than a number of a workbook holds.
    """
    if _WHOLE.match(raw):
        return raw
    number = float(raw)
    if not number.is_integer() or abs(number) >= 1e21:
        return repr(number)
    if abs(number) >= _EXACT and int(number) != Decimal(raw):
        raise TooLongError(raw)
    return str(int(number))


def date_text(days: float, look: Look, *, is_1904: bool, is_exact: bool = False) -> str:
    """Return a day, an instant, a time or a length in ISO form.

    Args:
        days: since the first day of the workbook.
        look: what the format shows.
        is_1904: which day that is.
        is_exact: to the microsecond, not to the second.

    Raises:
        OverflowError: it is beyond the calendar.
    """
    seconds = round(days * 86_400)
    if look.elapsed or (days < 0 and not look.date):
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    first = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a workbook has no zones
    if not is_1904 and days < 60 and look.date:
        seconds += 86_400  # before the 29th of February 1900, which Excel believes in
    at = first + timedelta(seconds=seconds)
    if is_exact and look.time:
        at += timedelta(microseconds=round(Fraction(days) * _DAY) - round(days * 86_400) * 1_000_000)
    if not look.date or (days < 1 and look.time):
        return at.time().isoformat()
    return at.isoformat(" ") if look.time or seconds % 86_400 else at.date().isoformat()
