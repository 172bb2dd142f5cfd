"""Closed dates from an iCalendar file (RFC 5545): all-day events of one or more days, once or every year.

An event from midnight to midnight is all day too, because some programs write them so. What has times of day or
repeats otherwise closes no date; it is left out, and each is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.holidays import Holiday, Years, merge_holidays
from agentdesk.domain.quoting import quoted

MOST_BYTES: Final = 5_000_000
_DAY: Final = timedelta(days=1)
_RULE_PARTS: Final = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"),
    *("BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"),
}
_DATES: Final = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")


class HolidayFileError(AgentDeskError):
    """A file that is no calendar of dates."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason} Export the calendar as iCalendar (.ics) and repeat.")


@dataclass(frozen=True, slots=True)
class HolidayFile:
    """What a file says.

    Attributes:
        holidays: in order, each date once.
        outside: dates that lie in other years than were asked for.
        left_out: a sentence for each event that closes no date.
    """

    holidays: tuple[Holiday, ...]
    outside: int
    left_out: tuple[str, ...]


class _LeftOutError(Exception):
    """An event that closes no date; `str()` is why, as it reads after its name."""


def read_holiday_file(content: bytes, name: str, years: Years) -> HolidayFile:
    """The closed dates of an iCalendar file.

    Args:
        content: the file.
        name: what to call it in a sentence.
        years: which dates are wanted; a yearly event has one in each.

    Raises:
        HolidayFileError: it is no iCalendar file, holds no event, or is larger than `MOST_BYTES`.
    """
    if len(content) > MOST_BYTES:
        raise HolidayFileError(
            name, f"is larger than {MOST_BYTES // 1_000_000} MB: that is no list of holidays."
        )
    events = _events(content.decode("utf-8-sig", errors="replace"), name)
    moved = set(_moved(events))
    found: list[Holiday] = []
    left_out: list[str] = []
    outside = 0
    for event in events:
        called = " ".join(str(event.get("SUMMARY", "")).split())
        try:
            days, starts = _times(event, years, moved)
        except _LeftOutError as why:
            left_out.append(f"{quoted(called or 'An event without a name')} {why}.")
            continue
        dates = [on for start in starts for on in _dates(start, days, years)]
        outside += 0 if "RRULE" in event else days * len(starts) - len(dates)
        found += [Holiday(on, called) for on in dates]
    return HolidayFile(merge_holidays((), found), outside, tuple(left_out))


def _events(text: str, name: str) -> list[Any]:
    import icalendar  # noqa: PLC0415  only this reads iCalendar

    try:
        parts = icalendar.Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError):
        raise HolidayFileError(name, "is no iCalendar file.") from None
    events = [event for part in parts for event in part.walk("VEVENT")]
    if not events:
        raise HolidayFileError(name, "holds no event.")
    return events


def _moved(events: list[Any]) -> Iterator[tuple[str, date]]:
    """Single times of repeated events that an event of their own replaces or cancels."""
    for event in events:
        if "RECURRENCE-ID" in event and _is_readable(event):
            yield str(event.get("UID")), _day(event["RECURRENCE-ID"].dt)


def _is_readable(event: Any) -> bool:
    try:
        return all(hasattr(event[name], "dt") for name in _DATES if name in event)
    except ValueError:
        return False


def _times(event: Any, years: Years, moved: set[tuple[str, date]]) -> tuple[int, list[date]]:
    """How many dates an event closes each time, and the first date of each time."""
    if str(event.get("STATUS", "")).strip().upper() == "CANCELLED":
        raise _LeftOutError("was cancelled")
    first, days = _first_and_days(event)
    try:
        told = [first, *_listed(event, "RDATE"), *_repeated(event, first, days, years)]
        excepted = set(_listed(event, "EXDATE"))
    except (ValueError, AttributeError, OverflowError):
        raise _LeftOutError("repeats by a rule that cannot be read") from None
    if "RECURRENCE-ID" not in event:
        excepted |= {on for uid, on in moved if uid == str(event.get("UID"))}
    return days, sorted(set(told) - excepted)


def _first_and_days(event: Any) -> tuple[date, int]:
    """The first date of an all-day event, and how many dates it closes."""
    if "DTSTART" not in event or not _is_readable(event):
        raise _LeftOutError("has no date that can be read")
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = start + event["DURATION"].dt
    if not _is_midnight(start) or (end is not None and not _is_midnight(end)):
        raise _LeftOutError("has times of day, and closes no whole date")
    if end is None and isinstance(start, datetime):
        raise _LeftOutError("has a time of day and no end")
    first = _day(start)
    return first, max((_day(end) - first).days, 1) if end is not None else 1


def _repeated(event: Any, first: date, days: int, years: Years) -> Iterator[date]:
    """The first dates of a yearly event, where they lie in the years or reach into them."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415  only a yearly event needs it

    rule: Any = event.get("RRULE")
    if rule is None:
        return
    if not hasattr(rule, "items"):  # two rules are a list, and a broken one is text
        raise _LeftOutError("repeats by a rule that cannot be read")
    if [str(one).upper() for one in rule.get("FREQ", ())] != ["YEARLY"] or set(rule) - _RULE_PARTS:
        raise _LeftOutError("repeats in another way than every year")
    if any(int(one) < 1 for one in rule.get("INTERVAL", ())):
        raise _LeftOutError("repeats every 0 years")
    parts = [part for part in rule.to_ical().decode().split(";") if not part.startswith("UNTIL=")]
    if until := rule.get("UNTIL"):
        parts.append(f"UNTIL={_local_day(until[0], event['DTSTART'].dt):%Y%m%d}")
    occurrences = rrulestr(";".join(parts), dtstart=datetime.combine(first, time()))
    earliest = datetime.combine(date(years.first, 1, 1) - days * _DAY, time())
    latest = datetime.combine(date(years.last, 12, 31), time())
    yield from (one.date() for one in occurrences.between(earliest, latest, inc=True))


def _listed(event: Any, name: str) -> Iterator[date]:
    """The dates of a property that may stand once or several times, each with one or several values."""
    told = event.get(name, [])
    for group in told if isinstance(told, list) else [told]:
        yield from (_day(one.dt) for one in group.dts if isinstance(one.dt, date))


def _dates(start: date, days: int, years: Years) -> Iterator[date]:
    """The dates of one time, as far as they lie in the years."""
    first = max(start, date(years.first, 1, 1))
    last = min(start + (days - 1) * _DAY, date(years.last, 12, 31))
    for step in range((last - first).days + 1):
        yield first + step * _DAY


def _is_midnight(at: date) -> bool:
    return not isinstance(at, datetime) or at.time() == time()


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _local_day(until: date, start: date) -> date:
    """The last date of a rule: its instant is in UTC, its dates are on the wall of the event."""
    if isinstance(until, datetime) and until.tzinfo and isinstance(start, datetime):
        return until.astimezone(start.tzinfo or UTC).date()
    return _day(until)
