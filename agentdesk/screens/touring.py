"""The tour: the real console over the practice desk, with a line below that waits for the real key.

Law: the tour presses no key and keeps none back; esc does what it does, and ends the tour besides.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual import events

from agentdesk.commands.command import Command
from agentdesk.commands.tour_steps import STEPS, go_on_at
from agentdesk.screens.learning import LearningApp
from agentdesk.widgets.tour_line import TourLine

if TYPE_CHECKING:
    from agentdesk.screens.palette_things import Thing

KEPT: Final = "tour"
"""The setting of the agent that says how far they came."""


class TouringApp(LearningApp, inherit_bindings=False):
    """An app that can show a newcomer round."""

    def __init__(self, *args: Any, tour: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self.step: int | None = None
        self._wants_tour = tour

    def on_page_painted(self) -> None:
        """Begin the tour, where it was asked for, once there is something to see."""
        if self._wants_tour:
            self._wants_tour = False
            self.begin_tour()

    def action_tour(self) -> None:
        """Show round: on the practice desk at once, else there."""
        if self.desk.is_practice:
            self.begin_tour()
        else:
            self.open_practice(tour=True)

    def begin_tour(self) -> None:
        """Go on where the agent left it; from the beginning, where they came to its end."""

        def read() -> None:
            from agentdesk.queries.desk_settings import own_setting

            with self.desk.read() as found:
                kept = own_setting(found, KEPT)
            self.call_from_thread(self.call_later, self._go_on, kept if isinstance(kept, int) else 0)

        self._in_thread(read, "tour")

    async def _go_on(self, kept: int) -> None:
        self.step = go_on_at(kept) if 0 <= kept < len(STEPS) else 0
        self.add_class("-touring")
        await self._home()
        self._hang()

    # What the tour hears.

    def on_command(self, command: Command) -> None:
        """A command is about to run."""
        super().on_command(command)
        self.hear(command.id)

    def on_query_bar_asked(self) -> None:
        """A question was asked."""
        self.hear("asked")

    def on_shown(self, route: str) -> None:
        """A screen is opening."""
        self.hear(f"screen {route}")

    async def _follow(self, chosen: "Command | Thing") -> None:
        self.hear("chosen")
        await super()._follow(chosen)

    def _saved(
        self, told: str, result: Any, then: Callable[[Any], object] | None, *, is_change: bool
    ) -> None:
        super()._saved(told, result, then, is_change=is_change)
        self.hear("saved")

    def _walked(self, sentence: str) -> None:
        super()._walked(sentence)
        self.hear("undone")

    def hear(self, what: str) -> None:
        """Go on, if that is what the step waits for."""
        if self.step is None:
            return
        if STEPS[self.step].waits == what:
            self.step += 1
            if self.step == len(STEPS):
                self.leave_tour(is_done=True)
            else:
                self.keep_own(KEPT, self.step)  # whoever quits in the middle goes on there too
        self.call_after_refresh(self._hang)

    async def on_event(self, event: events.Event) -> None:
        """Escape ends the tour and does what it does."""
        if self.step is not None and isinstance(event, events.Key) and event.key == "escape":
            self.leave_tour()
        await super().on_event(event)

    def leave_tour(self, *, is_done: bool = False) -> None:
        """Take the line away, and remember how far the agent came."""
        step, self.step = self.step, None
        self.remove_class("-touring")
        for screen in self.screen_stack:
            screen.query(TourLine).remove()
        self.keep_own(KEPT, len(STEPS) if is_done else step)
        words = f"You left the tour at step {(step or 0) + 1} of {len(STEPS)}. `agentdesk tour` goes on."
        if is_done:
            words = "That was the tour. This desk is yours to try things on; everything can be undone."
        self.call_after_refresh(self.say, words)

    # The line.

    def push_screen(self, *args: Any, **named: Any) -> Any:
        """Show a screen, with the line on it."""
        done = super().push_screen(*args, **named)
        self.call_after_refresh(self._hang)
        return done

    def pop_screen(self) -> Any:
        """Take a screen away; the one below has the line."""
        done = super().pop_screen()
        self.call_after_refresh(self._hang)
        return done

    def switch_mode(self, mode: str) -> Any:
        """Show a mode, with the line on it."""
        done = super().switch_mode(mode)
        self.call_after_refresh(self._hang)
        return done

    def _hang(self) -> None:
        if self.step is None or not self._screen_stack:
            return
        lines = self.screen.query(TourLine)
        if not lines:
            self.screen.mount(line := TourLine())
        else:
            line = lines.first()
        self.call_after_refresh(line.tell, STEPS[self.step].hint, self.step + 1, len(STEPS))
