"""Asking the store every second whether somebody saved something, until the console is left or the store is closed.

A look that fails, because the store is busy or its server is away, is no end: the next one tells, and whatever was saved
meanwhile is read then.
"""

import threading
from collections.abc import Callable
from typing import Final

from agentdesk.desk import Desk
from agentdesk.store.gate import ClosedError

POLL: Final = 1.0
"""Seconds between two looks."""


def watch_store(desk: Desk, leaving: threading.Event, tell: Callable[[], object]) -> None:
    """Look until `leaving` is set; the answer is one per thread, so one thread asks.

    Args:
        desk: the desk.
        leaving: set once the console is left.
        tell: called where something was saved, or may have been while the store could not be asked.
    """
    known, is_behind = None, False
    while not leaving.is_set():
        try:
            version = desk.store.news(desk.clock.now(), desk.actor.id)
        except ClosedError:
            return
        except Exception:  # noqa: BLE001  busy or away: what the agent does next says so, and the next look asks again
            is_behind = True
        else:
            if is_behind or (known is not None and version != known):
                tell()
            known, is_behind = version, False
        leaving.wait(POLL)
