"""Where a new ticket goes: the queue that a rule chooses, and the customer's owner, or a cover for them.

Every ticket that is opened comes through here. Imports and the sample desk, which write in bulk, tell of places that
tickets already had.
"""

from agentdesk.domain.actor import DESK
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import AuthorKind, Channel, Visibility
from agentdesk.models import Message, Ticket
from agentdesk.queries.owners import Owner, owner_of
from agentdesk.queries.routing import winning_rule
from agentdesk.services import notices
from agentdesk.services.assignments import assign_ticket
from agentdesk.store.change import Change

COVER = "cover"
"""The kind of the notice to an owner who is off."""


def place_new_ticket(change: Change, ticket: Ticket, *, assignee_id: int | None = None) -> None:
    """Give a ticket that was just recorded its queue and its agent; what its creator named always wins.

    Args:
        change: the transaction that opened it.
        ticket: with its first message, which rules may ask about.
        assignee_id: the agent its creator named, whoever owns the customer.
    """
    told = [_route(change, ticket)] if ticket.queue_id is None else []
    assert ticket.id is not None
    if assignee_id is not None:
        assign_ticket(change, ticket.id, to=assignee_id)
    elif (owner := owner_of(change.reader(), ticket.customer_id, ticket.organization_id)) is not None:
        told.append(_give(change, ticket, owner))
    if said := " and ".join(filter(None, told)):
        change.besides = said


def _route(change: Change, ticket: Ticket) -> str:
    assert ticket.id is not None
    rule = winning_rule(change.reader(), ticket.id)
    if rule is None:
        return ""
    ticket.queue_id = rule.queue_id
    change.record(Event.TICKET_CHANGED, ticket, reason=f"rule {rule.name}")
    return f"goes to {rule.queue} by the rule {rule.name}"


def _give(change: Change, ticket: Ticket, owner: Owner) -> str:
    assert ticket.id is not None
    if owner.there.is_on:
        assign_ticket(change, ticket.id, to=owner.agent_id)
        return f"is given to {owner.name}, who owns the customer"
    note = change.add(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            at=change.at,
            author_kind=AuthorKind.SYSTEM,
            author_name=DESK.name,
            visibility=Visibility.INTERNAL,
            channel=Channel.OTHER,
            body=f"Covers for {owner.name}, who is {owner.away}.",
            created_at=change.at,
            updated_at=change.at,
        )
    )
    notices.tell(
        change,
        [owner.agent_id],
        ticket.id,
        kind=COVER,
        words=f"came in while you are {owner.away}; the queue covers for you",
    )
    change.record(Event.TICKET_COVERED, note)
    return f"waits for who covers for {owner.name}, who is {owner.away}"
