"""One import of contacts under way: portion by portion into the store, each with how far it has come."""

import os
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agentdesk.desk import Desk
from agentdesk.domain.errors import StoreError
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ImportBatch
from agentdesk.store.change import Change
from agentdesk.store.load import Load
from agentdesk.transfer.contacts.apply import Chunk
from agentdesk.transfer.contacts.chunk_log import count_chunks, drop_chunks, faults_of, save_chunk, touched_by
from agentdesk.transfer.contacts.expected import Expected, PlanMovedError
from agentdesk.transfer.contacts.file import ContactFile
from agentdesk.transfer.contacts.first_lines import FirstLines
from agentdesk.transfer.contacts.order import ContactImport
from agentdesk.transfer.contacts.people_writer import save_counts
from agentdesk.transfer.contacts.plan_book import Whole
from agentdesk.transfer.contacts.portions import Portion, portions
from agentdesk.transfer.contacts.sides import StoreSide
from agentdesk.transfer.contacts.story import Story
from agentdesk.transfer.contacts.tally import Tally, result_of
from agentdesk.transfer.contacts.unfinished import ResumeError, Unfinished
from agentdesk.transfer.process import this_process
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.result import REASONS, Counts, ImportResult, ImportStopped, Progress
from agentdesk.transfer.rows import Fault

CHUNK: Final = 2_000
"""Rows of one transaction while nobody else writes: shorter ones wait for the disk too often."""
SMALL_CHUNK: Final = 500
"""Rows of one transaction while agents write."""
PAUSE: Final = 0.025
"""Seconds between transactions while agents write: longer than they ever sleep before they ask for the pen again."""
WARY_CHUNKS: Final = 40
"""How many transactions later an import still reckons with somebody who wrote."""


@dataclass(frozen=True, slots=True)
class Start:
    """From where an import goes, and by what it is bound.

    Attributes:
        digest: of the bytes of its file; empty for standard input.
        found: how far it came before; None where it is new.
        expected: what a plan says of the rows that are left; None where there is no plan.
        plan: where that plan lies, so that the import can be gone on with.
    """

    digest: str = ""
    found: Unfinished | None = None
    expected: Expected | None = None
    plan: Path | None = None


