"""What the console does for every screen: one operation in one transaction, undo, and the one place that tells.

Screens see it as `screens.frame.Console`; the way from screen to screen is the app's.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from agentdesk.desk import Desk
from agentdesk.domain.already import say_nothing_changed
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.safe_text import line
from agentdesk.screens.frame import Operation, Page
from agentdesk.screens.type_ahead import PatientApp
from agentdesk.screens.writing import import_writing

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class ConsoleApp(PatientApp, inherit_bindings=False):
    """An app over an open desk."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(**named)
        self.desk = desk

    # Reading and writing.

    def perform(
        self,
        summary: str,
        operation: Operation,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Run one operation in one transaction in a worker; see `screens.frame.Console`."""

        def run() -> None:
            try:
                import_writing()
                with self.desk.change(summary=summary) as change:
                    result = operation(change)
            except Exception as error:  # noqa: BLE001  the one place that tells
                self.call_from_thread(self._refused, error, failed)
            else:
                told = _told(summary, change)
                self.call_from_thread(self._saved, told, result, then)

        self._in_thread(run)

    def _saved(self, told: str, result: Any, then: Callable[[Any], object] | None) -> None:
        self.clear_notifications()  # what was told before is no longer what z takes back
        if then is not None:
            then(result)
        if told:
            self.say(told)
        self.reread()

    def _refused(self, error: BaseException, failed: Callable[[BaseException], object] | None) -> None:
        if failed is None or failed(error) is not True:  # True: it has told the user itself
            self.report(error)
        self.reread()

    def action_undo_last(self) -> None:
        """Take back the last change of this agent."""
        self._walk("undo_change", "Took back")

    def action_redo_last(self) -> None:
        """Do again what was taken back."""
        self._walk("redo_change", "Did again")

    def _walk(self, name: str, verb: str) -> None:
        def run() -> None:
            try:
                import_writing()
                from agentdesk import services
                from agentdesk.screens.undo_words import words_of

                with self.desk.change() as change:
                    told = getattr(services, name)(change)
                words = words_of(self.desk, told)
            except Exception as error:  # noqa: BLE001  the one place that tells
                self.call_from_thread(self._refused, error, None)
            else:
                self.call_from_thread(self._walked, f"{verb}: {words}")

        self._in_thread(run)

    def _walked(self, sentence: str) -> None:
        self.say(sentence)
        self.reread()

    def action_reload(self) -> None:
        """Read everything again, and paint it over whatever another program left on the terminal."""
        self._forget_terminal()
        self.refresh(layout=True)
        self.reread()

    def on_resize(self) -> None:
        """A terminal of another size shows nothing one could count on."""
        self._forget_terminal()

    def _forget_terminal(self) -> None:
        if (forget := getattr(self._driver, "forget", None)) is not None:
            forget()

    def reread(self) -> None:
        """Let every screen of this mode read again what it shows."""
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.refresh_data()

    def _in_thread(self, run: Callable[[], object], group: str = "desk") -> None:
        self.run_worker(run, thread=True, group=group, exit_on_error=False)

    # Telling.

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """A toast of plain text, in the place of the one before."""
        self.clear_notifications()
        self.notify(line(sentence), severity=cast("Any", severity), markup=False, timeout=6)

    def report(self, error: BaseException) -> None:
        """Say what was refused or failed: one sentence, never a value that was in the air."""
        if isinstance(error, AgentDeskError):
            self.say(str(error), severity="warning")
            return
        from agentdesk.faults import log_fault

        place = log_fault(error, self.desk.clock.now())
        where = f"The details are in {place}." if place else "The details could not be kept."
        self.say(f"This should not have happened ({type(error).__name__}). {where}", severity="error")

    def copy(self, text: str) -> None:
        """Put text on the clipboard and say so."""
        safe = line(text)
        self.copy_to_clipboard(safe)
        self.say(f"Copied {safe}.")

    def action_copy_or_hint(self) -> None:
        """Copy what is selected; without a selection, say how to leave: that is why people press it."""
        if selected := self.screen.get_selected_text():
            self.copy(selected)
            return
        self.say("q leaves the queue, ctrl+q or F10 leaves at once.")


def _told(summary: str, change: "Change") -> str:
    """The toast of a change; empty where nothing was asked for that could be told."""
    if change.id is None:
        return say_nothing_changed(change.already) if change.already else ""
    return f"{summary}{f'; it {change.besides}' if change.besides else ''} · z undo"
