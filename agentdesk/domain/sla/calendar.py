"""Business hours in a time zone: which stretches of UTC are open.

Local ends become UTC once, with `fold=0`: a time that a clock change skips comes later, one that it repeats is the
first of both. A date in `exceptions` has exactly those hours, a holiday none, every other date those of its weekday.
What a clock change makes overlap counts once. The layout is kept per calendar in blocks of 13 weeks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, count
from types import MappingProxyType
from typing import Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from agentdesk.domain.near import did_you_mean, near_names
from agentdesk.domain.sla.errors import HoursError, NeverDueError, OutOfRangeError, ZoneError
from agentdesk.domain.sla.hours import DAYS, MIDNIGHT, Day, Week, clean_day, parse_week, spell_week

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Beyond these an instant is a slip, and a target that lies so far away is never reached."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_BLOCK_DAYS: Final = 91
_BLOCK: Final = timedelta(days=_BLOCK_DAYS) // _MICROSECOND
# A local day may lie 14 hours off its UTC day, and a zone that crosses the date line skips 24 more.
_MARGIN_DAYS: Final = 3
_SHORTEST_CITY: Final = 5

Stretch = tuple[datetime, datetime]
"""Start and end, aware; the end is outside."""


def micros(instant: datetime) -> int:
    """Microseconds since 1970, the unit in which clocks are computed."""
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(at: int) -> datetime:
    """The aware UTC instant of `micros`."""
    return _EPOCH + timedelta(microseconds=at)


@dataclass(frozen=True, slots=True)
class _Block:
    """Thirteen weeks laid out, in microseconds: open stretches, and the open time up to the end of each."""

    starts: list[int]
    ends: list[int]
    totals: list[int]

    @property
    def total(self) -> int:
        return self.totals[-1] if self.totals else 0

    def open_before(self, at: int) -> int:
        """Open time from the start of the block until `at`, which lies in it."""
        last = bisect_right(self.starts, at) - 1
        return 0 if last < 0 else self.totals[last] - max(self.ends[last] - at, 0)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours of a team.

    Attributes:
        zone: whose wall the hours hang on.
        week: seven days, Monday first, each a tuple of half-open spans in minutes after local midnight.
        holidays: local dates that are closed.
        exceptions: local dates with hours of their own, longer or shorter; they win over holidays.
        name: for sentences.

    Raises:
        HoursError: a span is empty or outside its day, or overlaps another.
    """

    zone: ZoneInfo
    week: Week
    holidays: frozenset[date] = frozenset()
    exceptions: Mapping[date, Day] = field(default_factory=dict, hash=False)
    name: str = ""
    # A memo of what the other fields say; two threads that fill it at once write the same.
    _blocks: dict[int, _Block] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise HoursError("week", f"it has {len(self.week)} days instead of 7.")
        week = tuple(clean_day(day, DAYS[at]) for at, day in enumerate(self.week))
        exceptions = {on: clean_day(day, on.isoformat()) for on, day in sorted(self.exceptions.items())}
        object.__setattr__(self, "week", week)
        object.__setattr__(self, "exceptions", MappingProxyType(exceptions))

    @classmethod
    def parse(
        cls,
        hours: str,
        zone: str,
        holidays: Iterable[date] = (),
        exceptions: Mapping[date, Day] | None = None,
        name: str = "",
    ) -> Self:
        """The calendar of a spelling such as `Mon-Fri 09:00-17:00` in a named zone.

        Raises:
            HoursError: the hours cannot be read.
            ZoneError: there is no such zone.
        """
        return cls(read_zone(zone), parse_week(hours), frozenset(holidays), exceptions or {}, name)

    @classmethod
    def always(cls, zone: str = "UTC", name: str = "24x7") -> Self:
        """Open around the clock, every day."""
        return cls(read_zone(zone), (((0, MIDNIGHT),),) * 7, name=name)

    @property
    def hours(self) -> str:
        """The weekly hours as `parse` reads them."""
        return spell_week(self.week)

    @property
    def is_ever_open(self) -> bool:
        """Whether there is any open time at all."""
        return any(self.week) or any(self.exceptions.values())

    def hours_on(self, day: date) -> Day:
        """The open spans of a local date, in minutes after midnight."""
        exception = self.exceptions.get(day)
        if exception is not None:
            return exception
        return () if day in self.holidays else self.week[day.weekday()]


def read_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name.

    Raises:
        ZoneError: there is no such zone; the sentence offers the nearest names.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneError(name, _near_zones(name)) from None


