"""A report of a past instant says of clocks what it said then, whatever has happened since."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.periods import Period
from agentdesk.domain.sla.target_words import parse_targets
from agentdesk.queries.queue_facts import queue_facts
from agentdesk.queries.queue_report import QueueFacts

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")
DAY = Period(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC))


@pytest.fixture
def london(desk: Desk) -> Desk:
    at(desk, 0)
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        targets = parse_targets(["frt=urgent:30m,normal:2h", "nrt=1h", "requester_wait=6h"])
        services.add_policy(change, name="Standard", calendar="UK", targets=targets)
    return desk


def at(desk: Desk, minutes: int) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.instant = MONDAY + timedelta(minutes=minutes)


def new(desk: Desk, minutes: int, **fields: Any) -> int:
    at(desk, minutes)
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Late parcel", body="Where?", **fields)
    assert ticket.id is not None
    return ticket.id


def do(desk: Desk, minutes: int, operation: Callable[..., object], *args: Any, **named: Any) -> None:
    at(desk, minutes)
    with desk.change() as change:
        operation(change, *args, **named)


def facts(desk: Desk, minutes: int) -> QueueFacts:
    with desk.read() as read:
        return queue_facts(read, zone=ZONE, as_of=MONDAY + timedelta(minutes=minutes), period=DAY)


def results(told: QueueFacts) -> list[tuple[str, str, int, int, int, tuple[int, ...]]]:
    return [
        (one.metric, one.priority.value, one.met, one.breached, one.running_breached, one.minutes)
        for one in told.clocks
    ]


def test_completed_and_late_clocks_are_counted_by_metric_and_priority(london: Desk) -> None:
    quick, slow, silent = (
        new(london, 0),
        new(london, 0, priority="urgent"),
        new(london, 0, priority="urgent"),
    )
    do(london, 30, services.reply_to_ticket, quick, "Here.")
    do(london, 45, services.reply_to_ticket, slow, "Here.", then="solved")
    told = facts(london, 60)
    assert results(told) == [
        ("frt", "normal", 1, 0, 0, (30,)),
        ("frt", "urgent", 0, 1, 1, (45,)),
        ("requester_wait", "urgent", 1, 0, 0, (45,)),
    ]
    assert [(one.ticket_id, one.metric, one.late_by) for one in told.promises if one.late_by] == [
        (silent, "frt", timedelta(minutes=30))
    ]
    assert {one.id: one.is_breached for one in told.backlog} == {quick: False, silent: True}


def test_what_was_said_of_an_instant_is_said_of_it_for_ever(london: Desk) -> None:
    one, two, three = new(london, 0), new(london, 5, priority="urgent"), new(london, 10)
    said: dict[int, QueueFacts] = {}

    def look(minutes: int) -> None:
        at(london, minutes)
        said[minutes] = facts(london, minutes)

    look(20)
    do(london, 40, services.reply_to_ticket, two, "Here.", then="solved")
    look(50)
    do(london, 60, services.edit_ticket, one, {"priority": "urgent"})
    do(london, 61, services.reply_to_ticket, three, "Which?", then="pending")
    look(70)
    do(london, 80, services.receive_message, two, "Not yet.")
    do(london, 90, services.receive_message, three, "This.")
    look(120)
    do(london, 121, services.edit_ticket, one, {"priority": "normal"})
    do(london, 180, services.reply_to_ticket, one, "Done.", then="solved")
    do(london, 200, services.reply_to_ticket, two, "Done.", then="solved")
    look(300)
    do(london, 24 * 60, services.reply_to_ticket, three, "Done.", then="solved")
    at(london, 3 * 24 * 60)
    for minutes, told in said.items():
        now = facts(london, minutes)
        assert results(now) == results(told), minutes
        assert now.promises == told.promises, minutes
        assert now.backlog == told.backlog, minutes


def test_late_by_counts_the_hours_of_the_calendar(london: Desk) -> None:
    new(london, 6 * 60)  # three in the afternoon: due at five, late from nine the next day
    at(london, 24 * 60 + 30)
    told = facts(london, 24 * 60 + 30)
    assert [one.late_by for one in told.promises] == [timedelta(minutes=30)]
    assert told.scope.calendar == "UK"


def test_without_a_policy_no_clock_is_told_of(desk: Desk) -> None:
    at(desk, 0)
    new(desk, 0)
    told = facts(desk, 60)
    assert (told.has_policies, told.clocks, told.promises) == (False, (), ())


def test_a_merged_in_or_spam_ticket_leaves_the_figures(london: Desk) -> None:
    number = new(london, 0)
    do(london, 10, services.reply_to_ticket, number, "Here.")
    at(london, 20)
    with london.change() as change:
        from agentdesk.domain.events import Event
        from agentdesk.models import Ticket

        ticket = change.get(Ticket, number)
        ticket.status, ticket.is_spam = "closed", True
        change.record(Event.TICKET_CLOSED, ticket)
    assert results(facts(london, 30)) == []


def test_a_queue_has_the_clocks_of_its_own_tickets(london: Desk) -> None:
    own, other = new(london, 0, queue_id=1), new(london, 0, queue_id=2)
    do(london, 10, services.reply_to_ticket, own, "Here.")
    do(london, 20, services.reply_to_ticket, other, "Here.")
    with london.read() as read:
        told = queue_facts(read, zone=ZONE, as_of=MONDAY + timedelta(hours=1), period=DAY, queue="Billing")
    assert results(told) == [("frt", "normal", 1, 0, 0, (20,))]


def test_a_breach_stays_on_record_whatever_the_target_becomes_and_such_ones_are_counted(london: Desk) -> None:
    late = new(london, 0, priority="urgent")
    do(london, 40, services.edit_ticket, late, {"priority": "normal"})
    still, kept = facts(london, 50), []
    do(london, 60, services.reply_to_ticket, late, "Here.")
    for told in (still, facts(london, 50), facts(london, 70)):
        [one] = [one for one in told.clocks if one.metric == "frt"]
        kept.append((one.priority.value, one.met, one.breached, one.running_breached, one.cleared))
    assert kept == [("urgent", 0, 0, 1, 1), ("urgent", 0, 0, 1, 1), ("urgent", 0, 1, 0, 1)]


def test_a_paused_clock_keeps_its_cleared_breach_in_the_figures(london: Desk) -> None:
    with london.change() as change:
        services.add_policy(
            change,
            name="Work",
            calendar="UK",
            targets=parse_targets(["work=urgent:30m,normal:8h"]),
            position=0,
        )
    late = new(london, 0, priority="urgent")
    do(london, 40, services.edit_ticket, late, {"priority": "normal"})
    do(london, 50, services.reply_to_ticket, late, "Which?", then="pending")
    kept = facts(london, 60)
    do(london, 90, services.receive_message, late, "This.")
    for told in (kept, facts(london, 60)):
        assert [(one.metric, one.running_breached, one.cleared) for one in told.clocks] == [
            ("agent_work", 1, 1)
        ]


def test_replies_that_never_came_because_it_was_solved_are_told_apart(london: Desk) -> None:
    silent, asked = new(london, 0), new(london, 0)
    do(london, 10, services.reply_to_ticket, asked, "Which?")
    do(london, 20, services.receive_message, asked, "This.")
    for ticket in (silent, asked):
        do(london, 30, services.solve_ticket, ticket)
    kept = facts(london, 40)
    do(london, 50, services.reopen_ticket, asked, reason="not yet")
    do(london, 51, services.reopen_ticket, silent, reason="not yet")
    for told in (kept, facts(london, 40)):
        assert [(one.metric, one.met, one.by_solving) for one in told.clocks] == [
            ("frt", 2, 1),
            ("nrt", 1, 1),
            ("requester_wait", 2, 0),
        ]


def test_a_breach_is_cleared_by_a_retarget_only_until_the_new_target_is_used_up_too(london: Desk) -> None:
    number = new(london, 0, priority="urgent")
    do(london, 40, services.edit_ticket, number, {"priority": "normal"})

    def told(minutes: int) -> list[tuple[int, int]]:
        at(london, minutes)
        return [(one.running_breached, one.cleared) for one in facts(london, minutes).clocks]

    assert [told(60), told(120), told(130)] == [[(1, 1)], [(1, 1)], [(1, 0)]]
    do(london, 140, services.assign_ticket, number, to=2)
    assert [told(130), told(140)] == [[(1, 0)], [(1, 0)]]
