"""Marks that escape lets go are told, and z brings them back as long as nothing else was done."""

from typing import Any

import pytest

from agentdesk.desk import Desk
from tests.screens.sight import Console, settled
from tests.screens.test_queue import table, toasts

SIZE = (80, 24)


async def press(pilot: Any, *keys: str) -> str:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return " ".join(toasts(pilot))


@pytest.mark.parametrize("way", [(), ("2",), ("6", "escape", "slash", *"invoice", "enter")])
async def test_escape_says_what_it_lets_go_and_z_brings_it_back(
    console: Console, way: tuple[str, ...]
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, *way, "space", "space")
        marked = set(table(pilot).marks)
        assert len(marked) == 2
        assert await press(pilot, "escape") == "Let 2 marks go · z brings them back"
        assert table(pilot).marks == set()
        assert await press(pilot, "z") == "2 marks are back."
        assert table(pilot).marks == marked


async def test_one_mark_is_one(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        assert await press(pilot, "space", "escape") == "Let 1 mark go · z brings it back"
        assert await press(pilot, "z") == "1 mark is back."


@pytest.mark.parametrize("since", [("space",), ("right_square_bracket",), ("2",)])
async def test_z_takes_back_the_last_change_once_the_marks_are_of_the_past(
    console: Console, since: tuple[str, ...]
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "j", "m", "space", "space", "escape", *since)
        before = set(table(pilot).marks)
        assert "Took back" in await press(pilot, "z")
        assert table(pilot).marks == before


async def test_z_twice_brings_the_marks_back_and_then_takes_back_the_last_change(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "j", "m", "space", "escape")
        assert "is back" in await press(pilot, "z")
        assert "Took back" in await press(pilot, "z")


async def test_a_change_made_since_is_what_z_takes_back(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "space", "escape", "m")
        assert "Took back" in await press(pilot, "z")
        assert table(pilot).marks == set()


async def test_a_range_that_is_dropped_is_no_mark_let_go(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        assert await press(pilot, "v", "j", "escape") == ""
        assert table(pilot).marks == set()
