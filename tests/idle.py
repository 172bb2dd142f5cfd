"""Textual's pilot waits until the processor is idle, three looks of 20 ms a key; this waits until nothing is to be done.

Law: the loop has run dry, no key is at work, no worker reads, and what changed is laid out; a batch is waited for, since
Textual lays nothing out in the twentieth of a second after another mode was shown. Only a worker that is held up by its
test is not waited for: its thread uses no processor during many looks. Looks are counted, not seconds, for a busy machine
gives this process nothing for a while, and then no look is made either.
"""

import asyncio
from contextlib import suppress
from time import monotonic, process_time, thread_time
from typing import Any

import pytest
from textual._context import active_app
from textual.app import ScreenStackError

LOOK = 0.002
HELD_UP, WORKING = 150, 0.0005
"""Threads that work less than these seconds during that many looks only wait; a search rests shorter before it reads."""
MOST = 20.0
"""Seconds the pilot waits for what does work."""

CHANGED = ("_layout_required", "_scroll_required", "_repaint_required", "_recompose_required")


def wait_for_work(patch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait in this way."""
    for place in ("textual.app", "textual.pilot"):
        patch.setattr(f"{place}.wait_for_idle", until_idle)


async def until_idle(min_sleep: float = 0, max_sleep: float = MOST) -> None:
    """Wait until nothing is to be done in the app of this task."""
    await until_done(active_app.get(None), max_sleep)


async def until_done(app: Any, max_sleep: float) -> None:
    """Wait until nothing is to be done in an app, so many seconds at most."""
    start = monotonic()
    looks, worked = 0, _work_of_threads()
    while monotonic() - start < max_sleep:
        await _run_dry()
        if app is None or not _is_working(app):
            if app is None or not _paint(app):
                return
            continue
        await asyncio.sleep(LOOK)
        looks += 1
        if looks >= HELD_UP:
            if _work_of_threads() - worked < WORKING:
                return
            looks, worked = 0, _work_of_threads()


def _work_of_threads() -> float:
    """Seconds of the processor that were used beside the loop."""
    return process_time() - thread_time()


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
    return (
        is_typing
        or app._batch_count
        or any(worker.is_running and not worker.is_finished for worker in app.workers)
    )


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
