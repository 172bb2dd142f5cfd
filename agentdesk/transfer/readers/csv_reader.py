"""A table is read row by row with the csv module, and no row is ever lost: each becomes a `Row` or a `Fault`.

The csv module by itself swallows the rest of a file after an unclosed quote. Here such a row is blamed on the
line where the quote opens, and reading goes on with the next line. Looking ahead is bounded, so that a file
made of such lines costs time in proportion to its size.
"""

import csv
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agentdesk.transfer.header import Header, parse_header
from agentdesk.transfer.readers.csv_dialect import (
    PREAMBLE_LINES,
    count_preamble,
    find_delimiter,
    parse_delimiter,
    parse_sep_line,
)
from agentdesk.transfer.readers.encodings import find_encoding
from agentdesk.transfer.readers.line_feed import LineFeed, RunawayRowError
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.readers.text_lines import TextLines
from agentdesk.transfer.refusals import BrokenHeaderError, EmptyFileError
from agentdesk.transfer.rejects import CRLF, CSV_SUFFIX, RejectsFile
from agentdesk.transfer.row_check import QUOTE_FAULTS, RowCheck
from agentdesk.transfer.rows import Fault, Row, about_blank

MAX_FIELD: Final = 1024 * 1024
"""Characters of one cell; a longer one costs its row."""
REPAIR_SPAN: Final = 50
"""Lines of a broken row that are weighed as one: more are too many to be one record."""

_BLANK: Final = " \t\r\n\x0b\x0c\x1a\xa0\ufeff"
_UNCLOSED: Final = "unexpected end of data"  # as the csv module says it
_MISQUOTED: Final = "misquoted"

if TYPE_CHECKING:
    from _csv import Reader

csv.field_size_limit(MAX_FIELD)  # of the whole process: the csv module knows no other


class _MisquotedRowError(Exception):
    """A row came out of the csv module whole, but its first line left a quote open."""


