"""Whether somebody is at work: half-open shifts, breaks, nights, holidays, and nobody who never comes back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentdesk.domain.presence import Presence, off_words, presence
from agentdesk.domain.sla import Calendar, open_intervals

OFFICE = Calendar.parse("Mon-Fri 09:00-12:00,13:00-17:00", "UTC", exceptions={date(2026, 3, 4): ()})
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "is_on", "until"),
    [
        (8.99, False, 9),
        (9, True, 12),
        (11.99, True, 12),
        (12, False, 13),
        (17, False, 24 + 9),
        (24 + 17, False, 72 + 9),
        (96 + 17, False, 7 * 24 + 9),
    ],
)
def test_who_is_there_and_until_when(hours: float, is_on: bool, until: float) -> None:
    at = MONDAY + timedelta(hours=hours)
    assert presence(OFFICE, at) == Presence(is_on, MONDAY + timedelta(hours=until))


def test_a_night_shift_goes_over_midnight() -> None:
    nights = Calendar.parse("Mon-Fri 22:00-06:00", "UTC")
    assert presence(nights, MONDAY + timedelta(hours=23)) == Presence(
        is_on=True, until=MONDAY + timedelta(hours=30)
    )


def test_who_works_around_the_clock_is_there_without_end_until_a_day_off() -> None:
    assert presence(Calendar.always(), MONDAY) == Presence(is_on=True)
    until_easter = Calendar.parse("24/7", "UTC", exceptions={date(2026, 4, 3): ()})
    assert presence(until_easter, MONDAY) == Presence(is_on=True, until=datetime(2026, 4, 3, tzinfo=UTC))


def test_who_never_works_is_off_and_nobody_says_until_when() -> None:
    never = Calendar.parse("closed", "UTC")
    assert presence(never, MONDAY) == Presence(is_on=False)
    assert off_words(never, None) == "off"


def test_who_is_away_for_months_comes_back_after_them() -> None:
    leave = {date(2026, 3, 2) + timedelta(days=day): () for day in range(200)}
    back = presence(Calendar.parse("every day 09:00-17:00", "UTC", exceptions=leave), MONDAY).until
    assert back == datetime(2026, 9, 18, 9, tzinfo=UTC)


def test_when_somebody_is_back_is_told_on_their_own_wall() -> None:
    tokyo = Calendar.parse("Mon-Fri 09:00-17:00", "Asia/Tokyo")
    assert off_words(tokyo, datetime(2026, 3, 9, 0, tzinfo=UTC)) == "off until Mon 2026-03-09 09:00"


@settings(max_examples=200)
@given(st.integers(0, 60 * 24 * 60))
def test_presence_says_what_the_open_stretches_say(minute: int) -> None:
    at = MONDAY + timedelta(minutes=minute)
    there = presence(OFFICE, at)
    assert there.is_on == bool(open_intervals(OFFICE, at, at + timedelta(seconds=1)))
    assert there.until is not None
    assert there.until > at
    assert presence(OFFICE, there.until).is_on != there.is_on
    whole = timedelta(0) if not there.is_on else there.until - at
    assert sum((end - start for start, end in open_intervals(OFFICE, at, there.until)), timedelta()) == whole
