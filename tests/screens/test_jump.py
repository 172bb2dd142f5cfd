"""Jump mode: letters on everything, and typing them goes there."""

from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, Static

from agentdesk.screens.jump import LETTERS, codes
from agentdesk.widgets.conversation import ConversationView
from tests.screens.sight import settled
from tests.screens.test_queue import table, toasts


@given(st.integers(0, len(LETTERS) ** 2))
def test_no_code_begins_another_and_short_ones_come_first(count):
    found = codes(count)
    assert len(found) == len(set(found)) == count
    assert not [
        one for one in found if len(one) == 1 and any(two.startswith(one) for two in found if two != one)
    ]
    assert [len(one) for one in found] == sorted(len(one) for one in found)


def code_at(pilot, x, y):
    """The letters that stand at a place of the screen."""
    for letters in pilot.app.screen.query(Static):
        if letters.region.offset == (x, y):
            return letters.code
    raise AssertionError([(one.code, one.region.offset) for one in pilot.app.screen.query(Static)])


async def test_letters_lead_to_rows_tabs_panes_and_words_of_the_footer(console):
    async with console().run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        region = table(pilot).region
        await pilot.press("ctrl+o")
        await settled(pilot)
        await pilot.press(*code_at(pilot, region.x, region.y + 4))
        await settled(pilot)
        assert table(pilot).cursor == 3
        preview = pilot.app.screen.query_one(ConversationView).region
        await pilot.press("f12")
        await settled(pilot)
        await pilot.press(*code_at(pilot, preview.x, preview.y))
        await settled(pilot)
        assert isinstance(pilot.app.focused, ConversationView)
        await pilot.press("f12")
        await settled(pilot)
        customers = next(one for one in pilot.app.screen._targets.items() if one[1].y == 0 and one[1].x > 20)
        await pilot.press(*customers[0])
        await settled(pilot)
        assert pilot.app.current_mode == "customers"


async def test_escape_and_the_key_again_end_it_and_other_letters_do_nothing(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+o", "q", "1", "escape")
        await settled(pilot)
        await pilot.press("ctrl+o", "ctrl+o")
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert table(pilot).cursor == 0


async def test_it_works_in_a_dialog_while_a_field_has_the_focus(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(pilot.app.focused, Input)
        button = pilot.app.screen.query_one("#cancel").region
        await pilot.press("f12")
        await settled(pilot)
        await pilot.press(*code_at(pilot, button.x, button.y))
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert toasts(pilot) == []
