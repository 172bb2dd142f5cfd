"""Calendars by name: the current version, or the one that `name@number` names; and one that is always open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.holidays import Holiday, read_holidays
from agentdesk.domain.identity import name_key
from agentdesk.domain.near import suggest
from agentdesk.domain.sla import Calendar, parse_day, parse_week
from agentdesk.store.reader import Reader

ALWAYS: Final = ("24x7", "24/7", "always")
"""Names of the calendar that every desk has: open around the clock."""
VERSION_SIGN: Final = "@"


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One version of a calendar; `number` 0 is the one that every desk has.

    Attributes:
        hours: as `parse_week` reads them.
        holidays: `{"date": ..., "name": ...}` in order.
        exceptions: a day as `parse_day` reads it, by date.
        created_at: when this version was made.
    """

    id: int
    name: str
    number: int
    zone: str
    hours: str
    holidays: tuple[dict[str, str], ...]
    exceptions: dict[str, str]
    is_current: bool
    created_at: datetime

    @property
    def ref(self) -> str:
        """`UK@2`: what names this version."""
        return f"{self.name}{VERSION_SIGN}{self.number}" if self.number else self.name

    @property
    def closed_dates(self) -> tuple[Holiday, ...]:
        """The holidays with their names."""
        return read_holidays(self.holidays)

    def as_calendar(self) -> Calendar:
        """What the clocks count in."""
        return Calendar(
            ZoneInfo(self.zone),
            parse_week(self.hours),
            frozenset(one.on for one in self.closed_dates),
            {date.fromisoformat(on): parse_day(hours, on) for on, hours in self.exceptions.items()},
            self.ref,
        )


_SELECT = (
    "SELECT id, name, number, zone, hours, holidays, exceptions, is_current, created_at FROM calendar "
    "WHERE {where} ORDER BY name_key, number"
)
_CURRENT = _SELECT.format(where="is_current")
_EVERY = _SELECT.format(where="1 = 1")
_OF_NAME = _SELECT.format(where="name_key = :key")


def calendars(read: Reader, *, every: bool = False) -> list[CalendarRow]:
    """The current version of every calendar by name, or every version there is."""
    return read.rows(CalendarRow, _EVERY if every else _CURRENT)


def calendar_versions(read: Reader, name: str) -> list[CalendarRow]:
    """Every version of a calendar, the first one first; none where there is no such calendar."""
    return read.rows(CalendarRow, _OF_NAME, {"key": name_key(name)})


def calendar_by_name(read: Reader, text: str, zone: ZoneInfo) -> CalendarRow:
    """The calendar that people call `text`.

    Args:
        read: the snapshot.
        text: a name for its current version, `UK@2` for another one, or `24x7`.
        zone: whose wall the clock of `24x7` hangs on.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names, or the versions there are.
    """
    wanted = text.strip()
    if is_always(wanted):
        return _always(zone, read.now)
    name, sign, number = wanted.rpartition(VERSION_SIGN)
    versions = calendar_versions(read, name if sign else wanted)
    found = [one for one in versions if (str(one.number) == number if sign else one.is_current)]
    if not found:
        raise _not_found(read, wanted, versions)
    return found[0]


def is_always(name: str) -> bool:
    """Whether a name is that of the calendar that every desk has."""
    return name.strip().lower() in ALWAYS


def _not_found(read: Reader, text: str, versions: Sequence[CalendarRow]) -> NotFoundError:
    if versions:
        name, numbers = versions[-1].name, ", ".join(str(one.number) for one in versions)
        return NotFoundError("calendar", text, f"{name} has these versions: {numbers}.")
    known = [(one.name, one.name) for one in calendars(read)]
    return NotFoundError(
        "calendar", text, suggest(text, [*known, (ALWAYS[0], ALWAYS[0])]) or f"Known: {ALWAYS[0]}."
    )


def _always(zone: ZoneInfo, now: datetime) -> CalendarRow:
    """A machine may name its zone by a file of its own; then UTC is as good, for nothing ever closes."""
    try:
        name = ZoneInfo(str(zone)).key
    except (ValueError, OSError, KeyError):
        name = "UTC"
    return CalendarRow(0, ALWAYS[0], 0, name, "every day 00:00-24:00", (), {}, True, now)