def _near_zones(name: str) -> str:
    """`London` is `Europe/London`: people know the city. Nothing is offered for an abbreviation or an offset."""
    if len(name.strip()) < _SHORTEST_CITY:
        return ""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    known = [(called, zone) for zone in zones for called in (zone, zone.rpartition("/")[2])]
    return did_you_mean(near_names(name.strip().replace(" ", "_"), known))


def open_intervals(calendar: Calendar, start: datetime, until: datetime) -> tuple[Stretch, ...]:
    """The open stretches between two aware instants, in UTC, in order and apart from each other."""
    first, last = micros(start), micros(until)
    if last <= first:
        return ()
    found: list[tuple[int, int]] = []
    for index in range(first // _BLOCK, last // _BLOCK + 1):
        block = _block(calendar, index)
        found += [
            (max(opens, first), min(closes, last))
            for opens, closes in zip(block.starts, block.ends, strict=True)
            if opens < last and closes > first
        ]
    return tuple((instant_of(opens), instant_of(closes)) for opens, closes in _joined(found))


def open_between(calendar: Calendar, start: int, end: int) -> int:
    """Open microseconds between two instants in `micros`; 0 if `end` is not after `start`."""
    if end <= start:
        return 0
    first, last = start // _BLOCK, end // _BLOCK
    whole = sum(_block(calendar, index).total for index in range(first, last))
    return whole + _block(calendar, last).open_before(end) - _block(calendar, first).open_before(start)


def reach(calendar: Calendar, start: int, amount: int, *, over: bool) -> int:
    """The instant in `micros` at which the open time since `start` comes to `amount`.

    Args:
        calendar: whose open time counts.
        start: in `micros`.
        amount: microseconds, from 0.
        over: not when it comes to `amount` but when it begins to pass it: after closing time, the next opening.

    Raises:
        NeverDueError: that does not happen before `LAST_YEAR`.
        OutOfRangeError: `start` is not between `FIRST_YEAR` and `LAST_YEAR`.
    """
    if amount == 0 and not over:
        return start
    if not calendar.is_ever_open:
        raise NeverDueError(calendar.name, "has no open time at all")
    bisect = bisect_right if over else bisect_left
    goal = amount + _block(calendar, start // _BLOCK).open_before(start)
    try:
        for index in count(start // _BLOCK):
            block = _block(calendar, index)
            at = bisect(block.totals, goal)
            if at < len(block.totals):
                return block.ends[at] - (block.totals[at] - goal)
            goal -= block.total
    except OutOfRangeError:
        raise NeverDueError(calendar.name, f"has too little open time before the year {LAST_YEAR}") from None
    raise AssertionError  # counting never ends; the type checker cannot know


def _block(calendar: Calendar, index: int) -> _Block:
    block = calendar._blocks.get(index)  # noqa: SLF001  the memo belongs to this module
    if block is None:
        block = calendar._blocks[index] = _lay_out(calendar, index)  # noqa: SLF001  as above
    return block


def _lay_out(calendar: Calendar, index: int) -> _Block:
    year = 1970 + index * _BLOCK_DAYS // 365
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfRangeError(year, FIRST_YEAR, LAST_YEAR)
    first, last = index * _BLOCK, (index + 1) * _BLOCK
    near = [
        (max(opens, first), min(closes, last)) for opens, closes in sorted(_local_stretches(calendar, index))
    ]
    kept = _joined((opens, closes) for opens, closes in near if opens < closes)
    lengths = [closes - opens for opens, closes in kept]
    return _Block([opens for opens, _ in kept], [closes for _, closes in kept], list(accumulate(lengths)))


def _local_stretches(calendar: Calendar, index: int) -> Iterator[tuple[int, int]]:
    """The hours of every local date that may touch a block; a clock change may leave one with its ends swapped."""
    day = (_EPOCH + timedelta(days=index * _BLOCK_DAYS - _MARGIN_DAYS)).date()
    for _ in range(_BLOCK_DAYS + 2 * _MARGIN_DAYS):
        for opens, closes in calendar.hours_on(day):
            yield _to_utc(day, opens, calendar.zone), _to_utc(day, closes, calendar.zone)
        day += timedelta(days=1)


def _to_utc(day: date, minute: int, zone: ZoneInfo) -> int:
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    return micros(local.replace(tzinfo=zone))


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted stretches with those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for opens, closes in stretches:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined
