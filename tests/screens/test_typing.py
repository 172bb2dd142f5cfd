"""Where letters are text, the footer and the help name the keys that work there, and no letter."""

from typing import Any

import pytest

from agentdesk.commands.registry import TYPED, in_place, is_sign
from agentdesk.widgets.key_bar import KeyBar
from tests.screens.sight import Console, seen, settled

LINES = [
    (("slash",), "enter Ask  tab Complete  ↑ Earlier  esc Leave  F1 Help"),
    (("2", "slash"), "enter Ask  tab Complete  ↑ Earlier  esc Leave  F1 Help"),
    (("3", "slash"), "enter To the list  esc Leave  F1 Help"),
    (("6",), "enter To the list  esc Leave  F1 Help"),
]


async def went(pilot: Any, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def footer(pilot: Any) -> str:
    return seen(pilot).split("\n")[-1].strip()


@pytest.mark.parametrize(("way", "named"), LINES)
async def test_the_footer_follows_the_focus_into_a_line_and_out_of_it(
    console: Console, way: tuple[str, ...], named: str
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await went(pilot, *way)
        assert footer(pilot).startswith(named)
        assert footer(pilot).endswith("^p palette")
        await went(pilot, "escape")
        assert "? Help" in footer(pilot)
        assert pilot.app.screen.query_one(KeyBar).place in ("queue", "customers", "knowledge", "search")
        await went(pilot, "slash")
        assert footer(pilot).startswith(named)


async def test_help_over_a_line_lists_what_works_in_the_line(console: Console) -> None:
    async with console().run_test(size=(80, 50)) as pilot:
        await settled(pilot)
        await went(pilot, "6", "f1")
        assert "While words are typed" in seen(pilot)
        assert "Answer the customer" not in seen(pilot)
        assert "Go to the queue" not in seen(pilot)


@pytest.mark.parametrize("place", sorted(TYPED))
def test_no_key_of_a_line_is_text(place: str) -> None:
    keys = [key for one in in_place(place, {"typing.leave": "x,f7"}) for key in one.keys.split(",")]
    assert "f1" in keys
    assert not [key for key in keys if is_sign(key)]


@pytest.mark.parametrize(
    ("key", "is_text"),
    [("a", True), ("comma", True), ("question_mark", True), ("?", True), ("up", False), ("enter", False)],
)
def test_what_writes_a_sign(key: str, is_text: bool) -> None:
    assert is_sign(key) is is_text
