"""Mails that go to a ticket of the desk: as if they were received, where they are newer than all it has."""

from datetime import datetime

from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import UNSOLVED, Status
from agentdesk.models import Attachment, Message, Ticket
from agentdesk.services.hearing import hear_customer
from agentdesk.store.change import Change
from agentdesk.store.reader import instant
from agentdesk.transfer.mail.life import SOURCE, Ending, final_status
from agentdesk.transfer.mail.rows import MailRows, event_of
from agentdesk.transfer.mail.threads import Home, Node


def join(change: Change, rows: MailRows, home: Home, ending: Ending) -> None:
    """Put mails on a ticket that is there.

    A ticket that people work on reopens as with any word of its customer; what is older than its last message only joins
    the conversation. Where all is history (`solved`, `closed`), nothing opens again.
    """
    assert home.ticket_id is not None
    ticket = change.get(Ticket, home.ticket_id)
    latest = _latest(change, home.ticket_id)
    for mail in home.mails:
        at = mail.at if latest is None or mail.at >= latest else change.at
        latest = at if latest is None else max(at, latest)
        event = event_of(mail)
        if ticket.last_message_at is None or mail.at > ticket.last_message_at:
            event = _hear(change, ticket, mail, ending)
        message = change.add(Message(**rows.message(mail, home.ticket_id, ticket.customer_id)))
        assert message.id is not None
        for file in rows.files(mail, home.ticket_id, message.id):
            change.add(Attachment(**file))
        change.record(event, message, at=at)
    _end(change, ticket, home.mails[-1], ending, latest)


def _hear(change: Change, ticket: Ticket, mail: Node, ending: Ending) -> Event:
    """What a mail does to a ticket that is newer than all it has."""
    ticket.last_message_at = mail.at
    if ticket.status == Status.CLOSED:
        return event_of(mail)
    if not mail.is_ours:
        is_history = ending in (Ending.SOLVED, Ending.CLOSED)
        return (
            event_of(mail)
            if is_history and ticket.status == Status.SOLVED
            else hear_customer(change, ticket, mail.at)
        )
    ticket.status = Status.OPEN.value if ticket.status == Status.NEW else ticket.status
    ticket.reply_count += 1
    ticket.first_replied_at = ticket.first_replied_at or mail.at
    ticket.last_reply_at = mail.at
    ticket.waiting_since = ticket.due_at = None
    return event_of(mail)


def _end(change: Change, ticket: Ticket, last: Node, ending: Ending, at: datetime | None) -> None:
    """A ticket that mails began ends as they say; one that people opened is theirs to end."""
    if ticket.source != SOURCE or ticket.last_message_at != last.at or ticket.status not in UNSOLVED:
        return
    status = final_status(ending, is_ours_last=last.is_ours)
    if status is None:
        return
    is_closed = status == Status.CLOSED
    ticket.status, ticket.solved_at, ticket.waiting_since = status.value, last.at, None
    ticket.closed_at = last.at if is_closed else None
    change.record(Event.TICKET_CLOSED if is_closed else Event.TICKET_SOLVED, ticket, at=at)


def _latest(change: Change, ticket_id: int) -> datetime | None:
    sql = "SELECT max(at) FROM journal WHERE entity = 'ticket' AND entity_id = :id"
    return instant(change.sql(sql, {"id": ticket_id}).scalar())
