from datetime import UTC, datetime, timedelta

from agentdesk.reports.wording import as_of_text, count_text, instant_text, period_text

LONDON = "Europe/London"
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def test_an_instant_of_the_day_itself_needs_no_date():
    assert instant_text(NOON, LONDON, NOON) == "13:00"


def test_an_instant_of_another_day_has_its_day_and_of_another_year_its_date():
    assert instant_text(NOON - timedelta(days=1), LONDON, NOON) == "Tue 30 Jun 13:00"
    assert instant_text(NOON - timedelta(days=365), LONDON, NOON) == "2025-07-01 13:00"


def test_which_day_it_is_depends_on_the_zone_of_the_team():
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert instant_text(late, LONDON, NOON) == "Thu 2 Jul 00:30"
    assert as_of_text(late, LONDON) == "Thu 2026-07-02 00:30"


def test_a_day_in_its_zone_is_one_day_even_when_the_clocks_change():
    start = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    end = datetime(2026, 3, 29, 23, 0, tzinfo=UTC)

    assert period_text(start, end, LONDON) == "Sun 29 Mar"
    assert period_text(start, end, LONDON, iso=True) == "Sun 2026-03-29"


def test_a_week_goes_from_its_first_to_its_last_day():
    start = datetime(2026, 3, 2, tzinfo=UTC)

    assert period_text(start, start + timedelta(days=7), LONDON) == "Mon 2 Mar to Sun 8 Mar"


def test_a_period_of_hours_names_both_ends():
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert period_text(start, start + timedelta(hours=8), LONDON) == "Mon 2 Mar 09:00 to Mon 2 Mar 17:00"


def test_one_is_not_many():
    assert count_text(1, "ticket") == "1 ticket"
    assert count_text(0, "ticket") == "0 tickets"
    assert count_text(2, "reply", "replies") == "2 replies"
