"""Several tickets become one, and are taken apart again.

Nothing is moved: the source is closed and points at the target, which shows what was said on both. Taking apart gives
the source back what the merge took, from its journal; what came in for it meanwhile is its own and counts there.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import SQLModel, col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import UndoError
from agentdesk.domain.events import ECHOES, Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.merging import (
    DifferentCustomersError,
    MergeError,
    Side,
    customers_differ,
    why_no_source,
    why_no_target,
)
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, Status, Visibility
from agentdesk.models import Journal, Message, Ticket
from agentdesk.services.hearing import hear_customer
from agentdesk.store import history
from agentdesk.store.change import Change

_TAKEN = ("due_at", "wake_at", "waiting_since")


def merge_tickets(
    change: Change,
    source_ids: Sequence[int],
    into_id: int,
    *,
    versions: Mapping[int, int] | None = None,
    reason: str = "",
    across_customers: bool = False,
) -> Ticket:
    """Close tickets as part of another one. A customer who waits there waits on the target, which opens again for it.

    Args:
        change: the transaction.
        source_ids: the tickets that end.
        into_id: the ticket that goes on.
        versions: what the caller saw, by id; of those that are missing any version will do.
        reason: why, for the timeline.
        across_customers: the caller knows that they belong to different customers.

    Raises:
        MergeError: one of them is closed, spam or part of another ticket, or the target is one of the sources.
        DifferentCustomersError: they belong to different customers.
    """
    change.actor.require(Permission.WORK)
    seen = versions or {}
    ids = sorted({into_id, *source_ids})  # in one order, so that two who merge the same tickets wait in turn
    rows = {one: change.get(Ticket, one, seen.get(one)) for one in ids}
    into, sources = rows[into_id], [rows[one] for one in dict.fromkeys(source_ids)]
    _refuse(sources, into, across_customers=across_customers)
    for source in sources:
        _merge(change, source, into, reason)
    return into


def _refuse(sources: Sequence[Ticket], into: Ticket, *, across_customers: bool) -> None:
    target, sides = _side(into), [_side(one) for one in sources]
    if why := why_no_target(target) or next(filter(None, (why_no_source(one, target) for one in sides)), ""):
        raise MergeError(why)
    if not sides:
        raise MergeError("Name the tickets to merge, and the one they are merged into.")
    if customers_differ(sides, target) and not across_customers:
        others = ", ".join(one.ref for one in sides if customers_differ([one], target))
        raise DifferentCustomersError(
            f"{others} and {target.ref} belong to different customers: each would be answered on {target.ref}. "
            "Link them instead, or say that they shall become one all the same."
        )


def _side(ticket: Ticket) -> Side:
    return Side(ticket.id or 0, ticket.status, ticket.customer_id, ticket.is_spam, ticket.merged_into_id)


def _merge(change: Change, source: Ticket, into: Ticket, reason: str) -> None:
    assert source.id is not None and into.id is not None  # noqa: PT018  both are stored
    since = source.waiting_since
    source.status = next_status(ticket_ref(source.id), source.status, Action.MERGE)
    source.merged_into_id = into.id
    source.closed_at = change.at
    for name in _TAKEN:
        setattr(source, name, None)
    change.record(Event.TICKET_MERGED, source, reason=reason)
    if since is not None:
        waits = min(since, into.waiting_since or since)
        hear_customer(change, into, since)
        into.waiting_since = waits
        said = (into.last_message_at, source.last_message_at)
        into.last_message_at = max(filter(None, said), default=None)
    tell_target(change, Event.TICKET_MERGED_IN, into, source)


def tell_target(change: Change, event: Event, into: Ticket, source: Ticket) -> None:
    """Record what became of the target; where its fields are as they were, that something has happened to it."""
    ref = ticket_ref(source.id or 0)
    if not change.record(event, into, reason=ref):
        row = {
            "entity": "ticket",
            "entity_id": into.id,
            "ticket_id": into.id,
            "is_main": False,
            "reason": ref,
        }
        change.write_journal([row], event)


def merged_into(change: Change, ticket: Ticket) -> Ticket:
    """The ticket that goes on for a merged one, through however many merges; a ticket that is none itself."""
    while ticket.merged_into_id is not None:
        ticket = change.get(Ticket, ticket.merged_into_id)
    return ticket


def unmerge_ticket(
    change: Change, ticket_id: int, *, reason: str = "", expected_version: int | None = None
) -> Ticket:
    """Take a ticket out of the one it was merged into: it is as it was before, with what came in for it since.

    What was said on the target stays there.

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
    if merge is None:
        return []
    written = select(Journal.entity_id).where(
        col(Journal.ticket_id).in_(ids),
        Journal.entity == "message",
        col(Journal.before).is_(None),
        col(Journal.id) > merge.id,
    )
    theirs = (col(Message.id).in_(written), Message.author_kind == AuthorKind.CUSTOMER)
    return [one.at for one in change.find_all(Message, *theirs)]


def _let_wait(change: Change, root: Ticket, waited: Sequence[datetime]) -> None:
    """Where the customer waited on the target because of what goes, they wait since what stays; or no more."""
    if root.waiting_since not in waited:
        return
    ids = _parts(change, [root.id or 0])
    said = change.find_all(Message, col(Message.ticket_id).in_(ids), Message.visibility == Visibility.PUBLIC)
    since: datetime | None = None
    for one in sorted(said, key=lambda message: (message.at, message.id)):
        if one.author_kind == AuthorKind.CUSTOMER:
            since = since or one.at
        elif one.author_kind == AuthorKind.AGENT:
            since = None
    root.waiting_since = since
