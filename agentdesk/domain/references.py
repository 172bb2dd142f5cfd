"""References: `T-1042` for a ticket and `KB-12` for an article outside, the number inside, never reused."""

import re

from agentdesk.domain.errors import InvalidValueError

_ARTICLE = re.compile(r"(?:KB-|#)?(\d{1,18})", re.IGNORECASE)
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


def article_ref(article_id: int) -> str:
    """`KB-12` for 12."""
    return f"KB-{article_id}"


def article_id(text: str) -> int:
    """12 for `KB-12`, `kb-12`, `#12` or `12`.

    Raises:
        InvalidValueError: the text is no reference of an article.
    """
    match = _ARTICLE.fullmatch(text.strip())
    if match is None:
        raise InvalidValueError(
            "article", text, hint="An article is written KB-12; see: agentdesk article list"
        )
    return int(match.group(1))
