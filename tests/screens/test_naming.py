"""Naming colleagues in a note: `@` and letters offer them, and nothing is taken that nobody chose."""

from typing import Any

import pytest
from textual.widgets import TextArea

from agentdesk.desk import Desk
from agentdesk.widgets.note_area import NameLine
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_compose import opened, typed

SIZE = (80, 24)


async def noting(pilot: Any) -> TextArea:
    screen = await opened(pilot, kind="note")
    return screen.query_one(TextArea)


def offered(pilot: Any) -> str:
    line = pilot.app.screen.query_one(NameLine)
    return str(line.visual) if line.display else ""


async def test_a_name_that_is_begun_is_offered_and_tab_writes_it_out(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        area = await noting(pilot)
        await typed(pilot, "ask @l")
        assert offered(pilot).startswith("@li Li Wei")
        assert "tab takes" in seen(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert area.text == "ask @li "
        assert offered(pilot) == ""
        assert area.has_focus


async def test_a_name_is_found_by_the_full_name_and_enter_takes_the_one_an_arrow_chose(
    console: Console,
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        area = await noting(pilot)
        await typed(pilot, "@lars")
        assert "@bo Bo Larsen" in offered(pilot)
        await pilot.press(*["backspace"] * 4, "down")
        await pilot.pause()
        second = offered(pilot).split()[0]
        assert second != "@bo"
        await pilot.press("up", "down", "enter")
        await pilot.pause()
        assert area.text == f"{second} "


async def test_escape_leaves_what_is_typed_and_offers_nothing_until_another_name_begins(
    console: Console,
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        area = await noting(pilot)
        await typed(pilot, "@b")
        await pilot.press("escape")
        await typed(pilot, "o\n@l")
        assert area.text == "@bo\n@l"
        assert "@li" in offered(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert not pilot.app.screen.query(NameLine)


@pytest.mark.parametrize("text", ["write to ana@l", "@li", "no name", "@zz"])
async def test_enter_is_a_new_line_where_nobody_is_offered(console: Console, text: str) -> None:
    async with console().run_test(size=SIZE) as pilot:
        area = await noting(pilot)
        await typed(pilot, text)
        assert offered(pilot) == ""
        await pilot.press("enter")
        assert area.text == f"{text}\n"


async def test_keys_that_are_typed_ahead_take_what_they_would_have_taken(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        area = await noting(pilot)
        await burst(pilot, "@", "l", "tab", "x")
        assert area.text == "@li x"


async def test_a_reply_offers_no_colleagues(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "@l")
        await pilot.press("enter")
        assert screen.text == "@l\n"


async def test_oneself_and_who_has_left_are_not_offered(console: Console, desk: Desk) -> None:
    from agentdesk.queries.people import nameable

    with desk.read() as read:
        names = [one.handle for one in nameable(read)]
    assert "ana" not in names
    assert "bo" in names
