"""What was merged is taken apart again, and the target goes on as if there had been no merge.

The source gets back what the merge took, from its journal; what came in for it meanwhile is its own and counts there.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter

from sqlmodel import SQLModel, col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import UndoError
from agentdesk.domain.events import ECHOES, Event
from agentdesk.domain.merging import MergeError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, Status, Visibility
from agentdesk.models import ChangeRow, Journal, Message, Ticket
from agentdesk.services.hearing import hear_customer
from agentdesk.services.merging import merged_into, tell_target
from agentdesk.store import history
from agentdesk.store.change import Change


def unmerge_ticket(
    change: Change, ticket_id: int, *, reason: str = "", expected_version: int | None = None
) -> Ticket:
    """Take a ticket out of the one it was merged into: it is as it was before, with what came in for it since.

    What was said on the target stays there; its status goes back where nothing but the merge has moved it.

    Raises:
        MergeError: it is not part of another ticket.
    """
    change.actor.require(Permission.WORK)
    source = change.get(Ticket, ticket_id, expected_version)
    if source.merged_into_id is None:
        raise MergeError(f"{ticket_ref(ticket_id)} is not merged into another ticket.")
    into = change.get(Ticket, source.merged_into_id)
    root = merged_into(change, into)
    merge = _merge_of(change, source)
    heard = _heard(change, _parts(change, [ticket_id]), merge)
    waited = [*_waits(merge), *heard]
    _give_back(source, merge)
    change.record(Event.TICKET_UNMERGED, source, reason=reason)
    _let_wait(change, root, waited)
    _put_back_status(change, root)
    tell_target(change, Event.TICKET_TAKEN_OUT, into, source)
    if root is not into:
        tell_target(change, Event.TICKET_TAKEN_OUT, root, source)
    if heard and source.status != Status.CLOSED:
        event = hear_customer(change, source, min(heard))
        source.last_message_at = max(heard)
        change.record(event, source, reason="what came in while it was merged")
    return source


def stays(change: Change, row: Journal, current: Ticket) -> bool:
    """Whether a row of a merge that is taken back is left as it is: the target goes on with what it got since.

    Raises:
        UndoError: a customer has written to the source since; taking it apart counts that, and an undo would lose it.
    """
    if Event(row.event) in ECHOES:
        after = (row.after or {}).items()
        return any(history.encode(getattr(current, name)) != value for name, value in after)
    if row.event == Event.TICKET_MERGED and _heard(change, _parts(change, [row.entity_id]), row):
        ref = ticket_ref(row.entity_id)
        raise UndoError(
            f"The customer has written to {ref} since. Take it apart instead: U on {ref}, "
            f"or agentdesk ticket unmerge {ref}."
        )
    return False


def _merge_of(change: Change, source: Ticket) -> Journal | None:
    """The journal row by which it became part of the other; None where an import brought it so."""
    rows = change.session.exec(
        select(Journal)
        .where(
            Journal.entity == "ticket",
            Journal.entity_id == source.id,
            Journal.event == Event.TICKET_MERGED.value,
        )
        .order_by(col(Journal.id).desc())
    )
    return next((row for row in rows if (row.after or {}).get("merged_into_id") is not None), None)


def _waits(merge: Journal | None) -> list[datetime]:
    """Since when the customer waited on the source when it was merged."""
    table = SQLModel.metadata.tables["ticket"]
    before = (merge.before or {}) if merge is not None else {}
    since = history.decode(table, "waiting_since", before.get("waiting_since"))
    return [] if since is None else [since]


def _give_back(source: Ticket, merge: Journal | None) -> None:
    table = SQLModel.metadata.tables["ticket"]
    before = (merge.before or {}) if merge is not None else {}
    back = {"status": Status.OPEN.value, "merged_into_id": None, "closed_at": None, **before}
    for name, value in back.items():
        setattr(source, name, history.decode(table, name, value))


def _parts(change: Change, ids: Iterable[int]) -> list[int]:
    """These tickets and all that are merged into them."""
    found = list(ids)
    for one in found:  # grows while it is walked
        found += [row.id for row in change.find_all(Ticket, Ticket.merged_into_id == one) if row.id]
    return found


def _heard(change: Change, ids: Sequence[int], merge: Journal | None) -> list[datetime]:
    """When customers wrote on some tickets after a merge."""
    if merge is None or merge.id is None:
        return []
    return [one.at for one in _said(change, ids, merge.id) if one.author_kind == AuthorKind.CUSTOMER]


def _said(change: Change, ids: Sequence[int], after: int = 0) -> Sequence[Message]:
    """The public messages of some tickets that were written after a row of the journal; all of them after 0."""
    public = (col(Message.ticket_id).in_(ids), Message.visibility == Visibility.PUBLIC)
    if not after:
        return change.find_all(Message, *public)
    written = select(Journal.entity_id).where(
        col(Journal.ticket_id).in_(ids),
        Journal.entity == "message",
        col(Journal.before).is_(None),
        col(Journal.id) > after,
    )
    return change.find_all(Message, *public, col(Message.id).in_(written))


def _let_wait(change: Change, root: Ticket, waited: Sequence[datetime]) -> None:
    """Where the customer waited on the target because of what goes, they wait since what stays; or no more."""
    if root.waiting_since not in waited:
        return
    since: datetime | None = None
    for _, begun in sorted(_waiting(change, root.id or 0), key=itemgetter(0)):
        since = min(since or begun, begun) if begun is not None else None
    root.waiting_since = since


def _waiting(change: Change, ticket_id: int, after: int = 0) -> Iterator[tuple[datetime, datetime | None]]:
    """What lets the customer wait on a ticket from an instant on, and since when; None where that ended by a reply.

    Of a part only what came with the merge and what was said since, by the journal's rows after `after`: a reply on one
    ticket before it was merged answers nothing on another.
    """
    for one in _said(change, [ticket_id], after):
        if one.author_kind != AuthorKind.SYSTEM:
            yield one.at, one.at if one.author_kind == AuthorKind.CUSTOMER else None
    for part in change.find_all(Ticket, Ticket.merged_into_id == ticket_id):
        merge = _merge_of(change, part)
        begins = after if merge is None or merge.id is None else max(after, merge.id)
        if merge is not None and begins == merge.id:
            yield from ((merge.at, since) for since in _waits(merge))
        yield from _waiting(change, part.id or 0, begins)


def _put_back_status(change: Change, root: Ticket) -> None:
    """Where what is gone had opened the target, it is as it was: unless somebody waits, spoke or decided there since."""
    opened = None if root.waiting_since is not None else _opening(change, root)
    if opened is None:
        return
    table = SQLModel.metadata.tables["ticket"]
    for name, value in (opened.before or {}).items():
        setattr(root, name, history.decode(table, name, value))
    own = change.find_all(Message, Message.ticket_id == root.id)
    root.waiting_since, root.last_message_at = (
        None,
        max((one.at for one in own), default=root.last_message_at),
    )
    change.besides = f"leaves {ticket_ref(root.id or 0)} {root.status.replace('_', ' ')}, as before the merge"


def _opening(change: Change, root: Ticket) -> Journal | None:
    """The row by which a merge, or a word to a merged ticket, opened this one; None where something came after it."""
    rows = change.session.exec(
        select(Journal)
        .join(ChangeRow, col(ChangeRow.id) == col(Journal.change_id))
        .where(
            Journal.ticket_id == root.id,
            col(Journal.entity).in_(("ticket", "message")),
            col(ChangeRow.undone_by_id).is_(None),
            col(ChangeRow.undo_of_id).is_(None),
        )
        .order_by(col(Journal.id).desc())
    )
    for row in rows:
        after = row.after or {}
        if row.entity == "message" and after.get("visibility") == Visibility.PUBLIC:
            return None
        if row.entity == "ticket" and "status" in after:
            return row if row.before is not None and _is_echo(change, row) else None
    return None


def _is_echo(change: Change, row: Journal) -> bool:
    """Whether it tells of a merge, or of what a customer wrote to a ticket that was merged."""
    if row.event == Event.TICKET_MERGED_IN:
        return True
    elsewhere = select(Journal.id).where(
        Journal.change_id == row.change_id, Journal.entity == "message", Journal.ticket_id != row.ticket_id
    )
    is_heard = row.is_main and row.event in (Event.TICKET_REOPENED, Event.MESSAGE_RECEIVED)
    return is_heard and change.session.exec(elsewhere.limit(1)).first() is not None
