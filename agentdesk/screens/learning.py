"""How one begins: the practice desk is a key away from an empty one, and nobody can mistake it for their own."""

from typing import Any, Final

from textual.reactive import var

from agentdesk.desk import Desk
from agentdesk.screens.calling import CallingApp
from agentdesk.settings import Settings
from agentdesk.widgets.key_bar import PRACTICE
from agentdesk.widgets.theme import as_practice

BUILDING: Final = 120.0
"""Seconds the note about building stays, unless something else is told."""


class LearningApp(CallingApp, inherit_bindings=False):
    """An app that knows whether its desk is real, and the way to one that is not."""

    signs: var[tuple[str, ...]] = var(())
    """Words that are always seen in the top line."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.reopen: Settings | None = None
        """The desk to open once this one is left."""
        self.reopens_with_tour = False
        self._is_building = False
        if desk.is_practice:
            self.signs = (PRACTICE,)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours; a practice desk has an accent of its own."""
        if (
            getattr(self, "desk", None) is None
        ):  # Textual asks while it is made, before there is a theme of ours
            return {}
        found = super().get_css_variables()
        if self.desk.is_practice:
            found = self.theme_variables = as_practice(found)
        return found

    async def action_practice(self) -> None:
        """Open the practice desk, with the tour."""
        if self.desk.is_practice:
            self.say("This is the practice desk. :tour shows you round.")
        else:
            self.open_practice(tour=True)

    def open_practice(self, *, tour: bool) -> None:
        """Build it if it is not there, leave this desk as with the key, and open it."""
        if self._is_building:
            return
        self._is_building = True

        def run() -> None:
            from agentdesk.demo.practice import build_practice, practice_settings

            settings = practice_settings(self.desk.settings)
            try:
                build_practice(settings, tell=self._tell_building)
            except Exception as error:  # noqa: BLE001  the one place that tells
                self._is_building = False
                self.call_from_thread(self.report, error)
            else:
                self.call_from_thread(self._leave_for, settings, tour)

        self._in_thread(run, "practice")

    def _tell_building(self, sentence: str) -> None:
        del sentence
        words = "Building a practice desk. It takes a moment, and opens by itself; go on meanwhile."
        self.call_from_thread(self.notify, words, markup=False, timeout=BUILDING)

    def _leave_for(self, settings: Settings, tour: bool) -> None:
        self.reopen, self.reopens_with_tour = settings, tour
        self.exit(0)

    def keep_own(self, key: str, value: Any) -> None:
        """Remember something about the agent; it is no change, and no undo takes it back."""

        def run() -> None:
            from agentdesk.screens.writing import import_writing

            import_writing()
            from agentdesk import services

            with self.desk.change() as change:
                services.remember(change, key, value)

        self._in_thread(run, "keep")
