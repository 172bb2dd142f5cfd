from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.holidays import (
    Holiday,
    Years,
    holiday_rows,
    merge_holidays,
    parse_dates,
    parse_exception,
    parse_holiday,
    parse_years,
    read_holidays,
)

holidays = st.lists(st.builds(Holiday, st.dates(), st.text()), max_size=12)


@given(holidays)
def test_holidays_come_back_from_rows_in_order_and_once(some):
    back = read_holidays(holiday_rows(some))
    assert [one.on for one in back] == sorted({one.on for one in some})
    assert holiday_rows(back) == holiday_rows(some)


@given(holidays, holidays)
def test_a_name_that_is_known_outlives_one_that_comes_later(known, more):
    merged = {one.on: one.name for one in merge_holidays(known, more)}
    before = {one.on: one.name for one in merge_holidays((), known)}
    assert set(merged) == {one.on for one in (*known, *more)}
    assert all(merged[on] == name for on, name in before.items() if name)


def test_what_people_type_is_read():
    assert parse_holiday("2026-12-25") == Holiday(date(2026, 12, 25))
    assert parse_holiday(" 2026-12-25 = Christmas  Day ") == Holiday(date(2026, 12, 25), "Christmas Day")
    assert parse_exception("2026-12-24=09:00-12:00,13-14") == (date(2026, 12, 24), ((540, 720), (780, 840)))
    assert parse_exception("2026-03-07=closed") == (date(2026, 3, 7), ())
    assert parse_years("2026") == Years(2026, 2026)
    assert str(parse_years("2026 .. 2028")) == "2026..2028"
    assert date(2028, 12, 31) in Years(2026, 2028)
    assert date(2029, 1, 1) not in Years(2026, 2028)


def test_dates_in_a_row_have_both_ends_in():
    assert parse_dates("2026-03-02") == (date(2026, 3, 2),)
    assert parse_dates("2026-02-28 .. 2026-03-02") == (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2))
    assert len(parse_dates("2028-01-01..2028-12-31")) == 366


@pytest.mark.parametrize(
    ("parse", "text", "told"),
    [
        (parse_holiday, "25.12.2026", "The holiday cannot be “25.12.2026”. Write a date such as 2026-12-25."),
        (
            parse_holiday,
            "2026-02-30",
            "The holiday cannot be “2026-02-30”. Write a date such as 2026-12-25.",
        ),
        (parse_holiday, "0206-12-25", "The holiday cannot be “0206-12-25”. Years run from 1900 to 2200."),
        (parse_holiday, "", "The holiday is missing. Write a date such as 2026-12-25."),
        (
            parse_exception,
            "2026-12-24",
            "The exception cannot be “2026-12-24”. Write a date and its hours: 2026-12-24=09:00-12:00, or 2026-03-07=closed.",
        ),
        (
            parse_exception,
            "2026-12-24=22:00-02:00",
            "Opening hours, 2026-12-24: they run over midnight. End them at 24:00 and name the next date too.",
        ),
        (
            parse_dates,
            "2026-03-02..2026-03-01",
            "The dates cannot be “2026-03-02..2026-03-01”. The earlier date comes first, and there are at most 366: 2026-03-02..2026-03-06.",
        ),
        (parse_dates, "2026-03-02..", "The date is missing. Write a date such as 2026-12-25."),
        (parse_years, "soon", "The years cannot be “soon”. Write 2026, or 2026..2028."),
        (
            parse_years,
            "2028..2026",
            "The years cannot be “2028..2026”. The earlier one comes first; at most 50 of 1900 to 2200.",
        ),
        (
            parse_years,
            "1900..2200",
            "The years cannot be “1900..2200”. The earlier one comes first; at most 50 of 1900 to 2200.",
        ),
    ],
)
def test_a_slip_is_told_with_what_to_write(parse, text, told):
    with pytest.raises(AgentDeskError) as refused:
        parse(text)
    assert str(refused.value) == told
