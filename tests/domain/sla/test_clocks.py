from datetime import timedelta

import pytest

from agentdesk.domain.sla import (
    BreachCause,
    Calendar,
    CallReached,
    Cancelled,
    CancelReason,
    ClockState,
    FulfilledBy,
    InternalNote,
    MergedIn,
    PolicyChanged,
    PriorityChanged,
    SystemMessage,
    Verdict,
    clock_state,
    ticket_times,
)
from agentdesk.domain.vocabulary import AuthorKind, Priority, Status
from tests.domain.sla.facts import (
    UK,
    WHOLE_TICKET,
    at,
    clocks,
    created,
    customer,
    only,
    policy,
    promise,
    reply,
    status,
)

NEW = created("Mon 09:00")


def test_a_ticket_without_policy_has_no_clock():
    assert clocks(WHOLE_TICKET, None, "Fri 09:00") == []
    assert clocks(WHOLE_TICKET, policy(("frt", "urgent", 60)), "Fri 09:00") == []


def test_a_ticket_that_is_not_there_yet_has_no_clock():
    assert clocks([NEW], promise(frt=60), "Mon 08:59") == []
    assert clocks([], promise(frt=60), "Mon 09:00") == []
    assert ticket_times([NEW], UK, at("Mon 08:59")) is None


@pytest.mark.parametrize(
    "event", [InternalNote(at("Mon 09:30")), SystemMessage(at("Mon 09:30")), customer("Mon 09:30")]
)
def test_only_a_reply_is_a_first_reply(event):
    assert only([NEW, event], promise(frt=60), "Mon 09:45", "frt").fulfilled_at is None


def test_a_call_that_reaches_the_customer_is_a_first_reply_but_no_next_one():
    events = [NEW, CallReached(at("Mon 09:30")), customer("Mon 10:00"), CallReached(at("Mon 10:10"))]
    first, following = clocks(events, promise(frt=60, nrt=60), "Mon 10:30")

    assert (first.elapsed_minutes, first.fulfilled_by) == (30, FulfilledBy.CALL)
    assert following.fulfilled_at is None
    assert ticket_times(events, UK, at("Mon 10:30")).frt.business_minutes == 30
    assert ticket_times(events, UK, at("Mon 10:30")).replies == 0


def test_solving_ends_a_wait_for_the_next_reply_and_says_so():
    events = [NEW, reply("Mon 09:10"), customer("Mon 10:00"), status("Mon 10:30", "solved")]
    clock = only(events, promise(nrt=60), "Mon 12:00", "nrt")

    assert (clock.fulfilled_by, clock.elapsed_minutes, clock.state) == (
        FulfilledBy.SOLVED,
        30,
        ClockState.MET,
    )


def test_a_reply_in_the_submit_that_solves_is_the_answer():
    solved_first = [
        NEW,
        reply("Mon 09:10"),
        customer("Mon 10:00"),
        status("Mon 10:30", "solved"),
        reply("Mon 10:30"),
    ]

    assert only(solved_first, promise(nrt=60), "Mon 12:00", "nrt").fulfilled_by is FulfilledBy.REPLY


def test_solving_without_a_reply_ends_the_first_reply_clock_but_is_no_first_reply():
    events = [NEW, status("Mon 09:30", "solved")]
    clock = only(events, promise(frt=60), "Tue 12:00", "frt")

    assert (clock.fulfilled_by, clock.state) == (FulfilledBy.SOLVED, ClockState.MET)
    assert ticket_times(events, UK, at("Tue 12:00")).frt is None


def test_a_reply_after_reopening_is_the_first_reply_of_a_ticket_solved_without_one():
    events = [NEW, status("Mon 09:30", "solved"), status("Mon 10:00", "open"), reply("Mon 11:00")]

    assert only(events, promise(nrt=90), "Tue 12:00", "nrt").elapsed_minutes == 60
    assert ticket_times(events, UK, at("Tue 12:00")).frt.business_minutes == 120


def test_reopening_resumes_the_wait_and_starts_a_new_next_reply():
    events = [
        NEW,
        reply("Mon 10:00"),
        status("Mon 10:00", "solved"),
        customer("Mon 14:00"),
        status("Mon 14:00", "open"),
    ]
    following, wait = clocks(events, promise(nrt=120, requester_wait=120), "Mon 14:30")

    assert (following.number, following.started_at, following.elapsed_minutes) == (1, at("Mon 14:00"), 30)
    assert (wait.elapsed_minutes, wait.due_at, wait.is_running) == (90, at("Mon 15:00"), True)
    assert [(pause.start, pause.until, pause.status) for pause in wait.pauses] == [
        (at("Mon 10:00"), at("Mon 14:00"), Status.SOLVED)
    ]


