"""Going from ticket to ticket: back leads the way one came, in a few steps, and nothing piles up."""

import gc
from typing import Any

import pytest

from agentdesk.screens.short_stack import MOST
from agentdesk.screens.ticket import TicketScreen
from tests.screens.sight import Console, seen, settled

SIZE = (80, 24)


async def went(pilot: Any, *numbers: int) -> None:
    for number in numbers:
        await pilot.press("g")
        await settled(pilot)
        await pilot.press(*str(number))
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)


def opened(pilot: Any) -> list[int]:
    return [one.ticket_id for one in pilot.app.screen_stack if isinstance(one, TicketScreen)]


async def test_back_leads_the_way_one_came_and_no_ticket_lies_there_twice(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await went(pilot, 1001, 1002, 1003, 1001)
        assert opened(pilot) == [1002, 1003, 1001]
        assert "› T-1001" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "› T-1003" in seen(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 1


async def test_the_way_back_is_short_however_far_one_went(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await went(pilot, *range(1001, 1009))
        assert opened(pilot) == [1005, 1006, 1007, 1008]
        gc.collect()
        alive = [one for one in gc.get_objects() if isinstance(one, TicketScreen) and one.is_attached]
        assert len(alive) == MOST
        for _ in range(MOST):
            await pilot.press("escape")
            await settled(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert "sorted by" in seen(pilot)


async def test_customers_count_too_and_a_draft_is_never_taken_away(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await went(pilot, 1001)
        pilot.app.show("compose", [1001])
        await settled(pilot)
        writing = pilot.app.screen
        for number in range(1, MOST + 3):
            pilot.app.open_customer(number)
            await settled(pilot)
        assert writing in pilot.app.screen_stack
        assert len(pilot.app.screen_stack) == 2 + MOST


@pytest.mark.parametrize("size", [SIZE, (200, 50)])
async def test_going_where_one_is_says_so(console: Console, size: tuple[int, int]) -> None:
    async with console().run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        await went(pilot, 1001)
        ticket = pilot.app.screen
        await went(pilot, 1001)
        assert pilot.app.screen is ticket
        assert "T-1001 is open here." in seen(pilot)
