"""Several tickets become one; `unmerging` takes them apart again.

Nothing is moved: the source is closed and points at the target, which shows what was said on both.
"""

from collections.abc import Mapping, Sequence

from agentdesk.domain.actor import Permission
from agentdesk.domain.events import Event
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
from agentdesk.models import Ticket
from agentdesk.services.hearing import hear_customer
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
