"""The queue, driven by keys over a real store."""

import shlex
from datetime import timedelta

import pytest
from textual.widgets import Static

from agentdesk import services
from agentdesk.queries import tickets
from agentdesk.screens.queue_words import how_to_import
from agentdesk.settings import default_store
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.customer_card import CustomerCard
from agentdesk.widgets.query_bar import QueryBar
from agentdesk.widgets.status_line import StatusLine
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.top_bar import TopBar
from agentdesk.widgets.view_tabs import ViewTabs
from tests.screens.sight import burst, seen, settled


async def settle(pilot):
    for _ in range(3):
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def table(pilot):
    return pilot.app.screen.query_one(LineTable)


def told(pilot, kind):
    return pilot.app.screen.query_one(kind).render().plain


def toasts(pilot):
    return [note.message for note in pilot.app._notifications]


async def test_the_first_screen_shows_what_needs_attention_first(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert table(pilot).row.subject == "Refund not received after 14 days"
        assert "▲ 1 late" in told(pilot, TopBar)
        assert "All open 23" in told(pilot, ViewTabs)
        assert "23 tickets" in told(pilot, StatusLine)


@pytest.mark.parametrize(
    ("size", "beside"), [((80, 24), (False, False)), ((120, 40), (True, False)), ((180, 40), (True, True))]
)
async def test_panes_come_with_the_width(console, size, beside):
    async with console().run_test(size=size) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert (screen.query_one(ConversationView).display, screen.query_one(CustomerCard).display) == beside


async def test_the_card_shows_the_customer_of_the_highlighted_ticket(console):
    async with console().run_test(size=(180, 40)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        card = pilot.app.screen.query_one(CustomerCard)
        words = "".join(part.render().plain for part in card.query(Static))
        assert "Dana Kim" in words
        assert "▸" in words


async def test_a_window_that_is_too_small_says_so(console):
    async with console().run_test(size=(50, 12)) as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one("#enlarge").display
        assert not pilot.app.screen.query_one("#body").display


async def test_brackets_walk_through_the_views(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert pilot.app.screen.view.id == "mine"
        assert {row.assignee for row in table(pilot).pages._pages[0]} == {"ana"}
        await pilot.press("left_square_bracket", "left_square_bracket")
        await settle(pilot)
        assert pilot.app.screen.view.id == "waiting"


async def test_a_question_narrows_the_list_and_escape_goes_back(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *["ctrl+u"], *"refund", "enter")
        await settle(pilot)
        assert table(pilot).total == 1
        await pilot.press("escape")
        await settle(pilot)
        assert table(pilot).total == 23


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("login sort:created", "sorted by created ↑"),
        ("login sort:-priority", "sorted by priority ↓"),
        ("login", "sorted by what needs attention ↑"),
    ],
)
async def test_the_status_line_names_the_order_the_question_asks_for(console, question, order):
    async with console().run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *["ctrl+u"], *question, "enter")
        await settle(pilot)
        assert told(pilot, StatusLine).split(order)[1].startswith("  ")
        await pilot.press("escape")
        await settle(pilot)
        assert "sorted by what needs attention" in told(pilot, StatusLine)


async def test_the_status_line_names_the_order_of_a_saved_view(console, desk):
    from agentdesk import services

    with desk.change() as change:
        services.save_view(change, name="Newest", query="is:open", sort="-created")
    async with console().run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert pilot.app.screen.view.name == "Newest"
        assert "sorted by created ↓" in told(pilot, StatusLine)


async def test_a_wrong_question_is_pointed_at_and_the_list_stays(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *["ctrl+u"], *"stats:open", "enter")
        await settle(pilot)
        hints = pilot.app.screen.query_one("#hints", Static).render().plain
        assert "status" in hints
        assert "▾" in hints
        assert table(pilot).total == 23


async def test_a_name_nobody_has_is_pointed_at_as_well(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *["ctrl+u"], *"assignee:zoe", "enter")
        await settle(pilot)
        assert "zoe" in pilot.app.screen.query_one("#hints", Static).render().plain
        assert pilot.app.screen.query_one(QueryBar).has_class("-open")


