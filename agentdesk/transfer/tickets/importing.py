"""Tickets of another system, with the history they had there: each change at its own instant, in the journal.

Tickets are matched by source and id, so that importing a file again changes nothing. Tickets are written whole, some
thousand rows a transaction, with the counts of the batch: an import that was cut short goes on where it stopped.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ImportBatch
from agentdesk.store.change import Change
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rejects import RejectsFile, default_rejects_path
from agentdesk.transfer.result import (
    Counts,
    ImportResult,
    ImportStopped,
    Progress,
    about_nothing,
    first_reasons,
    nothing_written,
)
from agentdesk.transfer.tickets.beside import read_beside
from agentdesk.transfer.tickets.file import TicketRows, read_tickets
from agentdesk.transfer.tickets.known_tickets import known_ids, known_messages, known_tickets
from agentdesk.transfer.tickets.links import LinkBook, write_links
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.names import NameBook
from agentdesk.transfer.tickets.opening import OpenTickets, TicketImport, open_tickets
from agentdesk.transfer.tickets.plan import Planner, TicketPlan
from agentdesk.transfer.tickets.ratings import RatingBook
from agentdesk.transfer.tickets.row_store import HeardBook
from agentdesk.transfer.tickets.stores import Stores, open_stores
from agentdesk.transfer.tickets.writer import TicketWriter

KIND: Final = "tickets"
ROWS_AT_ONCE: Final = 4000
"""Rows of a transaction: long enough to be quick, short enough that others can write in between."""

TICKETS_AT_ONCE: Final = 200
"""Tickets that are looked up in the desk together."""


def import_tickets(
    desk: Desk, order: TicketImport, progress: Progress = lambda _done, _total: None
) -> ImportResult:
    """Import a ticket table, or an event log where the map says `[events] at`.

    Each row of the file is counted once. In a log the first event of a new ticket is created, an event that changes a
    field is updated, one that changes none is unchanged, and one that repeats another cell for cell is a duplicate.

    Args:
        desk: the open desk.
        order: what to import.
        progress: told rows done.

    Raises:
        NotPermittedError: the role does not allow imports.
        MapError: the map cannot be followed.
        FileRefusedError: the file as a whole cannot be read; nothing was written.
        ImportStopped: somebody pressed Ctrl-C; the tickets written before stay, and can be undone.
    """
    desk.actor.require(Permission.IMPORT)
    began = time.monotonic()
    with open_tickets(order) as opened:
        table, rules = opened.table, opened.rules
        rejects = _rejects(opened.source, table, order.rejects)
        run = _Run(desk, order, opened)
        with open_stores(rules) as stores, rejects:
            with nothing_written():
                decided = _decide(desk, order, opened, progress, stores)
            if order.dry_run:
                with nothing_written():
                    counts = run.rehearse(decided, progress)
            else:
                counts = run.write(decided, progress, rejects)
            reasons = first_reasons(decided.rows.faults)
    return ImportResult(
        batch=run.batch,
        kind=KIND,
        source=rules.file.source,
        encoding=table.encoding,
        delimiter=table.delimiter,
        counts=counts,
        rejects_file=str(rejects.path) if rejects.count else None,
        dry_run=order.dry_run,
        seconds=time.monotonic() - began,
        notes=(
            *opened.notes,
            *table.notes,
            *decided.rows.notes,
            *decided.links.notes(),
            *about_nothing(run.name, counts),
            *rejects.notes,
        ),
        reasons=reasons,
    )


class _Decided(NamedTuple):
    """What the file says, and what is to be done about it."""

    rows: TicketRows
    plans: Iterator[TicketPlan]
    names: NameBook
    links: LinkBook


def _decide(
    desk: Desk, order: TicketImport, opened: OpenTickets, progress: Progress, stores: Stores
) -> _Decided:
    """Read the whole file against one snapshot of the desk; the plans are made as they are asked for."""
    table, rules = opened.table, opened.rules
    source = rules.file.source
    if order.path:
        read_beside(rules, order.path, table.encoding, stores.beside)
    with desk.read() as read:
        names = NameBook(read, stores.scratch)
        rows = read_tickets(table, rules, names, progress, stores)
        for ids in rows.kept.external_ids():
            rows.kept.tell_known(known_ids(read, source, ids))
        heard = HeardBook(stores.scratch)
        for keys in rows.kept.message_keys():
            heard.add(known_messages(read, keys))
    links = LinkBook(stores.scratch, source)
    planner = Planner(rows.reader, source, rules.is_log, desk.clock.now(), heard)
    return _Decided(rows, _plans(desk, opened.rules, rows, planner, links), names, links)


def _plans(
    desk: Desk, rules: TicketMap, rows: TicketRows, planner: Planner, links: LinkBook
) -> Iterator[TicketPlan]:
    """One plan for each ticket, tickets in the order of the file."""
    tickets = rows.tickets()
    while some := list(islice(tickets, TICKETS_AT_ONCE)):
        with desk.read() as read:
            numbers = [one.known_id for one in some if one.known_id is not None]
            known = known_tickets(read, numbers, is_log=planner.is_log)
            wanted = links.resolve(read, some)
            ids = [one.external_id for one in some]
            ratings = RatingBook(rules.rating, rules.file.source, read, ids) if rules.rating else None
        yield from planner.plan(some, known, wanted, ratings)


def _rejects(source: Source, table: AnyTable, path: Path | None) -> RejectsFile:
    target = path or default_rejects_path(source.path, table.rejects_suffix)
    if source.path and target.resolve() == source.path.resolve():
        raise RejectsFileError(str(target), "it is the file that is imported")
    return table.rejects(target)


class _Run:
    """One import under way."""

    def __init__(self, desk: Desk, order: TicketImport, opened: OpenTickets) -> None:
        self.batch: int | None = None
        self._desk = desk
        self.name = order.path.name if order.path else "standard input"
        self._source = opened.source
        self._table = opened.table
        self._rules = opened.rules

    def rehearse(self, decided: _Decided, progress: Progress) -> Counts:
        """Count what would become of the rows."""
        rows, plans = decided.rows, decided.plans
        counts = Counts(duplicates=rows.duplicates, rejected=len(rows.faults))
        for plan in plans:
            counts.add(plan.counts)
            rows.faults.add_all(plan.faults)
        progress(counts.rows, counts.rows)
        return counts

    def write(self, decided: _Decided, progress: Progress, rejects: RejectsFile) -> Counts:
        """Write the tickets, what joins them, then the rejected rows in the order of the file."""
        rows, plans, names, links = decided
        self.batch = self._begin()
        counts = Counts(duplicates=rows.duplicates, rejected=len(rows.faults))
        total = counts.rows + rows.kept.count
        writer = TicketWriter(names, self._rules.file.source, rows.spool)
        try:
            for some in _portions(plans):
                for plan in some:
                    counts.add(plan.counts)
                    rows.faults.add_all(plan.faults)
                with self._change() as change:
                    writer.write(change, some)
                    self._tell(change, counts, "running")
                progress(counts.rows, total)
            self._join(links)
            for fault in rows.faults:
                rejects.add(fault)
            rejects.publish()
            with self._change() as change:
                self._tell(change, counts, "done", str(rejects.path) if rejects.count else None)
        except BaseException as stop:
            written = self._break_off()
            if isinstance(stop, KeyboardInterrupt):
                raise ImportStopped(self.batch, written, total) from None
            raise
        return counts

    def _join(self, links: LinkBook) -> None:
        for some in links.wanted():
            with self._desk.read() as read:
                named = {key for one in some for key in (one.ticket, one.other)}
                ids = known_ids(read, self._rules.file.source, named)
            with self._change() as change:
                write_links(change, some, ids)

    def _break_off(self) -> int:
        """How many rows are in the store; what was counted since went with its transaction."""
        assert self.batch is not None
        with suppress(AgentDeskError), self._change() as change:
            change.get(ImportBatch, self.batch).state = "interrupted"
        with self._desk.read() as read:
            return int(read.value("SELECT rows FROM import_batch WHERE id = :id", {"id": self.batch}) or 0)

    def _change(self) -> Change:
        desk = self._desk
        return desk.store.change(
            desk.clock, desk.actor, Origin.IMPORT, batch_id=self.batch, summary=f"import {self.name}"
        )

    def _begin(self) -> int:
        with self._change() as change:
            batch = ImportBatch(
                kind=KIND,
                source=self._rules.file.source,
                file_name=self.name,
                file_hash=self._source.sha256,
                encoding=self._table.encoding,
                delimiter=self._table.delimiter,
                actor_id=self._desk.actor.id,
                started_at=change.at,
            )
            change.add(batch)
        assert batch.id is not None
        return batch.id

    def _tell(self, change: Change, counts: Counts, state: str, rejects: str | None = None) -> None:
        assert self.batch is not None
        batch = change.get(ImportBatch, self.batch)
        for name, count in counts.as_columns().items():
            setattr(batch, name, count)
        batch.state = state
        if state == "done":
            batch.finished_at = change.at
            batch.rejects_file = rejects


def _portions(plans: Iterator[TicketPlan]) -> Iterator[Sequence[TicketPlan]]:
    """Whole tickets, up to some thousand rows."""
    some: list[TicketPlan] = []
    size = 0
    for plan in plans:
        some.append(plan)
        size += plan.counts.rows + len(plan.messages)
        if size >= ROWS_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some
