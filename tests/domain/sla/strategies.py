"""Calendars, spans and pauses for laws: every zone there is, 2000 to 2040, whole minutes."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from agentdesk.domain.sla import Calendar

ZONES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
MINUTES = 40 * 365 * 24 * 60

zones = st.sampled_from(ZONES)


def _day(edges: set[int]) -> tuple[tuple[int, int], ...]:
    cuts = sorted(edges)
    return tuple(zip(cuts[::2], cuts[1::2], strict=False))


days = st.sets(st.integers(0, 96).map(lambda quarter: quarter * 15), max_size=6).map(_day)
weeks = st.tuples(*[days] * 7)
instants = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@cache
def _transitions(zone: str) -> list[datetime]:
    """Starts of the weeks in which the clocks of a zone change, to look closer there."""
    info = ZoneInfo(zone)
    weeks = [FIRST + timedelta(days=day) for day in range(0, 40 * 365, 7)]
    offsets = [week.astimezone(info).utcoffset() for week in weeks]
    return [week for week, (before, after) in zip(weeks, pairwise(offsets), strict=False) if before != after]


@st.composite
def instants_near_changes(draw: st.DrawFn, zone: str) -> datetime:
    """Mostly within a week of a clock change of the zone."""
    changes = _transitions(zone)
    if not changes or draw(st.integers(0, 3)) == 0:
        return draw(instants)
    return draw(st.sampled_from(changes)) + timedelta(minutes=draw(st.integers(-1440, 8 * 1440)))


@st.composite
def calendars(draw: st.DrawFn, zone: str | None = None) -> Calendar:
    """A week that is open at some time, with holidays and exceptions now and then."""
    week = draw(weeks.filter(any))
    some_dates = st.dates(FIRST.date(), FIRST.date() + timedelta(days=40 * 365))
    holidays = frozenset(draw(st.sets(some_dates, max_size=3)))
    exceptions = draw(st.dictionaries(some_dates, days, max_size=3))
    return Calendar(ZoneInfo(zone or draw(zones)), week, holidays, exceptions)


@st.composite
def settings_of_a_clock(
    draw: st.DrawFn, longest: int = 12 * 1440
) -> tuple[Calendar, datetime, datetime, list[tuple[datetime, datetime]]]:
    """A calendar, a start, an end and some pauses between shortly before and after."""
    zone = draw(zones)
    calendar = draw(calendars(zone))
    start = draw(instants_near_changes(zone))
    end = start + timedelta(minutes=draw(st.integers(0, longest)))
    pauses = []
    for _ in range(draw(st.integers(0, 3))):
        begin = start + timedelta(minutes=draw(st.integers(-1440, longest)))
        pauses.append((begin, begin + timedelta(minutes=draw(st.integers(0, 2 * 1440)))))
    return calendar, start, end, pauses
