"""The life of one import batch: made or taken up, told portion by portion how far it came, ended or broken off.

Every kind of import goes through here. Each portion says in its own transaction how many rows were dealt with, what they
were about and which were rejected; so what was killed at any point is gone on with behind the last row in the desk.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ImportBatch
from agentdesk.store.change import Change
from agentdesk.store.load import Load
from agentdesk.transfer.chunk_log import count_chunks, drop_chunks, faults_of, save_chunk, touched_by
from agentdesk.transfer.process import this_process
from agentdesk.transfer.result import Counts, ImportStopped
from agentdesk.transfer.rows import Fault
from agentdesk.transfer.unfinished import ResumeError, Unfinished


class OvertakenError(ResumeError):
    """Another process has taken the import up."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is known of an import when it begins.

    Attributes:
        kind: contacts, tickets, orders, ...
        source: which importer reads it, or which system it comes from.
        name: what people call the file.
        order: how it is imported, as `kept_order` tells it; without a path it cannot be gone on with by its number.
        digest: of the file; empty where it is known at the end only.
        encoding: how the file is encoded.
        delimiter: what parts its cells.
        details: what else is kept with it.
    """

    kind: str
    source: str
    name: str
    order: Mapping[str, Any]
    digest: str = ""
    encoding: str = ""
    delimiter: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


class BatchRun:
    """One batch under way.

    Attributes:
        number: of the import, once it has begun.
        passed: rows that were dealt with before.
        details: what is kept with the batch, as it stands in the store.
    """

    def __init__(self, desk: Desk, batch: Batch, found: Unfinished | None = None) -> None:
        """Prepare.

        Args:
            desk: whose actor answers for it.
            batch: what is known of it.
            found: how far it came before; None where it is new.

        Raises:
            ResumeError: another process is at it.
        """
        if found is not None:
            found.refuse_running(desk.clock.now())
        self.number = 0
        self.passed = found.rows if found else 0
        self.details: dict[str, Any] = {}
        self._desk, self._batch, self._found = desk, batch, found
        self._rows = self.passed
        self._chunks = 0

    @property
    def counts(self) -> Counts:
        """What became of the rows of before."""
        found = self._found
        if found is None:
            return Counts()
        return Counts(found.created, found.updated, found.unchanged, found.duplicates, found.rejected)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user may want to hear of it."""
        if self._found is None:
            return ()
        return (f"Import {self.number} went on after row {self.passed:,}, where it had stopped.",)

    def begin(self) -> None:
        """Make the batch, or take up one that came to no end.

        Raises:
            ResumeError: somebody else took it up before.
        """
        with self._desk.change() as change:
            self.number = self._make(change) if self._found is None else self._take_up(change, self._found)
        if self._found is not None:
            with self._desk.read() as read:
                self._chunks = count_chunks(read, self.number)

    def _make(self, change: Change) -> int:
        about = self._batch
        self.details = {**about.details, "order": dict(about.order), "process": this_process()}
        row = change.add(
            ImportBatch(
                kind=about.kind,
                source=about.source,
                file_name=about.name,
                file_hash=about.digest,
                encoding=about.encoding,
                delimiter=about.delimiter,
                actor_id=self._desk.actor.id,
                started_at=change.at,
                details=self.details,
            )
        )
        assert row.id is not None
        return row.id

    def _take_up(self, change: Change, found: Unfinished) -> int:
        row = change.get(ImportBatch, found.batch)
        if (row.state, row.rows) != (found.state, found.rows):
            raise ResumeError(
                f"Import {found.batch} went on meanwhile. See: agentdesk import show {found.batch}"
            )
        row.state = "running"
        row.details = self.details = {**row.details, "process": this_process()}
        return found.batch

    @contextmanager
    def under_way(self, total: int | None = None) -> Iterator[None]:
        """Leave the batch to be gone on with, whatever stops the block.

        Args:
            total: rows of the file, where that is known.

        Raises:
            ImportStopped: somebody pressed Ctrl-C.
        """
        try:
            yield
        except BaseException as stop:
            self._break_off(stop)
            if isinstance(stop, KeyboardInterrupt):
                told = self._batch.order
                can_resume = bool(told.get("path") or told.get("paths"))
                raise ImportStopped(self.number, self.written(), total, can_resume=can_resume) from None
            raise

    @contextmanager
    def portion(self) -> Iterator[Change]:
        """The transaction of one portion.

        Raises:
            OvertakenError: the batch is not as this process left it.
        """
        desk, summary = self._desk, f"import {self._batch.name}"
        with desk.store.change(
            desk.clock, desk.actor, Origin.IMPORT, batch_id=self.number, summary=summary
        ) as change:
            self._check_alone(change)
            yield change

    def tell(
        self,
        change: Change,
        counts: Counts,
        faults: Sequence[Fault] = (),
        touched: bytes = b"",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Say in the transaction of a portion how far the import has come.

        Args:
            change: the transaction.
            counts: of all rows so far.
            faults: the rejected rows of the portion, in the order of the file.
            touched: what its rows were about.
            details: what is kept with the batch besides.
        """
        load = Load(change)
        self._chunks += 1
        rows = counts.rows - self._rows
        save_chunk(load, self.number, self._chunks, rows=rows, touched=touched, faults=faults)
        self._save(load, {**counts.as_columns(), **self._told(details)})
        self._rows = counts.rows

    def touched(self) -> list[bytes]:
        """What the portions of before were about."""
        with self._desk.read() as read:
            return list(touched_by(read, self.number))

    def faults(self) -> Iterator[Fault]:
        """The rejected rows of all portions, in the order of the file."""
        return faults_of(self._desk, self.number)

    def finish(
        self,
        counts: Counts,
        rejects_file: str | None,
        digest: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Let the import be done; killed before, the same is done again.

        Args:
            counts: of all its rows.
            rejects_file: where the rejected rows are.
            digest: of the file, where it was not known before.
            details: what is kept with the batch besides.

        Raises:
            OvertakenError: the batch is not as this process left it.
        """
        with self._desk.change() as change:
            self._check_alone(change)
            load = Load(change)
            done = {"state": "done", "rejects_file": rejects_file, "finished_at": change.at}
            known = {} if self._batch.digest else {"file_hash": digest}
            self._save(load, {**counts.as_columns(), **done, **known, **self._told(details)})
            drop_chunks(load, self.number)

    def written(self) -> int:
        """How many rows are dealt with in the store: what was counted since went with its transaction."""
        with self._desk.read() as read:
            return int(read.value("SELECT rows FROM import_batch WHERE id = :id", {"id": self.number}) or 0)

    def _told(self, details: Mapping[str, Any] | None) -> dict[str, str]:
        if details is None:
            return {}
        self.details = {**self.details, **details}
        return {"details": json.dumps(self.details)}

    def _save(self, load: Load, values: dict[str, Any]) -> None:
        if isinstance(at := values.get("finished_at"), datetime):
            values["finished_at"] = load.instant(at)
        sets = ", ".join(f"{name} = ?" for name in values)
        load.many(f"UPDATE import_batch SET {sets} WHERE id = ?", [(*values.values(), self.number)])

    def _check_alone(self, change: Change) -> None:
        """Let nobody write a row twice: the batch is as this process left it, and stays so to the end of this change."""
        row = change.get(ImportBatch, self.number)
        if (row.state, row.rows) != ("running", self._rows):
            raise OvertakenError(
                f"Import {self.number} was taken up or taken back by somebody else: this process has stopped. "
                f"See: agentdesk import show {self.number}"
            )

    def _break_off(self, stop: BaseException) -> None:
        if isinstance(stop, OvertakenError):
            return
        with suppress(AgentDeskError), self._desk.change() as change:
            sql = "UPDATE import_batch SET state = 'interrupted' WHERE id = ? AND state = 'running'"
            Load(change).many(sql, [(self.number,)])


@contextmanager
def left_to_go_on(desk: Desk, found: Unfinished | None) -> Iterator[None]:
    """Whoever stops an import that is gone on with, before it has written more, finds what came before told and kept.

    Args:
        desk: the open desk.
        found: how far it came before; None where it is new.

    Raises:
        ResumeError: another process is at it.
        ImportStopped: somebody pressed Ctrl-C.
    """
    if found is not None:
        found.refuse_running(desk.clock.now())
    try:
        yield
    except KeyboardInterrupt as stop:
        if found is None or (isinstance(stop, ImportStopped) and stop.batch is not None):
            raise
        with suppress(AgentDeskError), desk.change() as change:
            row = change.get(ImportBatch, found.batch)
            if (row.state, row.rows) == ("running", found.rows) and row.details.get(
                "process"
            ) == found.details.get("process"):
                row.state = "interrupted"
        can_resume = bool(found.order.get("path") or found.order.get("paths"))
        raise ImportStopped(found.batch, found.rows, can_resume=can_resume) from None
