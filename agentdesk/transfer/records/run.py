"""One import of records under way: portion by portion into the store, each with how far it has come."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

from agentdesk.desk import Desk
from agentdesk.store.reader import Reader
from agentdesk.transfer.batch_run import Batch, BatchRun
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.deciding import Portion, Rules
from agentdesk.transfer.records.kind import EXTERNAL_ID
from agentdesk.transfer.records.mapping import RecordMap, told_columns
from agentdesk.transfer.records.order import RecordImport
from agentdesk.transfer.records.reading import Record, RecordReader
from agentdesk.transfer.records.seen import Seen, pack, unpack
from agentdesk.transfer.records.writing import write_records
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rejects import RejectsFile, default_rejects_path
from agentdesk.transfer.result import (
    REASONS,
    Counts,
    ImportResult,
    Progress,
    about_nothing,
    first_reasons,
    nothing_written,
)
from agentdesk.transfer.rows import Fault
from agentdesk.transfer.unfinished import Unfinished

ROWS_AT_ONCE: Final = 1000
"""Rows of a transaction: long enough to be quick, short enough that others can write in between."""
_TOLD: Final = "told"
Rows = tuple[list[Record], list[Fault]]


@dataclass(frozen=True, slots=True)
class Followed:
    """An open file, how it is read, and which of its rows were.

    Attributes:
        source: its bytes.
        table: its rows.
        rules: the map.
        seen: the rows that were taken.
        told: the order, as the batch keeps it.
        digest: of its bytes; empty for standard input.
        found: how far its import came before; None where it is new.
    """

    source: Source
    table: AnyTable
    rules: RecordMap
    seen: Seen
    told: dict[str, Any]
    digest: str = ""
    found: Unfinished | None = None


class RecordRun:
    """One import under way."""

    def __init__(self, desk: Desk, order: RecordImport, file: Followed, progress: Progress) -> None:
        """Take an open file, at its beginning.

        Raises:
            ResumeError: another process is at it.
        """
        self._desk, self._order, self._progress = desk, order, progress
        self._source, self._table, self._map = file.source, file.table, file.rules
        self._kind = KINDS[order.kind]
        self._reader = RecordReader(self._kind, file.rules, file.table.header)
        self._rules = Rules(
            self._kind,
            file.rules.file.source,
            order.on_match,
            order.blank == "clear",
            self._reader,
            file.seen,
        )
        self._name = order.path.name if order.path else "standard input"
        self._counts = Counts()
        self._first: list[Fault] = []
        self._batch = BatchRun(desk, self._facts(file), file.found)
        self._began = time.monotonic()

    def carry_out(self) -> ImportResult:
        """Deal with every row that is left, then with the file of rejected rows.

        Raises:
            MapError: nobody says how dates are written.
            ResumeError: somebody else took the import up before.
            ImportStopped: somebody pressed Ctrl-C.
        """
        rejects = self._rejects()
        with self._batch.reading():
            portions = self._portions()
            first = next(portions, ([], []))
            if not self._batch.passed:  # what goes on was not refused when it began
                self._reader.refuse_undated()
        with rejects:
            if self._order.dry_run:
                with nothing_written():
                    self._rehearse(chain([first], portions))
            else:
                self._write(chain([first], portions), rejects)
        return self._result(rejects)

    def _facts(self, file: Followed) -> Batch:
        return Batch(
            kind=self._kind.name,
            source=self._rules.source,
            name=self._name,
            order=file.told,
            digest=file.digest,
            encoding=self._table.encoding,
            delimiter=self._table.delimiter,
        )

    def _portions(self) -> Iterator[Rows]:
        rows = self._table.rows()
        for row in islice(rows, self._batch.passed):
            if not isinstance(row, Fault):
                self._reader.read(row)  # it learns how dates are written
        while some := list(islice(rows, ROWS_AT_ONCE)):
            read = [row if isinstance(row, Fault) else self._reader.read(row) for row in some]
            yield (
                [one for one in read if isinstance(one, Record)],
                [one for one in read if isinstance(one, Fault)],
            )

    def _rejects(self) -> RejectsFile:
        path = self._source.path
        target = self._order.rejects or default_rejects_path(path, self._table.rejects_suffix)
        if path and target.resolve() == path.resolve():
            raise RejectsFileError(str(target), "it is the file that is imported")
        return self._table.rejects(target)

    def _rehearse(self, portions: Iterator[Rows]) -> None:
        for records, faults in portions:
            with self._desk.read() as read:
                self._count(self._decided(read, records), faults)
            self._rules.seen.news()
            self._progress(self._counts.rows, None)

    def _write(self, portions: Iterator[Rows], rejects: RejectsFile) -> None:
        batch = self._batch
        batch.begin()
        with batch.under_way():
            self._remember()
            for records, faults in portions:
                self._write_some(records, faults, rejects)
            for fault in batch.faults():
                rejects.add(fault)
            rejects.publish()
            where = str(rejects.path) if rejects.count else None
            batch.finish(self._counts, where, self._source.sha256)

    def _write_some(self, records: Sequence[Record], faults: list[Fault], rejects: RejectsFile) -> None:
        if faults and not self._counts.rejected:
            rejects.check_place()
        with self._batch.portion() as change:
            portion = self._decided(change.reader(), records)
            write_records(change, self._kind, portion.created, portion.updated)
            rejected = self._count(portion, faults)
            about = pack(self._rules.seen.news(), portion.met)
            self._batch.tell(change, self._counts, rejected, about, {_TOLD: self._told()})
        self._progress(self._counts.rows, None)

    def _told(self) -> dict[str, Any]:
        rules = self._rules
        return {"differing": rules.differing, "lines": rules.lines, "unknown": rules.unknown}

    def _remember(self) -> None:
        """What the rows before were about, as if this had dealt with them."""
        rules, batch = self._rules, self._batch
        for taken, met in map(unpack, batch.touched()):
            rules.seen.put(taken)
            rules.seen.news()
            rules.touched.add_all(met)
        told = batch.details.get(_TOLD) or self._told()
        rules.differing, rules.unknown = told["differing"], dict(told["unknown"])
        rules.lines = list(told.get("lines", ()))
        self._counts, self._first = batch.counts, list(islice(batch.faults(), REASONS))

    def _decided(self, read: Reader, records: Sequence[Record]) -> Portion:
        portion = Portion(self._rules, read, records)
        portion.decide(records)
        return portion

    def _count(self, portion: Portion, faults: list[Fault]) -> list[Fault]:
        """Count a portion; all its rejected rows, in the order of the file."""
        self._counts.add(portion.counts)
        self._counts.rejected += len(faults)
        rejected = sorted([*faults, *portion.faults], key=lambda one: one.line)
        if len(self._first) < REASONS:
            self._first += rejected[:REASONS]
        return rejected

    def _result(self, rejects: RejectsFile) -> ImportResult:
        return ImportResult(
            batch=self._batch.number or None,
            kind=self._kind.name,
            source=self._rules.source,
            encoding=self._table.encoding,
            delimiter=self._table.delimiter,
            counts=self._counts,
            rejects_file=str(rejects.path) if rejects.count else None,
            dry_run=self._order.dry_run,
            seconds=time.monotonic() - self._began,
            notes=(
                *self._table.notes,
                *self._notes(),
                *about_nothing(self._name, self._counts),
                *self._batch.notes,
                *rejects.notes,
            ),
            reasons=first_reasons(self._first),
            differing=tuple(self._rules.lines),
        )

    def _notes(self) -> Iterator[str]:
        if self._map.is_guessed:
            yield told_columns(self._kind, self._map, self._table.header)
        if EXTERNAL_ID not in self._map.columns and not self._kind.natural:
            yield "No column is an id: a row is known again by all its cells, so one that is edited comes in as a new one."
        yield from self._reader.kept_words()
        if self._rules.differing:
            yield f"{_differing(self._rules)}; the first of each stands."
        for column, times in self._rules.unknown.items():
            rows = "1 row" if times == 1 else f"{times:,} rows"
            yield f"{column}: in {rows} it names nobody the desk knows, and is kept as it is."
        if self._reader.times.leap_seconds:
            yield f"Leap seconds read as one second earlier: {self._reader.times.leap_seconds}."


def _differing(rules: Rules) -> str:
    """How many rows say something else than an earlier one, and where the first of them are."""
    first = ", ".join(f"line {line:,}" for line in rules.lines[:REASONS])
    more = (
        f" and {rules.differing - REASONS:,} more; --json has their lines"
        if rules.differing > REASONS
        else ""
    )
    return f"Rows that repeat an earlier one with other values: {rules.differing:,} ({first}{more})"
