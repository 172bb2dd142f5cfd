"""A policy tried on what happened: the very policy gives the very figures, another one is judged from creation on."""

from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.sla import (
    AgentReply,
    Calendar,
    Cancelled,
    ClockMetric,
    Created,
    CustomerMessage,
    PolicyChanged,
    PriorityChanged,
    StatusChanged,
    TicketEvent,
    Verdict,
    clock_state,
)
from agentdesk.domain.sla.replay import Replay, tried_clocks
from agentdesk.domain.vocabulary import Priority, Status
from tests.domain.sla.facts import A7, UK, at, created, policy, promise, reply, status

START = at("Mon 09:00")
END = START + timedelta(days=30)
calendars = st.sampled_from([UK, A7])
minutes = st.integers(1, 3000)
policies = st.builds(
    lambda frt, nrt, wait: promise(frt=frt, nrt=nrt, requester_wait=wait), minutes, minutes, minutes
)


@st.composite
def stories(draw: st.DrawFn) -> list[TicketEvent]:
    """A ticket with messages, statuses and priorities over a week, in any order that events can have."""
    made = START + timedelta(minutes=draw(st.integers(0, 2880)))
    told: list[TicketEvent] = [Created(made, priority=draw(st.sampled_from(Priority)))]
    for _ in range(draw(st.integers(0, 8))):
        when = made + timedelta(minutes=draw(st.integers(0, 10080)))
        told.append(
            draw(
                st.one_of(
                    st.just(AgentReply(when)),
                    st.just(CustomerMessage(when)),
                    st.sampled_from(Status).map(lambda to, when=when: StatusChanged(when, to)),
                    st.sampled_from(Priority).map(lambda to, when=when: PriorityChanged(when, to)),
                )
            )
        )
    if draw(st.integers(0, 9)) == 0:
        told.append(Cancelled(made + timedelta(minutes=draw(st.integers(0, 10080)))))
    return told


def tried(held: object, calendar: Calendar, *tickets: list[TicketEvent], since: datetime = START) -> Replay:
    replay = Replay(held, calendar, since, END)  # type: ignore[arg-type]
    for number, events in enumerate(tickets, 1):
        replay.add(number, events)
    return replay


def under(held: object, calendar: Calendar, events: list[TicketEvent]) -> list[TicketEvent]:
    """The same ticket with a policy from its creation on, as the journal tells it."""
    return [*events, PolicyChanged(events[0].at, held, calendar)]  # type: ignore[arg-type]


@given(policies, calendars, st.lists(stories(), max_size=4))
def test_the_policy_that_tickets_have_gives_the_attainment_of_their_clocks(held, calendar, tickets):
    told = [under(held, calendar, events) for events in tickets]
    replay = tried(held, calendar, *told)

    kept: Counter[tuple[object, object, Verdict]] = Counter()
    for events in told:
        for clock in clock_state(events, A7, None, END):
            if clock.verdict and clock.fulfilled_at and clock.fulfilled_at >= START:
                kept[clock.metric, clock.priority_judged, clock.verdict] += 1
    for (metric, priority), one in replay.parts.items():
        assert one.then == one.now
        assert one.then.met == kept[metric, priority, Verdict.MET]
        assert one.then.breached == kept[metric, priority, Verdict.BREACHED]
    assert replay.total.then.completed == sum(kept.values())
    assert (replay.worse, replay.better) == ([], 0)


@given(policies, policies, calendars, st.lists(stories(), max_size=4))
def test_the_parts_add_up_to_the_total_and_what_got_worse_and_better_to_the_difference(
    held, draft, calendar, tickets
):
    replay = tried(draft, calendar, *[under(held, calendar, events) for events in tickets])

    for side in ("then", "now"):
        parts = [getattr(one, side) for one in replay.parts.values()]
        total = getattr(replay.total, side)
        assert sum(one.met for one in parts) == total.met
        assert sum(one.breached for one in parts) == total.breached
    # Both promise the same metrics, so each clock is on both sides.
    assert replay.total.then.completed == replay.total.now.completed
    assert replay.total.then.met - len(replay.worse) + replay.better == replay.total.now.met


