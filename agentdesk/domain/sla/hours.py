"""Opening hours as people write them, both ways: `Mon-Fri 08:00-12:00,13:00-17:00; Sat 09:00-12:00`.

A day is a tuple of half-open spans in minutes after local midnight, sorted, apart from each other; 24:00 is 1440.
What `spell_week` writes, `parse_week` reads back to the same week. A span over midnight becomes two.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from agentdesk.domain.sla.errors import HoursError

Span = tuple[int, int]
"""Start and end in minutes after local midnight; the end is outside."""
Day = tuple[Span, ...]
"""The open spans of one day."""
Week = tuple[Day, ...]
"""Seven days, Monday first."""

MIDNIGHT: Final = 24 * 60
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALWAYS: Final = {"24/7", "24x7", "always"}
_EVERY_DAY: Final = {"every day", "daily"}
_DASH: Final = re.compile(r"\s*[-\N{EN DASH}]\s*")
_PART: Final = re.compile(r"(?P<days>\D*?)\s*(?P<times>\d.*|closed)", re.IGNORECASE)
_TIME: Final = re.compile(r"(\d{1,2})(?::(\d{2}))?")


def parse_week(text: str) -> Week:
    """The week that a spelling means.

    Args:
        text: parts separated by `;` or new lines, each one days and times: `Mon-Fri 09:00-17:00; Sat,Sun 10-12`,
            `every day 00:00-24:00` (or `24/7`), `closed`. Parts that name the same day add up.

    Raises:
        HoursError: the sentence names the part and what is wrong with it.
    """
    words = text.strip().lower()
    if words in _ALWAYS:
        return (((0, MIDNIGHT),),) * 7
    if words == "closed":
        return ((),) * 7
    parts = [(f"part {at} “{part}”", part) for at, part in enumerate(_split(text), 1)]
    if not parts:
        raise HoursError("as given", "they are empty. Write for example Mon-Fri 09:00-17:00, or closed.")
    week: list[list[Span]] = [[] for _ in DAYS]
    for place, part in parts:
        _add_part(week, part, place)
    return tuple(clean_day(day, DAYS[at]) for at, day in enumerate(week))


def parse_day(text: str, place: str) -> Day:
    """The spans of one date: `10:00-14:00,15:00-16:00`, or `closed`.

    Raises:
        HoursError: the times cannot be read, or run over midnight, which belongs to the next date.
    """
    if text.strip().lower() == "closed":
        return ()
    spans = [_span(one, place) for one in text.split(",")]
    if any(end <= start for start, end in spans):
        raise HoursError(place, "they run over midnight. End them at 24:00 and name the next date too.")
    return clean_day(spans, place)


def clean_day(spans: Iterable[Span], place: str) -> Day:
    """The spans in order, touching ones joined.

    Raises:
        HoursError: a span is empty or outside the day, or two of them overlap.
    """
    day: list[Span] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= MIDNIGHT:
            raise HoursError(place, f"minutes {start} to {end} are no stretch of one day (0 to {MIDNIGHT}).")
        if day and start < day[-1][1]:
            raise HoursError(
                place, f"open twice from {_clock(start)} to {_clock(min(end, day[-1][1]))}. Name it once."
            )
        if day and start == day[-1][1]:
            day[-1] = (day[-1][0], end)
        else:
            day.append((start, end))
    return tuple(day)


def spell_day(day: Day) -> str:
    """`08:00-12:00,13:00-17:00`, or `closed`."""
    return ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in day) or "closed"


def spell_week(week: Sequence[Day]) -> str:
    """The spelling that `parse_week` reads: days with the same hours stand together, closed ones are left out."""
    groups: dict[Day, list[int]] = {}
    for at, day in enumerate(week):
        if day:
            groups.setdefault(day, []).append(at)
    return "; ".join(f"{_spell_days(days)} {spell_day(day)}" for day, days in groups.items()) or "closed"


def _split(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"[;\n]", text) if part.strip()]


def _add_part(week: list[list[Span]], part: str, place: str) -> None:
    match = _PART.fullmatch(part)
    if match is None:
        raise HoursError(place, "it has no times. Write for example Sat 09:00-12:00.")
    days = _days(match["days"].strip(), place)
    if match["times"].lower() == "closed":
        return
    for start, end in (_span(one, place) for one in match["times"].split(",")):
        for day in days:
            week[day].append((start, end if end > start else MIDNIGHT))
            if 0 < end < start:
                week[(day + 1) % 7].append((0, end))


def _days(text: str, place: str) -> list[int]:
    """Numbers of the named days, Monday 0; a range may run over Sunday."""
    if not text:
        raise HoursError(place, "it names no day. Write for example Mon-Fri 09:00-17:00.")
    if text.lower() in _EVERY_DAY:
        return list(range(7))
    days: list[int] = []
    for one in text.split(","):
        first, *rest = (_day(name, place) for name in _DASH.split(one.strip(), maxsplit=1))
        last = rest[0] if rest else first
        days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return days


def _day(name: str, place: str) -> int:
    wanted = name.strip(" .:").lower()
    for at, full in enumerate(_FULL):
        if len(wanted) >= 2 and full.startswith(wanted):
            return at
    raise HoursError(place, f"“{name}” is no day. Write Mon, Tue, Wed, Thu, Fri, Sat, Sun or every day.")


def _span(text: str, place: str) -> Span:
    """Start and end; an end at or before the start is on the next day."""
    ends = _DASH.split(text.strip())
    if len(ends) != 2:
        raise HoursError(place, f"“{text.strip()}” is no stretch of time. Write for example 09:00-17:00.")
    start, end = (_minute(one, place) for one in ends)
    if start == MIDNIGHT:
        raise HoursError(place, "nothing opens at 24:00. Write 00:00 on the next day.")
    if start == end:
        raise HoursError(place, f"“{text.strip()}” has no length. For a whole day write 00:00-24:00.")
    return start, end


def _minute(text: str, place: str) -> int:
    match = _TIME.fullmatch(text)
    hour, minute = (int(part or 0) for part in match.groups()) if match else (99, 0)
    if minute > 59 or hour * 60 + minute > MIDNIGHT:
        raise HoursError(place, f"“{text}” is no time of day. Write 00:00 to 24:00.")
    return hour * 60 + minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _spell_days(days: Sequence[int]) -> str:
    """`every day`, `Mon-Fri`, `Mon,Wed`: three or more in a row become a range."""
    if len(days) == len(DAYS):
        return "every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run)
        for run in runs
    ]
    return ",".join(names)
