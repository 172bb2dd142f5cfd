"""What a person sees in a test: the text of the screen, once nothing moves any more."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.worker import WorkerCancelled

Console = Callable[..., Any]
"""The `console` fixture: makes the app over the sample desk."""


async def settled(pilot: Any) -> None:
    """Wait until workers and messages are done."""
    for _ in range(3):
        with suppress(WorkerCancelled):  # a read that a later one replaced
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def seen(pilot: Any) -> str:
    """Every line of the screen, as text."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)


async def burst(pilot: Any, *keys: str) -> None:
    """Press keys faster than anything can happen between them: all are there before the first is looked at."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        pilot.app.post_message(events.Key(name, key if len(key) == 1 else key_to_character(name)))
    await pilot.pause()
    while pilot.app.is_typing:  # noqa: ASYNC110  the app has no event for a test
        await asyncio.sleep(0.01)
    await settled(pilot)
