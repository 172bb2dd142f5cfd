"""The times of a query as stretches of time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.query.durations import is_distance, stretch

NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def told(text: str, now: datetime = NOW) -> tuple[str, str]:
    start, end = stretch(text, now, PARIS)
    return f"{start:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2026-03-02 23:00:00", "2026-03-03 23:00:00"),
        ("yesterday", "2026-03-01 23:00:00", "2026-03-02 23:00:00"),
        ("2026-03-29", "2026-03-28 23:00:00", "2026-03-29 22:00:00"),
        ("2026-03", "2026-02-28 23:00:00", "2026-03-31 22:00:00"),
        ("2026-03-03t08:30", "2026-03-03 07:30:00", "2026-03-03 07:31:00"),
        ("2026-03-03T08:30:05Z", "2026-03-03 08:30:05", "2026-03-03 08:30:06"),
        ("2026-03-03t08:30+05:30", "2026-03-03 03:00:00", "2026-03-03 03:01:00"),
        ("4h", "2026-03-03 12:30:00", "2026-03-03 12:30:00"),
        ("-90m", "2026-03-03 07:00:00", "2026-03-03 07:00:00"),
        ("-1w", "2026-02-24 08:30:00", "2026-02-24 08:30:00"),
        ("p1dt2h", "2026-03-04 10:30:00", "2026-03-04 10:30:00"),
        ("-pt30m", "2026-03-03 08:00:00", "2026-03-03 08:00:00"),
    ],
)
def test_a_text_names_a_stretch(text: str, start: str, end: str) -> None:
    assert told(text) == (start, end)
    assert is_distance(text) == (start == end)


def test_days_count_on_the_wall_across_a_clock_change() -> None:
    noon_before = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)
    assert told("1d", noon_before)[0] == "2026-03-29 10:00:00"
    assert told("24h", noon_before)[0] == "2026-03-29 11:00:00"


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "p", "pt", "1x", "d", "999999w", "2026-3-1", "0001-01-01"]
)
def test_what_names_no_time_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        stretch(text, NOW, PARIS)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_day_meets_the_next_one(day: date) -> None:
    start, end = stretch(str(day), NOW, PARIS)
    after = stretch(str(day + timedelta(days=1)), NOW, PARIS)
    assert start < end == after[0]