async def test_tab_completes_what_is_being_typed(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *["ctrl+u"], *"assi", "tab", *"bo", "enter")
        await settle(pilot)
        assert pilot.app.screen.query_text == "assignee:bo"


async def test_taking_marked_tickets_assigns_them_and_z_takes_it_back(console, desk):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "space", "j", "space")
        marked = table(pilot).chosen()
        await pilot.press("m")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        with desk.read() as read:
            assert {row.assignee for row in tickets.by_ids(read, marked)} == {"ana"}
        assert any("Took 1 of 2 tickets · z undo" in one for one in toasts(pilot))
        await pilot.press("z")
        await settle(pilot)
        with desk.read() as read:
            assert {row.assignee for row in tickets.by_ids(read, marked)} != {"ana"}


async def test_what_another_program_saves_appears_without_moving_cursor_or_marks(console, desk):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "space", "j")
        row, marks = table(pilot).row, set(table(pilot).marks)
        pilot.app.desk.store.data_version()
        with desk.change(summary="elsewhere") as change:
            from agentdesk import services

            services.create_ticket(change, subject="from elsewhere", due_at=desk.clock.now())
        for _ in range(40):
            await settle(pilot)
            if table(pilot).total == 24:
                break
        assert table(pilot).total == 24
        assert table(pilot).row.id == row.id
        assert table(pilot).marks == marks


