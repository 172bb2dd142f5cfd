"""Contacts from a file into the store: rows = created + updated + unchanged + duplicates + rejected, always.

Rows are written in short transactions, so that agents go on working; each counts itself into the import's own row.
What was killed stays as far as it came, and the same file imported again goes on from there.
"""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, StoreError
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ImportBatch
from agentdesk.store.change import Change
from agentdesk.store.load import Load
from agentdesk.transfer.contact_apply import Chunk, Rules
from agentdesk.transfer.contact_file import ContactFile, open_contacts
from agentdesk.transfer.contact_match import MATCH_KEYS
from agentdesk.transfer.contact_merge import phone_keys
from agentdesk.transfer.contact_sides import RehearsalSide, Scratch, StoreSide
from agentdesk.transfer.importers import AUTO
from agentdesk.transfer.people import Keyed
from agentdesk.transfer.people_writer import save_counts
from agentdesk.transfer.rejects import RejectsFile
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
from agentdesk.transfer.sources import STANDARD_INPUT

CHUNK: Final = 2_000
"""Rows of one transaction while nobody else writes: shorter ones wait for the disk too often."""
SMALL_CHUNK: Final = 500
"""Rows of one transaction while agents write."""
PAUSE: Final = 0.025
"""Seconds between transactions while agents write: longer than they ever sleep before they ask for the pen again."""
WARY_CHUNKS: Final = 40
"""How many transactions later an import still reckons with somebody who wrote."""
_ON_MATCH: Final = ("update", "skip", "fail")
_BLANK: Final = ("keep", "clear")


@dataclass(frozen=True, slots=True)
class ContactImport:
    """What to import, and how.

    Attributes:
        path: the file; None for standard input.
        source: name of an importer, or `auto`.
        match: which of e-mail address, phone number and external id find a known customer; all, when empty.
        on_match: what happens to a customer who was there before: `update`, `skip` or `fail`.
        blank: whether an empty cell keeps or clears a value of such a customer.
        encoding: codec, when the caller knows it.
        delimiter: character or word, when the caller knows it.
        member: which file of an archive, sheet of a workbook or list of a JSON object.
        dry_run: count, and write nothing.
        rejects: where rejected rows go; beside the file by default.
    """

    path: Path | None
    source: str = AUTO
    match: tuple[str, ...] = MATCH_KEYS
    on_match: str = "update"
    blank: str = "keep"
    encoding: str | None = None
    delimiter: str | None = None
    member: str | None = None
    dry_run: bool = False
    rejects: Path | None = None


