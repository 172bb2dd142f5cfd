"""Rejected rows go to a file of their own: the original header and row, then `line` and `error`.

Correcting that file and importing it again is the whole repair: the reader drops the two columns. The file is
regular whatever its rows were: short ones are filled up, what is too much joins the last cell, broken quotes are
text. It appears whole or not at all, readable by its owner only, and takes the next free name where another file is.
"""

import csv
import filecmp
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from errno import EISDIR
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TextIO

from agentdesk.transfer.header import REJECT_COLUMNS, Header
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rows import Fault

_TAIL: Final = r'{0}\d*{0}(?:"(?:[^"]|"")*"|[^{0}"]*)\Z'
"""The two columns at the end of a row of a rejects file."""
CSV_SUFFIX: Final = ".rejects.csv"
_AGAIN: Final = re.compile(r"(.*\.rejects)(?:-(\d{1,9}))?")
"""The stem of a file of rejects, and its number where it is not the first."""
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
    if found := _AGAIN.fullmatch(stem):
        return source.with_name(f"{found[1]}-{int(found[2] or 1) + 1}{Path(suffix).suffix}")
    return source.with_name(stem + suffix)


class RejectsFile:
    """Collects faults; a context manager that puts the file in place when the block ends without an error.

    This one writes CSV; `begin` and `put` are what another dialect writes otherwise.

    Attributes:
        path: where the file appears, if there is anything to reject; certain once it is published.
        notes: what a user may want to hear about it; complete once it is published.
        count: rows written so far.
    """

    def __init__(self, path: Path, header: Header, *, delimiter: str, encoding: str) -> None:
        """Prepare, without touching the disk before the first fault.

        Args:
            path: target; a file of that name that says something else is kept, and the next free name taken.
            header: columns of the file that was read.
            delimiter: as in that file.
            encoding: of that file; the rejects are UTF-8, with a mark when that file had one.
        """
        self.path = path
        self.count = 0
        self.notes: tuple[str, ...] = ()
        self._header = header
        self._delimiter = delimiter
        self._encoding = "utf-8-sig" if encoding.startswith(_MARKED) else "utf-8"
        self._draft: Path | None = None
        self._file: TextIO | None = None
        self._write_row: Callable[[list[str]], Any] = lambda _row: None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.publish()
        else:
            self.discard()

    def add(self, fault: Fault) -> None:
        """Write one rejected row.

        Raises:
            RejectsFileError: the disk does not take it.
        """
        try:
            self.put(self._file or self._open(), fault)
        except OSError as error:
            raise RejectsFileError(str(self.path), error.strerror or str(error)) from error
        self.count += 1

    def begin(self, file: TextIO) -> None:
        """Write what stands before the first row."""
        # CRLF: the csv module quotes a cell that holds either half of its own line end.
        self._write_row = csv.writer(file, delimiter=self._delimiter, lineterminator="\r\n").writerow
        self._write_row([*self._header.names, *REJECT_COLUMNS])

    def put(self, file: TextIO, fault: Fault) -> None:
        """Write one row with its line and its reason."""
        del file
        cells = self._split(fault.raw or "") if fault.cells is None else fault.cells
        self._write_row([*self._aligned(cells), str(fault.line), fault.message])

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

    def discard(self) -> None:
        """Remove what was written so far."""
        if self._file:
            self._file.close()
        if self._draft:
            with suppress(OSError):
                self._draft.unlink()
        self._file = self._draft = None

    def _open(self) -> TextIO:
        handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)  # 0600 by itself
        self._draft = Path(name)
        # Bytes that could not be decoded go out as they came in.
        file = os.fdopen(handle, "w", encoding=self._encoding, errors="surrogateescape", newline="")
        self._file = file
        self.begin(file)
        return file

    def publish(self) -> None:
        """Put the file in place; a second call does nothing.

        Raises:
            RejectsFileError: the disk does not take it.
        """
        if not self._file or not self._draft:
            return
        wanted = self.path
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self.path = place_draft(self._draft, wanted)
        except OSError as error:
            self.discard()
            raise RejectsFileError(str(wanted), error.strerror or str(error)) from error
        self._file = self._draft = None
        if self.path != wanted:
            self.notes = (
                f"{wanted} is kept, it holds other rows; the rejected rows of this import are in {self.path}.",
            )


def place_draft(draft: Path, wanted: Path) -> Path:
    """Give a draft the first name that is free, or that of a file that says the same already; return it."""
    numbered = _AGAIN.fullmatch(wanted.stem)
    stem, first = (numbered[1], int(numbered[2] or 1)) if numbered else (wanted.stem, 1)
    for number in count(first):
        target = wanted if number == first else wanted.with_name(f"{stem}-{number}{wanted.suffix}")
        if target.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if _says_the_same(draft, target):
            draft.replace(target)
            return target
        if _claim(draft, target):
            return target
    raise AssertionError  # counting has no end


def _says_the_same(draft: Path, target: Path) -> bool:
    try:
        return not target.is_symlink() and filecmp.cmp(draft, target, shallow=False)
    except FileNotFoundError:
        return False


def _claim(draft: Path, target: Path) -> bool:
    """Rename, unless somebody has the name: a link is refused then, where a rename would replace."""
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if os.path.lexists(target):
            return False
        draft.replace(target)
        return True
    draft.unlink()
    return True
