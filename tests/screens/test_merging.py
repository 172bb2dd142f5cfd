"""Merging, linking, splitting and following up with the keyboard; what belongs to a ticket, and its history by entries."""

from typing import Any

from textual.widgets import Static

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.screens.compose import ComposeScreen
from agentdesk.screens.follow_up import FollowUpDialog
from agentdesk.screens.link import LinkDialog
from agentdesk.screens.merge_preview import MergePreview
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.history_view import HistoryView
from agentdesk.widgets.relation_list import RelationList
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_dialogs import changes, sentence, ticket, typed
from tests.screens.test_ticket import open_ticket


async def press(pilot: Any, *keys: str) -> None:
    await burst(pilot, *keys)


def related(pilot: Any) -> str:
    listed = pilot.app.screen.query_one(RelationList)
    return "\n".join(str(listed.get_option_at_index(at).prompt) for at in range(listed.option_count))


async def test_m_offers_targets_with_reasons_shows_the_plan_and_one_z_takes_it_back(
    console: Console, desk: Desk
) -> None:
    before = changes(desk)
    async with console().run_test(size=(80, 24)) as pilot:
        await open_ticket(pilot, 1014, among=())
        await press(pilot, "M")
        assert "same customer, open" in seen(pilot)
        await typed(pilot, "refund")
        assert sentence(pilot.app.screen) == "Shows what merging into T-1001 would do. Nothing happens yet."
        await press(pilot, "enter")
        preview = pilot.app.screen
        assert isinstance(preview, MergePreview)
        assert pilot.app.focused.id == "confirm"
        assert "enter merges, esc goes back" in seen(pilot)
        assert "T-1014 closes (now open): 1 message, shown on T-1001 from then on." in seen(pilot)
        await press(pilot, "escape")
        assert "Merge T-1014 into …" in seen(pilot)
        assert changes(desk) == before
        await press(pilot, "enter", "enter")
        assert "→ part of T-1001" in seen(pilot)
        assert (ticket(desk, 1014).merged_into_id, changes(desk)) == (1001, before + 1)
        await press(pilot, "enter")
        assert pilot.app.screen.acting_on() == [1001]
        assert "from T-1014" in pilot.app.screen.query_one(ConversationView).plain_text()
        await press(pilot, "U")
        assert sentence(pilot.app.screen).startswith("T-1014 will be as it was before the merge")
        await press(pilot, "f2")
        assert ticket(desk, 1014).merged_into_id is None
        await press(pilot, "z")
        assert ticket(desk, 1014).merged_into_id == 1001


async def test_marked_tickets_go_into_the_one_that_is_chosen_and_other_customers_are_told_loudly(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "space", "space", "M")
        assert seen(pilot).count("one of the marked") == 2
        await press(pilot, "enter")
        assert "! DIFFERENT CUSTOMERS:" in seen(pilot)
        [source] = pilot.app.screen.ticket_ids
        await press(pilot, "f2")
        assert (source, ticket(desk, source).status) == (1002, "closed")
        assert ticket(desk, source).merged_into_id == 1001
        table = pilot.app.screen.table
        assert (table.marks, table.cursor_id()) == (set(), 1001)


