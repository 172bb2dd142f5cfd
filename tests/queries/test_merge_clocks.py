"""Clocks and counts of merged tickets (R11): through chains, after taking apart, after an undo, and as of any day."""

from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.sla import ClockMetric, SlaClock
from agentdesk.queries.clocks import ticket_clocks
from agentdesk.queries.queue_report import QueueFacts
from tests.queries.test_clock_facts import MONDAY, at, do, facts, london, new, results  # noqa: F401  a fixture

NRT = ClockMetric.NRT
on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
"""For what the other tests have shown to be read alike on both databases."""


def clock(desk: Desk, ticket_id: int, metric: ClockMetric) -> SlaClock | None:
    """The last clock of a metric, as it is kept."""
    with desk.read() as read:
        found = [one for one in ticket_clocks(read, ticket_id).clocks if one.metric is metric]
    return found[-1] if found else None


def started(desk: Desk, ticket_id: int) -> int | None:
    """The minute from which the customer waits for the next reply; None where nobody does."""
    one = clock(desk, ticket_id, NRT)
    return None if one is None or not one.is_running else (one.started_at - MONDAY) // timedelta(minutes=1)


def reopened(desk: Desk, minutes: int) -> int:
    """What the report of a minute says of the day that is not over."""
    since = facts(desk, minutes).since
    assert since is not None
    return since.flow.reopened


def answered(desk: Desk, minutes: int) -> int:
    number = new(desk, minutes)
    do(desk, minutes + 1, services.reply_to_ticket, number, "Which?", then="pending")
    return number


@on_sqlite
def test_the_clocks_of_the_merged_ticket_leave_and_the_target_waits_since_its_message(london: Desk) -> None:  # noqa: F811
    target, source = answered(london, 0), new(london, 5)
    do(london, 20, services.merge_tickets, [source], target)
    assert started(london, target) == 5
    first = clock(london, source, ClockMetric.FRT)
    assert first is not None
    assert (first.cancelled_at, first.verdict) == (MONDAY + timedelta(minutes=20), None)
    assert [row[0] for row in results(facts(london, 180))] == ["frt", "nrt"]


@on_sqlite
def test_a_solved_target_that_opens_again_owes_an_answer_since_the_message_that_came_with_it(
    london: Desk,  # noqa: F811
) -> None:
    target = new(london, 0)
    do(london, 1, services.reply_to_ticket, target, "Done.", then="solved")
    source = new(london, 5)
    do(london, 20, services.merge_tickets, [source], target)
    assert started(london, target) == 5


def test_a_message_to_the_merged_ticket_is_awaited_on_the_target_through_a_chain(london: Desk) -> None:  # noqa: F811
    last, middle, source = answered(london, 0), answered(london, 2), answered(london, 4)
    do(london, 10, services.merge_tickets, [source], middle)
    do(london, 11, services.receive_message, source, "For the middle one")
    assert started(london, middle) == 11
    do(london, 12, services.reply_to_ticket, middle, "Yes.", then="pending")
    do(london, 20, services.merge_tickets, [middle], last)
    assert started(london, last) is None
    do(london, 30, services.receive_message, source, "Hello?")
    assert started(london, last) == 30
    do(london, 40, services.unmerge_ticket, middle)
    assert (started(london, last), started(london, middle)) == (None, 30)
    do(london, 50, services.unmerge_ticket, source)
    assert (started(london, middle), started(london, source)) == (None, 11)


@on_sqlite
def test_taking_apart_lets_clocks_run_as_if_there_had_been_no_merge(london: Desk) -> None:  # noqa: F811
    target, source = answered(london, 0), new(london, 5)
    do(london, 20, services.merge_tickets, [source], target)
    do(london, 40, services.unmerge_ticket, source)
    first = clock(london, source, ClockMetric.FRT)
    assert first is not None
    assert (first.is_running, first.elapsed_minutes) == (True, 35)
    assert started(london, target) is None


@on_sqlite
def test_an_undo_and_its_redo_say_the_same_of_clocks(london: Desk) -> None:  # noqa: F811
    target, source = answered(london, 0), new(london, 5)
    do(london, 20, services.merge_tickets, [source], target)
    do(london, 30, services.undo_change)
    first = clock(london, source, ClockMetric.FRT)
    assert first is not None
    assert (first.is_running, started(london, target)) == (True, None)
    do(london, 35, services.redo_change)
    assert started(london, target) == 5


