"""A promise stands while its ticket waits, and every place that shows it says the same."""

from datetime import datetime, timedelta

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.queries.filters import compile_query
from agentdesk.queries.queue_facts import queue_facts
from agentdesk.queries.tickets import ids
from agentdesk.reports.parts.action import due_promises
from agentdesk.screens.promise_words import due_before, promises_stand
from tests.screens.sample_desk import NOW
from tests.screens.sight import Console, seen, settled
from tests.screens.test_dialogs import opened, sentence, typed

TOMORROW = NOW + timedelta(days=1)


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def set_aside(desk: Desk, ticket_id: int) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.snooze_ticket(change, ticket_id, until=TOMORROW)


def test_what_falls_due_before_the_wake_up_is_told(desk: Desk) -> None:
    one, zone = [(at(70), 1003)], desk.zone
    assert due_before(one, TOMORROW, NOW, zone) == "The promise of 11:10 falls due before it wakes."
    assert due_before(one, at(60), NOW, zone) == ""
    assert due_before([], TOMORROW, NOW, zone) == ""
    late = due_before([(at(-12), 1001)], TOMORROW, NOW, zone)
    assert late == "The promise of 09:48 is late already, and stays so."
    both = due_before([*one, (at(25), 1002)], TOMORROW, NOW, zone)
    assert both == "2 promises fall due before the wake-up, the first is T-1002 at 10:25."


def test_promises_that_stand_are_counted(desk: Desk) -> None:
    assert promises_stand([(at(70), 1003)], NOW, desk.zone) == "The promise of 11:10 stands."
    told = promises_stand([(at(70), 1003), (at(25), 1002)], NOW, desk.zone)
    assert told == "2 promises stand, the first is T-1002 at 10:25."


async def test_setting_aside_beyond_a_promise_says_so_before_it_is_confirmed(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "snooze", [1003])
        assert "promise" not in sentence(dialog)
        await typed(pilot, "tomorrow 9:00")
        assert sentence(dialog).endswith("The promise of 11:10 falls due before it wakes.")


async def test_queue_page_and_report_tell_of_the_promise_of_a_ticket_set_aside(
    console: Console, desk: Desk
) -> None:
    set_aside(desk, 1003)
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        row = next(one for one in seen(pilot).splitlines() if "T-1003" in one)
        assert "◇ 1:10" in row
        pilot.app.open_ticket(1003)
        await settled(pilot)
        assert (
            "◇ promise at risk, due in 1:10, 11:10 · waiting for the customer, wakes tomorrow 10:00"
            in seen(pilot)
        )
    with desk.read() as read:
        assert 1003 in ids(read, compile_query(read, "is:at_risk", desk.zone).where)
        facts = queue_facts(read, zone=desk.zone)
    assert 1003 in {one.ticket_id for one in due_promises(facts)}


async def test_a_waiting_ticket_without_a_promise_only_waits(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("end")
        await settled(pilot)
        assert "‖ waits" in next(one for one in seen(pilot).splitlines() if "T-1005" in one)
        pilot.app.open_ticket(1005)
        await settled(pilot)
        assert "‖ waiting for the customer" in seen(pilot)


@pytest.mark.parametrize(("sunday", "lines"), [(True, 5), (False, 6)])
async def test_the_same_time_is_offered_once(
    console: Console, desk: Desk, *, sunday: bool, lines: int
) -> None:
    desk.clock = FixedClock(NOW + timedelta(days=5 if sunday else 0))
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot, "snooze", [1003])
        found = seen(pilot)
        words = ("in an hour", "in four", "tomorrow morning", "next Monday", "in a week", "no wake-up")
        assert sum(one in found for one in words) == lines
