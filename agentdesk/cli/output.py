"""Owns stdout: rows go in, and come out as a table, JSON, JSON lines, CSV or ids; nothing else prints data.

What a person reads is safe text, and only a terminal gets colour or clipped cells. What a program reads is whole:
JSON is plain ASCII, CSV starts no formula, ids are accepted back by every command. CSV on a terminal is read
by a person.
"""

import csv
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, TextIO

from agentdesk.cli.failures import ReaderLeftError
from agentdesk.cli.table import Cells, draw
from agentdesk.domain.safe_text import block, line, spreadsheet_guard

_NUMBER: Final = re.compile(r"[+-]?[(]?[0-9][0-9 ().-]*")
"""A plain number or a telephone number: nothing in it names a cell, calls a function or reaches outside."""


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    IDS = "ids"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a listing; the first one of a listing names the row, and is what `ids` prints."""

    key: str
    """Its name in JSON and CSV; the attribute it is read from, unless `read` says otherwise."""
    title: str = ""
    """Its head in the table; an empty one keeps it out of the table."""
    read: Callable[[Any], Any] | None = None
    right: bool = False
    """Whether the table aligns it to the right."""

    def of(self, row: Any) -> Any:
        """The value of a row."""
        return self.read(row) if self.read else attrgetter(self.key)(row)


def without_blank(columns: Sequence[Column], key: str, rows: Sequence[Any], form: Format) -> Sequence[Column]:
    """The columns without one that is blank in every row of a table; what a program reads keeps its keys."""
    is_kept = form is not Format.TABLE or any(
        column.of(row) for column in columns for row in rows if column.key == key
    )
    return columns if is_kept else tuple(column for column in columns if column.key != key)


@dataclass(frozen=True, slots=True)
class Output:
    """Stdout as it is now."""

    stream: TextIO
    is_terminal: bool
    width: int
    color: bool
    zone: tzinfo | None = None
    """Where a person's clock hangs; None is the machine's zone."""

    def emit(self, rows: Iterable[Any], columns: Sequence[Column], form: Format) -> int:
        """Print rows and return how many there were; everything but a table is printed as it is read.

        A table without rows prints nothing; every other format stays what it is, an empty array or a lone head.
        """
        as_csv = _readable_csv if self.is_terminal else _csv
        writers = {Format.JSON: _json, Format.JSONL: _json_lines, Format.CSV: as_csv, Format.IDS: _ids}
        seen = _Counted(rows)
        if form is Format.TABLE:
            cells = [self._cells(row, columns) for row in seen]
            if not cells:
                return 0  # a head without rows says nothing; what there is none of is told on stderr
            head = Cells(
                tuple(column.title for column in columns if column.title),
                tuple(column.right for column in columns if column.title),
            )
            self._print(draw(head, cells, self.width if self.is_terminal else None, bold=self.color))
        else:
            self._print(writers[form](seen, columns))
        return seen.count

    def emit_one(self, row: Any, columns: Sequence[Column], form: Format, page: Callable[[], str]) -> None:
        """Print one thing: an object in JSON, a page of text for a person."""
        if form is Format.TABLE:
            self.emit_text(page())
        elif form is Format.JSON:
            self._print([json.dumps(_record(row, columns), ensure_ascii=True, indent=2) + "\n"])
        else:
            self.emit([row], columns, form)

    def emit_text(self, text: str) -> None:
        """Print a page for a person."""
        self._print([block(text).rstrip("\n") + "\n"])

    def emit_lines(self, lines: Iterable[str]) -> None:
        """Print lines for a person, or of JSON, as they come; blank ones stay."""
        self._print(f"{block(one)}\n" for one in lines)

    def emit_raw(self, text: str) -> None:
        """Print what a renderer has already made safe."""
        self._print([text])

    def when(self, instant: datetime | None) -> str:
        """An instant on the reader's clock, to the minute."""
        return f"{instant.astimezone(self.zone):%Y-%m-%d %H:%M}" if instant else ""

    def _cells(self, row: Any, columns: Sequence[Column]) -> tuple[str, ...]:
        return tuple(self._cell(column.of(row)) for column in columns if column.title)

    def _cell(self, value: Any) -> str:
        if isinstance(value, datetime):
            return self.when(value)
        if isinstance(value, bool):
            return "yes" if value else ""
        if isinstance(value, tuple | list):
            return line(", ".join(str(one) for one in value))
        return line(value)

    def _print(self, pieces: Iterable[str]) -> None:
        try:
            for piece in pieces:
                self.stream.write(piece)
            self.stream.flush()
        except BrokenPipeError:
            # Python flushes stdout once more when it ends, and would complain then.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise ReaderLeftError from None


def stdout(*, no_color: bool, zone: tzinfo | None = None) -> Output:
    """Look at stdout: a terminal or not, how wide, and whether colour is welcome (no-color.org)."""
    is_terminal = sys.stdout.isatty()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    plain = no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Output(
        stream=sys.stdout,
        is_terminal=is_terminal,
        width=shutil.get_terminal_size().columns,
        color=is_terminal and not plain,
        zone=zone,
    )


@dataclass(slots=True)
class _Counted:
    rows: Iterable[Any]
    count: int = 0

    def __iter__(self) -> Iterator[Any]:
        for row in self.rows:
            self.count += 1
            yield row


def plain(value: Any) -> Any:
    """A value as JSON has it: instants are ISO 8601 in UTC, tuples are arrays."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _record(row: Any, columns: Sequence[Column]) -> dict[str, Any]:
    return {column.key: plain(column.of(row)) for column in columns}


def _json(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    opening = "[\n"
    for row in rows:
        yield opening + json.dumps(_record(row, columns), ensure_ascii=True)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _json_lines(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(_record(row, columns), ensure_ascii=True) + "\n"


def _csv(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.key for column in columns])
    for row in rows:
        writer.writerow([_field(column.of(row)) for column in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _readable_csv(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    """CSV that a terminal can only print."""
    return map(block, _csv(rows, columns))


def _field(value: Any) -> Any:
    """One CSV field; only text can be a formula, so only text is guarded, and no number of a telephone."""
    told = plain(value)
    if isinstance(told, list) and all(isinstance(one, str) for one in told):
        told = ",".join(told)
    if isinstance(told, list | dict):
        return json.dumps(told, ensure_ascii=True)
    if isinstance(told, bool):
        return str(told).lower()
    if not isinstance(told, str) or _NUMBER.fullmatch(told):
        return told
    return spreadsheet_guard(told)


def _ids(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    for row in rows:
        yield f"{line(columns[0].of(row))}\n"
