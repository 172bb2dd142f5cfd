"""Records out: what a query asks for, in a format, from one snapshot, in constant memory and never capped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from zoneinfo import ZoneInfo

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.queries.exports import LISTINGS, asked
from agentdesk.queries.exports.listing import blocks
from agentdesk.queries.orders import Where
from agentdesk.store.reader import Reader
from agentdesk.transfer.exporters import EXPORTERS
from agentdesk.transfer.exporters.protocol import Sheet, Style

NO_ORDER = "An export is in the order of numbers, so that two of them can be compared: sort: was passed over."


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be exported.

    Attributes:
        what: a key of `LISTINGS`.
        query: empty for all.
        public_only: of messages, no internal notes.
    """

    what: str
    query: str = ""
    public_only: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported: how many of what, and what a user should hear besides."""

    count: int
    things: str
    notes: tuple[str, ...] = ()


@contextmanager
def opened(desk: Desk, order: Export) -> Iterator[tuple[Reader, Where, list[str]]]:
    """The snapshot, the condition of what is asked for, and what is to be said about the question.

    Raises:
        NotPermittedError: agents do not export; leads and admins do.
        QueryError: the query is none.
    """
    desk.actor.require(Permission.EXPORT)
    with desk.read() as read:
        where, notes = _where(read, order, desk.zone)
        yield read, where, notes


def _where(read: Reader, order: Export, zone: ZoneInfo) -> tuple[Where, list[str]]:
    found = asked(read, order.what, order.query, zone)
    where = found.where
    if order.public_only and order.what == "messages":
        where = Where(f"({where.sql}) AND message.visibility = 'public'", where.params)
    return where, [NO_ORDER] if found.names_order else []


def export_records(desk: Desk, order: Export, form: str, out: BinaryIO, style: Style) -> Exported:
    """Write every row that is asked for.

    Args:
        desk: whose.
        order: what.
        form: a key of `EXPORTERS`.
        out: where to; a workbook needs a file that can be written at any place.
        style: how.

    Raises:
        NotPermittedError: agents do not export; leads and admins do.
        QueryError: the query is none.
        OSError: the place does not take it.
    """
    listing = LISTINGS[order.what]
    with opened(desk, order) as (read, where, notes):
        sheet = Sheet(order.what, listing.columns, blocks(read, listing, where))
        EXPORTERS[form].write(sheet, out, style)
    return Exported(sheet.count, order.what, (*notes, *sheet.notes))