async def test_star_marks_every_match_and_escape_unmarks(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("asterisk")
        await settle(pilot)
        assert "23 marked" in told(pilot, StatusLine)
        await pilot.press("escape")
        await settle(pilot)
        assert not table(pilot).marks


async def test_i_says_why_a_ticket_stands_where_it_does(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("i")
        told = (
            "promise breached 0:12 ago; urgent; gold; customer waiting 3:10. "
            "✦ you have not read it all, ← the customer spoke last. The order: breached, critical,"
        )
        assert any(told in one for one in toasts(pilot))


async def test_v_marks_to_where_the_cursor_goes_and_escape_drops_it(console):
    async with console().run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.press("space", "v", "j", "j")
        assert len(table(pilot).marks) == 4
        await pilot.pause()
        assert "4 marked · v keeps, esc drops" in told(pilot, StatusLine)
        await pilot.press("k", "escape")
        assert len(table(pilot).marks) == 1
        await pilot.press("v", "end", "v")
        await settle(pilot)
        assert len(table(pilot).marks) == 22
        await pilot.press("escape")
        assert not table(pilot).marks


async def test_choosing_the_order_that_is_on_turns_it_round_and_it_is_remembered(console):
    async with console().run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.press("o", *"number", "enter")
        await settle(pilot)
        assert "sorted by number ↑" in told(pilot, StatusLine)
        await pilot.press("o", "enter")
        await settle(pilot)
        assert "sorted by number ↓" in told(pilot, StatusLine)
        await pilot.press("home", "right_square_bracket", "left_square_bracket")
        await settle(pilot)
        assert "sorted by number ↓" in told(pilot, StatusLine)
        assert table(pilot).row.id == 1023
    async with console().run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        assert table(pilot).row.id == 1023


async def test_g_stands_tickets_under_headings_that_the_cursor_passes(console):
    async with console().run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "space", "G")
        await settle(pilot)
        assert "Billing  6" in seen(pilot)
        assert "Support  17" in seen(pilot)
        assert table(pilot).row.id == 1003
        assert table(pilot).marks == {1002}
        assert "by queue, then what needs attention ↑" in told(pilot, StatusLine)
        await pilot.press("home", *["j"] * 6)
        assert (table(pilot).row.id, table(pilot).cursor) == (1002, 6)
        await pilot.press("G")
        await settle(pilot)
        assert "Dana Kim  2" in seen(pilot)
        await pilot.press("G")
        await settle(pilot)
        assert "Dana Kim  2" not in seen(pilot)


async def test_a_walk_through_headings_misses_no_ticket(console):
    async with console().run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("G", "G")
        await settle(pilot)
        await pilot.press("home")
        walk, found = pilot.app.screen, [table(pilot).row.id]
        source = walk.source()
        with source.look() as look:
            row = table(pilot).row
            while row := look.beside(row, 1):
                found.append(row.id)
            assert [look.locate(one)[0] for one in found] == list(range(23))


async def test_chosen_columns_stand_in_their_order_and_what_has_no_room_is_said(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("O", "space", "space", *["j"] * 8, *["space"] * 8)
        await pilot.press("end", "k", "space", "enter")
        await settle(pilot)
        heads = seen(pilot).splitlines()[4].split()
        assert heads[0] == "TICKET"
        assert "hidden" in told(pilot, StatusLine)
        before = heads
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert seen(pilot).splitlines()[4].split() == before


async def test_a_click_on_a_heading_sorts_by_it(console):
    async with console().run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.click(LineTable, offset=(11, 0))
        await settle(pilot)
        assert "sorted by number ↑" in told(pilot, StatusLine)


async def test_i_does_not_claim_an_order_that_the_list_does_not_have(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        screen._sorted("created")
        await settle(pilot)
        await pilot.press("i")
        assert any("This list is sorted by" in one for one in toasts(pilot))


async def test_time_alone_moves_the_list_the_counts_and_the_top_line(console, desk, monkeypatch):
    monkeypatch.setattr("agentdesk.screens.passing.TICK", 0.3)
    async with console().run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "j")
        assert table(pilot).row.id == 1003
        assert "◇ 1:10" in seen(pilot)
        assert "▲ 1 late  ◆ next 0:25" in told(pilot, TopBar)
        assert "Breaching 4" in told(pilot, ViewTabs)
        desk.clock.instant += timedelta(minutes=10)
        await pilot.pause(0.5)
        await settle(pilot)
        assert "◆ next 0:15" in told(pilot, TopBar)
        assert "◆ 0:15" in next(one for one in seen(pilot).splitlines() if "T-1002  " in one)
        desk.clock.instant += timedelta(minutes=61)
        await pilot.pause(0.5)
        await settle(pilot)
        assert "▲ 3 late  ◆ next 1:54" in told(pilot, TopBar)
        assert "▲ −0:01" in next(one for one in seen(pilot).splitlines() if "T-1003  " in one)
        assert table(pilot).row.id == 1003
        desk.clock.instant += timedelta(hours=3)
        await pilot.pause(0.5)
        await settle(pilot)
        assert "Breaching 5" in told(pilot, ViewTabs)


async def test_every_row_says_which_clock_it_is_where_there_is_room(console):
    async with console().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "▲ −0:12   promise" not in seen(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "▲ −0:12   promise" in seen(pilot)


async def test_an_empty_view_says_what_to_do_next(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *["ctrl+u"], *"nothinglikethis", "enter")
        await settle(pilot)
        empty = pilot.app.screen.query_one("#empty", Static)
        assert empty.display
        assert "change the question" in empty.render().plain


async def test_a_new_desk_says_how_to_begin(bare_desk):
    from agentdesk.app import AgentDesk

    async with AgentDesk(bare_desk).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        words = pilot.app.screen.query_one("#empty", Static).render().plain
        assert "a desk to practise on" in words
        assert "write the first ticket" in words
        await pilot.press("i")
        words = pilot.app.screen.query_one("#empty", Static).render().plain
        named = shlex.quote(bare_desk.settings.store)
        assert f"agentdesk --store {named} import contacts people.csv" in words


async def test_all_that_a_new_desk_says_fits_a_small_screen(bare_desk):
    from agentdesk.app import AgentDesk

    async with AgentDesk(bare_desk).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        page = pilot.app.screen.query_one("#empty", Static)
        lines = [line.strip() for line in seen(pilot).splitlines()]
        assert page.render().plain.splitlines()[-1].strip() in lines


def test_the_usual_store_needs_no_name(tmp_path):
    assert "  agentdesk import contacts" in how_to_import(str(default_store())).plain
    other = how_to_import(str(tmp_path / "my desk.db")).plain
    assert f"agentdesk --store '{tmp_path}/my desk.db' import contacts people.csv" in other
    assert "secret" not in how_to_import("postgresql://me:secret@host/desk").plain


async def test_an_order_that_the_question_cannot_have_gives_way_and_says_so(console):
    async with console().run_test(size=(120, 24), notifications=True) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        screen.query_text, screen.view = "tag:vat", None
        screen._sorted("queue")
        await settle(pilot)
        assert any("The order queue is only for unsolved tickets" in one for one in toasts(pilot))
        assert screen.order()[0].name == "attention"


async def test_why_says_why_a_ticket_stands_above_the_one_below_it(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert "T-1001 goes before T-1002: breached goes before at risk." in " ".join(
            seen(pilot).replace("▌", "").split()
        )
        await pilot.press("j", "j", "i")
        await settled(pilot)
        assert "its clock is due first" in " ".join(seen(pilot).replace("▌", "").split())


async def test_a_question_that_nothing_meets_says_how_the_beginning_of_a_word_is_asked_for(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await burst(pilot, "slash", *"is:open refu", "enter")
        assert "Words are matched whole: refu* finds what begins with it." in " ".join(seen(pilot).split())
        assert "⏎" not in seen(pilot)
        await burst(pilot, "slash", "ctrl+u", *'NOT is:open "refu nd"', "enter")
        assert "Nothing matches" in seen(pilot)
        assert "matched whole" not in seen(pilot)
        await burst(pilot, "slash", "ctrl+u", *"refu*", "enter")
        assert "Refund not received" in seen(pilot)


async def test_marks_stay_with_their_view_are_said_and_come_back_with_it(console, desk):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("space", "space")
        marks = set(table(pilot).marks)
        assert len(marks) == 2
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert table(pilot).marks == set()
        assert any("2 marks stay with All open and come back with it." in one for one in toasts(pilot))
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert table(pilot).marks == marks
        assert any("2 marks are back." in one for one in toasts(pilot))


async def test_a_mark_that_left_the_view_meanwhile_does_not_come_back(console, desk):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("space", "space")
        gone, *left = sorted(table(pilot).marks)
        await pilot.press("right_square_bracket")
        await settle(pilot)
        with desk.change() as change:
            services.solve_ticket(change, gone)
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert table(pilot).marks == set(left)


@pytest.mark.parametrize("width", [60, 64, 70, 80, 100, 120])
async def test_no_mode_goes_out_of_sight_in_a_narrow_window(console, width):
    async with console().run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        first = seen(pilot).splitlines()[0].split()
        assert [one for one in first if one in set("123456")][:6] == list("123456")
        await pilot.press("4")
        await settle(pilot)
        first = seen(pilot).splitlines()[0].split()
        assert [one for one in first if one in set("123456")][:6] == list("123456")
        assert first[first.index("4") + 1] in ("Reports", "Rep.")


async def test_coming_back_to_a_view_finds_the_cursor_where_it_was(console):
    async with console().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "j")
        here = table(pilot).cursor_id()
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert table(pilot).cursor == 0
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert table(pilot).cursor_id() == here
        assert table(pilot).cursor == 3


async def test_a_mark_that_outlives_its_row_is_told(console, desk):
    from agentdesk import services

    async with console().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("space", "space")
        gone = min(table(pilot).marks)
        with desk.change() as change:
            services.solve_ticket(change, gone)
        pilot.app.reread()
        await settle(pilot)
        await settle(pilot)
        assert "2 marked, 1 no longer listed" in told(pilot, StatusLine)


async def test_assigning_to_whom_has_it_says_that_nothing_will_change(console, desk):
    from agentdesk import services

    with desk.change() as change:
        services.assign_ticket(change, 1001, to=desk.actor.id)
    async with console().run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("a", *"ana")
        await settle(pilot)
        assert "T-1001: it is so already; nothing will change." in seen(pilot)