def test_reports_of_every_instant_stay_what_they_were_through_merging_and_taking_apart(london: Desk) -> None:  # noqa: F811
    target, source = answered(london, 0), new(london, 5)
    said: dict[int, QueueFacts] = {}

    def look(minutes: int) -> None:
        at(london, minutes)
        said[minutes] = facts(london, minutes)

    look(10)
    do(london, 20, services.merge_tickets, [source], target)
    look(90)
    do(london, 100, services.receive_message, source, "Hello?")
    look(110)
    do(london, 120, services.unmerge_ticket, source)
    look(130)
    do(london, 140, services.reply_to_ticket, source, "Here.", then="solved")
    look(150)
    for minutes, told in said.items():
        now = facts(london, minutes)
        assert (results(now), now.promises, now.backlog, now.period.flow) == (
            *(results(told), told.promises, told.backlog),
            told.period.flow,
        ), minutes
        assert now.period.flow.moved == 0, minutes
    assert (said[90].period.flow.merged, said[150].period.flow.merged, said[150].period.flow.reopened) == (
        1,
        0,
        0,
    )


@on_sqlite
def test_a_ticket_taken_apart_on_a_later_day_comes_back_and_counts_as_nobodys_reopening(london: Desk) -> None:  # noqa: F811
    from agentdesk.domain.periods import Period
    from agentdesk.queries.queue_facts import queue_facts
    from tests.queries.test_clock_facts import ZONE

    target, source = answered(london, 0), new(london, 5)
    do(london, 20, services.merge_tickets, [source], target)
    do(london, 24 * 60 + 20, services.unmerge_ticket, source)
    day = MONDAY.replace(hour=0) + timedelta(days=1)
    with london.read() as read:
        told = queue_facts(
            read, zone=ZONE, as_of=day + timedelta(hours=12), period=Period(day, day + timedelta(days=1))
        )
    flow = told.period.flow
    assert (flow.opening, flow.reopened, flow.merged, flow.closing, flow.moved) == (1, 1, 0, 2, 0)
    assert told.quality.reopened == ()


def awaited(desk: Desk, ticket_id: int) -> list[int]:
    """The clocks for a next reply that are kept as running."""
    with desk.read() as read:
        asked = "SELECT number FROM sla_clock WHERE ticket_id = :id AND metric = 'nrt' AND is_running"
        return [int(number) for (number,) in read.tuples(asked, {"id": ticket_id})]


def test_a_merge_that_is_done_again_settles_every_ticket_above_it_at_once(london: Desk) -> None:  # noqa: F811
    last, middle, source = answered(london, 0), answered(london, 2), new(london, 5)
    do(london, 6, services.assign_ticket, source, to=1)
    do(london, 7, services.edit_ticket, source, {"status": "open"})
    at(london, 10)
    with london.change() as merge:
        services.merge_tickets(merge, [source], middle)
    do(london, 20, services.merge_tickets, [middle], last)
    do(london, 25, services.reply_to_ticket, last, "Yes.", then="pending")
    at(london, 30)
    with london.change() as apart:
        services.undo_change(apart, merge.id)
    do(london, 35, services.receive_message, source, "Hello?")
    assert (started(london, last), awaited(london, last)) == (None, [])
    do(london, 40, services.redo_change, apart.id)
    assert (started(london, last), awaited(london, last)) == (35, [2])


def test_a_solved_target_that_goes_back_was_never_reopened(london: Desk) -> None:  # noqa: F811
    target = new(london, 0)
    do(london, 1, services.reply_to_ticket, target, "Done.", then="solved")
    source = new(london, 5)
    solved = clock(london, target, ClockMetric.AGENT_WORK)
    do(london, 1500, services.merge_tickets, [source], target)
    at(london, 1510)
    assert reopened(london, 1510) == 1
    do(london, 1520, services.unmerge_ticket, source)
    at(london, 1530)
    assert reopened(london, 1530) == 0
    assert reopened(london, 1510) == 1
    assert clock(london, target, ClockMetric.AGENT_WORK) == solved
    assert started(london, target) is None
