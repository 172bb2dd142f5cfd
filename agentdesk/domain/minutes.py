"""Lengths of working time, both ways: `90m`, `1h 30m`, `2d`, `PT4H` in; `1 h 30 min` out.

A day is 24 hours of open time, whatever the calendar: a target is a number of minutes, and the same one for all.
"""

import re
from typing import Final

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.quoting import quoted

_MOST: Final = 200 * 366 * 24 * 60
"""No calendar is laid out further."""
_PLAIN = re.compile(
    r"(?:(\d{1,9}) ?d(?:ays?)?)? ?(?:(\d{1,9}) ?h(?:ours?)?)? ?(?:(\d{1,9}) ?m(?:in(?:utes?)?)?)?", re.ASCII
)
_ISO = re.compile(r"p(?:(\d{1,9})d)?(?:t(?=\d)(?:(\d{1,9})h)?(?:(\d{1,9})m)?)?", re.ASCII)


class MinutesError(AgentDeskError):
    """Words that are no length of time, or one that no promise has."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{quoted(text)} {reason}. Write 90m, 4h, 1h30m, 2d or PT4H.")


def parse_minutes(text: str) -> int:
    """The minutes that words mean, at least 1.

    Raises:
        MinutesError: they mean none, or more than a calendar has.
    """
    words = " ".join(text.lower().split())
    match = _PLAIN.fullmatch(words) or _ISO.fullmatch(words)
    if words.isdecimal():
        raise MinutesError(text, "names no unit")
    if match is None or not any(match.groups()):
        raise MinutesError(text, "is no length of time")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    total = (days * 24 + hours) * 60 + minutes
    if not 1 <= total <= _MOST:
        raise MinutesError(text, "is less than a minute" if total < 1 else "is more than 200 years")
    return total


def say_minutes(minutes: int) -> str:
    """`45 min`, `3 h 15 min`, `48 h`; exact."""
    hours, rest = divmod(minutes, 60)
    told = [f"{hours} h"] if hours else []
    if rest or not hours:
        told.append(f"{rest} min")
    return " ".join(told)
