"""One import of contacts under way: portion by portion into the store, each with how far it has come."""

import time
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from agentdesk.desk import Desk
from agentdesk.store.load import Load
from agentdesk.transfer.batch_run import Batch, BatchRun
from agentdesk.transfer.contacts.apply import Chunk
from agentdesk.transfer.contacts.dropped import Repeats
from agentdesk.transfer.contacts.expected import Expected, PlanMovedError
from agentdesk.transfer.contacts.file import ContactFile
from agentdesk.transfer.contacts.first_lines import FirstLines
from agentdesk.transfer.contacts.order import ContactImport
from agentdesk.transfer.contacts.plan_book import Whole
from agentdesk.transfer.contacts.portions import Portion, portions
from agentdesk.transfer.contacts.sides import StoreSide
from agentdesk.transfer.contacts.story import Story
from agentdesk.transfer.contacts.tally import Tally, result_of
from agentdesk.transfer.contacts.touched import pack_ids, unpack_ids
from agentdesk.transfer.pace import Pace
from agentdesk.transfer.result import REASONS, ImportResult, Progress
from agentdesk.transfer.unfinished import Unfinished


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
        """Take an open file, at its beginning.

        Raises:
            ResumeError: another process is at it.
        """
        self._desk = desk
        self._order = order
        self._file = file
        self._progress = progress
        self._start = start
        self._expected = start.expected
        self._rules = order.rules(file.importer.plan(file.table.header))
        self._rejects = file.rejects(order.rejects)
        self._tally = Tally()
        self._began = time.perf_counter()
        self._batch = BatchRun(desk, self._facts(), start.found)
        self._pace = Pace()

    def carry_out(self) -> ImportResult:
        """Write every row that is left, then the file of rejected rows.

        Raises:
            ResumeError: somebody else took the import up before.
            PlanMovedError: something else comes of a row than was planned; says what is in the desk.
            ImportStopped: somebody pressed Ctrl-C.
        """
        batch = self._batch
        batch.begin()
        try:
            with batch.under_way():
                with self._desk.read() as read:
                    self._pace.begin(read, self._desk.clock.now())
                if self._start.found is not None:
                    self._remember()
                self._write_rows()
                written = self._finish()
        except PlanMovedError as moved:
            raise PlanMovedError(moved.what, _left(batch.number, batch.written())) from None
        return result_of(
            self._file,
            self._order.name,
            self._tally,
            time.perf_counter() - self._began,
            batch=batch.number,
            rejects_file=written,
            notes=[*batch.notes, *self._rejects.notes],
        )

    def _facts(self) -> Batch:
        table, plan = self._file.table, self._start.plan
        return Batch(
            kind="contacts",
            source=self._file.importer.NAME,
            name=self._order.name,
            order=self._order.told(),
            digest=self._start.digest,
            encoding=table.encoding,
            delimiter=table.delimiter,
            details={
                "recognised_by": self._file.why,
                "kept_as_extra": list(self._file.unmapped),
                "plan": str(plan.absolute()) if plan else None,
            },
        )

    def _write_rows(self) -> None:
        with closing(FirstLines()) as lines:
            for portion in portions(self._file.records(), self._pace.size, self._batch.passed):
                self._write(portion, lines if self._expected else None)
        if self._expected:
            self._expected.end()

    def _begin(self) -> None:
        with self._desk.read() as read:
            self._pace.begin(read, self._desk.clock.now())
        if self._start.found is not None:
            self._remember()

    def _remember(self) -> None:
        """What the rows before were about, as if this had dealt with them."""
        for made, met in map(unpack_ids, self._batch.touched()):
            for runs, ids in ((made, self._rules.made), (met, self._rules.touched)):
                for run in runs:
                    ids.add_all(run)
        first = list(islice(self._batch.faults(), REASONS))
        self._tally = Tally(self._batch.counts, first, Repeats(*self._batch.details.get("repeats", ())))

    def _write(self, portion: Portion, lines: FirstLines | None) -> None:
        if portion.faults and not self._tally.counts.rejected:
            self._rejects.check_place()
        with self._batch.portion() as change:
            load = Load(change)
            self._pace.look_round(change)
            side = StoreSide(load, self._file.importer.NAME)
            story = Story(Whole(), lines, side) if lines else None
            chunk = Chunk(self._rules, side, portion.rows, story)
            chunk.apply()
            faults = sorted([*portion.faults, *chunk.faults], key=lambda one: one.line)
            if story and self._expected:
                self._expected.check(portion.outcomes(story))
            self._tally.add(chunk.counts, faults, len(portion.faults))
            self._tally.repeats += chunk.repeats
            told = {"repeats": list(self._tally.repeats)} if any(chunk.repeats) else None
            self._batch.tell(change, self._tally.counts, faults, pack_ids(chunk.made, chunk.met), told)
        self._progress(self._tally.counts.rows, None)
        self._pace.wrote(change)

    def _finish(self) -> str | None:
        """Put the rejected rows in place, then let the import be done; killed in between, the same is done again."""
        with self._rejects as rejects:
            for fault in self._batch.faults():
                rejects.add(fault)
        written = str(rejects.path) if rejects.count else None
        self._batch.finish(self._tally.counts, written, self._file.source.sha256)
        return written


def _left(batch: int, rows: int) -> str:
    if not rows:
        return "Nothing was written; plan again."
    return (
        f"The {rows:,} rows before are in the desk: take them back with `agentdesk import undo {batch}`, "
        "or plan the file again."
    )
