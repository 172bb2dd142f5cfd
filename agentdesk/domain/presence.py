"""Whether somebody is at work, and when that changes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from agentdesk.domain.sla import Calendar, open_intervals

_AHEAD: Final = (timedelta(days=14), timedelta(days=400))
"""How far to look: most people are back within two weeks, and who is not back within a year has no date to tell."""
_DAY: Final = "%a %Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody is there.

    Attributes:
        is_on: they are.
        until: when that ends, aware UTC; None where it does not within a year.
    """

    is_on: bool
    until: datetime | None = None


ALWAYS_THERE: Final = Presence(is_on=True)
"""Who has no shift is taken to be there."""


def presence(hours: Calendar, at: datetime) -> Presence:
    """Whether somebody with these hours is at work at an instant; the end of a shift is outside it."""
    found = Presence(is_on=False)
    for ahead in _AHEAD:
        stretches = open_intervals(hours, at, at + ahead)
        if not stretches:
            continue
        opens, closes = stretches[0]
        if opens > at:
            return Presence(is_on=False, until=opens)
        found = Presence(is_on=True)
        if closes < at + ahead:
            return Presence(is_on=True, until=closes)
    return found


def off_words(hours: Calendar, back_at: datetime | None) -> str:
    """`off until Mon 2026-03-09 09:00`, on the wall of the one who is off; `off` where nobody can say until when."""
    return "off" if back_at is None else f"off until {back_at.astimezone(hours.zone):{_DAY}}"
