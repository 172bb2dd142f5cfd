from datetime import timedelta

import pytest

from agentdesk.domain.sla import Threshold, warnings_of
from agentdesk.domain.sla.thresholds import used_at
from tests.domain.sla.facts import at, created, only, promise, reply, status


@pytest.mark.parametrize(
    ("target", "at_risk", "critical"),
    [(240, 180, 216), (60, 45, 54), (40, 25, 36), (15, 0, 13.5), (5, 0, 4.5)],
)
def test_a_short_target_is_at_risk_with_a_quarter_of_an_hour_left(target, at_risk, critical):
    assert used_at(Threshold.AT_RISK, target) == timedelta(minutes=at_risk)
    assert used_at(Threshold.CRITICAL, target) == timedelta(minutes=critical)
    assert used_at(Threshold.DUE, target) == timedelta(minutes=target)


def test_a_clock_that_has_ended_has_only_the_warnings_before_its_end():
    clock = only([created("Mon 10:00"), reply("Mon 13:15")], promise(frt=240), "Tue 09:00", "frt")

    assert [(warning.threshold, warning.at) for warning in warnings_of(clock)] == [
        (Threshold.AT_RISK, at("Mon 13:00"))
    ]


def test_a_pause_keeps_the_warnings_away_that_lie_behind_it():
    events = [created("Mon 10:00"), status("Mon 13:10", "pending")]
    clock = only(events, promise(requester_wait=240), "Tue 09:00", "requester_wait")

    assert [warning.threshold for warning in warnings_of(clock)] == [Threshold.AT_RISK]
