"""What an import of tickets decides: the file read once, then a plan for each ticket, some hundred at a time."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from agentdesk.desk import Desk
from agentdesk.transfer.readers.json_table import JsonTable
from agentdesk.transfer.result import Progress
from agentdesk.transfer.tickets.beside import read_beside
from agentdesk.transfer.tickets.displaced import keep_known
from agentdesk.transfer.tickets.file import TicketRows, read_tickets
from agentdesk.transfer.tickets.known_tickets import known_ids, known_messages, known_tickets
from agentdesk.transfer.tickets.links import LinkBook
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.names import NameBook
from agentdesk.transfer.tickets.opening import OpenTickets, TicketImport
from agentdesk.transfer.tickets.plan import Planner, TicketPlan
from agentdesk.transfer.tickets.ratings import RatingBook
from agentdesk.transfer.tickets.row_store import HeardBook
from agentdesk.transfer.tickets.stopped import rows_passed
from agentdesk.transfer.tickets.stores import Stores
from agentdesk.transfer.unfinished import Unfinished

TICKETS_AT_ONCE: Final = 200
"""Tickets that are looked up in the desk together."""


class Decided(NamedTuple):
    """What the file says, and what is to be done about it."""

    rows: TicketRows
    plans: Iterator[TicketPlan]
    names: NameBook
    links: LinkBook
    planner: Planner


def decide(
    desk: Desk,
    order: TicketImport,
    opened: OpenTickets,
    stores: Stores,
    *,
    stopped: Unfinished | None,
    progress: Progress,
) -> Decided:
    """Read the whole file against one snapshot of the desk; the plans are made as they are asked for.

    Args:
        desk: the open desk.
        order: what to import.
        opened: its file.
        stores: where all that is read is put.
        stopped: the import that goes on; None where it is new.
        progress: told rows read.

    Raises:
        MapError: the map names a column that the file has not.
        FileRefusedError: the file cannot be read to its end.
        ResumeError: the file reads otherwise by now.
    """
    table, rules = opened.table, opened.rules
    source = rules.file.source
    if order.path:
        read_beside(rules, order.path, table.encoding, stores.beside)
    if order.comments:
        read_beside(rules, order.comments, None, stores.beside)
        stores.comments.read(rules, order.comments)
    if isinstance(table, JsonTable):
        table.know_lists(stores.beside.there)
    with desk.read() as read:
        names = NameBook(read, stores.scratch, source, stopped.batch if stopped else None)
        rows = read_tickets(table, rules, names, progress, stores)
        rows.notes += [*stores.beside.notes(), *stores.comments.notes()]
        passed = rows_passed(rows, stopped)
        for ids in rows.kept.external_ids():
            rows.kept.tell_known(known_ids(read, source, ids))
        heard = HeardBook(stores.scratch)
        for keys in rows.kept.message_keys():
            heard.add(known_messages(read, keys))
    links = LinkBook(stores.scratch, source)
    planner = Planner(rows.reader, source, rules.is_log, desk.clock.now(), heard)
    return Decided(
        rows,
        _plans(desk, rows, rules, planner, names, links=links, passed=passed),
        names,
        links,
        planner,
    )


def _plans(
    desk: Desk,
    rows: TicketRows,
    rules: TicketMap,
    planner: Planner,
    names: NameBook,
    *,
    links: LinkBook,
    passed: int,
) -> Iterator[TicketPlan]:
    """One plan for each ticket, tickets in the order of the file; those of the first rows are passed over."""
    tickets = rows.tickets()
    while some := list(islice(tickets, TICKETS_AT_ONCE)):
        left = []
        for one in some:
            if passed <= 0:
                left.append(one)
            passed -= len(one.rows)
        with desk.read() as read:
            wanted = links.resolve(
                read, some
            )  # what was passed over may have been stopped before it was joined
            known = known_tickets(
                read, [one.known_id for one in left if one.known_id is not None], is_log=rules.is_log
            )
            if rules.file.system and not rules.is_log:
                keep_known(read, names, left, known, rules.file.system)
            ids = [one.external_id for one in left]
            ratings = RatingBook(rules.rating, rules.file.source, read, ids) if rules.rating else None
        yield from planner.plan(left, known, wanted, ratings)
