"""Days, periods and instants as a page prints them: fixed English words, never those of the machine's locale."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def weekday_text(day: date) -> str:
    """`Mon`."""
    return _WEEKDAYS[day.weekday()]


def day_text(day: date) -> str:
    """`Mon 2 Mar`: for the body of a report, whose header has the year."""
    return f"{weekday_text(day)} {day.day} {_MONTHS[day.month - 1]}"


def iso_day_text(day: date) -> str:
    """`Mon 2026-03-02`: for headers."""
    return f"{weekday_text(day)} {day.isoformat()}"


def as_of_text(instant: datetime, zone: str) -> str:
    """`Tue 2026-03-03 08:30`, in the zone."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{iso_day_text(local.date())} {local:%H:%M}"


def instant_text(instant: datetime, zone: str, as_of: datetime) -> str:
    """An instant as short as it can be understood on the day of the report: the date is left out on that day."""
    local = instant.astimezone(ZoneInfo(zone))
    today = as_of.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    day = day_text(local.date()) if local.year == today.year else local.date().isoformat()
    return f"{day} {local:%H:%M}"


def period_text(start: datetime, end: datetime, zone: str, *, iso: bool = False) -> str:
    """A half-open period in the zone: one day, whole days from first to last, or two instants.

    Args:
        start: first instant.
        end: first instant after it.
        zone: IANA name.
        iso: dates as numbers, with the year.
    """
    first, after = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    say = iso_day_text if iso else day_text
    if not (_is_midnight(first) and _is_midnight(after)):
        return f"{say(first.date())} {first:%H:%M} to {say(after.date())} {after:%H:%M}"
    last = after.date() - timedelta(days=1)
    return say(last) if last <= first.date() else f"{say(first.date())} to {say(last)}"


def count_text(number: int, one: str, many: str = "") -> str:
    """`1 ticket`, `2 tickets`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _is_midnight(local: datetime) -> bool:
    return local.hour == local.minute == local.second == local.microsecond == 0
