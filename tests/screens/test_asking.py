"""Asking: hints that follow what is typed, earlier questions on the arrows, a mistake pointed at, views kept."""

import re
from typing import Any

import pytest
from textual import events
from textual.widgets import Input, Static

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.queries.questions import asked_before
from agentdesk.queries.views import BUILT_IN, views
from agentdesk.widgets.query_bar import QueryBar
from agentdesk.widgets.view_tabs import ViewTabs
from tests.screens.sight import seen, settled


async def write(pilot: Any, text: str) -> None:
    """Open the line and write into it what would be typed."""
    await pilot.press("slash")
    await settled(pilot)
    entry = pilot.app.screen.query_one("#question", Input)
    entry.value = text
    entry.cursor_position = len(text)
    await settled(pilot)


async def ask(pilot: Any, text: str) -> None:
    await write(pilot, text)
    await pilot.press("enter")
    await settled(pilot)


def hints(pilot: Any) -> list[str]:
    return pilot.app.screen.query_one("#hints", Static).render().plain.split("\n")


def typed(pilot: Any) -> str:
    return pilot.app.screen.query_one("#question", Input).value


def saved(desk: Desk) -> list[str]:
    with desk.read() as read:
        return [one.name for one in views(read)[len(BUILT_IN) :]]


def toasts(pilot: Any) -> list[str]:
    return [one.message for one in pilot.app._notifications]


def sentence(pilot: Any) -> str:
    return pilot.app.screen.query_one("#sentence", Static).render().plain


def tabs(pilot: Any) -> str:
    return " ".join(text for piece in pilot.app.screen.query_one(ViewTabs)._pieces for text, _ in piece.parts)


async def test_ctrl_u_clears_the_line_though_the_cursor_stands_at_the_mistake(console: Any) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await ask(pilot, "refund stats:open tag:vat")
        await pilot.press("ctrl+u")
        await settled(pilot)
        assert typed(pilot) == ""


async def test_hints_say_what_can_follow_and_what_it_means(console: Any) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await write(pilot, "")
        assert hints(pilot)[0].startswith("then NOT   (   is:   has:   assignee:")
        assert hints(pilot)[0].rstrip()[-3:].strip("+").isdigit()
        assert hints(pilot)[1] == "enter asks · ↑ earlier questions · esc leaves"
        await write(pilot, "is:unr")
        assert hints(pilot) == [
            "tab is:unread",
            "is:unread unsolved, and something was said that I have not seen",
        ]
        await pilot.press("tab", "space")
        await settled(pilot)
        assert typed(pilot) == "is:unread "
        assert hints(pilot)[0].startswith("then OR   NOT")


async def test_a_view_is_put_in_as_its_question(console: Any) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await write(pilot, "tag:vip view:min")
        assert hints(pilot)[1] == "the question of a view: assignee:me is:open"
        await pilot.press("tab")
        assert typed(pilot) == "tag:vip (assignee:me is:open)"
        await ask(pilot, "view:unassigned")
        assert pilot.app.screen.view.id == "unassigned"