def test_reopening_by_an_agent_starts_a_new_next_reply_too():
    events = [NEW, reply("Mon 10:00"), status("Mon 10:00", "solved"), status("Mon 14:00", "open")]

    assert only(events, promise(nrt=60), "Mon 14:30", "nrt").started_at == at("Mon 14:00")


def test_reopening_with_the_answer_in_the_same_submit_awaits_none():
    events = [
        NEW,
        reply("Mon 10:00"),
        status("Mon 10:00", "solved"),
        status("Mon 14:00", "open"),
        reply("Mon 14:00"),
    ]
    [gap] = clocks(events, promise(nrt=60, update_gap=60), "Mon 14:30")

    assert (gap.metric, gap.started_at) == ("update_gap", at("Mon 14:00"))


def test_thanks_on_a_solved_ticket_awaits_no_reply():
    events = [NEW, reply("Mon 10:00"), status("Mon 10:00", "solved"), customer("Mon 11:00")]

    assert clocks(events, promise(nrt=60), "Tue 12:00") == []


def test_closing_changes_nothing_that_solving_has_ended():
    solved = [NEW, reply("Mon 10:00"), status("Mon 11:00", "solved")]
    closed = [*solved, status("2026-03-09 11:00", "closed")]
    wait, still = (
        only(events, promise(requester_wait=60), "2026-03-10 09:00", "requester_wait")
        for events in (solved, closed)
    )

    assert (wait.elapsed, wait.fulfilled_at, wait.state) == (still.elapsed, still.fulfilled_at, still.state)


def test_an_update_is_owed_from_one_reply_to_the_next_whatever_the_customer_does():
    events = [
        NEW,
        reply("Mon 10:00"),
        status("Mon 10:00", "pending"),
        customer("Mon 11:00"),
        reply("Mon 12:00"),
    ]
    first, second = clocks(events, promise(update_gap=60), "Mon 12:30")

    assert (first.elapsed_minutes, first.breached_at) == (120, at("Mon 11:00"))
    assert (second.elapsed_minutes, second.state) == (30, ClockState.RUNNING)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("Mon 12:59", ClockState.RUNNING),
        ("Mon 13:00", ClockState.AT_RISK),
        ("Mon 13:36", ClockState.CRITICAL),
        ("Mon 14:00", ClockState.DUE),
        ("Mon 14:01", ClockState.BREACHED),
    ],
)
def test_a_clock_shows_how_close_it_is(now, state):
    assert only([created("Mon 10:00")], promise(frt=240), now, "frt").state is state


def test_a_deadline_at_closing_time_is_due_all_night_and_not_breached():
    clock = only([created("Mon 15:00")], promise(frt=120), "Tue 09:00", "frt")

    assert (clock.state, clock.breached_at) == (ClockState.DUE, None)
    assert only([created("Mon 15:00")], promise(frt=120), "Tue 09:01", "frt").breached_at == at("Tue 09:00")


def test_a_paused_clock_shows_no_deadline_it_could_not_keep():
    events = [NEW, status("Mon 10:00", "pending")]
    clock = only(events, promise(requester_wait=120), "Mon 10:00", "requester_wait")

    assert (clock.state, clock.is_paused, clock.due_at) == (ClockState.PAUSED, True, None)


def test_a_breached_clock_stays_breached_while_it_is_paused():
    events = [NEW, status("Mon 11:30", "pending")]
    clock = only(events, promise(requester_wait=120), "Tue 10:00", "requester_wait")

    assert (clock.state, clock.is_paused) == (ClockState.BREACHED, True)
    assert (clock.due_at, clock.breached_at, clock.overdue_minutes) == (at("Mon 11:00"), at("Mon 11:00"), 30)


def test_a_target_used_up_exactly_when_the_pause_begins_breaches_after_it():
    events = [NEW, status("Mon 11:00", "pending"), status("Mon 15:00", "open")]
    clock = only(events, promise(requester_wait=120), "Mon 15:01", "requester_wait")

    assert (clock.due_at, clock.breached_at) == (at("Mon 11:00"), at("Mon 15:00"))


@pytest.mark.parametrize("reason", [CancelReason.MERGED, CancelReason.SPAM, CancelReason.DELETED])
def test_the_clocks_of_a_ticket_that_is_gone_leave_all_figures(reason):
    events = [NEW, status("Mon 12:00", "closed"), Cancelled(at("Mon 12:00"), reason), reply("Mon 12:30")]
    clock = only(events, promise(frt=60), "Tue 09:00", "frt")

    assert (clock.state, clock.cancelled_at, clock.cancel_reason) == (
        ClockState.CANCELLED,
        at("Mon 12:00"),
        reason,
    )
    assert (clock.elapsed_minutes, clock.fulfilled_at, clock.verdict) == (180, None, None)


