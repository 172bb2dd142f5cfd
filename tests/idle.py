"""Textual's pilot waits until the processor is idle, three looks of 20 ms a key; this waits until nothing is to be done.

Law: the loop has run dry, no key is at work, no worker reads, and what changed is laid out. Only a worker that is held up
by its test is not waited for, which is told as Textual tells it: by a processor that has nothing to do.
"""

import asyncio
from contextlib import suppress
from time import monotonic, process_time
from typing import Any

import pytest
from textual._context import active_app
from textual.app import ScreenStackError

LOOK = 0.002
HELD_UP, WORKING = 0.15, 0.001
"""A process that works less than this within that many seconds only waits."""

CHANGED = ("_layout_required", "_scroll_required", "_repaint_required", "_recompose_required")


def wait_for_work(patch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait in this way."""
    for place in ("textual.app", "textual.pilot"):
        patch.setattr(f"{place}.wait_for_idle", until_idle)


async def until_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until nothing is to be done in the app of this task."""
    await until_done(active_app.get(None), max_sleep)


async def until_done(app: Any, max_sleep: float) -> None:
    """Wait until nothing is to be done in an app, so many seconds at most."""
    start = monotonic()
    looked, worked = start, process_time()
    while monotonic() - start < max_sleep:
        await _run_dry()
        if app is None or not _is_working(app):
            if app is None or not _paint(app):
                return
            continue
        await asyncio.sleep(LOOK)
        if monotonic() - looked >= HELD_UP:
            if process_time() - worked < WORKING:
                return
            looked, worked = monotonic(), process_time()


async def _run_dry() -> None:
    loop: Any = asyncio.get_running_loop()
    dry = 0
    while dry < 2:  # once more, for what came from a thread meanwhile
        await asyncio.sleep(0)
        dry = 0 if loop._ready else dry + 1


async def until_rested(app: Any, max_sleep: float = 5) -> None:
    """Wait also for what follows the cursor once it rests."""
    await until_done(app, max_sleep)
    start = monotonic()
    while _is_resting(app) and monotonic() - start < max_sleep:  # noqa: ASYNC110  a timer has no event for a test
        await asyncio.sleep(LOOK)
    await until_done(app, max_sleep)


def _is_resting(app: Any) -> bool:
    timer = getattr(app.screen, "_resting", None)
    return timer is not None and timer._task is not None and not timer._task.done()


def _is_working(app: Any) -> bool:
    is_typing = getattr(app, "is_typing", False)
    return is_typing or any(worker.is_running and not worker.is_finished for worker in app.workers)


def _paint(app: Any) -> bool:
    """Lay out and paint what changed; whether there was anything."""
    with suppress(ScreenStackError):
        screen = app.screen
        is_changed = (
            screen._dirty_widgets or screen._callbacks or any(getattr(screen, one) for one in CHANGED)
        )
        if is_changed and screen.is_current and not app._batch_count:
            screen._on_timer_update()
            return True
    return False
