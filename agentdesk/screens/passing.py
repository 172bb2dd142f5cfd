"""Time passes on a screen: what it says of clocks is told anew, what went into another band is read again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol

from agentdesk.desk import Desk
from agentdesk.queries.views import has_moved

TICK: Final = 30.0
"""Seconds between two looks at what time alone has moved."""


class Timed(Protocol):
    """What follows the clock; `screens.frame.Page` does."""

    @property
    def desk(self) -> Desk:
        """The open desk."""

    @property
    def is_current(self) -> bool:
        """Whether it is on top."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Any:
        """Call again and again."""

    def read_then(
        self,
        read: Callable[[], Any],
        take: Callable[[Any], object],
        *,
        group: str,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read in a thread."""

    def depends_on_time(self) -> bool:
        """Whether what is shown may change with time in other ways than by going into another band."""

    def refresh_data(self) -> None:
        """Read again what is shown."""

    def retell(self) -> None:
        """Tell clocks anew."""


class Passing:
    """Follows the clock for one screen, from when it is made; asks one statement, and only while the screen is on top."""

    def __init__(self, screen: Timed) -> None:
        self._screen = screen
        self._told_at = screen.desk.clock.now()
        self._is_looking = False
        screen.set_interval(TICK, self.look)

    def look(self) -> None:
        """See what time has done since the last look."""
        if self._screen.is_current and not self._is_looking:
            self._is_looking = True
            self._screen.read_then(self._read, self._take, group="time", failed=self._failed)

    def _read(self) -> tuple[bool, datetime]:
        with self._screen.desk.read() as read:
            return has_moved(read, self._told_at), read.now

    def _take(self, found: tuple[bool, datetime]) -> None:
        self._is_looking = False
        moved, self._told_at = found
        self._screen.retell()  # also of what stays as it is: a row that is read again is drawn where it changed
        if moved or self._screen.depends_on_time():
            self._screen.refresh_data()

    def _failed(self, _error: Exception) -> None:
        self._is_looking = False  # whatever is read next will tell what is wrong
