"""Commands on marked tickets: a look ahead, one confirmation, one undo."""

import pytest

from agentdesk import services
from agentdesk.queries import tickets
from agentdesk.screens.bulk import BulkDialog
from tests.screens.sight import seen
from tests.screens.test_queue import settle, table, toasts


@pytest.fixture
def mixed(desk):
    """Of the first three tickets one is closed by a colleague."""
    with desk.change() as change:
        services.solve_ticket(change, 1001)
        services.close_ticket(change, 1001)
    return [1001, 1002, 1003]


async def look(pilot, ids, *keys):
    await settle(pilot)
    table(pilot).marks = set(ids)
    await pilot.press(*keys)
    await settle(pilot)


def statuses(desk, ids):
    with desk.read() as read:
        return [row.status for row in tickets.by_ids(read, ids)]


async def test_what_cannot_is_named_and_the_others_are_done_in_one_change(console, desk, mixed):
    async with console().run_test(size=(80, 24)) as pilot:
        await look(pilot, mixed, "s", *"solved", "f2")
        assert "1 becomes solved and yours · 1 becomes solved" in seen(pilot)
        assert "1 cannot: T-1001 is closed" in seen(pilot)
        assert statuses(desk, mixed)[1:] != ["solved", "solved"]
        await pilot.press("enter")
        await settle(pilot)
        assert statuses(desk, mixed) == ["closed", "solved", "solved"]
        assert any("Set 2 of 3 tickets to solved · z undo" in one for one in toasts(pilot))
        await pilot.press("z")
        await settle(pilot)
        assert "solved" not in statuses(desk, mixed)


async def test_escape_goes_back_to_the_choice_and_nothing_is_written(console, desk, mixed):
    before = statuses(desk, mixed)
    async with console().run_test(size=(80, 24)) as pilot:
        await look(pilot, mixed, "u", *"urgent", "enter")
        assert isinstance(pilot.app.screen, BulkDialog)
        await pilot.press("escape", *["backspace"] * 6, *"low", "enter")
        await settle(pilot)
        assert "2 become low" in seen(pilot)
    assert statuses(desk, mixed) == before


async def test_where_nothing_would_change_it_says_so_and_enter_leaves(console, desk, mixed):
    async with console().run_test(size=(80, 24)) as pilot:
        await look(pilot, [1001, 1002], "t", *"vat", "enter")
        await pilot.press("enter")
        await settle(pilot)
        await look(pilot, [1001, 1002], "t", *"vat", "enter")
        assert "2 have these tags already" in seen(pilot)
        assert "Nothing would change" in seen(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, BulkDialog)
