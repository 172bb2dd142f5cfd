"""What a third party reads of a conversation: what the customer and the desk said to each other, and nothing internal."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.safe_text import block, line
from agentdesk.domain.vocabulary import Visibility


def quote_conversation(subject: str, messages: Iterable[Any], zone: ZoneInfo) -> str:
    """The public messages as a mail quotes them, oldest first; empty where there are none.

    Args:
        subject: of the ticket.
        messages: rows with `at, author, visibility, body`.
        zone: whose clock the times are written for.
    """
    told = [_quoted(one, zone) for one in messages if one.visibility == Visibility.PUBLIC]
    return "\n\n".join([f"---------- Forwarded: {line(subject)} ----------", *told]) if told else ""


def _quoted(message: Any, zone: ZoneInfo) -> str:
    at = f"{message.at.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    rows = [f"> {row}".rstrip() for row in block(message.body).split("\n")]
    return "\n".join([f"{line(message.author) or 'Customer'} wrote on {at}:", *rows])
