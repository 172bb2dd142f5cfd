"""What ends an agent's replies, below a line of two dashes: readers fold it, mail programs leave it out of quotes.

Laws: a text that has such a line is signed already; without a signature a text stays as it is.
"""

from typing import Final

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.placeholders import check_placeholders
from agentdesk.domain.safe_text import block

SIGNATURE: Final = "signature"
"""The key of an agent's own setting that holds it."""
MOST_LINES: Final = 10
"""Short enough to be folded; `domain.quotes` takes a longer tail for text."""
LONGEST_LINE: Final = 200
_DASHES: Final = "\n-- \n"


def checked_signature(text: str) -> str:
    """A signature as it is kept, without blank lines around it and without the line of dashes.

    Raises:
        InvalidValueError: it is empty, or has too many or too long lines.
        UnknownPlaceholderError: something in double braces means nothing.
    """
    lines = [one.rstrip() for one in block(text).strip().split("\n")]
    lines = lines[1:] if lines[0] == "--" else lines
    if not any(lines):
        raise InvalidValueError("signature", text, hint="agentdesk agent signature --clear takes it away.")
    if len(lines) > MOST_LINES or any(len(one) > LONGEST_LINE for one in lines):
        hint = f"It may have {MOST_LINES} lines of {LONGEST_LINE} characters."
        raise InvalidValueError("signature", lines[0], hint=hint)
    check_placeholders(text)
    return "\n".join(lines)


def signed(text: str, signature: str) -> str:
    """The text with the signature below it."""
    if not signature or _DASHES in f"\n{text}\n":
        return text
    return f"{text.rstrip()}\n{_DASHES}{signature}"


def length_above(text: str) -> int:
    """How many characters of a text stand above its signature; all of them where it has none."""
    at = f"\n{text}".rfind(_DASHES)
    return len(text) if at < 0 else len(text[:at].rstrip())
