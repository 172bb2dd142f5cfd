"""What a calendar, policy, rule, view or queue may be called: one line that a table and a terminal can show whole."""

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
