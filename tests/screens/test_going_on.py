"""In the list the cursor goes on to the next ticket once one is done with, and the next key is meant for that one."""

from dataclasses import replace
from typing import Any

import pytest

from agentdesk.desk import Desk
from tests.screens.sight import Console, seen
from tests.screens.test_queue import settle, table


def place_of(rows: Any, ticket_id: int) -> int:
    with rows.source.look() as look:
        found = look.locate(ticket_id)
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize(("advance", "goes_on"), [("next", True), ("stay", False)])
async def test_after_a_reply_the_next_ticket_has_the_cursor(
    console: Console, desk: Desk, advance: str, goes_on: bool
) -> None:
    desk.settings = replace(desk.settings, advance=advance)
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        rows = table(pilot)
        here, after = (rows.id_at(place) for place in (0, 1))
        await pilot.press("r", *"Sent", "f2", "y", "u")
        await settle(pilot)
        assert place_of(rows, here) > rows.rows_shown
        assert rows.cursor_id() == (after if goes_on else here)
        assert f"Priority of T-{after if goes_on else here}" in seen(pilot)


async def test_a_ticket_that_the_order_puts_out_of_sight_is_not_followed(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("o", *"priority", "enter")
        await settle(pilot)
        rows = table(pilot)
        here, after = (rows.id_at(place) for place in (0, 1))
        await pilot.press("u", *"low", "f2")
        await settle(pilot)
        assert place_of(rows, here) > rows.rows_shown
        assert rows.cursor_id() == after


async def test_a_ticket_that_stays_in_sight_keeps_the_cursor(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "t", *"blue", "enter", "f2")
        await settle(pilot)
        assert table(pilot).cursor_id() == 1003
