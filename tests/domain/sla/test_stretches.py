from datetime import timedelta
from itertools import pairwise

from hypothesis import given

from agentdesk.domain.sla import counted_stretches, open_time
from tests.domain.sla.facts import UK, at
from tests.domain.sla.strategies import settings_of_a_clock


@given(settings_of_a_clock())
def test_the_stretches_add_up_to_the_open_time_and_stand_apart_in_order(setting):
    calendar, start, end, pauses = setting
    found = counted_stretches(calendar, start, end, pauses)
    assert sum((until - begin for begin, until in found), timedelta()) == open_time(
        calendar, start, end, pauses
    )
    assert all(begin < until for begin, until in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@given(settings_of_a_clock())
def test_no_stretch_lies_in_a_pause_or_outside_the_span(setting):
    calendar, start, end, pauses = setting
    for begin, until in counted_stretches(calendar, start, end, pauses):
        assert start <= begin < until <= end
        assert all(until <= paused or resumed <= begin for paused, resumed in pauses if paused < resumed)


def test_a_pause_cuts_a_stretch_in_two():
    pauses = [(at("Mon 11:00"), at("Mon 12:00")), (at("Mon 11:30"), at("Mon 12:30"))]
    assert counted_stretches(UK, at("Mon 10:00"), at("Tue 09:30"), pauses) == (
        (at("Mon 10:00"), at("Mon 11:00")),
        (at("Mon 12:30"), at("Mon 17:00")),
        (at("Tue 09:00"), at("Tue 09:30")),
    )
