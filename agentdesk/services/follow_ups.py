"""A closed ticket stays closed: what comes after it is a ticket of its own that says what it follows."""

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Status
from agentdesk.models import Ticket
from agentdesk.services.placing import place_new_ticket
from agentdesk.store.change import Change


def follow_up_ticket(
    change: Change, ticket_id: int, *, subject: str = "", expected_version: int | None = None
) -> Ticket:
    """Open the follow-up of a closed ticket for its customer; it belongs to the actor, who is about to write.

    Args:
        change: the transaction.
        ticket_id: the closed ticket.
        subject: what it is about; the same unless given.
        expected_version: the version the caller saw.

    Raises:
        InvalidValueError: the ticket is not closed, or part of another one that is not.
    """
    change.actor.require(Permission.WORK)
    closed = change.get(Ticket, ticket_id, expected_version)
    ref = ticket_ref(ticket_id)
    if closed.merged_into_id is not None:
        there = ticket_ref(closed.merged_into_id)
        raise InvalidValueError("ticket", ref, hint=f"It is part of {there}: write there.")
    if closed.status != Status.CLOSED:
        raise InvalidValueError("ticket", ref, hint=f"{ref} is {closed.status}: write on the ticket itself.")
    ticket = begin_follow_up(change, closed, subject=subject)
    place_new_ticket(change, ticket, assignee_id=change.actor.id)
    return ticket


def begin_follow_up(change: Change, closed: Ticket, *, subject: str = "") -> Ticket:
    """The follow-up of a closed ticket, recorded and not yet placed."""
    ticket = change.add(
        Ticket(
            subject=subject.strip() or closed.subject,
            customer_id=closed.customer_id,
            organization_id=closed.organization_id,
            type=closed.type,
            priority=closed.priority,
            queue_id=closed.queue_id,
            channel=closed.channel,
            category=closed.category,
            follow_up_of_id=closed.id,
            created_at=change.at,
            updated_at=change.at,
        )
    )
    change.record(Event.TICKET_CREATED, ticket, reason=f"follows up {ticket_ref(closed.id or 0)}")
    return ticket
