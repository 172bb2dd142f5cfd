"""Commands on marked tickets: a look ahead, one confirmation, one undo."""

import pytest

from agentdesk import services
from agentdesk.domain.actor import Actor
from agentdesk.domain.vocabulary import Role
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
        await look(pilot, mixed, "s", *"solved", "enter")
        assert "1 becomes solved and yours · 1 becomes solved" in seen(pilot)
        assert "1 cannot: T-1001 is closed" in seen(pilot)
        assert "2 of 3 change. One change; z takes it back whole." in seen(pilot)
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
        assert "2 of 3 become low. One change; z takes it back whole." in seen(pilot)
    assert statuses(desk, mixed) == before


async def test_where_nothing_would_change_it_says_so_and_enter_leaves(console, desk, mixed):
    async with console().run_test(size=(80, 24)) as pilot:
        await look(pilot, [1001, 1002], "t", *"vat", "enter")
        await pilot.press("enter")
        await settle(pilot)
        await look(pilot, [1001, 1002], "t", *"vat", "enter")
        assert "2 have these tags already" in seen(pilot)
        assert "Nothing would change" in seen(pilot)
        assert "Change them" not in seen(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, BulkDialog)


async def test_several_are_escalated_with_one_reason_in_one_change(console, desk):
    async with console().run_test(size=(100, 40)) as pilot:
        await look(pilot, [1002, 1003, 1006], "E")
        dialog = pilot.app.screen
        assert "Whoever has each of them stays the owner" in seen(pilot)
        dialog.query_one("#to").value = next(one for _, one in dialog._targets if one[0] == "queue")
        dialog.query_one("#ask").text = "Look at the log"
        await pilot.press("f2")
        await settle(pilot)
        assert "2 are escalated · 1 becomes open and is escalated" in seen(pilot)
        await pilot.press("enter")
        await settle(pilot)
    with desk.read() as read:
        assert all(row.is_escalated for row in tickets.by_ids(read, [1002, 1003, 1006]))
        assert len(read.tuples("SELECT id FROM escalation WHERE ask = 'Look at the log'")) == 3


async def test_a_mark_does_not_outlive_its_place_in_the_list(console):
    async with console().run_test(size=(100, 30)) as pilot:
        await look(pilot, [1002, 1003], "s", *"solved", "f2")
        await pilot.press("enter")
        await settle(pilot)
        assert table(pilot).marks == set()


async def test_a_look_ahead_can_be_left_while_it_is_looking(console, desk):
    async with console().run_test(size=(80, 24)) as pilot:
        await look(pilot, [1002, 1003], "m")
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, BulkDialog)
        assert table(pilot).marks == {1002, 1003}


async def test_whose_words_wait_on_a_ticket_is_told_before_it_is_changed(console, desk):
    with desk.change() as change:
        change.actor = Actor(2, "bo", "Bo Larsen", Role.AGENT)
        services.save_draft(change, 1003, "Dear Hanako", "public", 1)
        services.save_draft(change, 1002, "Dear Dana", "public", 1)
        services.look_at(change, 1002, "another", "writing")
    async with console().run_test(size=(80, 24)) as pilot:
        await look(pilot, [1002, 1003, 1006], "u", *"low", "enter")
        told = " ".join(seen(pilot).replace("│", " ").split())
        assert "2 have a colleague's draft: T-1002 (Bo Larsen is writing), T-1003 (Bo Larsen)" in told
        assert "✎ Bo Larsen is writing" in told
        await pilot.press("enter")
        await settle(pilot)
        assert any("Set 3 tickets" in one or "3 tickets" in one for one in toasts(pilot))


async def test_of_many_with_a_colleagues_draft_the_rest_is_counted_and_ones_own_are_no_news(console, desk):
    with desk.change() as change:
        services.save_draft(change, 1008, "Dear Jon", "public", 1)
        change.actor = Actor(2, "bo", "Bo Larsen", Role.AGENT)
        for one in (1002, 1003, 1006, 1007):
            services.save_draft(change, one, "Hello", "public", 1)
    async with console().run_test(size=(80, 24)) as pilot:
        await look(pilot, [1002, 1003, 1006, 1007, 1008], "u", *"low", "enter")
        told = " ".join(seen(pilot).replace("│", " ").split())
        assert "4 have a colleague's draft: " in told
        assert "T-1006 (Bo Larsen) and 1 more" in told
