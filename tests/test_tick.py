"""What time makes due is done once, whoever asks, however often, however many at once, and wherever they are ended."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.sla.target_words import parse_targets
from agentdesk.tick import Deed, Done, is_anything_due, tick

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(desk: Desk, instant: datetime) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.instant = instant


@pytest.fixture
def london(desk: Desk) -> Desk:
    at(desk, MONDAY)
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        services.add_policy(change, name="Standard", calendar="UK", targets=parse_targets(["frt=4h"]))
        services.put_setting(change, "ack_minutes", 9000, own=False)
    return desk


def open_ticket(desk: Desk, *, assignee: int | None = 2, minutes: int = 0) -> int:
    at(desk, MONDAY + timedelta(minutes=minutes))
    with desk.change() as change:
        ticket = services.create_ticket(
            change, subject="Late parcel", body="Where?", assignee_id=assignee, queue_id=1
        )
    assert ticket.id is not None
    return ticket.id


def tick_at(desk: Desk, minutes: int, *, dry_run: bool = False) -> list[tuple[str, str]]:
    at(desk, MONDAY + timedelta(minutes=minutes))
    return [(one.deed.value, one.words) for one in tick(desk, dry_run=dry_run)]


def notices(desk: Desk) -> list[tuple[str, str]]:
    with desk.read() as read:
        return read.tuples(
            "SELECT agent.handle, notice.words FROM notice JOIN agent ON agent.id = notice.agent_id "
            "WHERE notice.kind = 'sla' ORDER BY notice.id"
        )


def escalations(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.read() as read:
        return read.tuples("SELECT level, trigger, state FROM escalation ORDER BY id")


def test_each_step_of_the_ladder_is_taken_when_the_clock_comes_to_it_and_never_again(london: Desk) -> None:
    open_ticket(london)
    assert tick_at(london, 179) == []
    assert tick_at(london, 180) == [("warned", "first reply 75 % used, due Mon 03-02 13:00 GMT: told ben")]
    assert tick_at(london, 181) == []
    assert tick_at(london, 216) == [("warned", "first reply 90 % used, due Mon 03-02 13:00 GMT: told lea")]
    assert tick_at(london, 240) == [
        ("escalated", "first reply 100 % used, due Mon 03-02 13:00 GMT: escalated to lead")
    ]
    assert tick_at(london, 299) == []
    assert tick_at(london, 300) == [
        ("escalated", "first reply 60 min over, due Mon 03-02 13:00 GMT: escalated to manager")
    ]
    assert tick_at(london, 6000) == []
    assert [who for who, _ in notices(london)] == ["ben", "lea"]
    assert escalations(london) == [
        ("lead", "sla_rule", "requested"),
        ("manager", "sla_rule", "requested"),
    ]


def test_after_a_night_without_a_tick_every_step_is_taken_and_each_agent_told_once(london: Desk) -> None:
    open_ticket(london)
    assert [deed for deed, _ in tick_at(london, 24 * 60 + 300)] == [
        "warned",
        "warned",
        "escalated",
        "escalated",
    ]
    assert [who for who, _ in notices(london)] == ["ben"]  # lea is told by what she is asked
    assert tick_at(london, 24 * 60 + 301) == []


def test_an_automatic_escalation_leaves_owner_and_status_alone(london: Desk) -> None:
    number = open_ticket(london, assignee=None)
    tick_at(london, 241)
    with london.read() as read:
        assert read.tuples(f"SELECT status, assignee_id FROM ticket WHERE id = {number}") == [("new", None)]


def test_a_ticket_of_nobody_warns_those_of_its_queue(london: Desk) -> None:
    with london.change() as change:
        services.join_queue(change, queue_id=1, agent_id=3)
    open_ticket(london, assignee=None)
    tick_at(london, 180)
    assert [who for who, _ in notices(london)] == ["cleo"]


def test_a_reply_before_the_step_keeps_it_away(london: Desk) -> None:
    number = open_ticket(london)
    at(london, MONDAY + timedelta(minutes=179))
    with london.change() as change:
        services.reply_to_ticket(change, number, "On its way.")
    assert tick_at(london, 600) == []


def test_an_escalation_that_was_taken_back_is_not_made_again(london: Desk) -> None:
    open_ticket(london)
    at(london, MONDAY + timedelta(minutes=240))
    done = list(tick(london))
    number = max(one.change_id or 0 for one in done)
    with london.change() as change:
        told = services.undo_change(change, number).sentence
    assert told.endswith("the desk does not do this step again by itself")
    assert escalations(london) == []
    assert tick_at(london, 241) == []


def test_a_snoozed_ticket_wakes_once(london: Desk) -> None:
    number = open_ticket(london)
    with london.change() as change:
        services.snooze_ticket(change, number, until=MONDAY + timedelta(minutes=60))
    assert tick_at(london, 59) == []
    assert tick_at(london, 60, dry_run=True) == [("woke", "woke, it was pending")]
    assert tick_at(london, 60) == [("woke", "woke, it was pending")]
    assert tick_at(london, 61) == []
    with london.read() as read:
        events = read.tuples(f"SELECT event FROM journal WHERE ticket_id = {number} AND is_main ORDER BY id")
    assert [event for (event,) in events].count("ticket.woken") == 1
    with london.read() as read:
        assert read.tuples("SELECT agent_id, words FROM notice WHERE kind = 'woke'") == [
            (2, "woke at its time; it was pending")
        ]


def test_a_solved_ticket_is_closed_after_its_days_and_not_before(london: Desk) -> None:
    number = open_ticket(london)
    with london.change() as change:
        services.solve_ticket(change, number)
    assert tick_at(london, 7 * 24 * 60 - 1) == []
    assert tick_at(london, 7 * 24 * 60) == [("closed", "closed, solved 2026-03-02 09:00 UTC")]
    with london.read() as read:
        assert read.value(f"SELECT status FROM ticket WHERE id = {number}") == "closed"


def test_a_desk_that_never_closes_leaves_what_is_solved(london: Desk) -> None:
    number = open_ticket(london)
    with london.change() as change:
        services.solve_ticket(change, number)
        services.put_setting(change, "close_after_days", 0, own=False)
    assert tick_at(london, 400 * 24 * 60) == []


def test_an_escalation_that_nobody_acknowledges_is_told_to_the_leads_once(london: Desk) -> None:
    number = open_ticket(london)
    with london.change() as change:
        services.escalate_ticket(
            change, number, kind="functional", reason_code="skill", ask="Read the log.", to_agent_id=3
        )
        change.sql("UPDATE escalation SET ack_due_at = created_at")
    assert tick_at(london, 61) == [("reminded", "escalation 1 is not acknowledged: Read the log. (told lea)")]
    assert tick_at(london, 62) == []


def test_a_dry_run_says_the_same_and_writes_nothing(london: Desk) -> None:
    open_ticket(london)
    before = london.store.data_version()
    said = tick_at(london, 250, dry_run=True)
    assert (len(said), notices(london), escalations(london)) == (3, [], [])
    if london.store.location.is_sqlite:
        assert london.store.data_version() == before
    assert tick_at(london, 250) == said


def test_one_ticket_that_cannot_be_helped_keeps_no_other_from_it(london: Desk) -> None:
    first, second = open_ticket(london), open_ticket(london)
    with london.change() as change:
        change.sql(f"UPDATE ticket SET policy_id = NULL WHERE id = {first}")
    done = [(one.ticket_id, one.deed) for one in tick(_later(london, 180))]
    assert (second, Deed.WARNED) in done


def _later(desk: Desk, minutes: int) -> Desk:
    at(desk, MONDAY + timedelta(minutes=minutes))
    return desk


def test_where_nothing_is_due_a_tick_only_reads(london: Desk) -> None:
    open_ticket(london)
    at(london, MONDAY + timedelta(minutes=10))
    assert not is_anything_due(london)


LIVE = """
import sys
from datetime import datetime, timedelta
from agentdesk.domain.clock import FixedClock
from agentdesk.desk import Desk
from agentdesk.settings import Settings
from agentdesk.tick import tick
place, instant = sys.argv[1:]
desk = Desk.open(Settings(store=place, agent="ana", zone="Europe/London"), clock=FixedClock(datetime.fromisoformat(instant)))
for one in tick(desk):
    print(one.ref, one.words, flush=True)
