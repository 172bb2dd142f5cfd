"""A second way to count: one minute after the other, from UTC to the wall, without `fold` and without intervals."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agentdesk.domain.sla import Calendar

MINUTE = timedelta(minutes=1)


def to_utc(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The first instant at which the wall shows a time; if it never does, as much later as the offset before says."""
    wall = datetime.combine(day, time()) + minute * MINUTE
    guess = wall.replace(tzinfo=UTC)
    offsets = [(guess + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (-26, 0, 26)]
    candidates = sorted({guess - offset for offset in offsets if offset is not None})
    shown = [instant for instant in candidates if instant.astimezone(zone).replace(tzinfo=None) == wall]
    assert offsets[0] is not None
    return shown[0] if shown else guess - offsets[0]


def is_open(stretches: list[tuple[datetime, datetime]], instant: datetime) -> bool:
    return any(opens <= instant < closes for opens, closes in stretches)


def stretches_near(calendar: Calendar, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    day = first.date() - timedelta(days=3)
    found = []
    while day <= last.date() + timedelta(days=3):
        if day in calendar.exceptions:
            hours = calendar.exceptions[day]
        else:
            hours = () if day in calendar.holidays else calendar.week[day.weekday()]
        found += [(to_utc(day, a, calendar.zone), to_utc(day, b, calendar.zone)) for a, b in hours]
        day += timedelta(days=1)
    return found


def count_minutes(
    calendar: Calendar, start: datetime, end: datetime, pauses: list[tuple[datetime, datetime]]
) -> int:
    """Minutes that are open and in no pause; every instant given lies on a whole minute."""
    stretches = stretches_near(calendar, start, end)
    count, now = 0, start
    while now < end:
        paused = any(begin <= now < until for begin, until in pauses)
        count += is_open(stretches, now) and not paused
        now += MINUTE
    return count


def find_due(
    calendar: Calendar,
    start: datetime,
    target: int,
    pauses: list[tuple[datetime, datetime]],
    give_up: datetime,
) -> tuple[datetime, datetime] | None:
    """Due and the first working instant after it, by trying each minute; None if they lie beyond `give_up`."""
    stretches = stretches_near(calendar, start, give_up)
    left, now, due = target, start, None
    while now < give_up:
        works = is_open(stretches, now) and not any(a <= now < b for a, b in pauses)
        if left == 0:
            due = due or now
            if works:
                return due, now
        left -= works
        now += MINUTE
    return None
