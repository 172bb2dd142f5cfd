"""What an agent said and took back is their draft again, with all that went with it; said after all, it is no draft."""

from collections.abc import Sequence
from typing import Any

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, Visibility
from agentdesk.domain.written import KeptFile, LetterKind, Written
from agentdesk.models import Agent, Journal, Message
from agentdesk.services import drafts
from agentdesk.store.change import Change


def bring_words_back(change: Change, rows: Sequence[Journal]) -> list[str]:
    """Move the words of a change that is taken back, or done again, to drafts or from them.

    Args:
        change: the transaction.
        rows: the journal of what is taken back.

    Returns:
        What each message was, in words; empty where the change said nothing.
    """
    told: list[str] = []
    for row in rows:
        said = row.after or row.before or {}
        if row.entity != "message" or None not in (row.before, row.after):
            continue
        if said.get("author_kind") != AuthorKind.AGENT:
            continue
        message = Message(**{name: said[name] for name in ("agent_id", "ticket_id", "visibility", "body")})
        words = f"{_noun(said)} {ticket_ref(message.ticket_id)}"
        if row.after is None:
            drafts.drop_said_draft(change, message)
        elif drafts.bring_back_draft(change, message, _written(row, said, rows).extra()):
            words += f"; the text is {_whose(change, message)} draft again"
        told.append(words)
    return told


def _noun(said: dict[str, Any]) -> str:
    if said.get("recipient"):
        return "forward of"
    return "internal note on" if said.get("visibility") == Visibility.INTERNAL else "reply to"


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
    is_mine = message.agent_id == change.actor.id
    return "your" if is_mine else f"{change.get(Agent, message.agent_id or 0).handle}'s"
