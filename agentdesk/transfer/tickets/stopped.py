"""An import of tickets that was stopped: what was asked of it, and which tickets of its file are left."""

from collections.abc import Mapping
from typing import Any

from agentdesk.transfer.kept_order import map_of, read_order, tell_order, told_map
from agentdesk.transfer.tickets.file import TicketRows
from agentdesk.transfer.tickets.map import TicketMap, parse_map
from agentdesk.transfer.tickets.opening import TicketImport
from agentdesk.transfer.unfinished import ResumeError, Unfinished, digest_of


def tell_tickets(order: TicketImport, rules: TicketMap) -> dict[str, Any]:
    """An order as its batch keeps it, with the text of the map in place of its name.

    Args:
        order: what to import, and how.
        rules: the map it is read by; a ready one is found again by the file.
    """
    told = tell_order(order, **told_map(order.path, rules if order.map is not None else None))
    return {**told, "comments_digest": digest_of(order.comments) if order.comments else ""}


def read_tickets_order(told: Mapping[str, Any]) -> TicketImport:
    """Read what `tell_tickets` wrote.

    Raises:
        MapError: the map cannot be followed by now.
    """
    found = map_of(told)
    return read_order(TicketImport, told, map=found and parse_map(found.text, found.label))


def refuse_other_comments(stopped: Unfinished, order: TicketImport, told: Mapping[str, Any]) -> None:
    """Let nobody go on with another file of comments.

    Args:
        stopped: the import.
        order: what is to be imported now.
        told: the same, by `tell_tickets`.

    Raises:
        ResumeError: it is not the one that was read.
    """
    before, now = (one.get("comments_digest", "") for one in (stopped.order, told))
    if before != now:
        raise ResumeError(
            f"{order.comments} is not the file of comments that import {stopped.batch} was reading: import by itself, or "
            f"take back what was done with: agentdesk import undo {stopped.batch}"
        )


def what_was_read(rows: TicketRows) -> list[int]:
    """How many rows of a file are in no ticket: those that repeat another, and the rejected ones."""
    return [rows.duplicates, len(rows.faults)]


def rows_passed(rows: TicketRows, stopped: Unfinished | None) -> int:
    """How many rows of tickets were dealt with before the import was stopped: those of its first tickets.

    Args:
        rows: of the whole file, as it reads now.
        stopped: the import; None where it is new.

    Raises:
        ResumeError: the file reads otherwise by now, because the names it uses mean others in the desk.
    """
    if stopped is None or not stopped.rows:
        return 0
    stopped.refuse_other_reading(what_was_read(rows))
    return stopped.rows - sum(what_was_read(rows))
