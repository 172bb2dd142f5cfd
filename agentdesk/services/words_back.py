"""What an agent said and took back is their draft again, with all that went with it; said after all, it is no draft."""

from collections.abc import Sequence
from typing import Any, Final

from agentdesk.domain.events import Event
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, Visibility
from agentdesk.domain.written import KeptFile, LetterKind, Written
from agentdesk.models import Agent, Journal, Message
from agentdesk.services import drafts
from agentdesk.store.change import Change

LETTER: Final = "letter"
"""The entity under which the journal keeps what was written besides the text: no row of any table."""

UNSENT: Final = "draft"
"""The entity under which the journal keeps an unsent text whose ticket is taken back: only doing it again reads it."""

YOURS: Final = "; the text is your draft again"
_SAID_BY: Final = {
    LetterKind.REPLY: Event.MESSAGE_REPLIED,
    LetterKind.NOTE: Event.MESSAGE_NOTED,
    LetterKind.FORWARD: Event.MESSAGE_FORWARDED,
}


def keep_letter(change: Change, message: Message, written: Written) -> None:
    """Let the journal keep what went with a message, as it was written, so that it can be a draft again as it was."""
    letter = {"entity": LETTER, "entity_id": message.id, "is_main": False, "after": written.extra()}
    change.write_journal([letter], _SAID_BY[written.kind])


def keep_unsent(change: Change, rows: Sequence[Journal]) -> str:
    """The actor's own drafts on tickets that are to go would hold them: they go with them, and the journal keeps them.

    Returns:
        What the toast adds; empty where there is no draft.
    """
    made = (row.entity_id for row in rows if row.entity == "ticket" and row.before is None and row.after)
    gone = [
        {"entity": UNSENT, "entity_id": ticket_id, "is_main": False, "before": one}
        for ticket_id in made
        for one in drafts.drop_draft(change, ticket_id)
    ]
    if gone:
        change.write_journal(gone, Event.CHANGE_UNDONE)
    return "; your draft there comes back when it is done again" if gone else ""


def words_of(rows: Sequence[Journal]) -> list[str]:
    """What an agent said by a change, in words: `reply to T-7`."""
    found = sorted(_said(rows), key=lambda one: one[0].entity_id)
    return [f"{_noun(said)} {ticket_ref(said['ticket_id'])}" for _, said in found]


def _said(rows: Sequence[Journal]) -> list[tuple[Journal, dict[str, Any]]]:
    """The rows by which an agent's messages came or went, each with the message."""
    found = [
        (row, row.after or row.before or {})
        for row in rows
        if row.entity == "message" and None in (row.before, row.after)
    ]
    return [(row, said) for row, said in found if said.get("author_kind") == AuthorKind.AGENT]


def bring_words_back(change: Change, rows: Sequence[Journal]) -> list[str]:
    """Move the words of a change that is taken back, or done again, to drafts or from them.

    Args:
        change: the transaction.
        rows: the journal of what is taken back.

    Returns:
        What each message was, in words, the oldest first; empty where the change said nothing.
    """
    told: dict[int, str] = {}
    for row, said in _said(rows):
        message = Message(**{name: said[name] for name in ("agent_id", "ticket_id", "visibility", "body")})
        message.recipient = said.get("recipient", "")
        words = f"{_noun(said)} {ticket_ref(message.ticket_id)}"
        if row.after is None:
            drafts.drop_said_draft(change, message)
        elif not _is_of_macro_alone(row, rows) and drafts.bring_back_draft(
            change, message, _extra(row, said, rows)
        ):
            words += _whose(change, message)
        told[row.entity_id] = words
    return [told[one] for one in sorted(told)]


def _noun(said: dict[str, Any]) -> str:
    if said.get("recipient"):
        return "forward of"
    return "internal note on" if said.get("visibility") == Visibility.INTERNAL else "reply to"


def _is_of_macro_alone(row: Journal, rows: Sequence[Journal]) -> bool:
    """Whether nobody wrote it: a macro said it as it stands, and no letter was looked over."""
    is_applied = any(one.event == Event.MACRO_APPLIED and one.ticket_id == row.ticket_id for one in rows)
    return is_applied and _letter_of(row, rows) is None


def _letter_of(row: Journal, rows: Sequence[Journal]) -> dict[str, Any] | None:
    return next((one.after for one in rows if (one.entity, one.entity_id) == (LETTER, row.entity_id)), None)


def _extra(row: Journal, said: dict[str, Any], rows: Sequence[Journal]) -> dict[str, Any]:
    """What went with it: as the journal kept it, else as the message has it."""
    return _letter_of(row, rows) or _written(row, said, rows).extra()


def _written(row: Journal, said: dict[str, Any], rows: Sequence[Journal]) -> Written:
    to = said.get("recipient", "")
    kind = LetterKind.NOTE if said["visibility"] == Visibility.INTERNAL else LetterKind.REPLY
    files = [
        one.after
        for one in rows
        if one.entity == "attachment" and one.after is not None and one.after["message_id"] == row.entity_id
    ]
    kept = [KeptFile(one["name"], one["sha256"], one["size"], one["media_type"]) for one in reversed(files)]
    return Written(said["body"], LetterKind.FORWARD if to else kind, to, files=tuple(kept))


def _whose(change: Change, message: Message) -> str:
    if message.agent_id == change.actor.id:
        return YOURS
    return f"; the text is {change.get(Agent, message.agent_id or 0).handle}'s draft again"
