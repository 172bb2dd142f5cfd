"""Tickets of another system, with the history they had there: each change at its own instant, in the journal.

Tickets are matched by source and id, so that importing a file again changes nothing. Tickets are written whole, some
thousand rows a transaction, each with how far the import has come: what was killed goes on from there.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.transfer.batch_run import Batch, BatchRun, left_to_go_on
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rejects import RejectsFile, default_rejects_path
from agentdesk.transfer.result import (
    Counts,
    ImportResult,
    Progress,
    about_nothing,
    first_reasons,
    nothing_written,
)
from agentdesk.transfer.tickets.deciding import Decided, decide
from agentdesk.transfer.tickets.known_tickets import known_ids
from agentdesk.transfer.tickets.links import LinkBook, write_links
from agentdesk.transfer.tickets.opening import OpenTickets, TicketImport, open_tickets
from agentdesk.transfer.tickets.plan import TicketPlan
from agentdesk.transfer.tickets.stopped import (
    read_tickets_order,
    refuse_other_comments,
    tell_tickets,
    what_was_read,
)
from agentdesk.transfer.tickets.stores import open_stores
from agentdesk.transfer.tickets.writer import TicketWriter
from agentdesk.transfer.unfinished import READ, Unfinished, digest_of, unfinished_by_number, unfinished_of

KIND: Final = "tickets"
ROWS_AT_ONCE: Final = 4000
"""Rows of a transaction: long enough to be quick, short enough that others can write in between."""


def import_tickets(
    desk: Desk, order: TicketImport, progress: Progress = lambda _done, _total: None
) -> ImportResult:
    """Import a ticket table, or an event log where the map says `[events] at`.

    Each row of the file is counted once. In a log the first event of a new ticket is created, an event that changes a
    field is updated, one that changes none is unchanged, and one that repeats another cell for cell is a duplicate.
    An import of the same file in the same way that came to no end is gone on with.

    Args:
        desk: the open desk.
        order: what to import.
        progress: told rows done.

    Raises:
        NotPermittedError: the role does not allow imports.
        MapError: the map cannot be followed.
        FileRefusedError: the file as a whole cannot be read; nothing was written.
        ResumeError: another process is importing this file.
        ImportStopped: somebody pressed Ctrl-C; the tickets written before stay, and can be undone.
    """
    desk.actor.require(Permission.IMPORT)
    with open_tickets(order) as opened:
        told = tell_tickets(order, opened.rules)
        digest = digest_of(order.path) if order.path and not order.dry_run else ""
        found = None
        if digest and told["path"]:
            with desk.read() as read:
                found = unfinished_of(read, KIND, digest, told)
        with left_to_go_on(desk, found):
            return _carry_out(desk, order, opened, _Start(told, digest, found), progress)


def resume_tickets(
    desk: Desk,
    number: int,
    file: Path | None = None,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Go on with an import that was killed, stopped or broken off.

    Args:
        desk: whose actor answers for it.
        number: of the import.
        file: where its file is by now; where it was, by default.
        rejects: where rejected rows go; as it was ordered, by default.
        progress: told the rows done.

    Raises:
        NotFoundError: there is no such import.
        ResumeError: it came to its end, is still running, or its file is another one by now, or reads otherwise.
    """
    desk.actor.require(Permission.IMPORT)
    with desk.read() as read:
        found = unfinished_by_number(read, number)
    order = read_tickets_order(found.order)
    order = replace(order, path=file or order.path, rejects=rejects or order.rejects)
    assert order.path is not None
    with open_tickets(order) as opened:
        found.refuse_another(order.path, digest_of(order.path))
        told = tell_tickets(order, opened.rules)
        refuse_other_comments(found, order, told)
        start = _Start(told, found.file_hash, found)
        return _carry_out(desk, order, opened, start, progress or _silent)


def _silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


class _Start(NamedTuple):
    """How an import is told, the digest of its file, and how far it came before."""

    told: dict[str, Any]
    digest: str = ""
    found: Unfinished | None = None


