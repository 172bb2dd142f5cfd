from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk.domain.sla import (
    AgentReply,
    CallReached,
    Cancelled,
    ClockMetric,
    Created,
    CustomerMessage,
    InternalNote,
    Mark,
    MergedIn,
    PolicyChanged,
    PriorityChanged,
    StatusChanged,
    SystemMessage,
    Threshold,
    Verdict,
    WhyNot,
    clock_state,
    explain,
    open_time,
    warnings_of,
)
from agentdesk.domain.vocabulary import AuthorKind, Priority, Status
from tests.domain.sla.facts import DE, UK, WHOLE_TICKET, at, created, only, policy, promise, reply, status
from tests.domain.sla.strategies import calendars


def table(clock, events):
    return [
        (row.start, row.until, row.status, row.open_minutes, row.why_not, row.total_minutes, row.mark)
        for row in explain(clock, events)
    ]


def test_the_work_on_the_whole_ticket_until_monday_night():
    clock = only(WHOLE_TICKET, promise(agent_work=240), "Tue 14:10", "agent_work")

    assert table(clock, WHOLE_TICKET) == [
        (at("Mon 09:12"), at("Mon 10:05"), Status.NEW, 53, None, 53, None),
        (at("Mon 10:05"), at("Mon 11:02"), Status.OPEN, 57, None, 110, None),
        (at("Mon 11:02"), at("Mon 15:20"), Status.PENDING, 258, WhyNot.PAUSED, 110, None),
        (at("Mon 15:20"), at("Mon 16:50"), Status.OPEN, 90, None, 200, None),
        (at("Mon 16:50"), at("Tue 14:00"), Status.ON_HOLD, 310, WhyNot.PAUSED, 200, None),
        (at("Tue 14:00"), at("Tue 14:10"), Status.OPEN, 10, None, 210, None),
        (at("Tue 14:10"), at("Tue 14:40"), Status.OPEN, 30, WhyNot.AHEAD, 240, Mark.DUE),
    ]


def test_a_deadline_at_closing_time_and_its_breach_end_a_row_each():
    events = [created("Mon 15:00"), reply("Tue 09:30")]
    clock = only(events, promise(frt=120), "Wed 09:00", "frt")

    assert table(clock, events) == [
        (at("Mon 15:00"), at("Mon 17:00"), Status.NEW, 120, None, 120, Mark.DUE),
        (at("Mon 17:00"), at("Tue 09:00"), Status.NEW, 0, WhyNot.CLOSED, 120, Mark.BREACHED),
        (at("Tue 09:00"), at("Tue 09:30"), Status.NEW, 30, None, 150, None),
    ]


def test_a_breach_by_a_new_target_ends_a_row_at_the_change():
    rule = policy(("frt", "normal", 480), ("frt", "urgent", 60))
    events = [created("Mon 09:00"), PriorityChanged(at("Mon 11:00"), Priority.URGENT)]
    rows = table(only(events, rule, "Mon 11:30", "frt"), events)

    assert [(row[1], row[5], row[6]) for row in rows] == [
        (at("Mon 10:00"), 60, Mark.DUE),
        (at("Mon 11:00"), 120, Mark.BREACHED),
        (at("Mon 11:30"), 150, None),
    ]


def test_seconds_do_not_spoil_the_printed_sums():
    events = [created("Mon 09:00:40"), status("Mon 09:10:10", "open"), status("Mon 09:20:05", "on_hold")]
    clock = only(events, promise(requester_wait=60), "Mon 09:30:30", "requester_wait")
    rows = [row for row in explain(clock, events) if row.counted]

    assert [row.open_minutes for row in rows] == [9, 10, 10]
    assert rows[-1].total_minutes == clock.elapsed_minutes == 29


