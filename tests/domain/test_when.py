"""Words that mean an instant: durations, times, days and dates, in the zone of the team."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.when import (
    WhenError,
    briefest,
    dated,
    exact,
    parse_when,
    say_day,
    say_span,
    say_when,
    stamp,
    write_when,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 3, 9, 55, tzinfo=UTC)  # Tuesday, 10:55 in Berlin


@pytest.mark.parametrize(
    ("words", "local"),
    [
        ("90m", "2026-03-03 12:25"),
        ("in 35 min", "2026-03-03 11:30"),
        ("4h", "2026-03-03 14:55"),
        ("PT4H", "2026-03-03 14:55"),
        ("P1DT2H", "2026-03-04 12:55"),
        ("2d", "2026-03-05 10:55"),
        ("1d 4h", "2026-03-04 14:55"),
        ("1w", "2026-03-10 10:55"),
        ("11:30", "2026-03-03 11:30"),
        ("9:00", "2026-03-04 09:00"),
        ("5pm", "2026-03-03 17:00"),
        ("noon", "2026-03-03 12:00"),
        ("today 17:00", "2026-03-03 17:00"),
        ("tomorrow", "2026-03-04 09:00"),
        ("Tomorrow at 9:00", "2026-03-04 09:00"),
        ("mon", "2026-03-09 09:00"),
        ("tue", "2026-03-10 09:00"),
        ("wednesday 14:30", "2026-03-04 14:30"),
        ("2026-03-05", "2026-03-05 09:00"),
        ("2026-03-05 9:30", "2026-03-05 09:30"),
        ("2026-03-05T14:00Z", "2026-03-05 15:00"),
        ("2026-03-05T14:00+02:00", "2026-03-05 13:00"),
    ],
)
def test_words_of_the_desk_are_read(words: str, local: str) -> None:
    assert write_when(parse_when(words, NOW, BERLIN), BERLIN) == local


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "25:00",
        "13pm",
        "4",
        "2026-13-01",
        "today 9:00",
        "2026-03-03",
        "-4h",
        "0m",
        "mo",
        "99999d",
        "P",
        "PT",
    ],
)
def test_other_words_are_refused_with_examples(words: str) -> None:
    with pytest.raises(WhenError, match="Write 90m, 4h"):
        parse_when(words, NOW, BERLIN)


def test_a_day_is_a_day_on_the_wall_across_a_clock_change() -> None:
    friday = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)
    later = parse_when("3d", friday, BERLIN)
    assert write_when(later, BERLIN) == "2026-03-30 10:00"
    assert later - friday == timedelta(hours=71)


@given(st.text(max_size=30))
def test_no_words_break_it(words: str) -> None:
    try:
        found = parse_when(words, NOW, BERLIN)
    except WhenError:
        return
    assert found > NOW


@given(st.datetimes(datetime(2026, 3, 4), datetime(2030, 1, 1)))  # noqa: DTZ001  the strategy adds no zone
def test_what_is_written_is_read_back(instant: datetime) -> None:
    told = instant.replace(second=0, microsecond=0, tzinfo=UTC)
    again = parse_when(write_when(told, UTC_ZONE), NOW, UTC_ZONE)
    assert again == told


UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (NOW + timedelta(minutes=35), "11:30, in 35 min"),
        (NOW - timedelta(minutes=12), "10:43, 12 min ago"),
        (NOW + timedelta(hours=22, minutes=5), "tomorrow 09:00, in 22 h"),
        (NOW + timedelta(days=3), "Fri 10:55, in 3 d"),
        (NOW - timedelta(days=50), "12 Jan 10:55, 50 d ago"),
        (NOW - timedelta(days=90), "3 Dec 2025 10:55, 3 months ago"),
    ],
)
def test_an_instant_is_said_with_its_distance(instant: datetime, said: str) -> None:
    assert say_when(instant, NOW, BERLIN) == said


def test_yesterday_has_its_own_word() -> None:
    assert stamp(NOW - timedelta(days=1), NOW, BERLIN) == "yesterday 10:55"


def test_an_instant_beside_another_day_is_said_by_its_own() -> None:
    assert dated(NOW, NOW, BERLIN) == "3 Mar 10:55"
    assert dated(NOW - timedelta(days=90), NOW, BERLIN) == "3 Dec 2025 10:55"


def test_a_moment_is_said_without_a_number() -> None:
    assert say_span(timedelta(seconds=10)) == "less than a minute"


@pytest.mark.parametrize(
    ("words", "day", "hour"),
    [("tomorrow 9", 1, 9), ("fri 14", 3, 14), ("tonight", 0, 18), ("tonight 20", 0, 20)],
)
def test_a_bare_number_behind_a_day_is_an_hour(words, day, hour):
    now = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    found = parse_when(words, now, ZoneInfo("Europe/London"))
    assert found == datetime(2026, 3, 3 + day, hour, tzinfo=UTC)


def test_the_same_instant_in_a_column_as_a_heading_and_whole():
    year = NOW - timedelta(days=370)
    assert briefest(NOW, NOW, BERLIN) == f"{NOW.astimezone(BERLIN):%H:%M}"
    assert briefest(NOW - timedelta(days=30), NOW, BERLIN).split()[0].isdecimal()
    assert briefest(year, NOW, BERLIN) == f"{year:%b %Y}"
    assert say_day(date(2026, 3, 2), date(2026, 3, 3)) == "Monday 2 March"
    assert say_day(date(2025, 3, 3), date(2026, 3, 3)) == "Monday 3 March 2025"
    assert say_day(date(2026, 3, 3), date(2026, 3, 3)) == "today"
    assert exact(datetime(2026, 3, 3, 9, 42, 5, tzinfo=UTC), BERLIN) == "3 Mar 2026 10:42:05"
