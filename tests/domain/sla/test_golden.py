"""The worked examples G01 to G30, figure by figure; calendars and facts are in `facts.py`."""

from datetime import timedelta

import pytest

from agentdesk.domain.sla import (
    AgentReply,
    BreachCause,
    ClockState,
    FulfilledBy,
    InternalNote,
    PriorityChanged,
    Threshold,
    Verdict,
    breached_at,
    due_at,
    elapsed_minutes,
    open_intervals,
    ticket_times,
    warnings_of,
)
from agentdesk.domain.vocabulary import AuthorKind, Priority, Status
from tests.domain.sla.facts import (
    A7,
    DE,
    GAP,
    NIGHT,
    NY,
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

NEW_YORK = "America/New_York"
BERLIN = "Europe/Berlin"


def test_g01_a_target_within_one_day():
    clock = only([created("Mon 10:00"), reply("Mon 13:15")], promise(frt=240), "Tue 09:00", "frt")

    assert clock.due_at == at("Mon 14:00")
    assert clock.elapsed_minutes == 195
    assert clock.state is ClockState.MET


@pytest.mark.parametrize(
    ("calendar", "zone", "start", "target", "due"),
    [
        pytest.param(UK, "Europe/London", "Mon 16:00", 120, "Tue 10:00", id="G02 over closing time"),
        pytest.param(
            UK, "Europe/London", "2026-12-24 16:00", 240, "2026-12-29 12:00", id="G04 holidays, weekend"
        ),
        pytest.param(UK, "Europe/London", "Mon 17:00", 30, "Tue 09:30", id="G05 created at closing time"),
        pytest.param(DE, BERLIN, "Fri 11:30", 360, "2026-03-07 10:30", id="G07 lunch and Saturday"),
        pytest.param(A7, "Europe/London", "2026-03-28 20:00", 720, "2026-03-29 09:00", id="G09 spring, 24x7"),
        pytest.param(A7, "Europe/London", "2026-10-24 20:00", 720, "2026-10-25 07:00", id="G10 autumn, 24x7"),
        pytest.param(NY, NEW_YORK, "Fri 16:30", 120, "2026-03-09 10:00", id="G11 over the US change"),
        pytest.param(NIGHT, NEW_YORK, "2026-03-08 00:00", 240, "2026-03-08 05:00", id="G12 window in spring"),
        pytest.param(NIGHT, NEW_YORK, "2026-11-01 00:00", 240, "2026-11-01 03:00", id="G12 window in autumn"),
        pytest.param(
            GAP, NEW_YORK, "2026-03-08 00:00", 30, "2026-03-08 04:00", id="G13 from the missing hour"
        ),
        pytest.param(UK, "Europe/London", "2026-05-01 16:30", 60, "2026-05-05 09:30", id="G26 bank holiday"),
        pytest.param(UK, "Europe/London", "Fri 16:59", 1, "Fri 17:00", id="G27 last open minute"),
        pytest.param(
            NY, NEW_YORK, "2026-10-30 17:00", 60, "2026-11-02 09:30", id="G29 weekend of the US autumn"
        ),
    ],
)
def test_a_target_is_due_when_the_example_says(calendar, zone, start, target, due):
    assert due_at(calendar, at(start, zone), target) == at(due, zone)


def test_g03_created_out_of_hours():
    events = [created("Fri 18:30"), reply("2026-03-09 09:20")]
    clock = only(events, promise(frt=60), "2026-03-09 12:00", "frt")
    times = ticket_times(events, UK, at("2026-03-09 12:00"))

    assert clock.due_at == at("2026-03-09 10:00")
    assert clock.elapsed_minutes == 20
    assert times.frt.calendar_minutes == 3770


@pytest.mark.parametrize(
    ("replied", "used", "state"),
    [("Tue 08:59", 120, ClockState.MET), ("Tue 09:01", 121, ClockState.BREACHED)],
)
def test_g06_a_reply_in_the_night_after_a_deadline_at_closing_time_is_in_time(replied, used, state):
    clock = only([created("Mon 15:00"), reply(replied)], promise(frt=120), "Wed 09:00", "frt")

    assert clock.due_at == at("Mon 17:00")
    assert clock.elapsed_minutes == used
    assert clock.state is state


def test_g06_the_breach_is_the_next_opening():
    assert breached_at(UK, at("Mon 15:00"), 120) == at("Tue 09:00")


def test_g08_a_customer_in_another_zone():
    due = due_at(UK, at("2026-03-03 08:30", "Asia/Tokyo"), 60)

    assert due == at("2026-03-03 10:00") == at("2026-03-03 19:00", "Asia/Tokyo")


def test_g11_the_span_over_the_change_has_an_hour_less():
    start = at("Fri 16:30", NEW_YORK)

    assert (due_at(NY, start, 120) - start) == timedelta(minutes=3870)
    assert elapsed_minutes(NY, start, at("2026-03-09 10:00", NEW_YORK)) == 120


@pytest.mark.parametrize(("day", "minutes"), [("2026-03-08", 300), ("2026-11-01", 420)])
def test_g12_a_window_over_the_change_is_shorter_or_longer(day, minutes):
    assert elapsed_minutes(NIGHT, at(f"{day} 00:00", NEW_YORK), at(f"{day} 12:00", NEW_YORK)) == minutes


def test_g13_a_window_from_the_missing_hour_opens_an_hour_later():
    day = at("2026-03-08 00:00", NEW_YORK), at("2026-03-08 12:00", NEW_YORK)

    [(opens, closes)] = open_intervals(GAP, *day)
    assert opens == at("2026-03-08 03:30", NEW_YORK)
    assert closes - opens == timedelta(minutes=150)


def paused_ticket(in_status):
    return [
        created("Mon 09:00"),
        status("Mon 11:00", in_status),
        status("Tue 10:00", "open"),
        status("Tue 15:30", "solved"),
    ]


def test_g14_pending_pauses_the_wait_of_the_customer():
    clock = only(paused_ticket("pending"), promise(requester_wait=480), "Wed 09:00", "requester_wait")

    assert due_at(UK, at("Mon 09:00"), 480) == at("Mon 17:00")
    assert clock.due_at == at("Tue 16:00")
    assert clock.elapsed_minutes == 450
    assert elapsed_minutes(UK, clock.pauses[0].start, clock.pauses[0].until) == 420
    assert clock.state is ClockState.MET


def test_g15_on_hold_pauses_the_work_but_not_the_wait():
    rule = promise(requester_wait=480, agent_work=480)
    wait, work = clocks(paused_ticket("on_hold"), rule, "Wed 09:00")

    assert (wait.elapsed_minutes, wait.due_at, wait.breached_at) == (870, at("Mon 17:00"), at("Tue 09:00"))
    assert wait.state is ClockState.BREACHED
    assert (work.elapsed_minutes, work.state) == (450, ClockState.MET)


def test_g16_pending_before_any_reply_does_not_stop_the_first_reply():
    events = [
        created("Mon 09:00"),
        status("Mon 09:30", "pending"),
        status("Mon 10:30", "open"),
        reply("Mon 10:30"),
    ]
    clock = only(events, promise(frt=60), "Tue 09:00", "frt")

    assert clock.elapsed_minutes == 90
    assert clock.breached_at == at("Mon 10:00")
    assert clock.breach_cause is BreachCause.TIME


def test_g17_the_next_reply_counts_from_the_oldest_unanswered_message():
    events = [
        created("Mon 09:00"),
        reply("Mon 09:10"),
        customer("Mon 10:00"),
        InternalNote(at("Mon 10:20")),
        customer("Mon 10:40"),
        customer("Mon 11:00"),
        reply("Mon 11:30"),
    ]
    clock = only(events, promise(nrt=60), "Tue 09:00", "nrt")

    assert clock.elapsed_minutes == 90
    assert clock.breached_at == at("Mon 11:00")


def test_g18_a_second_message_before_the_first_reply_belongs_to_the_first_reply():
    events = [created("Mon 09:00"), customer("Mon 09:30"), reply("Mon 10:15")]
    [first] = clocks(events, promise(frt=60, nrt=60), "Tue 09:00")

    assert (first.metric, first.elapsed_minutes) == ("frt", 75)


BY_PRIORITY = policy(("frt", "normal", 480), ("frt", "urgent", 60))


def test_g19_a_priority_raised_in_flight_breaches_at_the_change():
    events = [created("Mon 09:00"), PriorityChanged(at("Mon 11:00"), Priority.URGENT)]
    before = only(events, BY_PRIORITY, "Mon 10:59", "frt")
    after = only(events, BY_PRIORITY, "Mon 11:00", "frt")

    assert (before.due_at, before.breached_at) == (at("Mon 17:00"), None)
    assert (after.due_at, after.breached_at) == (at("Mon 10:00"), at("Mon 11:00"))
    assert after.breach_cause is BreachCause.RETARGET
    assert after.overdue_minutes == 60


def test_g20_a_priority_lowered_after_a_breach_clears_the_clock_but_not_the_record():
    events = [
        created("Mon 09:00", priority=Priority.URGENT),
        PriorityChanged(at("Mon 10:30"), Priority.NORMAL),
        reply("Mon 11:00"),
    ]
    clock = only(events, BY_PRIORITY, "Tue 09:00", "frt")

    assert (clock.due_at, clock.state) == (at("Mon 17:00"), ClockState.MET)
    assert (clock.breached_at, clock.breach_cause) == (at("Mon 10:00"), BreachCause.TIME)
    assert clock.verdict is Verdict.BREACHED
    assert clock.cleared_by_retarget


def test_g21_a_reopened_ticket_has_three_resolution_times():
    events = [
        created("Mon 09:00"),
        status("Mon 12:00", "solved"),
        status("Wed 10:00", "open"),
        status("Wed 11:30", "solved"),
    ]
    times = ticket_times(events, UK, at("Fri 09:00"))

    assert times.first_resolution.business_minutes == 180
    assert times.full_resolution.business_minutes == 1110
    assert times.full_resolution.calendar_minutes == 3030
    assert times.active_resolution.business_minutes == 270
    assert times.reopens == 1
    assert not times.one_touch


def test_g22_the_time_a_ticket_lay_solved_moves_its_deadline():
    events = [created("Mon 10:00"), status("Mon 13:00", "solved"), status("Mon 15:00", "open")]
    rule = promise(requester_wait=360)

    assert only(events, rule, "Mon 12:00", "requester_wait", A7).due_at == at("Mon 16:00")
    assert only(events, rule, "Mon 15:30", "requester_wait", A7).due_at == at("Mon 18:00")


def test_g23_reassigning_leaves_no_trace_in_a_clock():
    # Moving a ticket to another team is no event of a clock: it only leaves the status of a new ticket.
    events = [created("Mon 09:00"), status("Mon 10:00", "open"), reply("Mon 11:00")]
    clock = only(events, promise(frt=240), "Tue 09:00", "frt")

    assert (clock.started_at, clock.elapsed_minutes) == (at("Mon 09:00"), 120)


def test_g24_the_comment_an_agent_opens_a_ticket_with_is_no_reply():
    events = [created("Mon 09:00", by=AuthorKind.AGENT), reply("Mon 09:00"), reply("Mon 11:00")]

    assert ticket_times(events, UK, at("Mon 12:00")).frt.business_minutes == 120
    assert ticket_times(events, UK, at("Mon 10:00")).frt is None
    assert only(events, promise(frt=240), "Mon 12:00", "frt").elapsed_minutes == 120
    assert only(events, promise(frt=240), "Mon 10:00", "frt").state is ClockState.RUNNING


def test_g25_warnings_come_at_three_quarters_at_nine_tenths_and_when_due():
    clock = only([created("Mon 10:00")], promise(frt=240), "Mon 11:00", "frt")

    assert [(warning.threshold, warning.at) for warning in warnings_of(clock)] == [
        (Threshold.AT_RISK, at("Mon 13:00")),
        (Threshold.CRITICAL, at("Mon 13:36")),
        (Threshold.DUE, at("Mon 14:00")),
    ]


def test_g28_overlapping_pauses_are_taken_off_once():
    pauses = [
        (at("Mon 10:00"), at("Mon 11:00")),
        (at("Mon 10:30"), at("Mon 11:30")),
        (at("Mon 16:30"), at("Tue 09:30")),
    ]

    assert due_at(UK, at("Mon 09:00"), 480, pauses) == at("Tue 11:30")
    assert elapsed_minutes(UK, at("Mon 09:00"), at("Tue 11:30"), pauses) == 480


WHOLE_PROMISE = promise(frt=120, nrt=60, update_gap=480, requester_wait=600, agent_work=240)


def test_g30_times_of_the_whole_ticket():
    times = ticket_times(WHOLE_TICKET, UK, at("2026-03-20 12:00"))

    assert times.frt.business_minutes == 110
    assert [wait.business_minutes for wait in times.nrt] == [90, 45]
    assert {to: took.business_minutes for to, took in times.in_status.items()} == {
        Status.NEW: 53,
        Status.OPEN: 222,
        Status.PENDING: 258,
        Status.ON_HOLD: 310,
        Status.SOLVED: 700,
    }
    assert times.on_hold_time.calendar_minutes == 1270
    assert times.in_status[Status.SOLVED].calendar_minutes == 2620
    assert times.agent_work.business_minutes == 275
    assert (times.requester_wait.business_minutes, times.requester_wait.calendar_minutes) == (585, 1545)
    assert times.agent_wait.business_minutes == 258
    assert (times.first_resolution.business_minutes, times.first_resolution.calendar_minutes) == (798, 1758)
    assert (times.full_resolution.business_minutes, times.full_resolution.calendar_minutes) == (1543, 4423)
    assert sum(took.business_minutes for took in times.in_status.values()) == 1543
    assert times.active_resolution.business_minutes == 843
    assert (times.replies, times.reopens, times.one_touch) == (4, 1, False)


def test_g30_clocks_of_the_whole_ticket():
    found = clocks(WHOLE_TICKET, WHOLE_PROMISE, "2026-03-20 12:00")

    assert [(clock.metric, clock.number, clock.elapsed_minutes, clock.state) for clock in found] == [
        ("frt", 1, 110, "met"),
        ("nrt", 1, 90, "breached"),
        ("nrt", 2, 45, "met"),
        ("update_gap", 1, 348, "met"),
        ("update_gap", 2, 340, "met"),
        ("requester_wait", 1, 585, "met"),
        ("agent_work", 1, 275, "breached"),
    ]
    assert [clock.fulfilled_by for clock in found] == [FulfilledBy.REPLY] * 5 + [FulfilledBy.SOLVED] * 2
    assert found[1].breached_at == at("Mon 16:20")


def test_g30_as_it_stood_on_monday_night():
    wait, work = clocks(WHOLE_TICKET, promise(requester_wait=600, agent_work=240), "Mon 20:00")

    assert (wait.elapsed_minutes, wait.state, wait.due_at) == (210, ClockState.RUNNING, at("Tue 15:30"))
    assert (work.elapsed_minutes, work.state, work.due_at) == (200, ClockState.PAUSED, None)


def test_every_clock_that_ended_before_a_later_event_stays_as_it_was():
    later = (*WHOLE_TICKET, AgentReply(at("2026-03-30 10:00")))

    assert clocks(later, WHOLE_PROMISE, "2026-03-20 12:00") == clocks(
        WHOLE_TICKET, WHOLE_PROMISE, "2026-03-20 12:00"
    )
