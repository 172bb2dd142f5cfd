"""An instant in the words of a desk, both ways: `4h`, `tomorrow 9:00`, `mon` in; `11:30, in 35 min` out.

Laws: words are read in the team's zone and the answer is aware UTC, after `now`; a day is a day on the wall, so
that two days across a clock change are still two mornings; what `write_when` says, `parse_when` reads.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from agentdesk.domain.errors import AgentDeskError

MORNING: Final = time(9, 0)
"""When a day is named without an hour."""
EVENING: Final = time(18, 0)
"""When it is said to be tonight."""
MAX_DAYS: Final = 3660
"""Ten years: more is a slip of the finger."""

_EXAMPLES: Final = "Write 90m, 4h, 2d, 11:30, tomorrow 9:00, mon, or 2026-03-02 14:00."
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DURATION = re.compile(r"(?:in |\+)?((?:\d{1,6} ?(?:w|d|h|min|m)[a-z]* ?)+)")
_STEP = re.compile(r"(\d+) ?(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|min|m)(?=[\d ]|$)")
_ISO_DURATION = re.compile(r"p(?:(\d{1,4})w)?(?:(\d{1,5})d)?(?:t(?:(\d{1,6})h)?(?:(\d{1,6})m)?)?")
_CLOCK = re.compile(r"(\d{1,2})(?::|\.|h)(\d{2})(?::\d{2})?|(\d{1,2}) ?(am|pm)|(noon)")


class WhenError(AgentDeskError):
    """Words that name no instant, or one that has passed."""

    def __init__(self, text: str, reason: str = "is not a time I understand") -> None:
        super().__init__(f"“{text}” {reason}. {_EXAMPLES}")


def parse_when(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The instant that words mean.

    Args:
        text: A duration (`90m`, `4h`, `1d 4h`, `PT4H`), a time (`11:30`: the next one), a day with or without a time
            (`today 17:00`, `tomorrow`, `mon 9:00`), or an ISO date or instant.
        now: Aware.
        zone: Whose wall the clock hangs on.

    Returns:
        Aware UTC, after `now`.

    Raises:
        WhenError: the words name no instant, or one that has passed.
    """
    words = " ".join(text.split()).lower()
    if not words:
        raise WhenError(text, "says no time")
    local = now.astimezone(zone)
    try:
        found = _duration(words, now, local) or _named(words, local) or _iso(words, zone)
    except (OverflowError, ValueError):
        raise WhenError(text) from None
    if found is None:
        raise WhenError(text)
    if found <= now:
        raise WhenError(text, f"is past: it is {local:%H:%M} now")
    if found - now > timedelta(days=MAX_DAYS):
        raise WhenError(text, "is more than ten years away")
    return found


def _duration(words: str, now: datetime, local: datetime) -> datetime | None:
    """`now` and some weeks, days, hours and minutes; None if the words are no duration."""
    iso = _ISO_DURATION.fullmatch(words)
    if iso and any(iso.groups()):
        weeks, days, hours, minutes = (int(part or 0) for part in iso.groups())
        return _later(now, local, weeks * 7 + days, hours * 60 + minutes)
    if not _DURATION.fullmatch(words):
        return None
    steps = _STEP.findall(_DURATION.fullmatch(words).group(1))  # type: ignore[union-attr]  # matched above
    days = sum(int(count) * {"w": 7, "d": 1}.get(unit[0], 0) for count, unit in steps)
    minutes = sum(int(count) * {"h": 60, "m": 1}.get(unit[0], 0) for count, unit in steps)
    return _later(now, local, days, minutes)


def _later(now: datetime, local: datetime, days: int, minutes: int) -> datetime:
    """Days count on the wall, hours on the clock."""
    start = (local + timedelta(days=days)).astimezone(UTC) if days else now
    return start.astimezone(UTC) + timedelta(minutes=minutes)


def _named(words: str, local: datetime) -> datetime | None:
    """A time today or tomorrow, or a named day with or without a time."""
    clock = _clock(words)
    if clock is not None:
        today = _on(local.date(), clock, local)
        return today if today > local else _on(local.date() + timedelta(days=1), clock, local)
    name, _, rest = words.partition(" ")
    at = _hour(rest.removeprefix("at ").strip()) if rest else EVENING if name == "tonight" else MORNING
    ahead = _days_ahead(name, local)
    return None if at is None or ahead is None else _on(local.date() + timedelta(days=ahead), at, local)


