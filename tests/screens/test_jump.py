"""Jump mode: letters on everything, and typing them goes there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, Static

from agentdesk.domain.safe_text import cells
from agentdesk.screens.jump import BLANK, LETTERS, codes, place
from agentdesk.widgets.conversation import ConversationView
from tests.screens.sight import burst, settled
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


@pytest.mark.parametrize(
    ("code", "line", "shown"),
    [
        ("a", "  Name", "a Name"),
        ("ab", " r Reply  a Assign", "ab Reply  a Assign"),
        ("a", "r Reply", "a Reply"),
        ("a", "esc Back", "a   Back"),
        ("ab", "F2 Send", "ab Send"),
        ("a", "Conversation", "a nversation"),
        ("ab", " ! T-1", "ab T-1"),
        ("a", "▌  T-1", "a  T-1"),
    ],
)
def test_a_code_stands_clear_of_words_and_hides_a_key_sooner_than_letters(code, line, shown):
    at, width = place(code, 0, line)
    assert line[:at] + code.ljust(width) + line[at + width :] == shown


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("keys", [(), ("enter",), ("enter", "l"), ("2",), ("5",), ("E",), ("c",), ("comma",)])
async def test_letters_never_touch_a_word(console, keys, size):
    async with console().run_test(size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        below = pilot.app.screen._compositor.render_strips()
        await burst(pilot, "ctrl+o")
        picture = [[cell for sign in strip.text for cell in [sign] * cells(sign)] for strip in below]
        shown = list(pilot.app.screen.query(Static))
        for one in shown:
            line = picture[one.region.y]
            line[one.region.x : one.region.right] = one.code.ljust(one.region.width)
        glued = []
        for one in shown:
            x, end, line = one.region.x, one.region.x + len(one.code), picture[one.region.y]
            glued += [one.code for at in (x - 1, end) if 0 <= at < len(line) and line[at] not in BLANK]
        assert shown
        assert glued == []


async def test_letters_lead_to_rows_panes_and_modes_others_do_nothing_and_escape_ends_it(console):
    async with console().run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        region = table(pilot).region
        await burst(pilot, "ctrl+o", "q", "1", "escape", "ctrl+o", "ctrl+o")
        assert len(pilot.app.screen_stack) == 1
        assert table(pilot).cursor == 0
        await burst(pilot, "ctrl+o")
        await burst(pilot, *code_at(pilot, region.x, region.y + 4))
        assert table(pilot).cursor == 3
        preview = pilot.app.screen.query_one(ConversationView).region
        await burst(pilot, "f12")
        await burst(pilot, *code_at(pilot, preview.x, preview.y))
        assert isinstance(pilot.app.focused, ConversationView)
        await burst(pilot, "f12")
        customers = next(one for one in pilot.app.screen._targets.items() if one[1].y == 0 and one[1].x > 20)
        await burst(pilot, *customers[0])
        assert pilot.app.current_mode == "customers"


async def test_it_works_in_a_dialog_while_a_field_has_the_focus(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "a")
        assert isinstance(pilot.app.focused, Input)
        button = pilot.app.screen.query_one("#cancel").region
        await burst(pilot, "f12")
        await burst(pilot, *code_at(pilot, button.x, button.y))
        assert len(pilot.app.screen_stack) == 1
        assert toasts(pilot) == []
