import pytest

from agentdesk.domain.sla import ClockMetric, Policy, choose_policy
from agentdesk.domain.sla.errors import PolicyError
from agentdesk.domain.vocabulary import Priority


def named(name, order, key):
    return Policy(key, 1, name, "", {}, calendar_id=1, order=order)


def test_the_first_policy_in_order_that_matches_is_chosen():
    gold, silver, rest = named("gold", 1, 3), named("silver", 2, 1), named("rest", 9, 2)

    assert choose_policy([rest, silver, gold], lambda _: True) is gold
    assert choose_policy([rest, silver, gold], lambda policy: policy.name != "gold") is silver
    assert choose_policy([rest, silver, gold], lambda _: False) is None
    assert choose_policy([], lambda _: True) is None


def test_policies_of_the_same_order_are_tried_by_age():
    assert choose_policy([named("b", 1, 2), named("a", 1, 1)], lambda _: True).name == "a"


def test_a_target_that_is_not_named_is_not_promised():
    policy = Policy(1, 1, "gold", "", {(ClockMetric.FRT, Priority.HIGH): 60}, calendar_id=1)

    assert policy.target(ClockMetric.FRT, Priority.HIGH) == 60
    assert policy.target(ClockMetric.FRT, Priority.LOW) is None
    assert policy.target(ClockMetric.NRT, Priority.HIGH) is None


@pytest.mark.parametrize("minutes", [0, -5])
def test_a_target_without_time_is_refused(minutes):
    with pytest.raises(PolicyError) as refused:
        Policy(1, 1, "gold", "", {(ClockMetric.FRT, Priority.HIGH): minutes}, calendar_id=1)

    assert str(refused.value) == (
        f"Policy gold, target for frt high: {minutes} is not possible. Write 1 minute or more, or leave it out."
    )