def _hour(words: str) -> time | None:
    """A time behind the name of a day, where a bare number can only be an hour: `tomorrow 9`."""
    return time(int(words)) if re.fullmatch(r"\d{1,2}", words) else _clock(words)


def _days_ahead(name: str, local: datetime) -> int | None:
    """How many days away a named day is; a weekday is always one to seven days away."""
    near = {"today": 0, "tonight": 0, "tomorrow": 1}.get(name)
    if near is not None:
        return near
    for place, day in enumerate(_DAYS):
        if len(name) >= 3 and day.startswith(name):
            return (place - local.weekday() - 1) % 7 + 1
    return None


def _clock(words: str) -> time | None:
    match = _CLOCK.fullmatch(words)
    if match is None:
        return None
    hour, minute, twelve, half, noon = match.groups()
    if noon:
        return time(12)
    if twelve:
        if not 1 <= int(twelve) <= 12:
            raise ValueError(words)
        return time(int(twelve) % 12 + (12 if half == "pm" else 0))
    return time(int(hour), int(minute))


def _on(day: date, at: time, local: datetime) -> datetime:
    return datetime.combine(day, at, local.tzinfo).astimezone(UTC)


def _iso(words: str, zone: tzinfo) -> datetime | None:
    """An ISO date, which means its morning, or an ISO instant, in `zone` unless it names its own."""
    written = words.upper()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        return datetime.combine(date.fromisoformat(written), MORNING, zone).astimezone(UTC)
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]", written):
        return None
    day, clock = written[:10], written[11:]
    if re.fullmatch(r"\d:\d{2}", clock):
        clock = f"0{clock}"
    instant = datetime.fromisoformat(f"{day}T{clock}")
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


def write_when(instant: datetime, zone: tzinfo) -> str:
    """The form that can be edited and read back: `2026-03-02 14:00`."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def say_when(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """The instant and how far it is: `11:30, in 35 min`, `tomorrow 09:00, in 22 h`, `Mon 09:00, 2 d ago`."""
    far = say_span(instant - now)
    return f"{stamp(instant, now, zone)}, {f'in {far}' if instant >= now else f'{far} ago'}"


def stamp(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """The instant as briefly as it stays clear: `10:42`, `tomorrow 09:00`, `Mon 09:00`, `12 Jan 10:42`."""
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    clock = f"{local:%H:%M}"
    if days == 0:
        return clock
    if days in (-1, 1):
        return f"{'tomorrow' if days > 0 else 'yesterday'} {clock}"
    if 1 < days < 7:
        return f"{local:%a} {clock}"
    if local.year == today.year:
        return f"{local.day} {local:%b} {clock}"
    return f"{local.day} {local:%b %Y} {clock}"


def dated(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """The instant by its day, for what was written on another one: `8 Mar 10:20`, `8 Mar 2025 10:20`."""
    local = instant.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{local.day} {local:%b}{year} {local:%H:%M}"


def brief(instant: datetime, now: datetime, zone: tzinfo | None) -> str:
    """The instant in eleven cells: `10:42`, `Mon 09:00`, `12 Jan`, `12 Jan 2025`."""
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    if days == 0:
        return f"{local:%H:%M}"
    if -7 < days < 7:
        return f"{local:%a %H:%M}"
    return f"{local.day} {local:%b}" if local.year == today.year else f"{local.day} {local:%b %Y}"


def briefest(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """The instant in eight cells: `10:42` of today, `12 Jan` of this year, `Jan 2024`."""
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}" if local.year == today.year else f"{local:%b %Y}"


def say_day(day: date, today: date) -> str:
    """A day as a heading: `today`, `Monday 2 March`, `Monday 3 March 2025`."""
    if day == today:
        return "today"
    return f"{day:%A} {day.day} {day:%B}{'' if day.year == today.year else f' {day.year}'}"


def exact(instant: datetime, zone: tzinfo) -> str:
    """The whole instant, to the second: `3 Mar 2026 10:42:05`."""
    local = instant.astimezone(zone)
    return f"{local.day} {local:%b %Y %H:%M:%S}"


def say_span(delta: timedelta) -> str:
    """A length of time in two steps at most: `35 min`, `1 h 20 min`, `22 h`, `3 d`."""
    minutes = round(abs(delta).total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} min" if minutes else "less than a minute"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest} min" if rest and hours < 6 else f"{hours} h"
    days = round(hours / 24)
    return f"{days} d" if days < 60 else f"{round(days / 30)} months"
