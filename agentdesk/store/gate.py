"""Who reads a store is not in its way when it closes: reads under way end first, later ones are refused.

Closing a connection that another thread is using ends the program on some systems, and its read with a fault on all.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from agentdesk.domain.errors import AgentDeskError

PATIENCE: Final = 10.0
"""Seconds that closing waits for reads under way."""


class ClosedError(AgentDeskError):
    """A read of a store that is closed, as by a worker of a console that has just been left."""

    def __init__(self) -> None:
        super().__init__("The desk is closed: nothing can be read from it any more.")


class Gate:
    """Counts who is inside, until it is shut."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._is_shut = False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be inside.

        Raises:
            ClosedError: it is shut.
        """
        with self._changed:
            if self._is_shut:
                raise ClosedError
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def shut(self, patience: float = PATIENCE) -> bool:
        """Let nobody in any more, and wait for those inside.

        Args:
            patience: seconds.

        Returns:
            Whether nobody is inside any more.
        """
        with self._changed:
            self._is_shut = True
            return self._changed.wait_for(lambda: self._inside == 0, patience)
