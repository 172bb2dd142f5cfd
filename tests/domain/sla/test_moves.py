"""What becomes of running clocks when their ticket comes under something else now (R9)."""

import pytest

from agentdesk.domain.sla import BreachCause, PolicyChanged, clock_state
from agentdesk.domain.sla.moves import Effect, moved_clocks
from tests.domain.sla.facts import A7, UK, at, created, promise, reply, status


def story(*more, frt=240, **targets):
    begun = created("Mon 09:00")
    return [begun, PolicyChanged(begun.at, promise(frt=frt, **targets), UK), *more]


@pytest.mark.parametrize(
    ("to", "effect"),
    [
        (promise(frt=60), Effect.BREACHED),
        (promise(frt=120), Effect.EARLIER),
        (promise(frt=300), Effect.LATER),
        (promise(frt=240), Effect.STAYS),
        (promise(nrt=240), Effect.ENDS),
        (None, Effect.ENDS),
    ],
)
def test_a_clock_has_one_effect(to, effect):
    [move] = moved_clocks(story(), to, UK, at("Mon 10:30"))
    assert move.effect is effect


def test_a_clock_that_only_the_new_policy_promises_begins_or_is_breached_at_once():
    [first, wait] = moved_clocks(story(), promise(frt=240, requester_wait=600), UK, at("Mon 10:30"))
    assert (first.effect, wait.effect, wait.before) == (Effect.STAYS, Effect.BEGINS, None)
    [_, wait] = moved_clocks(story(), promise(frt=240, requester_wait=60), UK, at("Mon 10:30"))
    assert wait.effect is Effect.BREACHED
    assert wait.after.breached_at == at("Mon 10:30")
    assert wait.after.breach_cause is BreachCause.RETARGET


def test_other_hours_move_a_clock_too():
    [move] = moved_clocks(story(frt=600), promise(frt=600), A7, at("Mon 10:30"))
    assert (move.effect, move.after.due_at) == (Effect.EARLIER, at("Mon 19:00"))


def test_a_paused_clock_with_another_target_is_neither_earlier_nor_later():
    told = story(reply("Mon 09:10"), status("Mon 09:30", "pending"), requester_wait=60)
    [wait] = [
        one for one in moved_clocks(told, promise(requester_wait=90), UK, at("Mon 10:00")) if one.before
    ]
    assert (wait.before.due_at, wait.effect) == (None, Effect.OTHERWISE)


def test_what_has_ended_is_not_moved_and_a_breach_stays_on_record():
    told = story(reply("Mon 09:10"), frt=60)
    assert moved_clocks(told, promise(frt=1), UK, at("Mon 10:00")) == ()
    [late] = moved_clocks(story(frt=60), promise(frt=600), UK, at("Mon 11:00"))
    assert late.effect is Effect.LATER
    assert late.after.breached_at == at("Mon 10:00")
    assert late.after.cleared_by_retarget


def test_the_move_is_what_the_journal_says_afterwards():
    to, now = promise(frt=30), at("Mon 10:30")
    [move] = moved_clocks(story(), to, UK, now)
    [after] = clock_state([*story(), PolicyChanged(now, to, UK)], A7, None, now)
    assert move.after == after
