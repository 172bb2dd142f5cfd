from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.instants import parse_as_of, parse_end, parse_period
from agentdesk.domain.periods import Period

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("", NOW),
        ("now", NOW),
        ("today", NOW),
        ("2026-03-03T08:00Z", datetime(2026, 3, 3, 8, tzinfo=UTC)),
        ("2026-03-03 08:00", datetime(2026, 3, 3, 7, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, 23, tzinfo=UTC)),
        ("yesterday", datetime(2026, 3, 2, 23, tzinfo=UTC)),
        ("-7d", datetime(2026, 2, 24, 8, 30, tzinfo=UTC)),
        ("-4h", datetime(2026, 3, 3, 4, 30, tzinfo=UTC)),
    ],
)
def test_as_of_reads_instants_days_and_distances(words, instant):
    assert parse_as_of(words, NOW, BERLIN) == instant


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2026-03-02", (2026, 3, 1, 23), (2026, 3, 2, 23)),
        ("2026-03-01..2026-03-02", (2026, 2, 28, 23), (2026, 3, 2, 23)),
        ("yesterday", (2026, 3, 1, 23), (2026, 3, 2, 23)),
        ("2026-03-29", (2026, 3, 28, 23), (2026, 3, 29, 22)),
    ],
)
def test_period_is_bounded_by_the_midnights_of_the_team(words, start, end):
    period = Period(datetime(*start, tzinfo=UTC), datetime(*end, tzinfo=UTC))
    assert parse_period(words, NOW, BERLIN) == period


def test_no_period_is_left_to_the_report():
    assert parse_period(" ", NOW, BERLIN) is None


@pytest.mark.parametrize("words", ["soon", "2026-02-30", "2026-03-05..2026-03-01", "-7x"])
def test_words_that_are_no_period_are_wrong_usage(words):
    with pytest.raises(WrongUsage):
        parse_period(words, NOW, BERLIN)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-03-02", datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)),
        ("2026-03-02T10:00Z", *[datetime(2026, 3, 2, 10, tzinfo=UTC)] * 2),
        ("2026-03-02 10:00", *[datetime(2026, 3, 2, 9, tzinfo=UTC)] * 2),
        ("+7d", *[datetime(2026, 3, 10, 8, 30, tzinfo=UTC)] * 2),
        ("", None, None),
    ],
)
def test_a_day_lasts_to_its_end_where_it_is_the_last(words, first, last):
    assert parse_end(words, NOW, BERLIN, of="owner_since", is_last=False) == first
    assert parse_end(words, NOW, BERLIN, of="owner_until", is_last=True) == last


def test_an_end_that_is_no_instant_is_named():
    with pytest.raises(WrongUsage, match="owner_until: “soon”"):
        parse_end("soon", NOW, BERLIN, of="owner_until", is_last=True)