def import_contacts(desk: Desk, order: ContactImport, progress: Progress | None = None) -> ImportResult:
    """Import a file of contacts, losing no row.

    Args:
        desk: whose actor answers for it.
        order: what to import, and how.
        progress: told the rows done after each transaction.

    Raises:
        NotPermittedError: the actor may not import.
        InvalidValueError: the order names an unknown word.
        FileRefusedError: the file cannot be read, or not to its end; what came before stays, and can be undone.
        ImportStopped: somebody pressed Ctrl-C; what came before stays, and can be undone.
    """
    desk.actor.require(Permission.IMPORT)
    for name, given, allowed in (
        *(("match", key, MATCH_KEYS) for key in order.match),
        ("on-match", order.on_match, _ON_MATCH),
        ("blank", order.blank, _BLANK),
    ):
        if given not in allowed:
            raise InvalidValueError(name, given, allowed)
    with (
        open_contacts(
            order.path or STANDARD_INPUT,
            source=order.source,
            encoding=order.encoding,
            delimiter=order.delimiter,
            member=order.member,
        ) as file,
        _collector_at_rest(),
    ):
        return _Run(desk, order, file, progress or (lambda _done, _total: None)).carry_out()


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No search for cycles: a load makes none to speak of, and the search takes a sixth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Run:
    """One import under way."""

    def __init__(self, desk: Desk, order: ContactImport, file: ContactFile, progress: Progress) -> None:
        self._desk = desk
        self._order = order
        self._file = file
        self._progress = progress
        self._counts = Counts()
        self._first: list[Fault] = []
        self._about_rejects: tuple[str, ...] = ()
        self._began = time.perf_counter()
        self._latest = 0
        self._wary = 0
        self._rules = Rules(
            plan=file.importer.plan(file.table.header),
            match=frozenset(order.match or MATCH_KEYS),
            on_match=order.on_match,
            clears=order.blank == "clear",
        )
        self._name = order.path.name if order.path else "standard input"

    def carry_out(self) -> ImportResult:
        if self._order.dry_run:
            with nothing_written():
                self._rehearse()
            return self._result(None, None)
        rejects = self._file.rejects(self._order.rejects)
        batch_id = self._begin()
        try:
            with rejects:
                for faults, rows in _chunks(self._file, self._size):
                    self._write(batch_id, faults, rows, rejects)
            self._about_rejects = rejects.notes
            written = str(rejects.path) if rejects.count else None
            self._end(batch_id, "done", self._counts.as_columns(), written)
        except BaseException as stop:
            written_rows = self._break_off(batch_id)
            if isinstance(stop, KeyboardInterrupt):
                raise ImportStopped(batch_id, written_rows) from None
            raise
        return self._result(batch_id, written)

    def _rehearse(self) -> None:
        with closing(Scratch()) as scratch:
            for faults, rows in _chunks(self._file, lambda: CHUNK):
                with self._desk.read() as read:
                    self._apply(Chunk(self._rules, RehearsalSide(read, scratch), rows), faults)
                self._progress(self._counts.rows, None)

    def _write(self, batch_id: int, faults: list[Fault], rows: Sequence[Keyed], rejects: RejectsFile) -> None:
        desk, origin = self._desk, Origin.IMPORT
        summary = f"import {self._name}"
        with desk.store.change(desk.clock, desk.actor, origin, batch_id=batch_id, summary=summary) as change:
            load = Load(change)
            self._look_round(change)
            chunk = Chunk(self._rules, StoreSide(load), rows)
            self._apply(chunk, faults)
            save_counts(load, batch_id, self._counts.as_columns())
        self._latest = change.id or self._latest
        for fault in sorted([*faults, *chunk.faults], key=lambda one: one.line):
            rejects.add(fault)
        self._progress(self._counts.rows, None)
        if self._wary:
            self._wary -= 1
            time.sleep(PAUSE)

    def _look_round(self, change: Change) -> None:
        """Be considerate for a while where somebody else has written since the last transaction."""
        latest = change.sql("SELECT coalesce(max(id), 0) FROM change").scalar()
        if latest != self._latest:
            self._wary = WARY_CHUNKS
        self._latest = latest

    def _size(self) -> int:
        return min(SMALL_CHUNK, CHUNK) if self._wary else CHUNK

    def _apply(self, chunk: Chunk, faults: list[Fault]) -> None:
        chunk.apply()
        chunk.counts.rejected += len(faults)
        self._counts.add(chunk.counts)
        if len(self._first) < REASONS:
            self._first += sorted([*faults, *chunk.faults], key=lambda one: one.line)[:REASONS]

    def _begin(self) -> int:
        table = self._file.table
        with self._desk.change() as change:
            batch = change.add(
                ImportBatch(
                    kind="contacts",
                    source=self._file.importer.NAME,
                    file_name=self._name,
                    encoding=table.encoding,
                    delimiter=table.delimiter,
                    actor_id=self._desk.actor.id,
                    started_at=change.at,
                    details={"recognised_by": self._file.why, "kept_as_extra": list(self._file.unmapped)},
                )
            )
            self._latest = change.sql("SELECT coalesce(max(id), 0) FROM change").scalar()
        assert batch.id is not None
        return batch.id

    def _break_off(self, batch_id: int) -> int:
        """How many rows are in the store; what was counted since went with its transaction."""
        with suppress(StoreError):
            self._end(batch_id, "interrupted", {}, None)
        with self._desk.read() as read:
            return int(read.value("SELECT rows FROM import_batch WHERE id = :id", {"id": batch_id}) or 0)

    def _end(self, batch_id: int, state: str, counts: dict[str, int], rejects_file: str | None) -> None:
        with self._desk.change() as change:
            done = {
                "state": state,
                "file_hash": self._file.source.sha256,
                "rejects_file": rejects_file,
                "finished_at": change.at,
            }
            save_counts(Load(change), batch_id, counts, done)

    def _result(self, batch_id: int | None, rejects_file: str | None) -> ImportResult:
        table = self._file.table
        return ImportResult(
            batch=batch_id,
            kind="contacts",
            source=self._file.importer.NAME,
            encoding=table.encoding,
            delimiter=table.delimiter,
            counts=self._counts,
            rejects_file=rejects_file,
            dry_run=self._order.dry_run,
            seconds=time.perf_counter() - self._began,
            notes=(*table.notes, *about_nothing(self._name, self._counts), *self._about_rejects),
            reasons=first_reasons(self._first),
        )


def _chunks(file: ContactFile, size: Callable[[], int]) -> Iterator[tuple[list[Fault], list[Keyed]]]:
    """The rows of a file in portions: the faults, and the contacts with their phone numbers."""
    found = file.records()
    while some := list(islice(found, size())):
        faults: list[Fault] = []
        rows: list[Keyed] = []
        for one in some:
            if isinstance(one, Fault):
                faults.append(one)
            else:
                rows.append((one, phone_keys(one)))
        yield faults, rows
