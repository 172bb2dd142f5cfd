"""Colleagues see each other on a ticket, and what was open for a moment counts as read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.queries import looking
from agentdesk.screens import presence
from agentdesk.screens.queue import QueueScreen
from tests.screens.sight import Console, seen, settled
from tests.screens.test_ticket import open_ticket


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "LOOK", 0.03)


def bo_is(desk: Desk, ticket_id: int, doing: str) -> None:
    bo = Actor(2, "bo", "Bo Larsen", Role.AGENT)
    with desk.store.change(desk.clock, bo, Origin.CONSOLE) as change:
        services.look_at(change, ticket_id, "elsewhere", doing)


async def until(pilot: Any, is_so: Callable[[], bool]) -> None:
    for _ in range(60):
        await settled(pilot)
        if is_so():
            return
        await pilot.pause(0.03)
    raise AssertionError(seen(pilot))


def here(desk: Desk, ticket_id: int, asked_by: int = 2) -> list[tuple[str, str]]:
    with desk.read() as read:
        return [(one.name, one.doing) for one in looking.who_else(read, ticket_id, asked_by)]


async def test_who_else_is_at_the_ticket_stands_in_its_head_and_in_the_editor(
    console: Console, desk: Desk
) -> None:
    bo_is(desk, 1002, "reading")
    async with console().run_test(size=(80, 24)) as pilot:
        await open_ticket(pilot)
        await until(pilot, lambda: "● Bo Larsen is here" in seen(pilot))
        bo_is(desk, 1002, "writing")
        await until(pilot, lambda: "● Bo Larsen is writing" in seen(pilot))
        await pilot.press("r")
        await until(pilot, lambda: "Bo Larsen is writing on this ticket since 10:00" in seen(pilot))
        desk.clock.instant += timedelta(minutes=1)
        await until(pilot, lambda: "Bo Larsen" not in seen(pilot))


async def test_others_learn_where_one_is_and_that_one_writes_and_that_one_left(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await open_ticket(pilot)
        await until(pilot, lambda: [one for _, one in here(desk, 1002)] == ["reading"])
        await pilot.press("r")
        await until(pilot, lambda: [one for _, one in here(desk, 1002)] == ["writing"])
        await pilot.press("escape", "J")
        await until(pilot, lambda: (here(desk, 1002), len(here(desk, 1003))) == ([], 1))
        await pilot.press("escape")
        await until(pilot, lambda: not here(desk, 1003))
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_that_one_writes_is_told_at_the_first_look(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "LOOK", 3600)  # no look but those of this test
    async with console().run_test(size=(80, 24)) as pilot:
        await open_ticket(pilot)
        looks = presence.Presence(pilot.app)
        looks.look()
        await settled(pilot)
        assert not here(desk, 1002)
        await pilot.press("r")
        await settled(pilot)
        looks.look()
        await settled(pilot)
        assert [one for _, one in here(desk, 1002)] == ["writing"]


async def test_a_ticket_that_was_in_front_was_read_and_one_passed_by_was_not(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "LOOK", 0.5)
    async with console().run_test(size=(80, 24)) as pilot:
        await open_ticket(pilot)
        await pilot.press("J")

        def read() -> list[bool]:
            with desk.read() as read:
                return [looking.seen_at(read, one) is not None for one in (1002, 1003)]

        await until(pilot, lambda: read() == [False, True])


@pytest.mark.parametrize("key", ["question_mark", "colon"])
async def test_help_and_palette_over_a_ticket_leave_one_at_the_ticket(
    console: Console, desk: Desk, key: str
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await open_ticket(pilot)
        await until(pilot, lambda: here(desk, 1002) == [(desk.actor.name, "reading")])
        await pilot.press(key)
        for _ in range(5):
            await pilot.pause(0.04)
        assert pilot.app.fault is None
        assert here(desk, 1002) == [(desk.actor.name, "reading")]
