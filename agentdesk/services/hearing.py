"""What a customer's word does to the ticket it is about: a waiting or solved one opens again, and the customer waits."""

from datetime import datetime

from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Status
from agentdesk.models import Ticket
from agentdesk.store.change import Change


def hear_customer(change: Change, ticket: Ticket, at: datetime) -> Event:
    """Let a ticket take in a customer's word of `at`; the caller records it.

    Returns:
        The event it is, where nothing else is to be told.

    Raises:
        InvalidTransitionError: the ticket is closed.
    """
    assert ticket.id is not None
    was = ticket.status
    ticket.status = next_status(ticket_ref(ticket.id), was, Action.CUSTOMER_MESSAGE)
    if ticket.status != was:
        change.besides = "is open again"
    if was == Status.SOLVED:
        ticket.reopen_count += 1
        ticket.solved_at = None
        ticket.resolution_code = None
    ticket.wake_at = None
    ticket.waiting_for = "" if was == Status.ON_HOLD else ticket.waiting_for
    ticket.waiting_since = ticket.waiting_since or at
    return Event.TICKET_REOPENED if was == Status.SOLVED else Event.MESSAGE_RECEIVED
