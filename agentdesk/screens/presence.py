"""Colleagues see each other: a console says which ticket is in front, and asks who else is there.

One look a second from memory; the store is asked only while a ticket is in front. What it is told is no change, so
nothing is read again anywhere because of it.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.looking import BEAT, Onlooker
from agentdesk.domain.vocabulary import Doing

if TYPE_CHECKING:
    from agentdesk.screens.console import ConsoleApp

LOOK: Final = 1.0
"""Seconds a ticket is in front before the agent counts as being there, and between two questions who else is."""
DOING: Final = {"ticket": Doing.READING, "editor": Doing.WRITING}
"""What one does on a screen, by its place; such a screen has a `ticket_id`."""
ONLOOKERS: Final = "onlookers"
"""The class of what tells on such a screen who else is there: it can `meet` them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the agent is, and until when of it they have read."""

    ticket_id: int
    doing: Doing
    newest: datetime | None = None


class Presence:
    """Follows what is in front of one console, from when it is made."""

    def __init__(self, app: "ConsoleApp") -> None:
        self._app = app
        self._door = token_hex(6)
        self._spot: Spot | None = None
        self._told: Spot | None = None
        self._told_at = 0.0
        self._is_busy = False
        app.set_interval(LOOK, self.look)

    def look(self) -> None:
        """See what is in front; tell the store where that is news or too long ago."""
        screen = self._screen()
        was, self._spot = self._spot, _spot_of(screen)
        is_passing = self._spot != was and not (self._spot is not None and self._spot.doing is Doing.WRITING)
        if self._is_busy or is_passing or (self._spot is None and self._told is None):
            return  # nobody opens an editor in passing: that is told at the first look
        self._is_busy = True
        is_due = self._spot != self._told or monotonic() - self._told_at >= BEAT
        run = partial(self._ask, screen, self._spot, self._told, is_due=is_due)
        self._app.run_worker(run, thread=True, group="presence", exit_on_error=False)

    def _screen(self) -> Any:
        fronts = [
            one
            for one in self._app.screen_stack
            if getattr(one, "place", None) in DOING and hasattr(one, "ticket_id")  # help names a place too
        ]
        return fronts[-1] if fronts else None

    def _ask(self, screen: Any, spot: Spot | None, told: Spot | None, *, is_due: bool) -> None:
        """In a thread: say where the agent is, and learn who else is there."""
        try:
            with suppress(AgentDeskError):  # the store is busy: the next look tells it
                if is_due:
                    self._say(spot, told)
                    self._told, self._told_at = spot, monotonic()
                if spot is not None:
                    self._app.call_from_thread(self._met, screen, spot, self._others(spot))
        finally:
            self._is_busy = False

    def _say(self, spot: Spot | None, told: Spot | None) -> None:
        from agentdesk.screens.writing import import_writing

        import_writing()
        from agentdesk import services

        with self._app.desk.change() as change:
            if spot is None:
                services.look_away(change, self._door)
                return
            services.look_at(change, spot.ticket_id, self._door, spot.doing)
            if told is None or (told.ticket_id, told.newest) != (spot.ticket_id, spot.newest):
                services.mark_seen(change, spot.ticket_id)

    def _others(self, spot: Spot) -> list[Onlooker]:
        from agentdesk.queries.looking import who_else

        with self._app.desk.read() as read:
            return who_else(read, spot.ticket_id, self._app.desk.actor.id)

    def _met(self, screen: Any, spot: Spot, others: list[Onlooker]) -> None:
        if screen.is_attached and screen.ticket_id == spot.ticket_id:
            for one in screen.query(f".{ONLOOKERS}"):
                one.meet(others)


def _spot_of(screen: Any) -> Spot | None:
    if screen is None:
        return None
    return Spot(screen.ticket_id, DOING[screen.place], getattr(screen, "read_until", None))
