"""What is said on a ticket: public replies, internal notes, letters to third parties, and what customers write."""

from collections.abc import Sequence
from datetime import datetime

from agentdesk.domain.actor import DESK, Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import email_fault, normalise_email
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.placeholders import require_filled
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, Channel, Status, Visibility
from agentdesk.domain.written import KeptFile
from agentdesk.models import Customer, Message, Ticket
from agentdesk.services import drafts, looking, statuses
from agentdesk.services.attachments import attach
from agentdesk.services.follow_ups import begin_follow_up
from agentdesk.services.hearing import hear_customer
from agentdesk.services.mentions import mention
from agentdesk.services.merging import merged_into, tell_target
from agentdesk.services.outbox import leaves_by, queue_letter
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
    files: Sequence[KeptFile] = (),
    expected_version: int | None = None,
) -> Message:
    """Answer the customer, and set the status in the same submit where `then` names one.

    It goes out by e-mail once its send window is over, where the customer has an address. The reply keeps what was promised: `due_at` and the customer's waiting end here. A ticket nobody owns becomes
    the author's.

    Raises:
        ConflictError: something happened on the ticket since `expected_version`.
        EmptyPlaceholderError: something stands in it in double braces.
        InvalidTransitionError: the ticket is closed, or `then` cannot be reached.
        InvalidValueError: the text is empty.
    """
    change.actor.require(Permission.WORK)
    require_filled(f"The reply to {ticket_ref(ticket_id)}", body)
    ticket = change.get(Ticket, ticket_id, expected_version)
    ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.REPLY)
    if ticket.assignee_id is None and change.actor.id is not None:
        ticket.assignee_id = change.actor.id
        change.besides = "becomes yours"
    message = _say(change, ticket, body, Visibility.PUBLIC, channel=leaves_by(change, ticket))
    ticket.reply_count += 1
    ticket.first_replied_at = ticket.first_replied_at or change.at
    ticket.last_reply_at = change.at
    ticket.waiting_since = ticket.due_at = None
    attach(change, message, files)
    queue_letter(change, ticket, message)
    change.record(Event.MESSAGE_REPLIED, message)
    if then is not None:
        statuses.set_status(
            change, ticket_id, then, reason="with the reply", waiting_for=waiting_for, resolution=resolution
        )
    return message


def add_note(
    change: Change,
    ticket_id: int,
    body: str,
    *,
    files: Sequence[KeptFile] = (),
    expected_version: int | None = None,
) -> Message:
    """Write an internal note; the customer never sees it and no clock stops for it (rule R6).

    An agent whom it names (`@ana`) is told.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    next_status(ticket_ref(ticket_id), ticket.status, Action.NOTE)
    message = _say(change, ticket, body, Visibility.INTERNAL)
    attach(change, message, files)
    mention(change, message)
    change.record(Event.MESSAGE_NOTED, message)
    return message


def forward_ticket(
    change: Change,
    ticket_id: int,
    body: str,
    *,
    to: str,
    then: str | None = None,
    files: Sequence[KeptFile] = (),
    expected_version: int | None = None,
) -> Message:
    """Write to a third party about a ticket: the customer does not see it, and no clock stops for it (rule R6).

    Args:
        change: the transaction.
        ticket_id: the ticket.
        body: the whole text, what is quoted of the conversation included.
        to: the address of the third party.
        then: `on_hold`, to wait for them; the status stays unless given.
        files: what goes with it.
        expected_version: the version that the author saw.

    Raises:
        InvalidTransitionError: the ticket is closed, or cannot wait.
        InvalidValueError: the text is empty, or the address is none.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    next_status(ticket_ref(ticket_id), ticket.status, Action.NOTE)
    address = normalise_email(to)
    if address is None:
        raise InvalidValueError("address", to, hint=email_fault(to))
    message = _say(change, ticket, body, Visibility.INTERNAL, channel=Channel.EMAIL, recipient=address)
    attach(change, message, files)
    queue_letter(change, ticket, message)
    change.record(Event.MESSAGE_FORWARDED, message)
    if then is not None:
        statuses.set_status(change, ticket_id, then, reason="with what was forwarded", waiting_for=address)
    return message


def send_automatic_message(
    change: Change, ticket_id: int, body: str, *, expected_version: int | None = None
) -> Message:
    """Let the desk itself write to the customer, as with an acknowledgement: no reply, so nothing stops (rule R6).

    Raises:
        EmptyPlaceholderError: something stands in it in double braces.
        InvalidTransitionError: the ticket is closed.
        InvalidValueError: the text is empty.
    """
    change.actor.require(Permission.WORK)
    require_filled(f"The message to {ticket_ref(ticket_id)}", body)
    ticket = change.get(Ticket, ticket_id, expected_version)
    next_status(ticket_ref(ticket_id), ticket.status, Action.REPLY)
    channel = leaves_by(change, ticket)
    message = _say(change, ticket, body, Visibility.PUBLIC, by=AuthorKind.SYSTEM, channel=channel)
    queue_letter(change, ticket, message)
    change.record(Event.MESSAGE_SENT, message)
    return message


def receive_message(
    change: Change, ticket_id: int, body: str, *, channel: str | None = None, at: datetime | None = None
) -> Message:
    """Take in what the customer wrote: a waiting or solved ticket opens again, a closed one gets a follow-up.

    What is said to a merged ticket stays its own, and opens the ticket it is part of.

    Returns:
        The message; its `ticket_id` is the follow-up's where the ticket was closed.

    Raises:
        InvalidValueError: the text is empty, or the channel is no word of the desk.
    """
    change.actor.require(Permission.WORK)
    if channel is not None and channel not in set(Channel):
        raise InvalidValueError("channel", channel, [str(one) for one in Channel])
    said_on = change.get(Ticket, ticket_id)
    ticket = merged_into(change, said_on)
    follows = ticket if ticket.status == Status.CLOSED else None
    if follows is not None:
        said_on = ticket = begin_follow_up(change, follows)
    event = hear_customer(change, ticket, at or change.at)
    if follows is not None:
        change.besides = f"is closed, so {ticket_ref(ticket.id or 0)} was opened to follow it up"
    elif said_on is not ticket:
        change.besides = f"is part of {ticket_ref(ticket.id or 0)}, where it is to be answered now"
        ticket.last_message_at = at or change.at
        tell_target(change, event, ticket, said_on)
        event = Event.MESSAGE_RECEIVED
    message = _say(change, said_on, body, Visibility.PUBLIC, by=AuthorKind.CUSTOMER, channel=channel, at=at)
    change.record(event, message, at=at)
    if follows is not None:
        place_new_ticket(change, ticket)
    return message


def _say(
    change: Change,
    ticket: Ticket,
    body: str,
    visibility: Visibility,
    *,
    by: AuthorKind = AuthorKind.AGENT,
    channel: str | None = None,
    at: datetime | None = None,
    recipient: str = "",
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
        recipient=recipient,
        created_at=change.at,
        updated_at=change.at,
    )
    if ticket.merged_into_id is None:
        ticket.last_message_at = message.at
    if by is AuthorKind.AGENT:
        drafts.draft_was_sent(change, ticket.id, body)
        looking.mark_seen(change, ticket.id)
    return change.add(message)


def _author_name(change: Change, ticket: Ticket, by: AuthorKind) -> str:
    if by is AuthorKind.CUSTOMER:
        return "" if ticket.customer_id is None else change.get(Customer, ticket.customer_id).name
    return DESK.name if by is AuthorKind.SYSTEM else change.actor.name