def test_a_tighter_target_breaks_what_was_met_the_worst_first():
    tickets = [
        under(promise(frt=240), UK, [created("Mon 09:00"), reply("Mon 10:00")]),
        under(promise(frt=240), UK, [created("Mon 09:00"), reply("Mon 12:00")]),
        under(promise(frt=240), UK, [created("Mon 09:00"), reply("Mon 09:20")]),
    ]
    replay = tried(promise(frt=30), UK, *tickets)

    assert replay.total.then.attainment == 1
    assert replay.total.now.attainment == Fraction(1, 3)
    assert [(one.ticket_id, one.clock.overdue_minutes) for one in replay.worst] == [(2, 150), (1, 30)]
    assert replay.tickets == 3


def test_a_wider_target_counts_as_better_and_hours_that_close_count_too():
    story = under(promise(frt=60), A7, [created("Mon 16:30"), reply("Tue 09:20")])
    assert tried(promise(frt=60), A7, story).total.now.breached == 1
    replay = tried(promise(frt=60), UK, story)
    assert (replay.total.then.breached, replay.total.now.met, replay.better) == (1, 1, 1)


def test_only_clocks_that_ended_in_the_period_count():
    story = under(promise(frt=60), UK, [created("Mon 09:00"), reply("Mon 09:30")])
    assert tried(promise(frt=60), UK, story, since=at("Mon 09:30")).total.then.completed == 1
    later = tried(promise(frt=60), UK, story, since=at("Mon 09:31"))
    assert (later.total.then.completed, later.total.now.attainment, later.tickets) == (0, None, 0)
    assert tried(promise(frt=60), UK, under(promise(frt=60), UK, [created("Mon 09:00")])).parts == {}


def test_a_metric_that_was_never_promised_has_clocks_under_the_draft_only():
    story = under(
        promise(frt=60), UK, [created("Mon 09:00"), reply("Mon 09:30"), status("Mon 10:00", "solved")]
    )
    replay = tried(policy(("requester_wait", "normal", 30)), UK, story)
    wait = replay.parts[ClockMetric.REQUESTER_WAIT, Priority.NORMAL]
    assert (wait.then.completed, wait.now.breached) == (0, 1)
    assert replay.parts[ClockMetric.FRT, Priority.NORMAL].now.completed == 0
    assert replay.worse == []  # nothing of it was met before


def test_a_draft_holds_from_creation_on_whatever_the_ticket_had_later():
    story = [created("Mon 09:00"), PolicyChanged(at("Mon 10:00"), promise(frt=600), A7), reply("Mon 12:00")]
    [clock] = tried_clocks(story, promise(frt=60), UK, END)
    assert (clock.target_minutes, clock.elapsed_minutes, clock.breached_at) == (60, 180, at("Mon 10:00"))
    assert [one.at for one in clock.targets] == [at("Mon 09:00")]


TWO = {"high": 120, "normal": 480}


def by_priority(**minutes):
    return policy(*(("frt", priority, told) for priority, told in minutes.items()))


def raised(*, first: str, later: str, answered: str) -> list[TicketEvent]:
    return [
        Created(at("Mon 09:00"), priority=Priority(first)),
        PriorityChanged(at("Mon 10:00"), Priority(later)),
        reply(answered),
    ]


def test_a_priority_that_a_draft_does_not_touch_has_the_same_figures_on_both_sides():
    stories = [
        raised(first="normal", later="high", answered="Mon 10:45"),  # met, the draft would have broken it
        raised(
            first="high", later="normal", answered="Mon 12:00"
        ),  # broken while it was high, under the draft
        raised(first="high", later="normal", answered="Tue 12:00"),  # broken either way
        raised(first="normal", later="high", answered="Mon 12:00"),
    ]
    replay = tried(
        by_priority(high=30, normal=480), UK, *[under(by_priority(**TWO), UK, one) for one in stories]
    )
    normal = replay.parts.get((ClockMetric.FRT, Priority.NORMAL))
    assert normal is not None
    assert normal.then == normal.now
    high = replay.parts[ClockMetric.FRT, Priority.HIGH]
    assert (high.then.met, high.then.breached, high.now.met, high.now.breached) == (2, 1, 0, 3)


@given(st.lists(stories(), max_size=4), st.integers(1, 3000), st.integers(1, 3000), calendars)
def test_whatever_happens_an_untouched_priority_stays_untouched(tickets, before, after, calendar):
    told = [under(by_priority(high=before, urgent=60, normal=480, low=900), calendar, one) for one in tickets]
    draft = by_priority(high=after, urgent=60, normal=480, low=900)
    for (_, priority), one in tried(draft, calendar, *told).parts.items():
        assert priority is Priority.HIGH or one.then == one.now
