"""The times of a query: days, instants and distances from now, each read as a stretch of time.

A day is a stretch from midnight to midnight on the team's wall; a distance is a single instant. Days and weeks
count on the wall, hours and minutes on the clock. Nothing here knows what time it is: it is told.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

NAMED_DAYS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
MAX_DAYS: Final = 36_600
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 9000
"""Stored instants are compared as text of four-digit years."""
_DISTANCE = re.compile(r"([+-]?)(\d{1,6})(min|w|d|h|m)", re.ASCII)
_ISO = re.compile(
    r"([+-]?)p(?=.)(?:(\d{1,5})w)?(?:(\d{1,5})d)?(?:t(?=.)(?:(\d{1,6})h)?(?:(\d{1,6})m)?)?", re.ASCII
)
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})t(\d{2}:\d{2})(?::(\d{2}))?(z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)

EXAMPLES: Final = "Write 2026-03-02, today, -7d, 4h or 2026-03-01..2026-03-07."


def stretch(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of what `text` names and the first one after it; equal for a distance such as `-7d`.

    Args:
        text: a date, a month, `today`, an ISO instant (to the minute or second), or a distance from now.
        now: aware.
        zone: whose midnights bound a day.

    Raises:
        ValueError: the text names no time that a calendar has.
    """
    words = text.lower()
    try:
        found = _day(words, now, zone) or _instant(words, zone) or _distance(words, now, zone)
    except OverflowError:
        raise ValueError(text) from None
    if found is None or not _FIRST_YEAR <= found[0].year <= _LAST_YEAR:
        raise ValueError(text)
    return found


def is_distance(text: str) -> bool:
    """Whether the text is a distance from now rather than a time of its own."""
    return bool(_DISTANCE.fullmatch(text.lower()) or _ISO.fullmatch(text.lower()))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _day(words: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    if words in NAMED_DAYS:
        first = now.astimezone(zone).date() + timedelta(days=NAMED_DAYS[words])
    elif _DAY.fullmatch(words):
        first = date.fromisoformat(words)
    elif _MONTH.fullmatch(words):
        first = date.fromisoformat(f"{words}-01")
        after = (first + timedelta(days=31)).replace(day=1)
        return _midnight(first, zone), _midnight(after, zone)
    else:
        return None
    return _midnight(first, zone), _midnight(first + timedelta(days=1), zone)


def _instant(words: str, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    match = _INSTANT.fullmatch(words)
    if match is None:
        return None
    day, clock, seconds, offset = match.groups()
    local = datetime.fromisoformat(f"{day}T{clock}:{seconds or '00'}{(offset or '').upper()}")
    start = (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)
    return start, start + timedelta(seconds=1 if seconds else 60)


def _distance(words: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    days, minutes = _steps(words)
    if days is None:
        return None
    if abs(days) + abs(minutes) / 1440 > MAX_DAYS:
        raise OverflowError(words)
    local = now.astimezone(zone) + timedelta(days=days) if days else now
    there = local.astimezone(UTC) + timedelta(minutes=minutes)
    return there, there


def _steps(words: str) -> tuple[int | None, int]:
    """Days and minutes of a distance; None days where it is none."""
    match = _DISTANCE.fullmatch(words)
    if match:
        sign, count, unit = match.groups()
        number = -int(count) if sign == "-" else int(count)
        days = {"w": 7, "d": 1}.get(unit, 0) * number
        return days, number * {"h": 60, "m": 1, "min": 1}.get(unit, 0)
    iso = _ISO.fullmatch(words)
    if iso is None:
        return None, 0
    weeks, days, hours, minutes = (int(part or 0) for part in iso.groups()[1:])
    sign_factor = -1 if iso.group(1) == "-" else 1
    return sign_factor * (weeks * 7 + days), sign_factor * (hours * 60 + minutes)
