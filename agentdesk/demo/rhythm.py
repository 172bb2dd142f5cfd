"""When things happen at the sample desk: weekdays from 7 to 20, thin weekends, one bad day, and life until now."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from random import Random

DAYS = 60
BAD_DAY = 23
"""Days before the end on which the app was down."""
WEEKEND = 5
"""The first weekday on which hardly anybody works."""
_WEEKDAYS = (1.18, 1.08, 1.02, 1.0, 0.98, 0.27, 0.2)
_UNEVEN = 0.07
"""How much days of the same load differ."""
_HOURS = (2, 5, 8, 9, 8, 6, 6, 7, 7, 6, 5, 4, 3, 2)
"""From 7 o'clock on."""
_LAST_HOURS = 8
"""How many of the newest tickets came in just now, whatever the hour: a desk that is looked at is awake."""
_AWAKE = timedelta(hours=3)


OUTAGE = (timedelta(hours=5, minutes=40), timedelta(hours=15, minutes=20))
"""From when to when of the bad day."""


def bad_day(now: datetime, zone: tzinfo) -> datetime:
    """Midnight of the day of the outage, a working day."""
    day = (now - timedelta(days=BAD_DAY)).astimezone(zone)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def days(now: datetime, zone: tzinfo) -> list[datetime]:
    """The midnights of the last `DAYS` days, today's the last."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return [midnight - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]


def arrivals(rng: Random, now: datetime, zone: tzinfo, count: int) -> list[datetime]:
    """The instants at which tickets come in, oldest first, all within `DAYS` days before `now`.

    Args:
        rng: where chance comes from.
        now: the present.
        zone: of the desk.
        count: about how many there would be if today were over.
    """
    end = now - timedelta(minutes=3)
    bad = bad_day(now, zone).date()
    window = days(now, zone)
    loads = [_WEEKDAYS[day.weekday()] * (2.6 if day.date() == bad else 1.0) for day in window]
    found = [end - timedelta(seconds=rng.uniform(0, _AWAKE.total_seconds())) for _ in range(_LAST_HOURS)]
    for day, load in zip(window, loads, strict=True):
        for _ in range(round(count * load / sum(loads) * rng.gauss(1, _UNEVEN))):
            night = rng.random() < 0.04
            hour = (
                rng.uniform(0, 24) if night else 7 + rng.choices(range(len(_HOURS)), _HOURS)[0] + rng.random()
            )
            at = day + timedelta(hours=hour)
            if at < end:
                found.append(at)
    return sorted(at.astimezone(now.tzinfo).replace(microsecond=0) for at in found)


def at_work(rng: Random, at: datetime, now: datetime, zone: tzinfo) -> datetime:
    """`at` if an agent is at the desk then, else some minutes after the desk opens next."""
    if at > now - _AWAKE:
        return at
    local = at.astimezone(zone)
    for _ in range(4):
        opens, shuts = _hours_of(local)
        if local.hour < opens:
            local = local.replace(hour=opens, minute=0) + timedelta(minutes=rng.triangular(2, 150, 25))
        elif local.hour >= shuts or (local.weekday() >= WEEKEND and rng.random() < 0.7):
            local = (local + timedelta(days=1)).replace(hour=0, minute=0)
            continue
        break
    return local.astimezone(at.tzinfo)


def at_desk_before(at: datetime, now: datetime, zone: tzinfo) -> datetime:
    """`at` if somebody may be at the desk then, else when the desk shut before it."""
    if at > now - _AWAKE:
        return at
    local = at.astimezone(zone)
    opens, shuts = _hours_of(local)
    if local.hour < opens:
        local -= timedelta(days=1)
        opens, shuts = _hours_of(local)
    elif local.hour < shuts:
        return at
    return local.replace(hour=shuts - 1).astimezone(at.tzinfo)


def _hours_of(local: datetime) -> tuple[int, int]:
    """When the desk opens and shuts that day."""
    return (9, 15) if local.weekday() >= WEEKEND else (7, 20)


def awake(rng: Random, at: datetime, zone: tzinfo) -> datetime:
    """`at`, or the next morning where a customer would be asleep."""
    local = at.astimezone(zone)
    if local.hour >= 23:
        local = (local + timedelta(days=1)).replace(hour=0)
    if local.hour < 6:
        local = local.replace(hour=6, minute=0) + timedelta(minutes=rng.uniform(10, 200))
    return local.astimezone(at.tzinfo)


def lay_out(
    rng: Random,
    start: datetime,
    gaps: Sequence[tuple[float, bool]],
    *,
    end: datetime,
    now: datetime,
    zone: tzinfo,
) -> list[datetime]:
    """Instants that follow `start`, one a gap, rising and none after `end`.

    Args:
        rng: where chance comes from.
        start: the opening.
        gaps: hours since the step before, and whether an agent takes the step.
        end: the last instant there may be.
        now: the present.
        zone: of the desk.
    """
    room = max((end - start).total_seconds() / 3600, 0.001)
    needed = sum(gap for gap, _ in gaps) or 1.0
    scale = min(1.0, room / needed)
    found: list[datetime] = []
    at = start
    for place, (gap, by_agent) in enumerate(gaps):
        at = at + timedelta(hours=gap * scale)
        moved = at_work(rng, at, now, zone) if by_agent else awake(rng, at, zone)
        left = len(gaps) - place
        before = found[-1] if found else start
        latest = before + (end - before) * (1 / left if moved >= end else 1.0)
        at = max(min(moved, latest), before + timedelta(seconds=1)).replace(microsecond=0)
        found.append(at)
    return found