START = at("Mon 09:00")
seconds = st.integers(0, 14 * 86400).map(lambda offset: START + timedelta(seconds=offset))
rules = st.dictionaries(
    st.tuples(st.sampled_from(ClockMetric), st.sampled_from(Priority)), st.integers(1, 2000), min_size=4
).map(
    lambda targets: policy(*((metric, priority, minutes) for (metric, priority), minutes in targets.items()))
)
happenings = st.one_of(
    *(
        st.builds(kind, seconds)
        for kind in (AgentReply, CustomerMessage, CallReached, InternalNote, SystemMessage)
    ),
    st.builds(StatusChanged, seconds, st.sampled_from(Status)),
    st.builds(PriorityChanged, seconds, st.sampled_from(Priority)),
    st.builds(PolicyChanged, seconds, st.none() | rules),
    st.builds(MergedIn, seconds, st.none() | seconds),
)
births = st.builds(
    Created, st.just(START), st.sampled_from(AuthorKind), st.sampled_from(Status), st.sampled_from(Priority)
)
tickets = st.tuples(
    births, st.lists(happenings, max_size=15), st.lists(st.builds(Cancelled, seconds), max_size=1)
).map(lambda parts: [parts[0], *parts[1], *parts[2]])
some_calendars = st.sampled_from([UK, DE]) | calendars()
thorough = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(tickets, some_calendars, rules, seconds)
def test_the_rows_of_any_clock_abut_and_add_up(events, calendar, rule, now):
    for clock in clock_state(events, calendar, rule, now):
        rows = explain(clock, events)
        past = [row for row in rows if row.why_not is not WhyNot.AHEAD]

        assert sum((row.open_time for row in rows if row.counted), timedelta()) == clock.elapsed
        assert sum(row.open_minutes for row in rows if row.counted) == clock.elapsed_minutes
        assert sum((row.open_time for row in past), timedelta()) == open_time(
            calendar, clock.started_at, clock.end
        )
        assert all(one.until == other.start for one, other in pairwise(rows))
        assert all(row.start < row.until for row in rows)
        assert [edge for row in past[:1] for edge in (row.start,)] == [clock.started_at] * bool(past)
        assert [row.until for row in past[-1:]] == [clock.end] * bool(past)
        if rows and rows[-1].why_not is WhyNot.AHEAD:
            assert (rows[-1].until, rows[-1].mark) == (clock.due_at, Mark.DUE)
            assert clock.elapsed + rows[-1].open_time == timedelta(minutes=clock.target_minutes)


@thorough
@given(tickets, some_calendars, rules, seconds, seconds)
def test_a_breach_once_on_record_stays_whatever_happens_later(events, calendar, rule, now, later):
    # A merge may move the start of a clock; every other event leaves what was.
    events = [event for event in events if not isinstance(event, MergedIn)]
    now, later = sorted((now, later))
    before = {(clock.metric, clock.number): clock for clock in clock_state(events, calendar, rule, now)}
    after = {(clock.metric, clock.number): clock for clock in clock_state(events, calendar, rule, later)}

    for key, clock in before.items():
        if clock.breached_at is not None and key in after:
            assert (after[key].breached_at, after[key].breach_cause) == (
                clock.breached_at,
                clock.breach_cause,
            )


@thorough
@given(tickets, some_calendars, rules, seconds)
def test_a_clock_never_contradicts_itself(events, calendar, rule, now):
    for clock in clock_state(events, calendar, rule, now):
        assert clock.started_at <= clock.end <= now
        assert (
            clock.breached_at is None
            or clock.started_at < clock.breached_at < clock.end
            or clock.breached_at <= clock.end
        )
        assert clock.is_over <= (clock.breached_at is not None or clock.cancelled_at is not None)
        assert (clock.state == "breached") == (clock.is_over and clock.cancelled_at is None)
        assert clock.verdict is not Verdict.MET or (
            clock.fulfilled_at is not None and clock.breached_at is None
        )
        due = [warning.at for warning in warnings_of(clock) if warning.threshold is Threshold.DUE]
        assert not (clock.is_running and clock.due_at) or due == [clock.due_at]


def test_another_target_ends_a_row_and_a_breach_that_comes_of_it_is_told_instead():
    tight, wide = policy(("frt", "normal", 60), version=2), policy(("frt", "normal", 480))
    loosened = [created("Mon 09:00"), PolicyChanged(at("Mon 10:30"), wide)]
    tightened = [created("Mon 09:00"), PolicyChanged(at("Mon 11:00"), tight)]

    assert [
        (row.until, row.mark)
        for row in explain(next(iter(clock_state(loosened, UK, tight, at("Mon 12:00")))), loosened)
    ] == [
        (at("Mon 10:00"), Mark.BREACHED),
        (at("Mon 10:30"), Mark.RETARGETED),
        (at("Mon 12:00"), None),
        (at("Mon 17:00"), Mark.DUE),
    ]
    assert [
        row.mark for row in explain(next(iter(clock_state(tightened, UK, wide, at("Mon 12:00")))), tightened)
    ] == [Mark.DUE, Mark.BREACHED, None]
