"""What every dialog is: a title, its fields, a sentence that says what will happen, and two buttons.

Law: nothing happens before the sentence is there to be read; escape changes nothing, and longer words are kept; what is refused leaves the
dialog open with everything that was typed. The button that does something is last.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from agentdesk.commands.registry import bindings, in_place, shown_keys
from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.references import ticket_ref
from agentdesk.screens.half_typed import Said, said_in, say_in
from agentdesk.widgets.picker import Picker
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.screens.protocol import Console, Each, Operation


class DeskDialog(ModalScreen[Any]):
    """A dialog over one or several tickets; subclasses give fields, a sentence and an operation."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog")]
    CSS_PATH = "dialog.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    place: ClassVar[str] = "dialog"
    heading: ClassVar[str] = ""
    """The title; `{what}` becomes `T-7` or `3 tickets`."""
    confirm_label: ClassVar[str] = "Confirm"
    is_dangerous: ClassVar[bool] = False
    """Whether it cannot be undone: then enter is on Cancel, which says so, and the button is red."""

    keeps_words: ClassVar[bool] = False
    """Whether what was typed is there again when it is left and opened once more."""

    def __init__(self, desk: Desk, ticket_ids: Sequence[int] = (), **named: Any) -> None:
        super().__init__(**named)
        self.desk = desk
        self.ticket_ids = list(ticket_ids)
        self._is_busy = False
        self._began: Said = {}

    @property
    def console(self) -> "Console":
        """The app, as screens see it."""
        return cast("Console", self.app)

    @property
    def what(self) -> str:
        """`T-7` for one ticket, `3 tickets` for more."""
        ids = self.ticket_ids
        return ticket_ref(ids[0]) if len(ids) == 1 else f"{len(ids):,} tickets".replace(",", " ")

    @property
    def title_words(self) -> str:
        """The words above everything."""
        return self.heading.replace("{what}", self.what)

    def compose(self) -> ComposeResult:
        """Title, fields, sentence, buttons."""
        self.learn()
        with Vertical(id="dialog"):
            with Horizontal(id="dialog-head"):
                yield Static(content(self.title_words), id="dialog-title")
                yield Static(content(self.aside()), id="dialog-aside")
            with VerticalScroll(id="dialog-body", can_focus=False):
                yield from self.fields()
                yield Static(id="sentence")
            with Horizontal(id="dialog-buttons"):
                yield Button(_label("Cancel", "esc"), id="cancel", compact=True)
                kind = "error" if self.is_dangerous else "primary"
                yield Button(_label(self.confirm_label, "^s"), id="confirm", variant=kind, compact=True)  # type: ignore[arg-type]

    def learn(self) -> None:
        """Read what the fields need, before anything is drawn."""

    def fields(self) -> ComposeResult:
        """What can be filled in."""
        yield from ()

    def aside(self) -> str:
        """Words at the right of the title."""
        return ""

    def on_mount(self) -> None:
        """Give the focus to the first field, or to Cancel where there is danger."""
        if self.is_dangerous:
            self.query_one("#cancel").focus()
        self.begin()
        if self.keeps_words:
            self._go_on()
        self.retell()

    @property
    def kept_for(self) -> tuple[object, ...]:
        """What tells this dialog from others of its class."""
        return (type(self).__name__, self.title_words, *self.ticket_ids)

    def _go_on(self) -> None:
        """Put back what was typed before it was left."""
        self._began = said_in(self)
        if kept := self.console.half_typed.kept(self.kept_for):
            say_in(self, kept)
            self.console.say("What you had typed here is back.")

    def _keep_words(self) -> None:
        said = {name: words for name, words in said_in(self).items() if words != self._began.get(name)}
        self.console.half_typed.keep(self.kept_for, said)
        if said:
            self.console.say("What you typed is kept until you open this again.")

    def _forget_words(self) -> None:
        self.console.half_typed.keep(self.kept_for, {})

    def begin(self) -> None:
        """Set up the fields of this dialog; Textual calls every class's `on_mount`, so there is only one."""

    def retell(self) -> None:
        """Say anew what will happen."""
        self.query_one("#sentence", Static).update(content(self.sentence()))

    def sentence(self) -> str:
        """What will happen, in words."""
        return ""

    def refuse(self, words: str, at: Widget | None = None) -> None:
        """Say what is missing, where it is, and stay open."""
        self.query_one("#sentence", Static).update(content(words, "$late"))
        self._is_busy = False
        if at is not None:
            at.focus()

    def carry_out(self, summary: str, operation: "Operation", *, result: Any = True) -> None:
        """Do it in one change, and close when it is saved; a refusal leaves the dialog as it is."""
        if self._is_busy:
            return
        self._is_busy = True

        def then(made: Any) -> None:
            self._forget_words()
            self.dismiss(made if made is not None else result)

        self.console.perform(summary, operation, then=then, failed=self._failed)

    def carry_out_each(self, summary: str, each: "Each") -> None:
        """Do it to every ticket of the dialog: one at once, several after a look at what would change.

        Args:
            summary: see `screens.protocol.Console.perform_each`.
            each: called with the change and the id of one ticket.
        """
        if self._is_busy:
            return
        self._is_busy = len(self.ticket_ids) == 1  # a look ahead may be left again, for another choice
        self.console.perform_each(self.ticket_ids, summary, each, self._done, self._failed)

    def _done(self, _made: Any) -> None:
        self._forget_words()
        self.dismiss(True)

    def _failed(self, error: BaseException) -> None:
        self.refuse(error.in_console if isinstance(error, AgentDeskError) else str(error))

    def action_confirm(self) -> None:
        """Do what the sentence says."""
        self.dismiss(True)

    def action_cancel(self) -> None:
        """Change nothing."""
        if self.keeps_words:
            self._keep_words()
        self.dismiss(None)

    @on(Picker.Refused)
    def _name_refused(self, event: Picker.Refused) -> None:
        self.refuse(f"{event.entry.name}: {event.entry.refusal}. Nothing will change.")

    @on(Button.Pressed, "#cancel")
    def _cancel_pressed(self) -> None:
        self.action_cancel()
        if self.is_dangerous:
            self._tell_the_way()

    def _tell_the_way(self) -> None:
        commands = in_place("dialog", self.desk.settings.keymap)
        keys = " or ".join(
            one for each in commands if each.id == "dialog.confirm" for one in shown_keys(each).split()
        )
        self.console.say(f"Nothing was done. {self.confirm_label} is on {keys} there, not on enter.")

    @on(Button.Pressed, "#confirm")
    def _confirm_pressed(self) -> None:
        self.action_confirm()


def field(label: str, *widgets: Widget) -> Horizontal:
    """A row: its label at the left, its widgets beside it."""
    return Horizontal(Static(content(label), classes="label"), *widgets, classes="field")


def _label(words: str, key: str) -> Content:
    return Content.assemble(f" {words}  ", (f"{key} ", "dim"))
