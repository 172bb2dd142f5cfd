"""What leaves the desk: queued with its message, kept back for its send window, handed over exactly once.

Law: a letter is queued in the change that says it, so that both stand or neither does; whoever hands it over moves
its row from `queued` in a change that has the row locked, and what was handed over is never taken back.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from agentdesk.domain.actor import Permission
from agentdesk.domain.desk_settings import MAIL_DOMAIN, MAIL_FROM, SEND_WINDOW
from agentdesk.domain.errors import NotFoundError, UndoError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import normalise_email
from agentdesk.domain.instants import ago_text, to_iso
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Channel, OutboxState
from agentdesk.models import Customer, Journal, Message, Outbox, Ticket
from agentdesk.queries.desk_settings import desk_number, desk_text
from agentdesk.store.change import Change

NO_DOMAIN = "agentdesk.invalid"
"""The domain of a Message-ID as long as the desk has none: reserved, so that it is nobody else's (RFC 2606)."""


def queue_letter(change: Change, ticket: Ticket, message: Message) -> None:
    """Let a message go out, to its recipient or else the customer; without an address nothing does.

    The next `record` journals it with the message.
    """
    name, address = _whereto(change, ticket, message.recipient)
    if address is None:
        return
    assert message.id is not None
    start = "Fwd" if message.recipient else "Re"
    row = Outbox(
        key=_key(change, message, address),
        message_id=message.id,
        ticket_id=message.ticket_id,
        to_name=name,
        to_address=address,
        subject=f"{start}: {ticket.subject} [{ticket_ref(message.ticket_id)}]",
        release_at=_release(change),
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(row)
    change.goes_out_at = row.release_at


def leaves_by(change: Change, ticket: Ticket) -> str:
    """The channel of what is written to the customer: e-mail where a letter goes out, whichever way they came."""
    return ticket.channel if _whereto(change, ticket)[1] is None else Channel.EMAIL


def hand_over(change: Change, outbox_id: int, *, to: str, reason: str = "") -> Outbox | None:
    """Take a letter out of the queue; whoever gets it is the only one, and owes the desk to let it go.

    Args:
        change: the transaction.
        outbox_id: which.
        to: the place where it waits to be let go; `clear_underway` says that it was.
        reason: who hands it over.

    Returns:
        None where it is gone, was handed over by somebody else, or can still be taken back.
    """
    change.actor.require(Permission.WORK)
    try:
        row = change.get(Outbox, outbox_id)
    except NotFoundError:  # taken back meanwhile
        return None
    if row.state != OutboxState.QUEUED or row.release_at > change.at:
        return None
    row.state, row.handed_over_at, row.underway = OutboxState.HANDED_OVER.value, change.at, to
    change.record(Event.OUTBOX_HANDED_OVER, row, reason=reason)
    return row


def clear_underway(change: Change, outbox_id: int) -> None:
    """A letter that was handed over has been let go. Past the journal: it says what has happened to a file."""
    change.sql("UPDATE outbox SET underway = '' WHERE id = :id", {"id": outbox_id})


def put_back(change: Change, outbox_id: int) -> Outbox:
    """Put a letter that was handed over into the queue again, because somebody says it has to go out once more.

    Raises:
        NotFoundError: there is no such letter.
    """
    change.actor.require(Permission.WORK)
    try:
        row = change.get(Outbox, outbox_id)
    except NotFoundError:
        raise NotFoundError("letter", outbox_id, "The numbers are listed by: agentdesk outbox list") from None
    if row.state != OutboxState.QUEUED:
        row.state, row.handed_over_at, row.release_at = OutboxState.QUEUED.value, None, change.at
        change.record(Event.OUTBOX_TAKEN_BACK, row)
    return row


def refuse_gone_out(change: Change, rows: Iterable[Journal]) -> None:
    """Refuse to take back what has left the desk.

    Raises:
        UndoError: it says when it went out, and what to do.
    """
    for row in rows:
        if row.entity != "outbox" or row.after is None:
            continue
        letter = change.session.get(Outbox, row.entity_id, with_for_update=True, populate_existing=True)
        if letter is None or letter.state != OutboxState.HANDED_OVER or letter.handed_over_at is None:
            continue
        ref, at = ticket_ref(letter.ticket_id), letter.handed_over_at
        raise UndoError(
            f"The letter on {ref} went out {ago_text(change.at - at)} ({at:%Y-%m-%d %H:%M} UTC) and cannot be taken "
            "back. Write a correction."
        )


def renew_window(change: Change, rows: Iterable[Journal]) -> None:
    """Letters that go out after all can be taken back for as long as at first."""
    for row in rows:
        letter = change.session.get(Outbox, row.entity_id) if row.entity == "outbox" else None
        if row.after is None and letter is not None:
            letter.release_at = change.goes_out_at = _release(change)


def _whereto(change: Change, ticket: Ticket, recipient: str = "") -> tuple[str, str | None]:
    if recipient:
        return "", recipient
    if ticket.customer_id is None:
        return "", None
    customer = change.get(Customer, ticket.customer_id)
    return customer.name, normalise_email(customer.email or "")


def _release(change: Change) -> datetime:
    window = desk_number(change.reader(), SEND_WINDOW)
    return max(change.at, change.written_at) + timedelta(seconds=window)


def _key(change: Change, message: Message, address: str) -> str:
    """The Message-ID without its brackets: the same for the same letter, and like no other one's."""
    read = change.reader()
    sender = desk_text(read, MAIL_FROM)
    domain = desk_text(read, MAIL_DOMAIN) or sender.rpartition("@")[2] or NO_DOMAIN
    told = "\n".join((str(message.id), to_iso(message.at), address, message.body))
    digest = sha256(told.encode(errors="surrogatepass")).hexdigest()[:16]
    return f"{message.ticket_id}.{message.id}.{digest}@{domain}"
