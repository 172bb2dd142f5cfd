"""A sheet of a workbook as a table: the first visible one with a row, or the one that is named."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from agentdesk.transfer.header import Header, parse_header
from agentdesk.transfer.readers.xlsx_parts import Sheet, Workbook
from agentdesk.transfer.readers.xlsx_sheet import SheetReader, SheetRow
from agentdesk.transfer.refusals import EmptyFileError, NoMemberError
from agentdesk.transfer.rejects import CSV_SUFFIX, RejectsFile
from agentdesk.transfer.row_check import RowCheck
from agentdesk.transfer.rows import Fault, Row, about_blank, all_of, is_blank

_NO_DAMAGE: Final = re.compile("[\ud800-\udfff]")


class XlsxTable:
    """An open workbook as a table; see `table.AnyTable`."""

    delimiter = ""
    encoding = ""
    rejects_suffix = CSV_SUFFIX

    def __init__(self, archive: zipfile.ZipFile, label: str, *, sheet: str | None = None) -> None:
        """Find the sheet and its header.

        Args:
            archive: the workbook.
            label: how messages name it.
            sheet: the name of the sheet, when the caller knows it.

        Raises:
            FileRefusedError: one of its kinds, for the workbook, the sheet or the header.
        """
        self._label = label
        self._workbook = Workbook(archive, label)
        chosen, first, self._rows = self._choose(sheet)
        self.header: Header = parse_header(label, _spread(first.cells, 0), is_guarded=False)
        self._check = RowCheck(self.header, _NO_DAMAGE, ",", "text")
        self.notes = [f"Read as the sheet {chosen.name[:60]!r} of a workbook."]
        if others := [one for one in self._workbook.sheets if one != chosen and not one.is_hidden]:
            names = ", ".join(repr(one.name[:60]) for one in others)
            self.notes.append(f"The workbook also holds {names}, not read: --member names the sheet to read.")

    def rows(self) -> Iterator[Row | Fault]:
        """Yield every row with a filled cell, in order.

        Raises:
            FileRefusedError: the workbook cannot be read on.
        """
        blank = 0
        for row in self._rows:
            if row.faults or not is_blank(row.cells.values()):
                yield self._row(row)
            else:
                blank += bool(row.cells)
        self.notes += about_blank(blank)

    def rejects(self, path: Path) -> RejectsFile:
        """Return the file that takes rejected rows: CSV that Excel opens as it is."""
        return RejectsFile(path, self.header, delimiter=",", encoding="utf-8-sig")

    def _row(self, row: SheetRow) -> Row | Fault:
        cells = _spread(row.cells, self.header.width)
        if row.faults:
            return all_of(
                [
                    Fault(row.line, self._check.column(place), value, reason, cells)
                    for place, value, reason in row.faults
                ]
            )
        return self._check.inspect(row.line, cells)

    def _choose(self, name: str | None) -> tuple[Sheet, SheetRow, Iterator[SheetRow]]:
        sheets = self._workbook.sheets
        if name is not None:
            named = [one for one in sheets if one.name.casefold() == name.strip().casefold()]
            if not named:
                raise NoMemberError(self._label, name, [one.name for one in sheets])
        else:
            named = [one for one in sheets if not one.is_hidden]
        for sheet in named:
            rows = SheetReader(self._workbook, sheet, self._label).rows()
            if first := next((row for row in rows if any(map(str.strip, row.cells.values()))), None):
                return sheet, first, rows
        raise EmptyFileError(self._label)


def _spread(cells: dict[int, str], width: int) -> list[str]:
    """Cells by index as a list, at least `width` long."""
    if not cells:
        return [""] * width
    found = [""] * max(width, max(cells) + 1)
    for place, text in cells.items():
        found[place] = text
    return found
