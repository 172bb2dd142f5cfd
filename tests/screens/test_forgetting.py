"""A screen that was left is forgotten with all that was on it: a console open for a day does not grow."""

import asyncio
import gc
import heapq
from collections.abc import Sequence
from typing import Any
from weakref import ReferenceType, ref

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.strip import Strip

from agentdesk.screens.forgetting import STYLES
from tests.screens.sight import Console, seen, settled

ROUNDS, HELD = 6, 3
"""Of so many, some may still be held: by a thread that waits for other work, or as the one that had the mouse."""
WAYS: dict[str, Sequence[str]] = {
    "a ticket": ["enter"],
    "all of a ticket": ["enter", "l", "l", "l", "C", "escape"],
    "a letter": ["r", "x", "escape"],
    "a status": ["s", "escape"],
    "a customer": ["c"],
    "a choice of orders": ["o", "escape"],
    "the help": ["question_mark", "escape"],
    "the palette": ["colon", "escape"],
}


def forget_cancelled() -> None:
    """Python itself keeps what a timer would have called until it would have been due, though it was cancelled."""
    loop: Any = asyncio.get_running_loop()
    loop._scheduled[:] = [one for one in loop._scheduled if not one._cancelled]
    heapq.heapify(loop._scheduled)
    gc.collect()


@pytest.mark.parametrize("keys", WAYS.values(), ids=WAYS)
async def test_a_screen_that_was_left_is_forgotten(console: Console, keys: Sequence[str]) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        queue = pilot.app.screen
        rounds: list[set[ReferenceType[object]]] = [set() for _ in range(ROUNDS)]
        for seen in rounds:
            for key in keys:
                await pilot.press(key)
                await settled(pilot)
                if pilot.app.screen is not queue:
                    seen |= {ref(one) for one in pilot.app.screen.walk_children(with_self=True)}
            while pilot.app.screen is not queue:
                await pilot.press("escape")
                await settled(pilot)
        forget_cancelled()
        assert all(rounds)
        held = [{type(one()).__name__ for one in seen if one() is not None} for seen in rounds]
        assert len([names for names in held if names]) <= HELD, held


async def test_what_was_painted_of_screens_that_went_is_forgotten(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("s", "escape")
        await settled(pilot)
        few = StylesCache.get_inner_outer.cache_info().currsize
        for _ in range(ROUNDS):
            await pilot.press("enter")
            await settled(pilot)
            await pilot.press("escape")
            await settled(pilot)
        await pilot.press("s", "escape")
        await settled(pilot)
        assert StylesCache.get_inner_outer.cache_info().currsize <= few


async def test_what_was_told_is_forgotten_on_a_screen_that_stays(console: Console) -> None:
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        for at in range(ROUNDS):
            pilot.app.say(f"Told {at}.")
            await settled(pilot)
        assert "Told 5." in seen(pilot)
        assert len(pilot.app.screen.query("ToastHolder")) == 1
        pilot.app.clear_notifications()
        await settled(pilot)
        assert not pilot.app.screen.query("ToastHolder, Toast")


async def test_the_styles_of_every_place_that_was_painted_are_forgotten(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        for x in range(STYLES + 1):
            Strip.render_ansi(Style.from_meta({"offset": (x, 0)}), ColorSystem.TRUECOLOR)
        assert Strip.render_ansi.cache_info().currsize > STYLES
        await pilot.press("s")
        await settled(pilot)
        assert Strip.render_ansi.cache_info().currsize <= STYLES
