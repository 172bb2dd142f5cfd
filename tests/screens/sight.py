"""What a person sees in a test: the text of the screen, once nothing moves any more."""

from collections.abc import Callable
from typing import Any

Console = Callable[..., Any]
"""The `console` fixture: makes the app over the sample desk."""


async def settled(pilot: Any) -> None:
    """Wait until workers and messages are done."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def seen(pilot: Any) -> str:
    """Every line of the screen, as text."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)
