"""Rejected rows go to a file of their own: the original header and row, then `line` and `error`.

Correcting that file and importing it again is the whole repair: the reader drops the two columns. The file is
regular whatever its rows were: short ones are filled up, what is too much joins the last cell, broken quotes are
text.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TextIO, cast

from agentdesk.transfer.drafted_file import AGAIN, DraftedFile
from agentdesk.transfer.header import REJECT_COLUMNS, Header
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rows import Fault

_TAIL: Final = r'{0}(\d*){0}(?:"(?:[^"]|"")*"|[^{0}"]*)\Z'
"""The two columns at the end of a row of a rejects file."""
CSV_SUFFIX: Final = ".rejects.csv"
CRLF: Final = "\r\n"
_MARKED: Final = ("utf-8-sig", "utf-16", "utf-32")
"""Encodings after which a byte order mark is written: whoever reads those files needs it."""


def default_rejects_path(source: Path | None, suffix: str = CSV_SUFFIX) -> Path:
    """Return where the rejects of a file go: beside it, or in the working directory for standard input.

    Those of `people.rejects.csv` go to `people.rejects-2.csv`: what was corrected there is kept until somebody removes it.
    """
    if source is None:
        return Path(f"stdin{suffix}")
    name = source.name.removesuffix(".gz").removesuffix(".GZ")
    stem = Path(name).stem or name
    if found := AGAIN.fullmatch(stem):
        return source.with_name(f"{found[1]}-{int(found[2] or 1) + 1}{Path(suffix).suffix}")
    return source.with_name(stem + suffix)


class RejectsFile(DraftedFile):
    """Collects faults; `begin` and `put` are what another dialect than CSV writes otherwise."""

    def __init__(
        self, path: Path, header: Header, *, delimiter: str, encoding: str, line_end: str = CRLF
    ) -> None:
        """Prepare, without touching the disk before the first fault.

        Args:
            path: target; a file of that name that says something else is kept, and the next free name taken.
            header: columns of the file that was read.
            delimiter: as in that file.
            encoding: of that file; the rejects are UTF-8, with a mark when that file had one.
            line_end: as in that file.
        """
        super().__init__(path)
        self._header = header
        self._delimiter = delimiter
        self._line_end = line_end
        self._encoding = "utf-8-sig" if encoding.startswith(_MARKED) else "utf-8"
        self._write_row: Callable[[list[str]], Any] = lambda _row: None

    def add(self, fault: Fault) -> None:
        """Write one rejected row.

        Raises:
            RejectsFileError: the disk does not take it.
        """
        try:
            self.put(cast("TextIO", self._file) if self._file else self._open(), fault)
        except OSError as error:
            raise RejectsFileError(str(self.path), error.strerror or str(error)) from error
        self.count += 1

    def begin(self, file: TextIO) -> None:
        """Write what stands before the first row."""
        # CRLF: the csv module quotes a cell that holds either half of its own line end.
        target = file if self._line_end == CRLF else _Ended(file, self._line_end)
        self._write_row = csv.writer(target, delimiter=self._delimiter, lineterminator=CRLF).writerow
        self._write_row([*self._header.names, *REJECT_COLUMNS])

    def put(self, file: TextIO, fault: Fault) -> None:
        """Write one row with its line and its reason."""
        del file
        cells = self._split(fault.raw or "") if fault.cells is None else fault.cells
        self._write_row([*self._aligned(cells), self._line(fault), fault.message])

    def _line(self, fault: Fault) -> str:
        """Where the row stood at first: one that was rejected before brings its line along."""
        if not self._header.is_rejects:
            return str(fault.line)
        if fault.cells is None:
            found = re.search(_TAIL.format(re.escape(self._delimiter)), fault.raw or "")
            told = found[1] if found else ""
        else:
            told = "".join(fault.cells[len(self._header.names) :][:1]).strip()
        return told if told.isascii() and told.isdigit() else str(fault.line)

    def _aligned(self, cells: list[str]) -> list[str]:
        """As many cells as the table has columns, and every text of the row in them."""
        count = len(self._header.names)
        named = [*cells[:count], *[""] * (count - len(cells))]
        if any(surplus := cells[self._header.width :]):
            named[-1] = self._delimiter.join((named[-1], *surplus))
        return named

    def _split(self, raw: str) -> list[str]:
        """The cells of a row with broken quotes, each with its quotes as they stand."""
        if self._header.is_rejects:
            raw = re.sub(_TAIL.format(re.escape(self._delimiter)), "", raw)
        cells, count = raw.split(self._delimiter), len(self._header.names)
        # The two columns of a rejects file are left empty: the surplus begins behind them.
        return [*cells[:count], *[""] * (self._header.width - count), *cells[count:]]

    def _open(self) -> TextIO:
        # Bytes that could not be decoded go out as they came in.
        told = {"encoding": self._encoding, "errors": "surrogateescape", "newline": ""}
        file = cast("TextIO", self.open_draft("w", **told))
        self.begin(file)
        return file


class _Ended:
    """Takes whole rows that end in CRLF, and ends them otherwise."""

    def __init__(self, file: TextIO, line_end: str) -> None:
        self._file = file
        self._line_end = line_end

    def write(self, row: str) -> int:
        return self._file.write(row.removesuffix(CRLF) + self._line_end)