"""


def _asker(place: str, instant: datetime) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", LIVE, place, instant.isoformat()],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
    )


def _ask_and_kill(place: str, *, rounds: int, dice: random.Random) -> None:
    """Four processes at a time, each ended at a random moment of its work; and at last one that is left alone."""
    instant = MONDAY + timedelta(minutes=301)
    for _ in range(rounds):
        askers = [_asker(place, instant) for _ in range(4)]
        for asker in askers:
            assert asker.stdout is not None
            asker.stdout.readline()  # it is at work, or finds nothing left
            time.sleep(dice.uniform(0, 0.05))
            asker.kill()
        for asker in askers:
            asker.communicate()
    last = _asker(place, instant)
    last.communicate()
    assert last.returncode == 0


def _every_step_once(desk: Desk, tickets: int) -> None:
    with desk.read() as read:
        steps = Counter(step for (step,) in read.tuples("SELECT step FROM sla_step"))
        levels = Counter(level for (level,) in read.tuples("SELECT level FROM escalation"))
        journal = Counter(
            event
            for (event,) in read.tuples(
                "SELECT event FROM journal WHERE is_main AND event IN ('ticket.warned', 'escalation.requested')"
            )
        )
    assert set(steps.values()) == {tickets}
    assert len(steps) == 4
    assert levels == {"lead": tickets, "manager": tickets}
    assert journal["escalation.requested"] == 2 * tickets


def _drill(desk: Desk, *, tickets: int, rounds: int) -> None:
    for _ in range(tickets):
        open_ticket(desk)
    _ask_and_kill(desk.settings.store, rounds=rounds, dice=random.Random(7))
    _every_step_once(desk, tickets)


def test_four_that_ask_at_once_and_are_killed_take_every_step_exactly_once(london: Desk) -> None:
    _drill(london, tickets=15, rounds=2)


@pytest.mark.slow
def test_many_that_ask_at_once_and_are_killed_take_every_step_exactly_once(london: Desk) -> None:
    _drill(london, tickets=200, rounds=15)


def test_done_is_told_by_its_reference() -> None:
    assert Done(1042, Deed.WOKE, "woke").ref == "T-1042"
