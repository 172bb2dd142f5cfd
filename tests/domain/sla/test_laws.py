from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk.domain.sla import breached_at, due_at, elapsed_minutes, open_intervals, open_time
from tests.domain.sla import naive
from tests.domain.sla.strategies import settings_of_a_clock

slow_to_draw = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
targets = st.integers(1, 3000)


@slow_to_draw
@given(settings_of_a_clock(longest=6 * 1440))
def test_elapsed_agrees_with_counting_every_minute(case):
    calendar, start, end, pauses = case

    assert elapsed_minutes(calendar, start, end, pauses) == naive.count_minutes(calendar, start, end, pauses)


@slow_to_draw
@given(settings_of_a_clock(longest=4 * 1440), st.integers(1, 900))
def test_due_and_breach_agree_with_trying_every_minute(case, target):
    calendar, start, end, pauses = case
    found = naive.find_due(calendar, start, target, pauses, end + timedelta(days=2))

    if found is not None:
        assert (
            due_at(calendar, start, target, pauses),
            breached_at(calendar, start, target, pauses),
        ) == found


@slow_to_draw
@given(settings_of_a_clock(), targets)
def test_exactly_the_target_is_used_when_it_is_due(case, target):
    calendar, start, _, pauses = case
    due = due_at(calendar, start, target, pauses)

    assert open_time(calendar, start, due, pauses) == timedelta(minutes=target)
    assert open_time(calendar, start, due - timedelta(seconds=1), pauses) < timedelta(minutes=target)


@slow_to_draw
@given(settings_of_a_clock(), targets)
def test_a_clock_is_over_its_target_exactly_after_the_breach(case, target):
    calendar, start, _, pauses = case
    breach = breached_at(calendar, start, target, pauses)

    assert due_at(calendar, start, target, pauses) <= breach
    assert open_time(calendar, start, breach, pauses) == timedelta(minutes=target)
    assert open_time(calendar, start, breach + timedelta(microseconds=1), pauses) > timedelta(minutes=target)


@slow_to_draw
@given(settings_of_a_clock(), st.floats(0, 1))
def test_two_parts_of_a_span_add_up_to_the_whole(case, cut):
    calendar, start, end, pauses = case
    middle = start + (end - start) * cut

    parts = open_time(calendar, start, middle, pauses) + open_time(calendar, middle, end, pauses)

    assert parts == open_time(calendar, start, end, pauses)


@slow_to_draw
@given(settings_of_a_clock(), targets)
def test_a_pause_never_brings_a_deadline_forward(case, target):
    calendar, start, _, pauses = case

    for count in range(len(pauses)):
        assert due_at(calendar, start, target, pauses[:count]) <= due_at(
            calendar, start, target, pauses[: count + 1]
        )


@slow_to_draw
@given(settings_of_a_clock(), targets, targets)
def test_a_larger_target_is_due_later(case, one, other):
    calendar, start, _, pauses = case
    dues = [due_at(calendar, start, target, pauses) for target in sorted({one, other})]

    assert dues == sorted(set(dues))


@slow_to_draw
@given(settings_of_a_clock())
def test_open_stretches_are_in_order_and_apart_and_add_up_to_the_open_time(case):
    calendar, start, end, _ = case
    stretches = open_intervals(calendar, start, end)
    edges = [edge for stretch in stretches for edge in stretch]

    assert edges == sorted(set(edges))
    assert sum((closes - opens for opens, closes in stretches), timedelta()) == open_time(
        calendar, start, end
    )


@slow_to_draw
@given(settings_of_a_clock(), st.randoms())
def test_the_order_and_the_overlap_of_pauses_do_not_matter(case, random):
    calendar, start, end, pauses = case
    shuffled = pauses + pauses
    random.shuffle(shuffled)

    assert open_time(calendar, start, end, shuffled) == open_time(calendar, start, end, pauses)
