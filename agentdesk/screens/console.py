"""What the console does for every screen: one operation in one transaction, undo, and the one place that tells.

Screens see it as `screens.frame.Console`; the way from screen to screen is the app's.
"""

import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from agentdesk.desk import Desk
from agentdesk.domain.already import say_nothing_changed
from agentdesk.domain.errors import AgentDeskError, ClosedTicketError
from agentdesk.domain.references import ticket_id, ticket_ref
from agentdesk.domain.safe_text import block, clip, line
from agentdesk.screens.frame import Page
from agentdesk.screens.protocol import Console, Each, Operation
from agentdesk.screens.taking_back import TakingBackApp
from agentdesk.screens.writing import import_writing

if TYPE_CHECKING:
    from agentdesk.screens.returning import Returning
    from agentdesk.store.change import Change


class ConsoleApp(TakingBackApp, inherit_bindings=False):
    """An app over an open desk."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.returning: Returning | None = None
        self._behind: set[str] = set()

    def exit(self, *args: Any, **named: Any) -> None:
        """Leave, and remember where."""
        if self.returning is not None:
            self.returning.keep()
        super().exit(*args, **named)

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
                told = _told(change.summary or summary, change, self.desk)
                is_change = change.id is not None
                self.call_from_thread(self._saved, told, result, then, is_change=is_change)

        self._in_thread(run)

    def perform_each(
        self,
        ids: Sequence[int],
        summary: str,
        each: Each,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Run one operation on every ticket, with a look ahead where there are several; see `screens.protocol.Console`."""
        if len(ids) == 1:
            [one] = ids
            told = summary.replace("{what}", ticket_ref(one))
            self.perform(told, lambda change: each(change, one), then, failed)
        elif ids:
            self.show("bulk", ids, summary=summary, each=each, then=then)

    def show(
        self, route: str, *args: Any, then: Callable[[Any], object] | None = None, **named: Any
    ) -> object:
        """Open the screen or dialog of a route."""
        raise NotImplementedError

    def _saved(
        self, told: str, result: Any, then: Callable[[Any], object] | None, *, is_change: bool
    ) -> None:
        del is_change
        self.forget_ways_back()
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

    def action_suspend(self) -> None:
        """Back to the shell, where the system can do that; `fg` brings the console back."""
        if not hasattr(signal, "SIGTSTP") or self._driver is None or not self._driver.can_suspend:
            self.say("This terminal cannot put the console aside.", severity="warning")
        else:
            self.action_suspend_process()

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
        """Let every screen of this mode read again what it shows; the other modes do so when somebody goes there."""
        if not self.is_running:  # it is closing, and what was shown is taken down
            return
        self._behind |= set(self._screen_stacks)
        self._behind.discard(self.current_mode)
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.refresh_data()

    def switch_mode(self, mode: str) -> Any:
        """To a mode, which shows what is there now."""
        done = super().switch_mode(mode)
        if mode in self._behind:
            self.reread()
        return done

    # To a mode, with a question for it.

    def ask(self, mode: str, question: str) -> None:
        """Go to a mode and put a question to its list."""
        self.switch_mode(mode)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.screen.ask(question)  # type: ignore[attr-defined]  # modes that are asked can answer

    def action_search(self) -> None:
        """Search, from wherever this is."""
        self.ask("search", "")

    # Telling.

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """A toast of plain text, in the place of the one before."""
        self.clear_notifications()
        self.notify(line(sentence), severity=cast("Any", severity), markup=False, timeout=6)

    def report(self, error: BaseException) -> None:
        """Say what was refused or failed: one sentence, never a value that was in the air."""
        if isinstance(error, AgentDeskError):
            self.say(error.in_console, severity="warning")
            return
        from agentdesk.faults import log_fault

        place = log_fault(error, self.desk.clock.now())
        where = f"The details are in {place}." if place else "The details could not be kept."
        self.say(f"This should not have happened ({type(error).__name__}). {where}", severity="error")

    def turn_away(self, error: AgentDeskError) -> None:
        """A screen cannot be opened: say why, and on a closed ticket offer where its words can go."""
        if not isinstance(error, ClosedTicketError):
            self.report(error)
            return
        console = cast("Console", self)

        def write(follow_up: int) -> None:
            console.open_ticket(follow_up)
            console.show("compose", [follow_up], kind="reply")

        console.show("follow_up", [ticket_id(error.ref)], then=write)

    def copy(self, text: str) -> None:
        """Put text on the clipboard and say so, and how."""
        from agentdesk.screens import copying

        safe, choice = block(text) if "\n" in text else line(text), self.desk.settings.clipboard
        lines, size = safe.count("\n") + 1, len(safe.encode())
        shown = clip(safe, 60) if lines == 1 else f"{lines} lines"
        if choice == "off":
            self.say(
                f"Copies are off; clipboard in the preferences (,) turns them on. {shown} can be selected."
            )
            return
        is_short = size <= copying.LONGEST
        if copying.by_terminal(choice) and is_short and not copying.in_tmux():
            self.copy_to_clipboard(safe)

        def run() -> None:
            ways = []
            if copying.by_system(choice) and copying.to_system(safe):
                ways.append("to the system's clipboard")
            if copying.by_terminal(choice) and is_short:
                ways.append("through tmux" if self._copied_by_tmux(safe) else "through the terminal")
            sentence = copying.told(shown, ways) if ways or is_short else copying.too_long(size)
            self.call_from_thread(self.say, sentence, severity="information" if ways else "warning")

        self._in_thread(run, "copy")

    def _copied_by_tmux(self, text: str) -> bool:
        """Whether tmux took it; where it is too old for that, the terminal is asked after all."""
        from agentdesk.screens import copying

        if not copying.in_tmux():
            return False
        if copying.to_tmux(text):
            return True
        self.call_from_thread(self.copy_to_clipboard, text)
        return False

    def copy_to_clipboard(self, text: str) -> None:
        """Send it to the terminal, where the user wants that; a field copies so too."""
        from agentdesk.screens import copying

        self._clipboard = text
        if self._driver is not None and copying.by_terminal(self.desk.settings.clipboard):
            self._driver.write(copying.sequence(text))

    def action_copy_or_hint(self) -> None:
        """Copy what is selected; without a selection, say how to leave: that is why people press it."""
        if selected := self.screen.get_selected_text():
            self.copy(selected)
            return
        self.say("q leaves the queue, ctrl+q or F10 leaves at once.")


def _told(summary: str, change: "Change", desk: Desk) -> str:
    """The toast of a change; empty where nothing was asked for that could be told."""
    if change.id is None:
        return say_nothing_changed(change.already) if change.already else ""
    besides = change.besides.removeprefix("is solved, and ")  # the summary says so already
    told = besides if besides != change.besides else f"it {besides}"
    done = f"{summary}{f'; {told}' if besides else ''}"
    if change.goes_out_at is None or change.goes_out_at <= change.at:
        return f"{done} · z undo"
    return f"{done} · goes out at {change.goes_out_at.astimezone(desk.zone):%H:%M:%S} · z takes it back"
