from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.numbers import (
    BUCKETS,
    count_ages,
    hours_text,
    in_days,
    median,
    percent_text,
    percentile,
    plain_number,
    round_half_up,
    share,
)

M15 = [5, 12, 20, 30, 45, 60, 90, 120, 240, 600]


def _percent(part: int, whole: int) -> str:
    ratio = share(part, whole)
    assert ratio is not None
    return percent_text(ratio)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(125, 4), 1, "31.3"),
        (Fraction(-125, 4), 1, "-31.3"),
        (Fraction(5, 2), 0, "3"),
        (Decimal("0.05"), 1, "0.1"),
        (7, 2, "7.00"),
        (Fraction(2, 3), 3, "0.667"),
    ],
)
def test_halves_are_rounded_away_from_zero(value, places, expected):
    assert str(round_half_up(value, places)) == expected


@given(st.fractions(), st.integers(0, 6))
def test_rounding_never_moves_a_number_by_more_than_half_a_step(value, places):
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


def test_m10_ratios_and_days_of_backlog_print_as_the_golden_says():
    assert _percent(22, 25) == "88.0%"
    assert _percent(22, 28) == "78.6%"
    assert str(round_half_up(Fraction(46, 23), 1)) == "2.0"


def test_m11_two_ages_fall_into_each_bucket():
    ages = [0.2, 0.99, 1.0, 2.5, 3.0, 6.9, 7.0, 13.99, 14.0, 29.0, 30.0, 45]

    assert count_ages(timedelta(days=age) for age in ages) == (2, 2, 2, 2, 2, 2)


def test_exactly_three_days_is_in_the_bucket_that_begins_with_three():
    counts = count_ages([timedelta(days=3)])

    assert [bucket.name for bucket, count in zip(BUCKETS, counts, strict=True) if count] == ["[3,7)"]


@given(st.lists(st.timedeltas(min_value=timedelta(days=-3), max_value=timedelta(days=4000))))
def test_every_age_is_in_exactly_one_bucket(ages):
    assert sum(count_ages(ages)) == len(ages)


def test_buckets_are_named_for_scripts_and_for_readers():
    assert [bucket.name for bucket in BUCKETS] == ["[0,1)", "[1,3)", "[3,7)", "[7,14)", "[14,30)", "[30,inf)"]
    assert [bucket.short for bucket in BUCKETS] == ["0-1", "1-3", "3-7", "7-14", "14-30", "30+"]


def test_m12_reopen_rate_differs_by_tickets_and_by_events():
    assert _percent(6, 80) == "7.5%"
    assert _percent(8, 80) == "10.0%"


def test_m14_attainment_is_lower_with_the_open_breaches():
    assert _percent(46, 50) == "92.0%"
    assert _percent(46, 50 + 3) == "86.8%"


def test_m15_median_is_the_mean_of_the_two_middle_values():
    assert median(M15) == Fraction(105, 2)
    assert plain_number(median(M15), 1) == 52.5


def test_m15_p90_is_one_of_the_values_and_not_interpolated():
    assert percentile(M15, 90) == 240


def test_m15_mean_prints_with_one_decimal():
    assert str(round_half_up(Fraction(sum(M15), len(M15)), 1)) == "122.2"


@given(st.lists(st.integers(0, 10_000), min_size=1), st.integers(1, 100))
def test_a_percentile_covers_at_least_its_share_and_no_smaller_value_does(values, percent):
    found = percentile(values, percent)

    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


def test_figures_of_nothing_are_undefined_and_not_zero():
    assert share(0, 0) is None
    assert median([]) is None
    assert percentile([], 90) is None
    assert plain_number(None, 1) is None


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(minutes=42), "0:42"),
        (timedelta(hours=26, minutes=10, seconds=59), "26:10"),
        (timedelta(), "0:00"),
        (timedelta(minutes=-75), "-1:15"),
        (timedelta(seconds=-30), "0:00"),
    ],
)
def test_lengths_of_time_are_hours_and_minutes(length, text):
    assert hours_text(length) == text


def test_days_are_exact():
    assert in_days(timedelta(hours=18)) == Fraction(3, 4)
    assert plain_number(Fraction(25), 1) == 25
