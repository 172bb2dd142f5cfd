"""What is said on a ticket: public replies, internal notes, and what customers write."""

from datetime import datetime

from agentdesk.domain.actor import DESK, Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, Channel, Status, Visibility
from agentdesk.models import Customer, Message, Ticket
from agentdesk.services import drafts, looking, statuses
from agentdesk.services.placing import place_new_ticket
from agentdesk.store.change import Change


def reply_to_ticket(
    change: Change,
    ticket_id: int,
    body: str,
    *,
    then: str | None = None,
    waiting_for: str = "",
    resolution: str = statuses.ANSWERED,
    expected_version: int | None = None,
) -> Message:
    """Answer the customer, and set the status in the same submit where `then` names one.

    The reply keeps what was promised: `due_at` and the customer's waiting end here. A ticket nobody owns becomes
    the author's.

    Raises:
        ConflictError: something happened on the ticket since `expected_version`.
        InvalidTransitionError: the ticket is closed, or `then` cannot be reached.
        InvalidValueError: the text is empty.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.REPLY)
    if ticket.assignee_id is None and change.actor.id is not None:
        ticket.assignee_id = change.actor.id
        change.besides = "becomes yours"
    message = _say(change, ticket, body, Visibility.PUBLIC)
    ticket.reply_count += 1
    ticket.first_replied_at = ticket.first_replied_at or change.at
    ticket.last_reply_at = change.at
    ticket.waiting_since = ticket.due_at = None
    change.record(Event.MESSAGE_REPLIED, message)
    if then is not None:
        statuses.set_status(
            change, ticket_id, then, reason="with the reply", waiting_for=waiting_for, resolution=resolution
        )
    return message


def add_note(change: Change, ticket_id: int, body: str, *, expected_version: int | None = None) -> Message:
    """Write an internal note; the customer never sees it and no clock stops for it (rule R6)."""
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    next_status(ticket_ref(ticket_id), ticket.status, Action.NOTE)
    message = _say(change, ticket, body, Visibility.INTERNAL)
    change.record(Event.MESSAGE_NOTED, message)
    return message


def send_automatic_message(
    change: Change, ticket_id: int, body: str, *, expected_version: int | None = None
) -> Message:
    """Let the desk itself write to the customer, as with an acknowledgement: no reply, so nothing stops (rule R6).

    Raises:
        InvalidTransitionError: the ticket is closed.
        InvalidValueError: the text is empty.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    next_status(ticket_ref(ticket_id), ticket.status, Action.REPLY)
    message = _say(change, ticket, body, Visibility.PUBLIC, by=AuthorKind.SYSTEM)
    change.record(Event.MESSAGE_SENT, message)
    return message


def receive_message(
    change: Change, ticket_id: int, body: str, *, channel: str | None = None, at: datetime | None = None
) -> Message:
    """Take in what the customer wrote: a waiting or solved ticket opens again, a closed one gets a follow-up.

    Returns:
        The message; its `ticket_id` is the follow-up's where the ticket was closed.

    Raises:
        InvalidValueError: the text is empty, or the channel is no word of the desk.
    """
    change.actor.require(Permission.WORK)
    if channel is not None and channel not in set(Channel):
        raise InvalidValueError("channel", channel, [str(one) for one in Channel])
    ticket = change.get(Ticket, ticket_id)
    if ticket.status == Status.CLOSED:
        ticket = _follow_up(change, ticket)
        change.besides = f"is closed, so {ticket_ref(ticket.id or 0)} was opened to follow it up"
    was = ticket.status
    ticket.status = next_status(ticket_ref(ticket_id), was, Action.CUSTOMER_MESSAGE)
    if ticket.status != was:
        change.besides = "is open again"
    if was == Status.SOLVED:
        ticket.reopen_count += 1
        ticket.solved_at = None
        ticket.resolution_code = None
    ticket.wake_at = None
    ticket.waiting_for = "" if was == Status.ON_HOLD else ticket.waiting_for
    message = _say(change, ticket, body, Visibility.PUBLIC, by=AuthorKind.CUSTOMER, channel=channel, at=at)
    ticket.waiting_since = ticket.waiting_since or message.at
    change.record(Event.TICKET_REOPENED if was == Status.SOLVED else Event.MESSAGE_RECEIVED, message, at=at)
    if ticket.id != ticket_id:
        place_new_ticket(change, ticket)
    return message


def _follow_up(change: Change, closed: Ticket) -> Ticket:
    ticket = change.add(
        Ticket(
            subject=closed.subject,
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


def _say(
    change: Change,
    ticket: Ticket,
    body: str,
    visibility: Visibility,
    *,
    by: AuthorKind = AuthorKind.AGENT,
    channel: str | None = None,
    at: datetime | None = None,
) -> Message:
    if not body.strip():
        raise InvalidValueError("text", body, hint="There is nothing to send: write something first.")
    assert ticket.id is not None
    message = Message(
        ticket_id=ticket.id,
        customer_id=ticket.customer_id,
        at=at or change.at,
        author_kind=by,
        author_name=_author_name(change, ticket, by),
        agent_id=change.actor.id if by is AuthorKind.AGENT else None,
        visibility=visibility,
        channel=channel or ticket.channel,
        body=body,
        created_at=change.at,
        updated_at=change.at,
    )
    ticket.last_message_at = message.at
    if by is AuthorKind.AGENT:
        drafts.drop_draft(change, ticket.id)
        looking.mark_seen(change, ticket.id)
    return change.add(message)


def _author_name(change: Change, ticket: Ticket, by: AuthorKind) -> str:
    if by is AuthorKind.CUSTOMER:
        return "" if ticket.customer_id is None else change.get(Customer, ticket.customer_id).name
    return DESK.name if by is AuthorKind.SYSTEM else change.actor.name