class ContactRun:
    """One import under way."""

    def __init__(
        self, desk: Desk, order: ContactImport, file: ContactFile, start: Start, progress: Progress
    ) -> None:
        """Take an open file, at its beginning."""
        self._desk = desk
        self._order = order
        self._file = file
        self._progress = progress
        self._start = start
        self._digest = start.digest
        self._expected = start.expected
        self._rules = order.rules(file.importer.plan(file.table.header))
        self._rejects = file.rejects(order.rejects)
        self._tally = Tally()
        self._notes: list[str] = []
        self._began = time.perf_counter()
        self._batch = 0
        self._chunks = 0
        self._latest = 0
        self._wary = 0

    def carry_out(self) -> ImportResult:
        """Write every row that is left, then the file of rejected rows.

        Raises:
            ResumeError: somebody else took the import up before.
            PlanMovedError: something else comes of a row than was planned.
            ImportStopped: somebody pressed Ctrl-C.
        """
        self._begin()
        try:
            self._write_rows()
            written = self._finish()
        except BaseException as stop:
            self._break_off(stop)
            raise
        return result_of(
            self._file,
            self._order.name,
            self._tally,
            time.perf_counter() - self._began,
            batch=self._batch,
            rejects_file=written,
            notes=self._notes,
        )

    def _begin(self) -> None:
        """Make a batch, or take up one that came to no end."""
        found = self._start.found
        with self._desk.change() as change:
            self._latest = _newest(change)
            if found is None:
                self._batch = self._make(change)
            else:
                self._take_up(change, found)
        if found is not None:
            self._remember(found)

    def _write_rows(self) -> None:
        with closing(FirstLines()) as lines:
            for portion in portions(self._file.records(), self._size, self._tally.counts.rows):
                self._write(portion, lines if self._expected else None)
        if self._expected:
            self._expected.end()

    def _make(self, change: Change) -> int:
        table, plan = self._file.table, self._start.plan
        batch = change.add(
            ImportBatch(
                kind="contacts",
                source=self._file.importer.NAME,
                file_name=self._order.name,
                file_hash=self._digest,
                encoding=table.encoding,
                delimiter=table.delimiter,
                actor_id=self._desk.actor.id,
                started_at=change.at,
                details={
                    "recognised_by": self._file.why,
                    "kept_as_extra": list(self._file.unmapped),
                    "order": self._order.told(),
                    "process": this_process(),
                    "plan": str(plan.absolute()) if plan else None,
                },
            )
        )
        assert batch.id is not None
        return batch.id

    def _take_up(self, change: Change, found: Unfinished) -> None:
        batch = change.get(ImportBatch, found.batch)
        if (batch.state, batch.rows) != (found.state, found.rows):
            raise ResumeError(
                f"Import {found.batch} went on meanwhile. See: agentdesk import show {found.batch}"
            )
        batch.state = "running"
        batch.details = {**batch.details, "process": this_process()}
        self._batch = found.batch

    def _remember(self, found: Unfinished) -> None:
        """What the rows before were about, as if this had dealt with them."""
        counts = Counts(found.created, found.updated, found.unchanged, found.duplicates, found.rejected)
        with self._desk.read() as read:
            self._chunks = count_chunks(read, found.batch)
            for made, met in touched_by(read, found.batch):
                for runs, ids in ((made, self._rules.made), (met, self._rules.touched)):
                    for run in runs:
                        ids.add_all(run)
        first: list[Fault] = []
        for fault in faults_of(self._desk, found.batch):
            first.append(fault)
            if len(first) == REASONS:
                break
        self._tally = Tally(counts, first)
        self._notes.append(f"Import {found.batch} went on after row {found.rows:,}, where it had stopped.")

    def _write(self, portion: Portion, lines: FirstLines | None) -> None:
        desk, origin = self._desk, Origin.IMPORT
        summary = f"import {self._order.name}"
        if portion.faults and not self._tally.counts.rejected:
            self._check_rejects()
        with desk.store.change(
            desk.clock, desk.actor, origin, batch_id=self._batch, summary=summary
        ) as change:
            load = Load(change)
            self._look_round(change)
            side = StoreSide(load, self._file.importer.NAME)
            self._check_alone(change)
            story = Story(Whole(), lines, side) if lines else None
            chunk = Chunk(self._rules, side, portion.rows, story)
            chunk.apply()
            faults = sorted([*portion.faults, *chunk.faults], key=lambda one: one.line)
            if story and self._expected:
                self._expected.check(portion.outcomes(story))
            self._tally.add(chunk.counts, faults, len(portion.faults))
            self._chunks += 1
            ids = (chunk.made, chunk.met)
            save_chunk(load, self._batch, self._chunks, rows=len(portion.read), ids=ids, faults=faults)
            save_counts(load, self._batch, self._tally.counts.as_columns())
        self._latest = change.id or self._latest
        self._progress(self._tally.counts.rows, None)
        if self._wary:
            self._wary -= 1
            time.sleep(PAUSE)

    def _check_alone(self, change: Change) -> None:
        """Let nobody write a row twice: the batch is as this process left it."""
        sql = "SELECT state, rows FROM import_batch WHERE id = :id"
        found = tuple(change.sql(sql, {"id": self._batch}).one())
        if found != ("running", self._tally.counts.rows):
            raise OvertakenError(
                f"Import {self._batch} was taken up or taken back by somebody else: this process has stopped. "
                f"See: agentdesk import show {self._batch}"
            )

    def _check_rejects(self) -> None:
        """Tell before the first rejected row that its file has no place."""
        folder = self._rejects.path.absolute().parent
        if not os.access(folder, os.W_OK):
            reason = "may not be written to" if folder.exists() else "does not exist"
            raise RejectsFileError(str(self._rejects.path), f"its folder {reason}")

    def _look_round(self, change: Change) -> None:
        """Be considerate for a while where somebody else has written since the last transaction."""
        latest = _newest(change)
        if latest != self._latest:
            self._wary = WARY_CHUNKS
        self._latest = latest

    def _size(self) -> int:
        return min(SMALL_CHUNK, CHUNK) if self._wary else CHUNK

    def _finish(self) -> str | None:
        """Put the rejected rows in place, then let the import be done; killed in between, the same is done again."""
        with self._rejects as rejects:
            for fault in faults_of(self._desk, self._batch):
                rejects.add(fault)
        self._notes += rejects.notes
        written = str(rejects.path) if rejects.count else None
        self._end("done", written)
        return written

    def _end(self, state: str, rejects_file: str | None) -> None:
        with self._desk.change() as change:
            load = Load(change)
            done = {"state": state, "rejects_file": rejects_file, "finished_at": change.at}
            if not self._digest:
                done["file_hash"] = self._file.source.sha256
            save_counts(load, self._batch, {}, done)
            if state == "done":
                drop_chunks(load, self._batch)

    def _break_off(self, stop: BaseException) -> None:
        """Leave it to be gone on with; how many rows are in the store is known from there alone.

        Raises:
            ImportStopped: somebody pressed Ctrl-C.
            PlanMovedError: the plan did not hold; says what is in the desk.
        """
        if isinstance(stop, OvertakenError):
            return
        with suppress(StoreError):
            self._end("interrupted", None)
        with self._desk.read() as read:
            sql = "SELECT rows FROM import_batch WHERE id = :id"
            rows = int(read.value(sql, {"id": self._batch}) or 0)
        if isinstance(stop, KeyboardInterrupt):
            raise ImportStopped(self._batch, rows) from None
        if isinstance(stop, PlanMovedError):
            raise PlanMovedError(stop.what, _left(self._batch, rows)) from None


class OvertakenError(ResumeError):
    """Another process has taken the import up."""


def _left(batch: int, rows: int) -> str:
    if not rows:
        return "Nothing was written; plan again."
    return (
        f"The {rows:,} rows before are in the desk: take them back with `agentdesk import undo {batch}`, "
        "or plan the file again."
    )


def _newest(change: Change) -> int:
    return int(change.sql("SELECT coalesce(max(id), 0) FROM change").scalar())
