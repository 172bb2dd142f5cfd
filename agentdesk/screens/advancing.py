"""Where an open ticket goes once it is done with: to the next one of its list, back to the list, or nowhere.

The preference `advance` says which. It is done with when it was answered, or when what was done took it out of the list.
"""

from typing import Any

from agentdesk.screens.frame import DeskScreen
from agentdesk.screens.ticket_source import Walk


class AdvancingScreen(DeskScreen):
    """A screen of one ticket that may have a way through a list."""

    _walk: Walk | None = None

    def action_step(self, by: int) -> None:
        """Go to the ticket before or after this one in the list."""
        raise NotImplementedError

    def acted(self, result: Any = None) -> None:
        """Go on where the ticket has left its list."""
        if result is not False and self._walk is not None and self._goes_on:
            self.read_then(self._walk.place, self._left, group="check")

    def replied(self, result: Any = None) -> None:
        """Go on: it was answered."""
        if result is not False and self._walk is not None and self._goes_on:
            self.read_then(self._walk.next_id, self._advance, group="check")

    @property
    def _goes_on(self) -> bool:
        return self.desk.settings.advance != "stay"

    def _left(self, place: tuple[int, int] | None) -> None:
        if place is None and self._walk is not None:
            self.read_then(self._walk.next_id, self._advance, group="check")

    def _advance(self, there: int | None) -> None:
        if not self.is_current:
            return
        if self.desk.settings.advance == "next" and there is not None:
            self.action_step(1)
        else:
            self.dismiss(None)
