"""What an agent has written is sent in one change, with the fields it sets: what the review said, and nothing else."""

from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.written import LetterKind, Written
from agentdesk.models import Message
from agentdesk.services.edits import parse_edits
from agentdesk.services.macros import note_use
from agentdesk.services.messages import add_note, forward_ticket, reply_to_ticket
from agentdesk.services.tickets import edit_ticket
from agentdesk.services.words_back import keep_letter
from agentdesk.store.change import Change


def send_written(
    change: Change,
    ticket_id: int,
    written: Written,
    *,
    zone: ZoneInfo,
    then: str | None = None,
    expected_version: int | None = None,
    whole: Written | None = None,
) -> Message:
    """Send a reply, a note or a forwarded letter, then set what goes with it.

    Args:
        change: the transaction.
        ticket_id: the ticket.
        written: the letter; its own `then` is what was chosen, which may be the status it has anyway.
        zone: whose clock the times among the changes are meant in.
        then: the status to set; None leaves it.
        expected_version: the version that the author saw; a note that sets nothing is right on any.
        whole: what is a draft again if it is taken back, with what the chosen status left out; the letter unless given.
    """
    options: dict[str, Any] = {"files": written.files, "expected_version": expected_version}
    if written.kind is LetterKind.NOTE:
        if not written.changes:  # two colleagues may note something on one ticket at once
            options["expected_version"] = None
        message = add_note(change, ticket_id, written.text, **options)
    elif written.kind is LetterKind.FORWARD:
        message = forward_ticket(change, ticket_id, written.text, to=written.to, then=then, **options)
    else:
        message = reply_to_ticket(
            change, ticket_id, written.text, then=then, waiting_for=written.party, **options
        )
    keep_letter(change, message, whole or written)
    if written.changes:
        values = parse_edits(change, written.changes, zone)
        edit_ticket(change, ticket_id, values, reason="with what was written")
    for macro_id in written.macros:
        note_use(change, macro_id, ticket_id)
    return message
