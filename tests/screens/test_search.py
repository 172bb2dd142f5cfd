"""Search by keys: words to hits, hits to where they are, and what is done to what was found."""

from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.events import Event
from agentdesk.models import Article
from agentdesk.queries import tickets
from agentdesk.screens.customers import CustomersScreen
from agentdesk.screens.search import SearchScreen
from agentdesk.screens.search_source import asks_a_field
from agentdesk.screens.ticket import TicketScreen
from agentdesk.widgets.conversation import ConversationView
from tests.screens.sight import Console, burst, seen, settled


async def look_for(pilot: Any, words: str) -> SearchScreen:
    await settled(pilot)
    await burst(pilot, "6")
    await burst(pilot, *("space" if sign == " " else sign for sign in words))
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    return screen


async def test_words_find_everything_that_holds_them_with_exact_counts(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await look_for(pilot, "invoice wron")
        text = seen(pilot)
        assert "All 4   Tickets 2   Messages 2   People 0   Orgs 0   Articles 0" in text
        assert "invoice wron*   4 hits" in text
        assert [row.kind for row in screen.found.rows].count("message") == 2


async def test_the_words_that_were_found_are_bold_and_underlined(console: Console) -> None:
    async with console().run_test(size=(120, 24)) as pilot:
        screen = await look_for(pilot, "invoice")
        strip = screen.table.render_line(1)
        found = [
            one.text for one in strip if one.style is not None and one.style.underline and one.style.bold
        ]
        assert found[0] == "Invoice"


async def test_tabs_leave_one_kind_and_enter_opens_at_the_message(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        services.add_note(change, 1002, "The zebra is here.\n" + "line\n" * 40)
        services.add_note(change, 1002, "And more.\n" + "line\n" * 40)
    async with console().run_test(size=(80, 24)) as pilot:
        await look_for(pilot, "zebra")
        await burst(pilot, "enter", "l", "l")
        await settled(pilot)
        assert "Messages 1" in seen(pilot)
        await burst(pilot, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)
        view = pilot.app.screen.query_one(ConversationView)
        assert f"▶ {desk.actor.name}  ✎ internal note" in seen(pilot)
        assert "The zebra is here." in seen(pilot)
        assert view.scroll_offset.y > 0


async def test_marks_mean_the_tickets_of_the_hits_and_undo_takes_it_back(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await look_for(pilot, "invoice")
        await burst(pilot, "enter", "asterisk")
        await settled(pilot)
        assert "4 marked · 2 tickets" in seen(pilot)
        assert screen.acting_on() == [1005, 1019]
        await burst(pilot, "u")
        await settled(pilot)
        assert "2 tickets" in seen(pilot)
        await burst(pilot, "escape", "escape", "n")
        await settled(pilot)
        assert pilot.app.screen is not screen
    with desk.read() as read:
        assert tickets.by_ids(read, [1005])[0].id == 1005


async def test_a_hit_that_is_no_ticket_leads_to_what_it_is(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        change.add(Article(title="Umbrella Ltd: care", body="Dry it first.\n\x1b[31m", category="care"))
        change.record(Event.SETTING_CHANGED, change.find(Article))
    async with console().run_test(size=(120, 30)) as pilot:
        screen = await look_for(pilot, '"umbrella ltd"')
        kinds = [row.kind for row in screen.found.rows]
        assert sorted(kinds) == ["article", "organization"]
        await burst(pilot, "enter", *["j"] * kinds.index("article"), "enter")
        await settled(pilot)
        assert "Dry it first." in seen(pilot)
        await burst(pilot, "escape", *["k" if kinds.index("article") else "j"], "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, CustomersScreen), seen(pilot)
        assert "1 customer" in seen(pilot)
        assert "Noor Haddad" in seen(pilot)


async def test_the_best_match_on_a_key_and_more_at_the_end(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.screens.search.STEP", 3)
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await look_for(pilot, "hello")
        screen.question = type(screen.question)(screen.question.asked, limit=3)
        screen._search()
        await settled(pilot)
        assert "3 of 23 hits   > loads more" in seen(pilot)
        await burst(pilot, "enter", "end")
        await settled(pilot)
        assert "6 of 23 hits" in seen(pilot), seen(pilot)
        await burst(pilot, "o")
        await settled(pilot)
        assert "best of the newest 2 000" in seen(pilot)


async def test_slash_on_a_ticket_searches_and_a_field_is_asked_in_the_queue(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await burst(pilot, "enter", "slash")
        await burst(pilot, *"is:open")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "is:open is looked for as words. To ask by field: 1 for the queue" in seen(pilot)
        await burst(pilot, "escape", "escape")
        assert pilot.app.screen.box.value == ""
        await burst(pilot, "1")
        assert pilot.app.current_mode == "queue"


def test_only_what_the_queue_knows_is_taken_for_a_field() -> None:
    assert [asks_a_field(one) for one in ("a -status:open", "http://x.test", "ratio 1:2", "re:")] == [
        "-status:open", "", "", "",
    ]  # fmt: skip


async def test_who_leaves_at_once_and_comes_back_types_into_the_box_again(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await burst(pilot, "6", "escape", "1", "6", *"cup")
        assert pilot.app.screen.box.value == "cup"


async def test_other_words_keep_the_marks_of_those_before_and_say_so(console: Console) -> None:
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        screen = await look_for(pilot, "invoice")
        await burst(pilot, "enter", "space", "space", "slash", "end", "space", "x")
        await settled(pilot)
        assert screen.table.marks == set()
        assert "2 marks stay with invoice" in seen(pilot)
        await burst(pilot, "backspace", "backspace")
        await settled(pilot)
        assert len(screen.table.marks) == 2
        assert "2 marks are back." in seen(pilot)