def _carry_out(
    desk: Desk, order: TicketImport, opened: OpenTickets, start: _Start, progress: Progress
) -> ImportResult:
    began = time.monotonic()
    table, rules = opened.table, opened.rules
    rejects = _rejects(opened.source, table, order.rejects)
    run = _Run(desk, order, opened, start)
    with open_stores(rules) as stores, rejects:
        with nothing_written():
            decided = decide(desk, order, opened, stores, stopped=start.found, progress=progress)
        if order.dry_run:
            with nothing_written():
                counts = run.rehearse(decided, progress)
        else:
            counts = run.write(decided, progress, rejects)
        reasons = first_reasons(decided.rows.faults)
    return ImportResult(
        batch=run.batch.number or None,
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
            *run.batch.notes,
            *rejects.notes,
        ),
        reasons=reasons,
    )


def _rejects(source: Source, table: AnyTable, path: Path | None) -> RejectsFile:
    target = path or default_rejects_path(source.path, table.rejects_suffix)
    if source.path and target.resolve() == source.path.resolve():
        raise RejectsFileError(str(target), "it is the file that is imported")
    return table.rejects(target)


class _Run:
    """One import under way."""

    def __init__(self, desk: Desk, order: TicketImport, opened: OpenTickets, start: _Start) -> None:
        self.name = order.path.name if order.path else "standard input"
        self._desk = desk
        self._source = opened.source
        self._rules = opened.rules
        facts = Batch(
            kind=KIND,
            source=opened.rules.file.source,
            name=self.name,
            order=start.told,
            digest=start.digest,
            encoding=opened.table.encoding,
            delimiter=opened.table.delimiter,
        )
        self.batch = BatchRun(desk, facts, start.found)

    def rehearse(self, decided: Decided, progress: Progress) -> Counts:
        """Count what would become of the rows."""
        rows, plans = decided.rows, decided.plans
        counts = Counts(duplicates=rows.duplicates, rejected=len(rows.faults))
        for plan in plans:
            counts.add(plan.counts)
            rows.faults.add_all(plan.faults)
        progress(counts.rows, counts.rows)
        return counts

    def write(self, decided: Decided, progress: Progress, rejects: RejectsFile) -> Counts:
        """Write the tickets, what joins them, then the rejected rows in the order of the file."""
        rows, batch = decided.rows, self.batch
        if rows.faults:
            rejects.check_place()
        batch.begin()
        counts = Counts(duplicates=rows.duplicates, rejected=len(rows.faults))
        total = counts.rows + rows.kept.count
        was_read = what_was_read(rows)
        rows.faults.add_all(batch.faults())
        counts = batch.counts if batch.passed else counts
        with batch.under_way(total):
            self._write_tickets(decided, counts, was_read, lambda done: progress(done, total))
            self._join(decided.links)
            for fault in rows.faults:
                rejects.add(fault)
            rejects.publish()
            batch.finish(counts, str(rejects.path) if rejects.count else None, self._source.sha256)
        return counts

    def _write_tickets(
        self, decided: Decided, counts: Counts, was_read: list[int], progress: Callable[[int], None]
    ) -> None:
        rows, plans, names, _ = decided
        writer = TicketWriter(names, self._rules.file.source, rows.spool)
        for some in _portions(plans):
            faults = [fault for plan in some for fault in plan.faults]
            for plan in some:
                counts.add(plan.counts)
            with self.batch.portion() as change:
                writer.write(change, some)
                self.batch.tell(change, counts, faults, details={READ: was_read})
            rows.faults.add_all(faults)
            progress(counts.rows)

    def _join(self, links: LinkBook) -> None:
        for some in links.wanted():
            with self._desk.read() as read:
                named = {key for one in some for key in (one.ticket, one.other)}
                ids = known_ids(read, self._rules.file.source, named)
            with self.batch.portion() as change:
                write_links(change, some, ids)


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
