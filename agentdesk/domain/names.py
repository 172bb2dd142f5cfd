"""What a calendar, policy, rule, view, queue or tag may be called: one line that a table and a terminal can show whole."""

from collections.abc import Iterable
from typing import Final

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.safe_text import UNSAFE

LONGEST: Final = 60
"""Characters a name has at most."""


def checked_name(name: str, what: str) -> str:
    """The name with single spaces.

    Args:
        name: as typed.
        what: who needs it, as the sentence begins: `A queue`.

    Raises:
        InvalidValueError: it is empty, longer than `LONGEST`, or holds a character that cannot be shown.
    """
    called = " ".join(name.split())
    if not called:
        raise InvalidValueError("name", name, hint=f"{what} needs a name.")
    if any(ord(char) in UNSAFE for char in name.strip()):
        raise InvalidValueError("name", name, hint="Leave out the control characters.")
    if len(called) > LONGEST:
        hint = f"It has {len(called)} characters; {what.lower()} has at most {LONGEST}."
        raise InvalidValueError("name", name, hint=hint)
    return called


def tag_words(names: Iterable[str]) -> list[str]:
    """Tags as they are kept: in small letters, hyphens for spaces, each once."""
    return list(dict.fromkeys(tag for name in names if (tag := "-".join(name.split()).lower())))