async def test_earlier_questions_are_an_arrow_away(console: Any, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for text in ("refund", "tag:vip", "refund", "is:unread"):
            await ask(pilot, text)
        await write(pilot, "now")
        found = []
        for key in ("up", "up", "up", "up", "down", "down", "down", "down"):
            await pilot.press(key)
            found.append(typed(pilot))
        assert found == ["is:unread", "refund", "tag:vip", "tag:vip", "refund", "is:unread", "now", "now"]
        await pilot.press("up", "up")
        await settled(pilot)
        assert hints(pilot)[1].startswith("earlier question 2 of 3")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen.query_text == "refund"
    with desk.read() as read:
        assert asked_before(read) == ["refund", "is:unread", "tag:vip"]
        assert asked_before(read, "customer") == []


async def test_customers_have_earlier_questions_of_their_own(console: Any, desk: Desk) -> None:
    with desk.change() as change:
        services.remember_question(change, "tier:gold", "customer")
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        await ask(pilot, "dana")
        await pilot.press("slash")
        await settled(pilot)
        await pilot.press("up", "up")
        assert typed(pilot) == "tier:gold"


async def test_asking_is_nothing_that_undo_takes_back(console: Any, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("j", "m")
        await settled(pilot)
        await ask(pilot, "refund")
        await pilot.press("z")
        await settled(pilot)
        assert toasts(pilot)[0].startswith("Took back: status of T-")


@pytest.mark.parametrize("before", ["", "is:open tag:vip and some more words that make it a long question "])
async def test_a_mistake_is_pointed_at_where_it_stands(console: Any, before: str) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        text = f"{before}佐藤 statsu:open and something after it"
        await ask(pilot, text)
        lines = seen(pilot).split("\n")
        [line] = [at for at, one in enumerate(lines) if "statsu:" in one and "“" not in one]
        bar = pilot.app.screen.query_one(QueryBar)
        assert "Did you mean status?" in "\n".join(hints(pilot))
        told = " ".join(" ".join(lines[line - 4 : line]).split())
        assert "Did you mean status?" in told
        mark = lines[line - 1]
        at = mark.index("▾")
        wide = sum(1 for one in lines[line][: lines[line].index("statsu")] if one in "佐藤")
        assert at == lines[line].index("statsu") + wide
        assert bar.has_class("-open")


async def test_a_question_is_kept_as_a_tab_and_the_tab_is_open(console: Any, desk: Desk) -> None:
    async with console().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await ask(pilot, "tag:vip")
        await pilot.press("V", *"My VIPs", "enter")
        await settled(pilot)
        assert saved(desk) == ["My VIPs"]
        assert pilot.app.screen.view.name == "My VIPs"
        assert "My VIPs  1" in tabs(pilot)
        assert toasts(pilot) == ["Saved the view My VIPs · z undo"]
        await pilot.press("z")
        await settled(pilot)
        assert saved(desk) == []
        assert "My VIPs" not in tabs(pilot)
        assert (pilot.app.screen.view, pilot.app.screen.query_text) == (None, "tag:vip")


async def test_a_view_that_holds_solved_ones_too_is_not_counted_against_the_open_ones(
    console: Any, desk: Desk
) -> None:
    async with console().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await ask(pilot, "tag:vip OR priority:urgent sort:-created")
        await pilot.press("V", *"Mixed", "enter")
        await settled(pilot)
        await settled(pilot)
        [status] = [one for one in seen(pilot).splitlines() if " tickets   " in one]
        assert pilot.app.screen.view.name == "Mixed"
        assert not re.search(r"\d of \d", status)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_what_can_be_done_to_a_view_is_read_whole_with_an_edge_around_it(
    console: Any, desk: Desk, size: tuple[int, int]
) -> None:
    with desk.change() as change:
        services.save_view(change, name="Unanswered and overdue", query="is:open")
    async with console().run_test(size=size) as pilot:
        await settled(pilot)
        while not pilot.app.screen.view.is_saved:
            await pilot.press("right_square_bracket")
            await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        assert "rename Unanswered and overdue" in seen(pilot)
        await pilot.press("tab", "enter")
        await settled(pilot)
        lines = seen(pilot).splitlines()
        [at] = [one.index("move Unanswered and overdue left") for one in lines if "overdue left" in one]
        edges = {one[at - 1] for one in lines if "overdue" in one and len(one) > at and one[at - 1] in "│╭╰ "}
        assert "│" in edges
        assert any(one[at - 1 :].startswith("╭─") for one in lines)


async def open_view(pilot: Any, desk: Desk) -> None:
    with desk.change() as change:
        services.save_view(change, name="Other", query="is:open")
        services.save_view(change, name="VIPs", query="tag:vip", columns=["due"], group_by="queue")
    await settled(pilot)
    pilot.app.screen.refresh_data()
    await settled(pilot)
    await pilot.press("left_square_bracket", *["right_square_bracket"] * 3)
    await settled(pilot)
    assert pilot.app.screen.view.name == "VIPs"


STEPS = (
    (["ctrl+u", *"Gold"], "VIPs will be called Gold.", ["Other", "Gold"]),
    (["tab", "right"], "VIPs will stand one tab further left among your own views.", ["VIPs", "Other"]),
    (["tab", *["right"] * 3], "The tab VIPs will go. No ticket is touched, and z brings it back.", ["Other"]),
)


async def test_the_view_that_is_open_is_changed_and_that_is_undone(console: Any, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await open_view(pilot, desk)
        for keys, told, left in STEPS:
            await pilot.press("V", *keys)
            await settled(pilot)
            assert sentence(pilot) == told
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert saved(desk) == left
            view = pilot.app.screen.view
            assert (None if view is None else view.name) == next(
                (one for one in left if one != "Other"), None
            )
            assert pilot.app.screen.query_text == "tag:vip"
            await pilot.press("z")
            await settled(pilot)
            assert saved(desk) == ["Other", "VIPs"]
        await pilot.press("left_square_bracket")
        await settled(pilot)
        await pilot.press("V", "tab", "right", "right")
        await settled(pilot)
        assert sentence(pilot) == "VIPs is the last of your own views already."


async def test_another_order_is_saved_over_the_view_with_its_columns(console: Any, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await open_view(pilot, desk)
        pilot.app.screen._sorted("created")
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        assert sentence(pilot) == "VIPs will show this."
        await pilot.press("ctrl+s")
        await settled(pilot)
    with desk.read() as read:
        kept = views(read)[-1]
    assert (kept.query, kept.sort, kept.columns, kept.group_by) == ("tag:vip", "created", ("due",), "queue")


async def test_a_name_that_is_missing_or_taken_keeps_the_dialog_open(console: Any, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V", "enter")
        await settled(pilot)
        assert "A view needs a name." in seen(pilot)
        await pilot.press(*"Mine", "enter")
        await settled(pilot)
        assert "There is another view of this name." in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
    assert saved(desk) == []


async def test_a_view_that_a_colleague_deletes_leaves_its_question(console: Any, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await open_view(pilot, desk)
        with desk.change() as change:
            services.remove_view(change, pilot.app.screen.view.number)
        pilot.app.screen.refresh_data()
        await settled(pilot)
        assert (pilot.app.screen.view, pilot.app.screen.query_text) == (None, "tag:vip")


async def test_lines_that_are_pasted_are_one_question(console: Any) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("slash", "ctrl+u")
        await settled(pilot)
        pilot.app.post_message(events.Paste("is:open\r\n\n  tag:vip\nsort:-created\n"))
        await pilot.pause(0.1)
        await settled(pilot)
        assert pilot.app.screen.query_one("#question", Input).value == "is:open tag:vip sort:-created"
