"""In the list, the cursor goes on to the next ticket where the one before was answered, or went out of sight by what was done.

The preference `advance` may say `stay`. A mark says that the agent is at work on several: then the cursor stays.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from agentdesk.screens.arranging import ArrangingScreen


class _Stood(NamedTuple):
    """Where the cursor was when something was asked for."""

    ticket_id: int
    place: int
    next_id: int


class GoingOnScreen(ArrangingScreen):
    """A list of tickets one works down."""

    _stood: _Stood | None = None

    def _ask(self, route: str, **named: Any) -> None:
        self._stood = self._standing()
        super()._ask(route, **named)

    def _bulk(self, ids: Sequence[int], summary: str, each: Any) -> None:
        self._stood = self._standing()
        super()._bulk(ids, summary, each)

    def _standing(self) -> _Stood | None:
        here, after = (self.table.id_at(self.table.cursor + by) for by in (0, 1))
        if self.table.marks or here is None or after is None or self.desk.settings.advance == "stay":
            return None
        return _Stood(here, self.table.cursor, after)

    def replied(self, result: Any = None) -> None:
        """It was answered: the next one."""
        stood, self._stood = self._stood, None
        super().replied(result)
        if result is not False and stood is not None:
            self.table.seek(stood.next_id)

    def acted(self, result: Any = None) -> None:
        """What the order has put out of sight is not followed there."""
        super().acted(result)
        stood, source = self._stood, self.source()
        self._stood = None
        if result is False or stood is None:
            return

        def look() -> int | None:
            with source.look() as look:
                found = look.locate(stood.ticket_id)
                return None if found is None else found[0]

        self.read_then(look, partial(self._went, stood), group="check")

    def _went(self, stood: _Stood, place: int | None) -> None:
        if place is not None and abs(place - stood.place) >= self.table.rows_shown:
            self.table.seek(stood.next_id)
