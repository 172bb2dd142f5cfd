"""The periods of a report: which one is meant, and which ones it is compared with.

A period begins at its first instant and ends before its last, both aware UTC. Days are days on the team's wall, so
that a period moved across a clock change still begins at the same hour. Working days are Monday to Friday.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.query import durations

_DAY = timedelta(days=1)
_SATURDAY = 5


class PeriodError(AgentDeskError):
    """Words that name no period."""

    def __init__(self, text: str, reason: str = "is not a period I understand") -> None:
        super().__init__(f"“{text}” {reason}. {durations.EXAMPLES}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time, `start` inside and `end` outside."""

    start: datetime
    end: datetime

    @classmethod
    def of_day(cls, day: date, zone: ZoneInfo) -> Self:
        """From midnight to midnight on the wall of `zone`."""
        return cls(_midnight(day, zone), _midnight(day + _DAY, zone))

    def shifted(self, days: int, zone: ZoneInfo) -> Self:
        """The same hours on the wall, days later (or earlier, under zero)."""
        move = timedelta(days=days)
        start, end = ((one.astimezone(zone) + move).astimezone(UTC) for one in (self.start, self.end))
        return type(self)(start, end)

    def days(self, zone: ZoneInfo) -> int:
        """The days on the wall that it touches, at least 1."""
        local = self.end.astimezone(zone)
        last = local.date() if local.time() != time() else local.date() - _DAY
        return max((last - self.start.astimezone(zone).date()).days + 1, 1)

    def is_working_day(self, zone: ZoneInfo) -> bool:
        """Whether it is exactly one day from Monday to Friday."""
        day = self.start.astimezone(zone).date()
        return self == Period.of_day(day, zone) and day.weekday() < _SATURDAY


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What a period is held against."""

    previous: Period
    """The working day before a working day, else the period of the same length before."""
    week_before: Period | None
    """The same days of the week before; None for a period longer than a week, which they would overlap."""
    same_weekdays: tuple[Period, ...]
    """The four periods before that begin on the same weekday and do not overlap it, the nearest first."""


def parse_period(text: str, now: datetime, zone: ZoneInfo) -> Period:
    """The period that words mean.

    Args:
        text: a day, month or instant (`2026-03-02`, `2026-03`, `yesterday`), `FROM..TO` with both inside, where
            `FROM..` lasts until now, or a distance back (`-7d`: from then until now).
        now: aware; the present, or the instant the report is about.
        zone: whose midnights bound a day.

    Raises:
        PeriodError: the words name no period, or one that ends before it starts.
    """
    first, dots, last = text.strip().partition("..")
    try:
        start, after = durations.stretch(first, now, zone)
        end = durations.stretch(last, now, zone)[1] if last else after
    except ValueError:
        raise PeriodError(text) from None
    if not last and (dots or after == start):
        end = now
    if end <= start:
        raise PeriodError(text, "ends before it starts")
    return Period(start, end)


def last_working_day(now: datetime, zone: ZoneInfo) -> Period:
    """The last day from Monday to Friday that is over at `now`, from midnight to midnight."""
    return working_days_before(now, zone, 1)[0]


def working_days_before(now: datetime, zone: ZoneInfo, count: int) -> tuple[Period, ...]:
    """The last `count` working days that are over at `now`, the nearest first."""
    days: list[Period] = []
    day = now.astimezone(zone).date()
    while len(days) < count:
        day -= _DAY
        if day.weekday() < _SATURDAY:
            days.append(Period.of_day(day, zone))
    return tuple(days)


def comparisons(period: Period, zone: ZoneInfo) -> Comparisons:
    """The periods that stand beside this one: a weekday is judged by its like, never only by the day before."""
    length = period.days(zone)
    weeks = -(-length // 7) * 7
    before = (
        working_days_before(period.start, zone, 1)[0]
        if period.is_working_day(zone)
        else period.shifted(-length, zone)
    )
    return Comparisons(
        previous=before,
        week_before=period.shifted(-7, zone) if length <= 7 else None,
        same_weekdays=tuple(period.shifted(-weeks * count, zone) for count in range(1, 5)),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
