"""Ticket references: `T-1042` outside, the number inside, never reused."""

import re

from agentdesk.domain.errors import InvalidValueError

_REF = re.compile(r"(?:T-|#)?(\d{1,18})", re.IGNORECASE)


def ticket_ref(ticket_id: int) -> str:
    """`T-1042` for 1042."""
    return f"T-{ticket_id}"


def ticket_id(text: str) -> int:
    """1042 for `T-1042`, `t-1042`, `#1042` or `1042`.

    Raises:
        InvalidValueError: the text is no ticket reference.
    """
    match = _REF.fullmatch(text.strip())
    if match is None:
        raise InvalidValueError("ticket", text, hint="A ticket is written T-1042.")
    return int(match.group(1))
