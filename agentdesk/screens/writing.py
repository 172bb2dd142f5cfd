"""The writing side is imported when it is first wanted, by one thread at a time.

Two threads that import what imports itself in a circle can each be handed a half of it: the draft that is kept while
the console leaves would fail beside the warming up.
"""

from importlib import import_module
from threading import Lock
from typing import Final

_ONE: Final = Lock()


def import_writing() -> None:
    """Everything an operation needs; nothing to do the second time."""
    with _ONE:
        import_module("agentdesk.store.change")
        import_module("agentdesk.store.engine")
        import_module("agentdesk.services.tickets")
