"""Records from a file into the store: rows = created + updated + unchanged + duplicates + rejected, always.

Rows are written some hundred a transaction, with the counts so far; what was killed stays as far as it came, and the same
file imported again goes on from there, because what is there already is unchanged.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ImportBatch
from agentdesk.store.change import Change
from agentdesk.store.reader import Reader
from agentdesk.transfer.maps.saved_maps import find_map
from agentdesk.transfer.readers.sources import Source, open_source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.deciding import Portion, Rules
from agentdesk.transfer.records.kind import EXTERNAL_ID, Kind
from agentdesk.transfer.records.mapping import RecordMap, guess_map, parse_record_map, told_columns
from agentdesk.transfer.records.order import AUTO, RecordImport
from agentdesk.transfer.records.reading import Record, RecordReader
from agentdesk.transfer.records.seen import Seen
from agentdesk.transfer.records.writing import write_records
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rejects import RejectsFile, default_rejects_path
from agentdesk.transfer.result import (
    REASONS,
    Counts,
    ImportResult,
    ImportStopped,
    Progress,
    about_nothing,
    first_reasons,
    nothing_written,
)
from agentdesk.transfer.rows import Fault

ROWS_AT_ONCE: Final = 1000
"""Rows of a transaction: long enough to be quick, short enough that others can write in between."""


def import_records(
    desk: Desk, order: RecordImport, progress: Progress = lambda _done, _total: None
) -> ImportResult:
    """Import a file of records, losing no row.

    Args:
        desk: whose actor answers for it.
        order: what to import, and how.
        progress: told the rows done after each transaction.

    Raises:
        NotPermittedError: the role does not allow imports.
        InvalidValueError: the order names an unknown word.
        NotFoundError: no map has the name it names.
        MapError: the map cannot be followed, or nobody says how dates are written.
        FileRefusedError: the file cannot be read, or not to its end; what came before stays, and can be undone.
        ImportStopped: somebody pressed Ctrl-C; what came before stays, and can be undone.
    """
    desk.actor.require(Permission.IMPORT)
    order.checked()
    kind = KINDS[order.kind]
    rules = _given_map(desk, order, kind)
    with open_source(order.path or "-", order.stdin) as source, closing(Seen()) as seen:
        table = open_table(
            source,
            encoding=order.encoding or (rules.file.encoding if rules else None),
            delimiter=order.delimiter or (rules.file.delimiter if rules else None),
            member=order.member,
        )
        followed = rules or guess_map(kind, table.header)
        if order.source != AUTO:
            followed = followed.from_source(order.source.strip() or "import")
        return _Run(desk, order, _Followed(source, table, followed, seen), progress).carry_out()


def _given_map(desk: Desk, order: RecordImport, kind: Kind) -> RecordMap | None:
    if order.map is None or isinstance(order.map, RecordMap):
        return order.map
    found = find_map(desk, order.map, kind.name)
    return parse_record_map(found.text, kind, found.label)


Rows = tuple[list[Record], list[Fault]]


@dataclass(frozen=True, slots=True)
class _Followed:
    """An open file, how it is read, and which of its rows were."""

    source: Source
    table: AnyTable
    rules: RecordMap
    seen: Seen


class _Run:
    """One import under way."""

    def __init__(self, desk: Desk, order: RecordImport, file: _Followed, progress: Progress) -> None:
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
        self._batch: int | None = None
        self._began = time.monotonic()

    def carry_out(self) -> ImportResult:
        portions = self._portions()
        rejects = self._rejects()
        with nothing_written():
            first = next(portions, ([], []))
            self._reader.refuse_undated()
        with rejects:
            if self._order.dry_run:
                with nothing_written():
                    self._rehearse(first, portions)
            else:
                self._write(first, portions, rejects)
        return self._result(rejects)

    def _portions(self) -> Iterator[Rows]:
        rows = self._table.rows()
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

    def _rehearse(self, first: Rows, rest: Iterator[Rows]) -> None:
        for records, faults in chain([first], rest):
            with self._desk.read() as read:
                self._count(self._decided(read, records), faults)
            self._progress(self._counts.rows, None)

    def _write(
        self,
        first: Rows,
        rest: Iterator[Rows],
        rejects: RejectsFile,
    ) -> None:
        self._batch = self._begin()
        try:
            for records, faults in chain([first], rest):
                with self._change() as change:
                    portion = self._decided(change.reader(), records)
                    write_records(change, self._kind, portion.created, portion.updated)
                    rejected = self._count(portion, faults)
                    self._tell(change, "running")
                for fault in rejected:
                    rejects.add(fault)
                self._progress(self._counts.rows, None)
            rejects.publish()
            with self._change() as change:
                self._tell(change, "done", str(rejects.path) if rejects.count else None)
        except BaseException as stop:
            written = self._break_off()
            if isinstance(stop, KeyboardInterrupt):
                raise ImportStopped(self._batch, written) from None
            raise

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

    def _change(self) -> Change:
        desk = self._desk
        return desk.store.change(
            desk.clock, desk.actor, Origin.IMPORT, batch_id=self._batch, summary=f"import {self._name}"
        )

    def _begin(self) -> int:
        with self._change() as change:
            batch = ImportBatch(
                kind=self._kind.name,
                source=self._rules.source,
                file_name=self._name,
                encoding=self._table.encoding,
                delimiter=self._table.delimiter,
                actor_id=self._desk.actor.id,
                started_at=change.at,
            )
            change.add(batch)
        assert batch.id is not None
        return batch.id

    def _tell(self, change: Change, state: str, rejects: str | None = None) -> None:
        assert self._batch is not None
        batch = change.get(ImportBatch, self._batch)
        for name, count in self._counts.as_columns().items():
            setattr(batch, name, count)
        batch.state = state
        if state == "done":
            batch.finished_at = change.at
            batch.rejects_file = rejects
            batch.file_hash = self._source.sha256

    def _break_off(self) -> int:
        """How many rows are in the store; what was counted since went with its transaction."""
        assert self._batch is not None
        with suppress(AgentDeskError), self._change() as change:
            change.get(ImportBatch, self._batch).state = "interrupted"
        with self._desk.read() as read:
            return int(read.value("SELECT rows FROM import_batch WHERE id = :id", {"id": self._batch}) or 0)

    def _result(self, rejects: RejectsFile) -> ImportResult:
        return ImportResult(
            batch=self._batch,
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
                *rejects.notes,
            ),
            reasons=first_reasons(self._first),
        )

    def _notes(self) -> Iterator[str]:
        if self._map.is_guessed:
            yield told_columns(self._kind, self._map, self._table.header)
        if EXTERNAL_ID not in self._map.columns and not self._kind.natural:
            yield "No column is an id: a row is known again by all its cells, so one that is edited comes in as a new one."
        yield from self._reader.kept_words()
        if self._rules.differing:
            yield f"Rows that repeat an earlier one with other values: {self._rules.differing}; the first of each stands."
        for column, times in self._rules.unknown.items():
            rows = "1 row" if times == 1 else f"{times:,} rows"
            yield f"{column}: in {rows} it names nobody the desk knows, and is kept as it is."
        if self._reader.times.leap_seconds:
            yield f"Leap seconds read as one second earlier: {self._reader.times.leap_seconds}."