async def test_of_marked_tickets_that_are_closed_it_is_said_how_many_and_which(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        for one in (1002, 1003):
            services.solve_ticket(change, one)
            services.close_ticket(change, one)
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        pilot.app.show("merge_preview", [1002, 1003, 1004], into=1001)
        await settled(pilot)
        assert sentence(pilot.app.screen).startswith(
            "2 of 3 tickets cannot be merged: T-1002, T-1003. T-1002 is closed: link it instead."
        )
        assert not pilot.app.screen.query_one("#confirm").display


async def test_the_related_page_has_groups_and_its_keys_mean_the_one_under_the_cursor(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.link_tickets(change, 1014, 1005, "caused_by")
    async with console().run_test(size=(100, 40)) as pilot:
        screen = await open_ticket(pilot, 1014, among=())
        await press(pilot, "h")
        told = related(pilot)
        assert [one for one in told.splitlines() if one[:1].isupper() and not one.startswith("T-")] == [
            "LINKED  1",
            "SAME CUSTOMER  3",
            "SIMILAR WORDING  ",
            "No other ticket shares two of its rare words: no similar wording found.",
        ]
        assert "T-1005   pending  caused by" in told
        await press(pilot, "U")
        assert "LINKED" not in related(pilot)
        await press(pilot, "L")
        assert isinstance(pilot.app.screen, LinkDialog)
        await press(pilot, "f2")
        assert "T-1001   open     related to" in related(pilot)
        await press(pilot, "z")
        assert "LINKED" not in related(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen is not screen
        assert pilot.app.screen.acting_on() == [1001]


async def test_the_tab_of_related_tickets_counts_what_stands_on_its_page(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        for _ in range(2):
            services.create_ticket(
                change, subject="Zirconium flange wobbles", body="The zirconium flange wobbles badly."
            )
    async with console().run_test(size=(100, 40)) as pilot:
        await open_ticket(pilot, 1025, among=())
        await press(pilot, "h")
        await settled(pilot)
        assert "SIMILAR WORDING  1" in related(pilot)
        assert "Related 0+1" in seen(pilot)


async def test_l_links_to_a_ticket_that_is_typed(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot, 1014)
        await press(pilot, "L")
        await typed(pilot, "T-1003")
        await press(pilot, "enter", "left")
        assert sentence(pilot.app.screen) == "T-1014 will be duplicate of T-1003. Nothing else changes."
        await press(pilot, "f2")
    with desk.read() as read:
        assert read.tuples("SELECT ticket_id, other_id, kind FROM ticket_link") == [(1014, 1003, "duplicate")]


async def test_s_splits_the_latest_message_off_and_goes_there(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        services.receive_message(change, 1014, "Hello,\n\nand my lamp flickers")
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot, 1014)
        await press(pilot, "S")
        assert "and my lamp flickers" in seen(pilot)
        await press(pilot, "enter", "enter")
        assert pilot.app.screen.acting_on() == [1025]
        assert "from T-1014" in seen(pilot)
        await press(pilot, "z")
    assert ticket(desk, 1025) is None


async def test_a_closed_ticket_takes_no_words_and_no_merge_but_offers_its_follow_up(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.close_ticket(change, 1024)
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot, 1024)
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, FollowUpDialog)
        assert "T-1024 is closed" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert pilot.app.screen.ticket_id == 1025
        await press(pilot, "escape", "escape")
        assert pilot.app.screen.acting_on() == [1024]
        await press(pilot, "plus")
        assert isinstance(pilot.app.screen, FollowUpDialog)
        await press(pilot, "escape")
        await open_ticket(pilot, 1014)
        await press(pilot, "M")
        await typed(pilot, "T-1024")
        assert "T-1024 is closed: nothing" in seen(pilot)
        await press(pilot, "f2")
        assert "Merge T-1014 into …" in seen(pilot)
    assert ticket(desk, 1025).follow_up_of_id == 1024


async def test_a_reply_to_a_merged_ticket_leads_to_where_it_is_answered(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        services.merge_tickets(change, [1014], 1001)
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot, 1014)
        await press(pilot, "r")
        assert str(pilot.app.screen.query_one("#dialog-title", Static).content) == "T-1014 is part of T-1001"
        await press(pilot, "enter")
        assert pilot.app.screen.acting_on() == [1001]


async def test_the_history_goes_by_entries_and_enter_shows_all_of_one(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        services.reply_to_ticket(change, 1014, "First line\nand a second one")
    with desk.change() as change:
        services.edit_ticket(change, 1014, {"priority": "high"})
    with desk.change() as change:
        services.undo_change(change)
    async with console().run_test(size=(100, 30)) as pilot:
        await open_ticket(pilot, 1014)
        await press(pilot, "l", "l")
        page = pilot.app.screen.query_one(HistoryView)
        told = page.plain_text()
        assert "▌ 10:00  ana took back: changed the ticket" in told
        assert "↶ ana changed the ticket" in told
        assert "▎ First line" in told
        assert "and a second one" not in told
        await press(pilot, "j", "enter")
        assert "▌ 10:00  ↶ ana changed the ticket · taken back by change" in page.plain_text()
        await press(pilot, "j", "enter")
        told = page.plain_text()
        assert "▌        ▎ and a second one" in told
        assert "by ana, console" in told
        await press(pilot, "enter")
        assert "and a second one" not in page.plain_text()
