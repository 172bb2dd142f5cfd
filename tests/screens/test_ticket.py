"""An open ticket: everything about it, reached with the keyboard."""

from collections.abc import Sequence
from typing import Any

import pytest
from textual.widgets import ContentSwitcher, Static

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.queries.tickets import by_ids
from agentdesk.screens.ticket import TicketScreen
from agentdesk.screens.ticket_source import TicketSource, Walk
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.rows_view import RowsView
from tests.screens.sight import Console, seen, settled

NAUGHTY = [
    "[/foo] y",
    "[red]x[/red]",
    "[@click=app.quit]x[/]",
    "\x1b]0;pwn\x07",
    "\x9b31m",
    "\u202eevil",
    "\ud83d\ude00",
    "佐藤 👩‍👩‍👧",
    "=1+1",
]


async def open_ticket(
    pilot: Any, ticket_id: int = 1002, among: Sequence[int] = (1001, 1002, 1003)
) -> TicketScreen:
    await settled(pilot)
    desk = pilot.app.desk
    with desk.read() as read:
        row = by_ids(read, [ticket_id])[0]
    source = TicketSource(desk, " OR ".join(f"T-{one}" for one in among), "created", True)
    pilot.app.open_ticket(ticket_id, Walk(source, row) if among else None)
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, TicketScreen)
    return screen


async def test_the_head_says_where_it_stands_and_what_was_promised(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot)
        text = seen(pilot)
        assert "T-1002   2 of 3   J next  K previous" in text
        assert "[URGENT] cannot log in since the update" in text
        assert "new · !! urgent · Support · unassigned · Dana Kim ★ gold  #auth #vip" in text
        assert "◇ promise at risk, due in 0:25, 10:25" in text


async def test_the_conversation_shows_the_note_and_folds_the_quote(console: Console) -> None:
    async with console().run_test(size=(100, 40)) as pilot:
        await open_ticket(pilot)
        assert "✎ internal note" in seen(pilot)
        assert "▸ 3 quoted lines" in seen(pilot)
        await pilot.press("H")
        assert "> we updated tonight." in seen(pilot)


async def test_j_and_k_walk_the_list_and_stop_at_its_ends(console: Console) -> None:
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        screen = await open_ticket(pilot)
        await pilot.press("J")
        assert screen.acting_on() == [1003]
        await pilot.press("J")
        assert screen.acting_on() == [1003]
        await pilot.press("K", "K")
        assert screen.acting_on() == [1001]


async def test_tabs_turn_with_letters_and_wrap_round(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await open_ticket(pilot)
        pages = []
        for _ in range(4):
            await pilot.press("l")
            pages.append(screen.query_one(ContentSwitcher).current)
        assert pages == ["details", "history", "related", "conversation"]
        await pilot.press("h")
        assert screen.query_one(ContentSwitcher).current == "related"


async def test_enter_on_a_field_opens_its_dialog(console: Console) -> None:
    async with console().run_test(size=(100, 40)) as pilot:
        await open_ticket(pilot)
        await pilot.press("l", "j", "j", "enter")
        await settled(pilot)
        assert "Priority of T-1002" in seen(pilot)


async def test_a_related_ticket_opens(console: Console) -> None:
    async with console().run_test(size=(100, 40)) as pilot:
        await open_ticket(pilot)
        await pilot.press("h")
        assert "Export of last year's tickets" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen.acting_on() == [1011]


async def test_the_history_tells_what_was_and_what_is(console: Console) -> None:
    async with console().run_test(size=(100, 40)) as pilot:
        screen = await open_ticket(pilot)
        await pilot.press("m")
        await settled(pilot)
        await pilot.press("l", "l")
        told = screen.query_one("#history", RowsView).plain_text()
        assert "ana assigned the ticket" in told
        assert "new → open" in told


async def test_what_a_colleague_saves_appears_and_the_place_is_kept(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.receive_message(change, 1002, "\n".join(f"line {number}" for number in range(150)))
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await open_ticket(pilot)
        view = screen.query_one(ConversationView)
        view.scroll_to(y=3, animate=False)
        await pilot.pause()
        with desk.change() as change:
            services.edit_ticket(change, 1002, {"priority": "low"})
        screen.refresh_data()
        await settled(pilot)
        assert "· low ·" in seen(pilot)
        assert view.scroll_offset.y == 3


async def test_a_kept_draft_is_offered(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.save_draft(change, 1002, "Hi Dana, thanks for the code", "public", 1)
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot)
        assert "unsent reply of 10:00 · r to continue" in seen(pilot)
        assert "Hi Dana, thanks for the code" in seen(pilot)


async def test_i_says_why_it_stands_there(console: Console) -> None:
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        await open_ticket(pilot)
        await pilot.press("i")
        await pilot.pause()
        assert "stands here because: promise at risk, due in 0:25; urgent" in seen(pilot)


async def test_escape_goes_back(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, TicketScreen)


@pytest.mark.parametrize("text", NAUGHTY)
async def test_naughty_text_is_shown_and_does_nothing(console: Console, desk: Desk, text: str) -> None:
    from agentdesk import services

    words = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    with desk.change() as change:
        customer = services.create_customer(change, name=words).id
        ticket = services.create_ticket(
            change, subject=words, body=words, customer_id=customer, tags=[words]
        ).id
        services.save_draft(change, ticket, words, "internal", 1)
    async with console().run_test(size=(100, 40)) as pilot:
        screen = await open_ticket(pilot, ticket, [ticket])
        for _ in range(4):
            await pilot.press("l")
            await pilot.pause()
            assert not [sign for sign in seen(pilot) if not sign.isprintable() and sign not in "\n\u200d"]
        assert screen.query_one("#subject", Static).content is not None


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (180, 40)])
async def test_it_fits_every_size(console: Console, size: tuple[int, int]) -> None:
    async with console().run_test(size=size) as pilot:
        await open_ticket(pilot)
        assert "T-1002" in seen(pilot)
        assert "Reply" in seen(pilot)


async def test_a_wide_screen_has_the_customer_beside_it(console: Console) -> None:
    async with console().run_test(size=(180, 40)) as pilot:
        await open_ticket(pilot)
        assert "dana@hooli.example" in seen(pilot)
    async with console().run_test(size=(120, 40)) as pilot:
        await open_ticket(pilot)
        assert "dana@hooli.example" not in seen(pilot)


async def test_next_walks_the_whole_list_and_says_where_it_stands(console: Console, desk: Desk) -> None:
    with desk.read() as read:
        total = read.value("SELECT count(*) FROM ticket WHERE is_open")
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        walked = []
        for _ in range(total + 2):
            walked.append(pilot.app.screen.acting_on()[0])
            await pilot.press("J")
        assert len(dict.fromkeys(walked)) == total
        assert f"{total} of {total}" in seen(pilot)


async def test_next_goes_on_from_a_ticket_that_left_the_list(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        first = pilot.app.screen.acting_on()[0]
        with pilot.app.desk.change() as change:
            services.solve_ticket(change, first)
        pilot.app.screen.refresh_data()
        await settled(pilot)
        assert "has left the list" in seen(pilot)
        await pilot.press("J")
        await settled(pilot)
        assert pilot.app.screen.acting_on() != [first]
        assert "1 of " in seen(pilot)


async def test_enter_on_a_page_without_a_cursor_says_that_there_is_nothing_to_open(console: Console) -> None:
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        await open_ticket(pilot, 1001)
        await pilot.press("enter")
        await settled(pilot)
        assert "There is nothing to open on this page" in seen(pilot)