class Table:
    """An open table: the header is read, the rows are to be iterated once.

    Attributes:
        header: its columns.
        encoding: the codec in use; `utf-8-sig` for UTF-8 with a mark.
        delimiter: the character between cells.
        notes: what a user may want to hear about the file as a whole; complete once the rows are read.
    """

    rejects_suffix = CSV_SUFFIX

    def __init__(
        self,
        source: Source,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        repeated: frozenset[str] = frozenset(),
    ) -> None:
        """Read up to the header.

        Args:
            source: the open bytes.
            encoding: codec, when the caller knows it.
            delimiter: character or word, when the caller knows it.
            repeated: folded header names that may occur twice in this format.

        Raises:
            FileRefusedError: one of its kinds, for encoding, emptiness or header.
        """
        self._label = source.label
        verdict = find_encoding(source.label, source.head, encoding)
        self.encoding = verdict.name
        self.notes: list[str] = []
        if verdict.note:
            self.notes.append(verdict.note)
        self._text = TextLines(source.label, source.chunks(), verdict)
        self._feed = LineFeed(iter(self._text))
        self._has_spaced_quotes = False
        self._blank_rows = 0
        self.delimiter = self._find_delimiter(parse_delimiter(delimiter) if delimiter else None)
        self.header = self._read_header(repeated)
        self._check = RowCheck(self.header, self._text.damage, self.delimiter, self.encoding)

    def rows(self) -> Iterator[Row | Fault]:
        """Yield every row after the header, in order; blank lines and rows of blank cells are no rows.

        Raises:
            FileRefusedError: the file as a whole cannot be read on (line too long, changed, device failed).
        """
        feed = self._feed
        is_done = False
        while not is_done:
            reader = self._reader(feed.batches())
            base = feed.done
            try:
                yield from self._whole_rows(reader, base)
                is_done = True
            except csv.Error as error:
                yield self._blame(str(error), base + reader.line_num - feed.done)
            except RunawayRowError:
                yield self._blame(_UNCLOSED, base + reader.line_num - feed.done)
            except _MisquotedRowError:
                yield self._blame(_MISQUOTED, base + reader.line_num - feed.done)
        self.notes += about_blank(self._blank_rows)
        if self._text.had_ctrl_z:
            self.notes.append("The end-of-file mark (Ctrl-Z) at the end was ignored.")

    def rejects(self, path: Path) -> RejectsFile:
        """Return the file that takes rejected rows, written as this one is."""
        told = {"delimiter": self.delimiter, "encoding": self.encoding, "line_end": self._line_end}
        return RejectsFile(path, self.header, **told)

    def _whole_rows(self, reader: "Reader", base: int) -> Iterator[Row | Fault]:
        """Yield rows until one is broken; `feed.done` always counts the lines of finished rows."""
        feed, check = self._feed, self._check
        width = check.header.width
        is_plain = width > 1 and not check.header.blanks and not check.header.is_rejects
        for cells in reader:
            start, end = feed.done, base + reader.line_num
            is_empty = not cells or not (cells[0].strip() or any(map(str.strip, cells)))
            if is_plain and len(cells) == width and not feed.is_suspect and not is_empty:
                feed.done = end
                yield Row(start + 1, cells)
                continue
            lines = feed.peek(end - start)
            if end > start + 1 and not check.fits(cells) and check.hides_rows(lines[:REPAIR_SPAN]):
                raise _MisquotedRowError
            feed.done = end
            if is_empty:
                self._blank_rows += len(cells) > 1 or bool("".join(lines).strip(_BLANK))
            elif "".join(lines).strip(_BLANK):
                yield check.inspect(start + 1, cells)

    def _blame(self, error: str, taken: int) -> Fault:
        """Turn a broken row into a fault, and resume after it.

        It is one line, and the lines after it are read for themselves, unless none of them could be a row.

        Args:
            error: what the csv module said, or one of the signs of this module.
            taken: lines it had taken for the row.
        """
        feed, check = self._feed, self._check
        lines = feed.peek(1)
        is_unclosed = taken > 1 or error == _UNCLOSED
        if 1 < taken <= REPAIR_SPAN and error not in {_UNCLOSED, _MISQUOTED}:
            span = feed.peek(taken)
            # A quote amid a cell of the last line is the end of the one opened in the first, not a row's own.
            if not check.hides_rows(span if check.opens_with_quote(span[-1]) else span[:-1]):
                lines, is_unclosed = span, False
        if taken > REPAIR_SPAN:
            feed.charge(taken)
        line = feed.done + 1
        feed.done += len(lines)
        raw = "".join(lines).rstrip("\r\n")
        if is_unclosed:
            column = check.column(max(len(check.split(raw)) - 1, 0))
            return Fault(line, column, "", QUOTE_FAULTS[0], raw=raw)
        if "larger than" in error:
            return Fault(line, "", "", f"a cell is longer than {MAX_FIELD:,} characters", raw=raw)
        return Fault(line, "", raw, QUOTE_FAULTS[1], raw=raw)

    def _reader(self, batches: Iterator[list[str]]) -> "Reader":
        return csv.reader(
            chain.from_iterable(batches),
            delimiter=self.delimiter,
            strict=True,
            skipinitialspace=self._has_spaced_quotes,
        )

    def _find_delimiter(self, given: str | None) -> str:
        """Move to the header and decide what parts its names."""
        feed = self._feed
        self._skip_blank_lines()
        if prose := count_preamble(feed.peek(PREAMBLE_LINES)):
            self.notes.append(f"The first {prose} lines are no table and were passed over.")
            feed.done += prose
            self._skip_blank_lines()
        if sep := parse_sep_line(feed.next_line()):
            feed.done += 1
            self._skip_blank_lines()
        text = ""
        for line in feed.peek(REPAIR_SPAN):
            text += line
            if text.count('"') % 2 == 0:
                break
        self._line_end = "\n" if text.endswith("\n") and not text.endswith("\r\n") else CRLF
        delimiter = given or sep or find_delimiter(text)
        self._has_spaced_quotes = re.search(re.escape(delimiter) + ' +"', text) is not None
        return delimiter

    def _skip_blank_lines(self) -> None:
        feed = self._feed
        while not (line := feed.next_line()).strip(_BLANK):
            if not line:
                raise EmptyFileError(self._label)
            feed.done += 1

    def _read_header(self, repeated: frozenset[str]) -> Header:
        feed = self._feed
        line = feed.done + 1
        reader = self._reader(feed.batches())
        try:
            cells = next(reader)
        except (csv.Error, RunawayRowError) as error:
            raise BrokenHeaderError(self._label, line, str(error) or _UNCLOSED) from error
        feed.done += reader.line_num
        if any("\0" in cell or self._text.damage.search(cell) for cell in cells):
            raise BrokenHeaderError(self._label, line, f"it holds bytes that are not {self.encoding}")
        return parse_header(self._label, cells, repeated)
