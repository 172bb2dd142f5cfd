from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from agentdesk.domain.sla import Calendar, breached_at, due_at, elapsed_minutes, open_intervals
from agentdesk.domain.sla.errors import HoursError, NeverDueError, OutOfRangeError, ZoneError
from tests.domain.sla.facts import A7, UK, at


def opened(calendar, start, until):
    zone = calendar.zone
    return [
        (opens.astimezone(zone).isoformat(" ", "minutes"), closes.astimezone(zone).isoformat(" ", "minutes"))
        for opens, closes in open_intervals(calendar, start, until)
    ]


def test_the_open_stretches_of_a_weekend_and_a_half_day():
    assert opened(UK, at("Fri 16:00"), at("2026-03-09 10:00")) == [
        ("2026-03-06 16:00+00:00", "2026-03-06 17:00+00:00"),
        ("2026-03-09 09:00+00:00", "2026-03-09 10:00+00:00"),
    ]


def test_a_span_without_length_has_no_open_stretch():
    assert open_intervals(UK, at("Mon 10:00"), at("Mon 10:00")) == ()
    assert open_intervals(UK, at("Mon 11:00"), at("Mon 10:00")) == ()
    assert open_intervals(UK, at("Mon 08:00"), at("Mon 09:00")) == ()
    assert open_intervals(UK, at("Mon 17:00"), at("Mon 18:00")) == ()


def test_a_calendar_without_nights_is_one_stretch_over_many_years():
    assert len(open_intervals(A7, at("2010-01-01 00:00"), at("2026-01-01 00:00"))) == 1


def test_an_exception_wins_over_a_holiday_and_a_holiday_over_the_week():
    week = UK.week
    day, eve = date(2026, 12, 25), date(2026, 12, 24)
    calendar = Calendar(
        UK.zone, week, frozenset({day, date(2026, 12, 28)}), {eve: ((540, 720),), day: ((600, 660),)}
    )

    assert calendar.hours_on(eve) == ((540, 720),)
    assert calendar.hours_on(day) == ((600, 660),)
    assert calendar.hours_on(date(2026, 12, 28)) == ()
    assert elapsed_minutes(calendar, at("2026-12-24 00:00"), at("2026-12-29 00:00")) == 180 + 60


def test_hours_that_both_lie_in_the_missing_hour_come_later():
    calendar = Calendar.parse("Sun 02:15-02:45", "America/New_York")

    assert opened(calendar, at("2026-03-08 00:00"), at("2026-03-09 00:00")) == [
        ("2026-03-08 03:15-04:00", "2026-03-08 03:45-04:00")
    ]


def test_hours_that_a_clock_change_makes_overlap_count_once():
    calendar = Calendar.parse("Sun 02:30-02:50,03:00-04:00", "America/New_York")

    assert opened(calendar, at("2026-03-08 00:00"), at("2026-03-09 00:00")) == [
        ("2026-03-08 03:00-04:00", "2026-03-08 04:00-04:00")
    ]


def test_hours_that_end_before_they_start_on_a_clock_change_are_none():
    calendar = Calendar.parse("Sun 02:45-03:15", "America/New_York")

    assert opened(calendar, at("2026-03-08 00:00"), at("2026-03-09 00:00")) == []


def test_a_repeated_hour_opens_the_first_time():
    calendar = Calendar.parse("Sun 01:15-01:45", "America/New_York")

    assert opened(calendar, at("2026-11-01 00:00"), at("2026-11-02 00:00")) == [
        ("2026-11-01 01:15-04:00", "2026-11-01 01:45-04:00")
    ]


def test_midnight_that_does_not_exist_leaves_no_gap_and_no_overlap():
    calendar = Calendar.always("America/Sao_Paulo")
    start, end = datetime(2018, 11, 3, tzinfo=UTC), datetime(2018, 11, 6, tzinfo=UTC)

    assert open_intervals(calendar, start, end) == ((start, end),)


def test_a_calendar_says_its_hours_as_it_reads_them():
    assert UK.hours == "Mon-Fri 09:00-17:00"
    assert Calendar.parse(UK.hours, "Europe/London", UK.holidays, name="UK") == UK
    assert hash(UK) == hash(Calendar.parse(UK.hours, "Europe/London", UK.holidays, name="UK"))


@pytest.mark.parametrize("calculate", [due_at, breached_at])
def test_a_calendar_that_never_opens_refuses_a_deadline(calculate):
    closed = Calendar.parse("closed", "Europe/London", name="Nights")

    assert not closed.is_ever_open
    with pytest.raises(NeverDueError) as refused:
        calculate(closed, at("Mon 09:00"), 60)
    assert str(refused.value) == "Calendar Nights has no open time at all. Give it opening hours."


def test_a_calendar_that_opens_once_refuses_a_deadline_beyond():
    once = Calendar(UK.zone, ((),) * 7, exceptions={date(2026, 3, 3): ((540, 600),)}, name="Fair")

    assert due_at(once, at("Mon 09:00"), 60) == at("Tue 10:00")
    with pytest.raises(NeverDueError, match="Calendar Fair has too little open time before the year 2200"):
        breached_at(once, at("Mon 09:00"), 60)
    with pytest.raises(NeverDueError):
        due_at(once, at("Wed 09:00"), 1)


def test_a_target_of_all_eternity_is_refused():
    with pytest.raises(NeverDueError):
        due_at(UK, at("Mon 09:00"), 10**12)


@pytest.mark.parametrize("year", [1, 1600, 9999])
def test_an_instant_of_another_age_is_refused(year):
    with pytest.raises(OutOfRangeError, match="is outside 1900 to 2200"):
        due_at(UK, datetime(year, 6, 1, tzinfo=UTC), 60)


@pytest.mark.parametrize("zone", ["Mars/Base", "", "Europe", "../etc/passwd", "Europe/London\x00"])
def test_a_zone_that_does_not_exist_is_refused(zone):
    with pytest.raises(ZoneError, match="There is no time zone"):
        Calendar.parse("Mon 09:00-17:00", zone)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (((540, 540),), "Mon: minutes 540 to 540 are no stretch"),
        (((-1, 60),), "Mon: minutes -1 to 60"),
        (((0, 1441),), "Mon: minutes 0 to 1441"),
        (((0, 61), (60, 120)), "Mon: open twice from 01:00 to 01:01"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_name(day, reason):
    with pytest.raises(HoursError, match=reason):
        Calendar(ZoneInfo("UTC"), (day, *((),) * 6))


def test_a_week_has_seven_days():
    with pytest.raises(HoursError, match="week: it has 1 days instead of 7"):
        Calendar(ZoneInfo("UTC"), ((),))
