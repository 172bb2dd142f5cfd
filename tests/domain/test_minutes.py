import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.minutes import MinutesError, parse_minutes, say_minutes


@given(st.integers(1, 100_000))
def test_what_is_said_is_read_back(minutes):
    assert parse_minutes(say_minutes(minutes)) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90m", 90),
        ("4h", 240),
        ("2d", 2880),
        ("1h30m", 90),
        ("1d 4h", 1680),
        ("1 day 2 hours 3 min", 1563),
        ("PT4H", 240),
        ("pt90m", 90),
        ("P1DT4H", 1680),
        ("P2D", 2880),
        (" 30 minutes ", 30),
    ],
)
def test_what_people_type_is_read(text, minutes):
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("90", "names no unit"),
        ("", "is no length of time"),
        ("PT", "is no length of time"),
        ("P1DT", "is no length of time"),
        ("4h 2d", "is no length of time"),
        ("²h", "is no length of time"),
        ("0h", "is less than a minute"),
        ("73201d", "is more than 200 years"),
    ],
)
def test_what_is_no_length_of_time_is_refused(text, why):
    with pytest.raises(MinutesError) as refused:
        parse_minutes(text)
    assert str(refused.value) == f"“{text}” {why}. Write 90m, 4h, 1h30m, 2d or PT4H."
