"""A replay over real tickets: the policy they have gives what their clock rows say; others are judged by the journal."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.sla.replay import Replay
from agentdesk.domain.vocabulary import Priority
from agentdesk.queries.policy_draft import PolicyEdit, draft_of
from agentdesk.queries.policy_replay import replay_policy

TARGETS = {
    "frt": dict.fromkeys(Priority, 60),
    "requester_wait": {"normal": 240, "high": 120},
    "nrt": {"low": 30},
}


@pytest.fixture
def week(desk: Desk) -> Desk:
    """Forty tickets of a week under Standard, answered and solved at random."""
    random = Random(7)
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        services.add_policy(change, name="Standard", calendar="UK", targets=TARGETS)
    numbers = []
    for _ in range(40):
        with desk.change() as change:
            ticket = services.create_ticket(
                change,
                subject="x",
                body="Hello",
                priority=random.choice(list(Priority)),
                queue_id=random.choice([1, 2]),
            )
        numbers.append(ticket.id)
        later(desk, minutes=random.randint(1, 40))
        for _ in range(2):
            step(desk, random, random.choice([numbers[-1], random.choice(numbers)]))
            later(desk, minutes=random.randint(1, 90))
    return desk


def later(desk: Desk, **length: float) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.instant += timedelta(**length)


def step(desk: Desk, random: Random, ticket: Any) -> None:
    with desk.read() as read:
        status = read.value("SELECT status FROM ticket WHERE id = :id", {"id": ticket})
    with desk.change() as change:
        match random.choice(["reply", "reply", "solve", "write", "raise"]):
            case "reply":
                services.reply_to_ticket(change, ticket, "Done")
            case "solve" if status == "open":
                services.solve_ticket(change, ticket)
            case "raise":
                services.edit_ticket(change, ticket, {"priority": random.choice(list(Priority)).value})
            case _:
                services.receive_message(change, ticket, "And?")


def tried(desk: Desk, days: int = 90, edits: dict[str, Any] | None = None, **edit: Any) -> Replay:
    with desk.read() as read:
        return replay_policy(read, draft_of(read, "Standard", PolicyEdit(**edit), edits or {}), days)


def test_the_policy_that_tickets_have_gives_the_attainment_of_their_clock_rows(week: Desk) -> None:
    replay = tried(week)
    with week.read() as read:
        rows = read.tuples(
            "SELECT metric, priority_at_start, breached_at IS NULL FROM sla_clock "
            "WHERE fulfilled_at IS NOT NULL AND (cancelled_at IS NULL OR breached_at IS NOT NULL)"
        )
    kept = Counter((metric, priority, bool(is_met)) for metric, priority, is_met in rows)
    assert replay.total.then.completed == len(rows) > 20
    for (metric, priority), one in replay.parts.items():
        assert one.then == one.now
        assert (one.then.met, one.then.breached) == (
            kept[metric, priority, True],
            kept[metric, priority, False],
        )
    assert {replay.total.then.met > 0, replay.total.then.breached > 0} == {True}
    assert (replay.worse, replay.better) == ([], 0)


def test_a_draft_is_judged_from_creation_on_and_nothing_is_written(week: Desk) -> None:
    with week.read() as read:
        before = read.tuples("SELECT id, name, number, is_current FROM sla_policy")
    replay = tried(week, edits={"frt": dict.fromkeys(Priority, 5)})
    assert replay.total.now.met < replay.total.then.met
    assert replay.total.then.met - len(replay.worse) + replay.better == replay.total.now.met
    over = [one.clock.overdue_minutes for one in replay.worst]
    assert over == sorted(over, reverse=True)
    with week.read() as read:
        assert read.tuples("SELECT id, name, number, is_current FROM sla_policy") == before


def test_only_tickets_that_the_draft_is_chosen_for_count(week: Desk) -> None:
    whole, half = tried(week), tried(week, conditions="queue:Billing")
    assert 0 < half.tickets < whole.tickets
    with week.change() as change:
        services.add_policy(
            change, name="Bills", calendar="24x7", targets=TARGETS, conditions="queue:Billing", position=1
        )
    assert tried(week).tickets == whole.tickets - half.tickets  # Bills is before it in the order
    assert tried(week, position=0).tickets == whole.tickets


def test_tickets_that_never_had_a_policy_are_tried_too(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="x", body="Hello")
    later(desk, minutes=30)
    with desk.change() as change:
        services.reply_to_ticket(change, ticket.id, "Done")
        services.add_policy(change, name="Standard", calendar="24x7", targets={"frt": {"normal": 60}})
    replay = tried(desk)
    assert (replay.total.then.completed, replay.total.now.met) == (0, 1)


def test_what_ended_before_the_days_does_not_count(week: Desk) -> None:
    later(week, days=10)
    assert tried(week, days=9).total.then.completed == 0
    assert tried(week, days=30).total.then.completed > 0