def test_a_clock_fulfilled_before_the_merge_leaves_the_figures_too():
    clock = only([NEW, reply("Mon 09:30"), Cancelled(at("Mon 12:00"))], promise(frt=60), "Tue 09:00", "frt")

    assert (clock.state, clock.verdict, clock.elapsed_minutes) == (ClockState.CANCELLED, None, 30)


def test_a_merge_brings_its_earlier_unanswered_message_along():
    events = [NEW, reply("Mon 09:30"), customer("Mon 11:00"), MergedIn(at("Mon 11:30"), at("Mon 10:00"))]

    assert only(events, promise(nrt=120), "Mon 11:29", "nrt").started_at == at("Mon 11:00")
    assert only(events, promise(nrt=120), "Mon 11:30", "nrt").started_at == at("Mon 10:00")


@pytest.mark.parametrize("since", [at("Mon 10:00"), None])
def test_a_merge_leaves_a_ticket_alone_that_waits_for_its_first_reply(since):
    [first] = clocks([NEW, MergedIn(at("Mon 11:30"), since)], promise(frt=600, nrt=60), "Mon 12:00")

    assert (first.metric, first.started_at) == ("frt", at("Mon 09:00"))


def test_a_merge_starts_a_next_reply_where_none_is_awaited():
    events = [NEW, reply("Mon 09:30"), MergedIn(at("Mon 11:30"), at("Mon 10:00"))]

    assert only(events, promise(nrt=60), "Mon 12:00", "nrt").breached_at == at("Mon 11:00")


def test_a_merge_starts_no_wait_in_the_future():
    events = [NEW, reply("Mon 09:30"), MergedIn(at("Mon 11:30"), at("Mon 16:00"))]

    assert only(events, promise(nrt=60), "Mon 12:00", "nrt").started_at == at("Mon 11:30")


def test_a_status_left_in_the_same_submit_is_no_pause():
    events = [NEW, status("Mon 10:00", "pending"), status("Mon 10:00", "open")]

    assert only(events, promise(agent_work=60), "Mon 12:00", "agent_work").pauses == ()


def test_a_status_left_in_the_same_submit_took_no_time_not_even_none_of_it():
    events = [NEW, status("Mon 10:00", "open"), status("Mon 10:00", "pending")]
    times = ticket_times(events, UK, at("Mon 12:00"))

    assert list(times.in_status) == [Status.NEW, Status.PENDING]
    assert (times.agent_wait.business_minutes, times.on_hold_time) == (120, None)


def test_the_times_of_a_merged_ticket_end_with_it():
    times = ticket_times([NEW, Cancelled(at("Mon 10:00"))], UK, at("Tue 09:00"))

    assert times.in_status[Status.NEW].business_minutes == 60


def test_another_policy_keeps_the_start_and_gives_another_target():
    tighter = policy(("frt", "normal", 90), version=2)
    events = [NEW, PolicyChanged(at("Mon 10:00"), tighter)]
    clock = only(events, promise(frt=240), "Mon 10:01", "frt")

    assert (clock.started_at, clock.due_at) == (at("Mon 09:00"), at("Mon 10:30"))
    assert [(one.at, one.minutes, one.policy_version) for one in clock.targets] == [
        (at("Mon 09:00"), 240, 1),
        (at("Mon 10:00"), 90, 2),
    ]


def test_a_new_target_that_is_just_used_up_is_breached_by_time():
    events = [NEW, PriorityChanged(at("Mon 10:00"), Priority.URGENT)]
    rule = policy(("frt", "normal", 480), ("frt", "urgent", 60))
    due, late = (only(events, rule, now, "frt") for now in ("Mon 10:00", "Mon 10:01"))

    assert (due.state, due.breached_at) == (ClockState.DUE, None)
    assert (late.breached_at, late.breach_cause) == (at("Mon 10:00"), BreachCause.TIME)


def test_a_cancelled_clock_is_not_paused():
    events = [NEW, status("Mon 10:00", "pending"), Cancelled(at("Mon 11:00"))]

    assert not only(events, promise(requester_wait=60), "Tue 09:00", "requester_wait").is_paused


def test_a_target_that_comes_later_counts_from_the_start():
    events = [NEW, PriorityChanged(at("Mon 11:00"), Priority.URGENT)]
    rule = policy(("frt", "urgent", 60))

    assert clocks(events, rule, "Mon 10:59") == []
    clock = only(events, rule, "Mon 11:00", "frt")
    assert (clock.started_at, clock.breached_at, clock.breach_cause) == (
        at("Mon 09:00"),
        at("Mon 11:00"),
        BreachCause.RETARGET,
    )


