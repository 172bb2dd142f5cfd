"""The console begins where it was left: view, order, cursor, open ticket; and where an open ticket goes once it is done with."""

from dataclasses import replace

import pytest

from agentdesk.app import AgentDesk
from agentdesk.left_off import Bookmark
from agentdesk.screens.queue import QueueScreen
from agentdesk.screens.returning import Returning
from agentdesk.screens.ticket import TicketScreen
from agentdesk.widgets.tab_line import TabLine
from tests.screens.sight import seen
from tests.screens.test_queue import settle, table


@pytest.fixture
def begin(desk, tmp_path):
    """Open a console that remembers."""

    def make(*, is_fresh=False):
        app = AgentDesk(desk)
        app.returning = Returning(app, Bookmark("desk.db", "ana", tmp_path), is_fresh=is_fresh)
        return app

    return make


async def leave(pilot, *keys):
    await settle(pilot)
    await pilot.press(*keys)
    await settle(pilot)
    await pilot.press("ctrl+q")


async def test_view_order_and_cursor_are_as_they_were_left(begin):
    async with begin().run_test(size=(120, 30)) as pilot:
        await leave(pilot, "left_square_bracket", "j", "j")
        left = table(pilot).row.id, pilot.app.screen.view.id
    assert left[1] == "waiting"
    async with begin().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert (table(pilot).row.id, pilot.app.screen.view.id) == left
        await settle(pilot)
        assert table(pilot).row.id == left[0]
    async with begin(is_fresh=True).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert pilot.app.screen.view.id == "open"


async def test_the_open_ticket_opens_again_on_its_page_and_walks_on(begin):
    async with begin().run_test(size=(120, 30)) as pilot:
        await leave(pilot, "j", "enter", "l")
    async with begin().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)
        assert "T-1002" in seen(pilot)
        assert pilot.app.screen.query_one(TabLine).place == 1
        await pilot.press("J")
        await settle(pilot)
        assert "T-1003" in seen(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_the_way_through_the_list_goes_on_from_where_it_had_led(begin):
    async with begin().run_test(size=(120, 30)) as pilot:
        await leave(pilot, "enter", "J", "J")
    async with begin().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert "All open › T-1003   3 of 23" in seen(pilot)
        await pilot.press("K")
        await settle(pilot)
        assert "T-1002   2 of 23" in seen(pilot)


async def test_nothing_opens_in_front_of_somebody_who_types_at_once(begin):
    async with begin().run_test(size=(120, 30)) as pilot:
        await leave(pilot, "j", "enter")
    app = begin()
    app.type_ahead("jjk")
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)
        assert app.returning.left is None


async def test_a_question_of_one_s_own_is_asked_again_in_its_order(begin):
    async with begin().run_test(size=(120, 30)) as pilot:
        await leave(pilot, "slash", *["ctrl+u"], *"priority:high", "enter", "o", *"number", "enter")
    async with begin().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert (screen.query_text, screen.view, screen.order()[0].name) == ("priority:high", None, "id")


async def test_it_is_nothing_that_undo_takes_back(begin, desk):
    with desk.read() as read:
        before = read.value("SELECT count(*) FROM change")
    async with begin().run_test(size=(120, 30)) as pilot:
        await leave(pilot, "j")
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM change") == before


@pytest.mark.parametrize(
    ("advance", "shows"), [("next", "T-1003"), ("list", "23 tickets"), ("stay", "solved")]
)
async def test_a_solved_ticket_goes_where_the_agent_prefers(console, desk, advance, shows):
    desk.settings = replace(desk.settings, advance=advance)
    async with console().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)
        await pilot.press("s", *"solved", "f2")
        await settle(pilot)
        assert isinstance(pilot.app.screen, QueueScreen if advance == "list" else TicketScreen)
        assert shows.replace("23", "22") in seen(pilot)


async def test_a_ticket_that_stays_in_its_list_stays_open(console):
    async with console().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        await pilot.press("u", *"low", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)


async def test_what_was_not_sent_is_told_in_front_of_the_ticket_that_opens_again(begin, desk):
    from agentdesk import services

    async with begin().run_test(size=(120, 30)) as pilot:
        await leave(pilot, "j", "enter")
    with desk.change() as change:
        services.save_draft(change, 1003, "half a note", "internal", 1)
    async with begin().run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        await settle(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)
        assert "Not sent yet: note on T-1003 · b goes on writing" in seen(pilot)


async def test_what_was_not_sent_is_told_once(begin, desk, monkeypatch):
    from agentdesk import services
    from agentdesk.app import AgentDesk

    told, notify = [], AgentDesk.notify
    monkeypatch.setattr(AgentDesk, "notify", lambda app, *words, **named: (told.append(words[0]), notify(app, *words, **named)))  # fmt: skip
    with desk.change() as change:
        services.save_draft(change, 1003, "half a note", "internal", 1)
    for times in (1, 2):  # first in front of the list, then in front of the ticket that opens again
        async with begin().run_test(size=(120, 30), notifications=True) as pilot:
            await settle(pilot)
            await settle(pilot)
            assert len([one for one in told if "Not sent yet" in one]) == times
            await leave(pilot, "j", "enter")


async def test_a_ticket_that_was_just_opened_is_where_a_killed_console_begins(begin, tmp_path, monkeypatch):
    monkeypatch.setattr("agentdesk.screens.returning.SOON", 0.01)
    async with begin().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        await pilot.pause(0.1)
        left = Bookmark("desk.db", "ana", tmp_path).read()
        assert left is not None
        assert left.open_id == 1002
