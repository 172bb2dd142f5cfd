"""A dialog that is left keeps what was typed in it, for the same thing and until it is done."""

import pytest
from textual.widgets import Input, TextArea

from agentdesk.desk import Desk
from agentdesk.widgets.picker import Picker
from tests.screens.sight import Console, burst, seen
from tests.screens.test_dialogs import changes, ticket


@pytest.mark.parametrize("key", ["E", "e", "t"])
async def test_words_typed_in_a_dialog_that_was_left_are_there_when_it_is_opened_for_the_same_ticket(
    console: Console, desk: Desk, key: str
) -> None:
    before = changes(desk)
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await burst(pilot, key)
        name = {"E": "ask", "e": "category", "t": "words"}[key]
        pilot.app.screen.query_one(f"#{name}").focus()
        await burst(pilot, *"refund", "escape")
        assert "What you typed is kept until you open this again." in seen(pilot)
        await burst(pilot, "j", key)
        assert "refund" not in said(pilot.app.screen.query_one(f"#{name}"))
        await burst(pilot, "escape", "k", key)
        assert "What you had typed here is back." in seen(pilot)
        assert said(pilot.app.screen.query_one(f"#{name}")) == "refund"
    assert changes(desk) == before


async def test_words_that_were_taken_out_or_set_are_not_kept(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await burst(pilot, "t", *"vip", "escape", "t", *["backspace"] * 3, "escape", "t")
        assert said(pilot.app.screen.query_one("#words")) == ""
        await burst(pilot, *"new", "escape", "t", "enter")
        assert "new" in ticket(desk, pilot.app.screen.acting_on()[0]).tags
        await burst(pilot, "t")
        assert said(pilot.app.screen.query_one("#words")) == ""


async def test_a_new_ticket_goes_on_where_it_was_left(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await burst(pilot, "+", *"grimsby", "tab", *"Lost", "tab", *"my bag", "escape", "+")
        assert pilot.app.screen.query_one(Picker).text == "grimsby"
        assert "grimsby becomes a new customer" in seen(pilot)
        assert said(pilot.app.screen.query_one("#subject")) == "Lost"
        assert said(pilot.app.screen.query_one("#body")) == "my bag"


def said(field: Input | TextArea) -> str:
    return field.value if isinstance(field, Input) else field.text
