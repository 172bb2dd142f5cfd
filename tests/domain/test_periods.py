from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.periods import (
    Period,
    PeriodError,
    comparisons,
    last_working_day,
    parse_period,
    working_days_before,
)

LONDON = ZoneInfo("Europe/London")
ZONES = st.sampled_from(
    [
        LONDON,
        ZoneInfo("UTC"),
        ZoneInfo("America/New_York"),
        ZoneInfo("Asia/Kolkata"),
        ZoneInfo("Pacific/Chatham"),
    ]
)
INSTANTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001  hypothesis wants bounds without a zone
    datetime(2040, 1, 1),  # noqa: DTZ001  and adds it itself
    timezones=st.just(UTC),
)
NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


def day(text: str, zone: ZoneInfo = LONDON) -> Period:
    return Period.of_day(date.fromisoformat(text), zone)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02", day("2026-03-02")),
        ("yesterday", day("2026-03-02")),
        ("today", day("2026-03-03")),
        ("2026-02", Period(day("2026-02-01").start, day("2026-02-28").end)),
        ("2026-03-01..2026-03-02", Period(day("2026-03-01").start, day("2026-03-02").end)),
        (" 2026-03-01.. ", Period(day("2026-03-01").start, NOW)),
        ("-7d", Period(NOW - timedelta(days=7), NOW)),
        ("-7d..yesterday", Period(NOW - timedelta(days=7), day("2026-03-02").end)),
    ],
)
def test_the_words_of_a_period_mean(text: str, expected: Period):
    assert parse_period(text, NOW, LONDON) == expected


@pytest.mark.parametrize("text", ["", "..", "..today", "soon", "2026-02-30", "2026-03-02..2026-03-01", "4h"])
def test_words_that_name_no_period_are_refused_with_examples(text: str):
    with pytest.raises(PeriodError, match="Write 2026-03-02, today"):
        parse_period(text, NOW, LONDON)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-03T08:30", "2026-03-02"),
        ("2026-03-02T08:30", "2026-02-27"),
        ("2026-03-01T23:59", "2026-02-27"),
        ("2026-03-07T00:00", "2026-03-06"),
        ("2026-03-30T23:30", "2026-03-30"),  # half past midnight in London's summer
    ],
)
def test_the_last_working_day_is_over(now: str, expected: str):
    assert last_working_day(datetime.fromisoformat(now).replace(tzinfo=UTC), LONDON) == day(expected)


def test_a_day_on_which_the_clocks_change_has_23_hours():
    spring = day("2026-03-29")

    assert spring.end - spring.start == timedelta(hours=23)
    assert spring.shifted(-7, LONDON) == day("2026-03-22")


@given(INSTANTS, ZONES)
def test_working_days_are_over_run_backwards_and_are_never_of_a_weekend(now: datetime, zone: ZoneInfo):
    days = working_days_before(now, zone, 10)

    assert len(set(days)) == 10
    assert list(days) == sorted(days, reverse=True)
    assert all(one.end <= now and one.is_working_day(zone) for one in days)
    assert days[0].end > now - timedelta(days=4)


@given(st.dates(date(2001, 1, 1), date(2040, 1, 1)), st.integers(1, 40), ZONES)
def test_what_a_period_is_compared_with_ends_before_it_begins(first: date, length: int, zone: ZoneInfo):
    period = Period(
        Period.of_day(first, zone).start, Period.of_day(first + timedelta(days=length - 1), zone).end
    )
    beside = comparisons(period, zone)

    assert period.days(zone) == length
    assert beside.previous.end <= period.start
    assert (beside.week_before is None) == (length > 7)
    following = period
    for one in beside.same_weekdays:
        assert one.end <= following.start
        assert one.start.astimezone(zone).weekday() == first.weekday()
        assert one.days(zone) == length
        following = one


def test_a_monday_is_compared_with_the_friday_before_and_four_mondays():
    beside = comparisons(day("2026-03-02"), LONDON)

    assert beside.previous == day("2026-02-27")
    assert beside.week_before == day("2026-02-23")
    assert beside.same_weekdays == tuple(map(day, ("2026-02-23", "2026-02-16", "2026-02-09", "2026-02-02")))


def test_a_sunday_is_compared_with_the_day_before():
    assert comparisons(day("2026-03-01"), LONDON).previous == day("2026-02-28")
