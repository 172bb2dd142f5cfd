"""How large a step a long import takes: long ones while it is alone, short ones with rests in between where agents write."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from agentdesk.store.change import Change
from agentdesk.store.reader import Reader

ALONE: Final = 4_000
"""Rows of one transaction while nobody else writes: each writes the same pages of the indexes once more."""
BESIDE: Final = 250
"""Rows of one transaction while agents write: it holds the pen for some hundredths of a second."""
REST: Final = 0.025
"""Seconds between transactions while agents write: longer than they ever sleep before they ask for the pen again."""
WARY: Final = timedelta(minutes=10)
"""How long after somebody wrote they are thought to be at work: agents read, and talk, between two changes."""
LAST_CHANGES: Final = 500
"""How many of the newest changes are asked who made them, at the beginning."""


class Pace:
    """The steps of one import."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Alone, as far as is known; `now` tells seconds."""
        self._now = now
        self._latest = 0
        self._wary_until = float("-inf")

    def begin(self, read: Reader, at: datetime) -> None:
        """Find out whether somebody is at work at a console."""
        self._latest = int(read.value("SELECT coalesce(max(id), 0) FROM change"))
        told = read.value(
            "SELECT count(*) FROM (SELECT origin, at FROM change ORDER BY id DESC LIMIT :last) AS newest "
            "WHERE origin = 'console' AND at >= :since",
            {"last": LAST_CHANGES, "since": at - WARY},
        )
        if told:
            self._notice()

    def look_round(self, change: Change) -> None:
        """Notice whether somebody else has written since the last transaction."""
        latest = int(change.sql("SELECT coalesce(max(id), 0) FROM change").scalar())
        if latest != self._latest:
            self._notice()
        self._latest = latest

    def wrote(self, change: Change) -> None:
        """Remember one's own transaction, and rest where others may want to write."""
        self._latest = change.id or self._latest
        if self.is_wary:
            time.sleep(REST)

    @property
    def is_wary(self) -> bool:
        """Whether somebody is thought to be at work."""
        return self._now() < self._wary_until

    def size(self) -> int:
        """Rows of the next transaction."""
        return min(BESIDE, ALONE) if self.is_wary else ALONE

    def _notice(self) -> None:
        self._wary_until = self._now() + WARY.total_seconds()
