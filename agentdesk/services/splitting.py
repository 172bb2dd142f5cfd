"""A message that is about something else becomes the first of a ticket of its own; the message itself stays."""

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, LinkKind, Priority, Visibility
from agentdesk.models import Attachment, Message, Ticket
from agentdesk.services.links import link_tickets
from agentdesk.services.placing import place_new_ticket
from agentdesk.store.change import Change


def split_message(
    change: Change,
    ticket_id: int,
    message_id: int,
    *,
    subject: str,
    expected_version: int | None = None,
) -> Ticket:
    """Open a ticket for what a customer wrote in a message of another one; they wait there since they wrote it.

    The new ticket holds a copy that names its origin, with the files that came with it, and is linked.

    Raises:
        InvalidValueError: the message is not of this ticket or not the customer's, or the subject is empty.
    """
    change.actor.require(Permission.WORK)
    old = change.get(Ticket, ticket_id, expected_version)
    said = change.get(Message, message_id)
    _check(change, old, said, subject)
    new = change.add(
        Ticket(
            subject=subject.strip(),
            customer_id=said.customer_id or old.customer_id,
            organization_id=old.organization_id,
            priority=Priority.NORMAL,
            channel=said.channel,
            category="",
            waiting_since=said.at,
            last_message_at=said.at,
            created_at=change.at,
            updated_at=change.at,
        )
    )
    copy = _copy(change, said, new)
    _copy_files(change, said, copy)
    change.record(Event.TICKET_CREATED, new, reason=f"split from {ticket_ref(ticket_id)}")
    link_tickets(change, new.id or 0, ticket_id, LinkKind.SPLIT_FROM)
    row = {
        "entity": "ticket",
        "entity_id": ticket_id,
        "ticket_id": ticket_id,
        "reason": ticket_ref(new.id or 0),
    }
    change.write_journal([row], Event.TICKET_SPLIT)
    place_new_ticket(change, new)
    if new.queue_id is None and old.queue_id is not None:
        new.queue_id = old.queue_id
        change.record(Event.TICKET_CHANGED, new, reason=f"the queue of {ticket_ref(ticket_id)}")
    return new


def _check(change: Change, old: Ticket, said: Message, subject: str) -> None:
    ref = ticket_ref(old.id or 0)
    where = change.get(Ticket, said.ticket_id)
    while where.id != old.id and where.merged_into_id is not None:
        where = change.get(Ticket, where.merged_into_id)
    if where.id != old.id:
        raise InvalidValueError("message", said.id, hint=f"It was not said on {ref}.")
    if said.author_kind != AuthorKind.CUSTOMER:
        raise InvalidValueError("message", said.id, hint="Only what a customer wrote becomes a ticket.")
    if not subject.strip():
        raise InvalidValueError("subject", subject, hint="Write what the new ticket is about.")


def _copy(change: Change, said: Message, new: Ticket) -> Message:
    assert new.id is not None
    return change.add(
        Message(
            ticket_id=new.id,
            customer_id=said.customer_id,
            at=said.at,
            author_kind=said.author_kind,
            author_name=said.author_name,
            visibility=Visibility.PUBLIC,
            channel=said.channel,
            body=said.body,
            origin_id=said.id,
            created_at=change.at,
            updated_at=change.at,
        )
    )


def _copy_files(change: Change, said: Message, copy: Message) -> None:
    """The files go along by reference: their bytes are kept once."""
    for one in change.find_all(Attachment, Attachment.message_id == said.id):
        change.add(
            Attachment(
                message_id=copy.id or 0,
                ticket_id=copy.ticket_id,
                name=one.name,
                media_type=one.media_type,
                size=one.size,
                sha256=one.sha256,
                created_at=change.at,
                updated_at=change.at,
            )
        )
