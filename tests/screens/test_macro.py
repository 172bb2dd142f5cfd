"""A macro is seen before it is applied; what it could not fill is marked, and cannot be sent like this."""

from typing import Any

import pytest
from textual.widgets import TextArea

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.screens.compose import ComposeScreen
from agentdesk.screens.insert import InsertDialog
from agentdesk.screens.macro import MacroDialog
from agentdesk.screens.review import ReviewScreen
from agentdesk.widgets.letter_area import LetterArea
from tests.screens.sight import Console, seen, settled

BODY = "Hello {{customer.first_name}},\n\nplease call {{customer.phone}}.\n\n{{agent.first_name}}"


@pytest.fixture(autouse=True)
def library(desk: Desk) -> None:
    """A macro that writes and sets, one that only sets, a note, and two articles."""
    with desk.change() as change:
        services.add_macro(
            change, name="Ask", body=BODY, changes={"status": "pending", "tags": "+asked"}, shared=True
        )
        services.add_macro(
            change, name="Take on", changes={"assignee": "me", "priority": "high"}, shared=True
        )
        services.add_macro(change, name="Called", body="Called.", visibility="internal", shared=True)
        services.add_article(change, title="Token expired", body="Sign out.\n\nThen in again.")
        services.add_article(change, title="Reset by hand", body="Token table.", audience="internal")


def ticket(desk: Desk, ticket_id: int) -> Any:
    from agentdesk.queries.tickets import by_ids

    with desk.read() as read:
        return by_ids(read, [ticket_id])[0]


def uses(desk: Desk) -> dict[str, int]:
    from agentdesk.queries.macros import macros

    with desk.read() as read:
        return {one.name: one.uses for one in macros(read)}


async def pressed(pilot: Any, *keys: str) -> None:
    """Keys one after the other; what begins with = is typed in one go."""
    for key in keys:
        await pilot.press(*(key[1:] if key.startswith("=") else [key]))
    await settled(pilot)


async def test_the_preview_shows_text_and_fields_and_the_editor_goes_on_from_there(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "x")
        assert isinstance(pilot.app.screen, MacroDialog)
        for words in ("Macro for T-1001", "status      open → pending", "Reply to Marta", "Hello Marta,"):
            assert words in seen(pilot)
        await pressed(pilot, "enter")
        assert isinstance(pilot.app.screen, ComposeScreen)
        area = pilot.app.screen.query_one(LetterArea)
        assert area.text.startswith("Hello Marta,")
        assert area.selected_text == "{{customer.phone}}"
        assert "{{customer.phone}} has no value · tab goes there" in seen(pilot)
        await pressed(pilot, "f2")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "Nothing was filled in for {{customer.phone}}" in seen(pilot)
        await pressed(pilot, "y")
        assert ticket(desk, 1001).status == "open"
        await pressed(pilot, "e", "=us")
        assert "please call us." in area.text
        assert "has no value" not in seen(pilot)
        await pressed(pilot, "f2", "y")
    assert (ticket(desk, 1001).status, ticket(desk, 1001).tags) == ("pending", ("asked",))
    assert uses(desk)["Ask"] == 1


async def test_what_only_sets_is_applied_at_once_and_z_takes_it_back(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pressed(pilot, "j", "x", "=tak")
        assert "assignee    nobody → ana" in seen(pilot)
        await pressed(pilot, "enter")
        assert ticket(desk, 1002).assignee == "ana"
        await pressed(pilot, "z")
        assert ticket(desk, 1002).assignee is None
    assert uses(desk)["Take on"] == 0


async def test_of_marked_ones_those_that_can_get_it_after_one_confirmation(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.edit_customer(change, 2, {"phone": "+44 20 7946 0001"})
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pressed(pilot, "space", "space", "x")
        assert "1 of 2 get this reply" in seen(pilot)
        assert "{{customer.phone}} has no value" in seen(pilot)
        await pressed(pilot, "enter")
        assert "1 cannot" in seen(pilot)
        await pressed(pilot, "enter")
        assert (ticket(desk, 1001).status, ticket(desk, 1002).status) == ("pending", "new")
        await pressed(pilot, "z")
    assert ticket(desk, 1001).status == "open"


async def test_a_macro_that_changes_none_of_the_marked_ones_is_not_offered(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.edit_customer(change, 2, {"phone": "+44 20 7946 0001"})
        services.add_macro(change, name="Urgent", changes={"priority": "urgent"}, shared=True)
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "space", "space", "x", "=urgent")
        told = seen(pilot)
        assert "0 of 2 change" in told
        assert "would change none of the 2 tickets" in told
        assert "Apply" not in told
        await pressed(pilot, "enter")
        assert isinstance(pilot.app.screen, MacroDialog)
        await pressed(pilot, *["backspace"] * 6, "=ask")
        told = seen(pilot)
        assert told.index("of it back.") < told.index("Apply")


async def test_while_writing_a_macro_goes_to_the_cursor_and_an_article_too(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pressed(pilot, "r", "f6")
        assert isinstance(pilot.app.screen, InsertDialog)
        assert "macro · a note for the team" in seen(pilot)
        assert "internal: not for the customer" in seen(pilot)
        await pressed(pilot, "=token")
        assert "Sign out." in seen(pilot)
        assert "Then in again." not in seen(pilot)
        await pressed(pilot, "tab", "right", "f2")
        area = pilot.app.screen.query_one(TextArea)
        assert area.text == "Token expired (KB-1)\n\nSign out.\n\nThen in again."
        await pressed(pilot, "ctrl+z")
        assert area.text == ""
        await pressed(pilot, "f6", "=ask", "enter")
        assert "tags → +asked" in seen(pilot)
        await pressed(pilot, "f6")
        assert "set nothing with it" in seen(pilot)
        await pressed(pilot, "enter")
        assert "tags → +asked" not in seen(pilot)
        assert area.text.startswith("Hello Marta,")


async def test_where_there_is_no_macro_the_way_to_one_is_told(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        for number in (1, 2, 3):
            services.retire_macro(change, number)
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pressed(pilot, "x")
        assert "agentdesk macro add" in seen(pilot)


async def test_a_title_that_begins_with_the_words_stands_above_a_text_that_holds_them(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.add_article(
            change, title="E07: air in the pump", body="Say hello and wait. Hello and hello."
        )
        services.add_macro(change, name="Hello and goodbye", body="Thank you.", shared=True)
        services.add_macro(change, name="After", body="Hello and good day.", shared=True)
        services.add_article(change, title="Hello and welcome", body="To new people.")
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "r", "f6", "=Hello and")
        told = seen(pilot)
        places = [told.index(one) for one in ("Hello and goodbye", "Hello and welcome", "After", "E07: air")]
        assert places[2:] == sorted(places[2:])
        assert max(places[:2]) < min(places[2:])


async def test_in_the_editor_an_article_is_found_by_its_reference_and_no_match_is_told(
    console: Console,
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "r", "f6", "=KB-1")
        assert "Token expired" in seen(pilot)
        assert "Reset by hand" not in seen(pilot)
        await pressed(pilot, "=zz")
        assert "Nothing fits these words." in seen(pilot)


async def test_no_macro_that_fits_is_told(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "x", "=zzz")
        assert "Nothing fits these words." in seen(pilot)