def test_a_target_that_goes_away_cancels_the_clock_until_it_is_back():
    rule = policy(("frt", "urgent", 180))
    events = [
        created("Mon 09:00", priority=Priority.URGENT),
        PriorityChanged(at("Mon 10:00"), Priority.LOW),
        PriorityChanged(at("Mon 11:00"), Priority.URGENT),
    ]
    gone, back = (only(events, rule, now, "frt") for now in ("Mon 10:30", "Mon 11:30"))

    assert (gone.state, gone.cancel_reason, gone.cancelled_at) == (
        ClockState.CANCELLED,
        CancelReason.NO_TARGET,
        at("Mon 10:00"),
    )
    assert (gone.elapsed_minutes, gone.verdict) == (60, None)
    assert (back.state, back.elapsed_minutes, back.due_at) == (ClockState.AT_RISK, 150, at("Mon 12:00"))


def test_a_breach_outlives_its_target():
    events = [created("Mon 09:00", priority=Priority.URGENT), PriorityChanged(at("Mon 11:00"), Priority.LOW)]
    clock = only(events, policy(("frt", "urgent", 60)), "Mon 12:00", "frt")

    assert (clock.breached_at, clock.verdict, clock.cleared_by_retarget) == (
        at("Mon 10:00"),
        Verdict.BREACHED,
        True,
    )


def test_a_priority_changed_in_the_submit_that_replies_comes_too_late():
    events = [NEW, PriorityChanged(at("Mon 10:30"), Priority.URGENT), reply("Mon 10:30")]
    clock = only(events, policy(("frt", "normal", 240), ("frt", "urgent", 60)), "Mon 12:00", "frt")

    assert (clock.target_minutes, clock.verdict) == (240, Verdict.MET)


def test_a_breach_does_not_count_as_cleared_while_the_clock_shows_it():
    clock = only([NEW], promise(frt=60), "Mon 12:00", "frt")

    assert (clock.verdict, clock.cleared_by_retarget) == (Verdict.BREACHED, False)


def test_a_clock_that_is_on_time_has_no_verdict_before_it_is_fulfilled():
    assert only([NEW], promise(frt=60), "Mon 09:30", "frt").verdict is None


def test_events_are_read_in_their_order_however_they_are_given():
    assert clocks(WHOLE_TICKET[::-1], promise(frt=120, nrt=60, update_gap=60), "Fri 09:00") == clocks(
        WHOLE_TICKET, promise(frt=120, nrt=60, update_gap=60), "Fri 09:00"
    )


def test_what_lies_before_the_creation_is_not_seen():
    events = [reply("Mon 08:00"), NEW]

    assert only(events, promise(frt=60), "Mon 09:30", "frt").fulfilled_at is None


def test_a_ticket_created_solved_has_no_clock_running():
    events = [created("Mon 09:00", by=AuthorKind.AGENT, status=Status.SOLVED)]

    assert [clock.is_running for clock in clocks(events, promise(frt=60, agent_work=60), "Tue 09:00")] == [
        False,
        False,
    ]


def test_a_calendar_that_never_opens_breaks_no_queue():
    closed = Calendar.parse("closed", "UTC")
    [clock] = clock_state([NEW], closed, promise(frt=60), at("Tue 09:00"))

    assert (clock.due_at, clock.elapsed, clock.breached_at) == (None, timedelta(), None)


LATER = Calendar.parse("Mon-Fri 12:00-20:00", "Europe/London", name="later")


def test_other_hours_count_from_the_start_and_give_another_due_instant():
    rule = promise(frt=240)
    events = [NEW, PolicyChanged(at("Mon 10:00"), rule, LATER)]
    clock = only(events, rule, "Mon 13:00", "frt")

    assert (clock.started_at, clock.elapsed_minutes, clock.due_at) == (at("Mon 09:00"), 60, at("Mon 16:00"))
    assert [one.calendar.name for one in clock.targets] == ["UK", "later"]


def test_a_breach_under_the_hours_before_stays_on_record():
    rule = promise(frt=60)
    events = [NEW, PolicyChanged(at("Mon 11:00"), rule, LATER)]
    clock = only(events, rule, "Mon 12:30", "frt")

    assert (clock.state, clock.elapsed_minutes) == (ClockState.RUNNING, 30)
    assert (clock.breached_at, clock.breach_cause) == (at("Mon 10:00"), BreachCause.TIME)
    assert clock.verdict is Verdict.BREACHED
    assert clock.cleared_by_retarget
