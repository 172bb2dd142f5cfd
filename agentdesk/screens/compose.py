"""Write a reply, an internal note, or a letter to a third party: what is seen is what is sent.

What is typed is kept by `drafting`, and sent by `sending`; here is where it is typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.macro import as_of
from agentdesk.domain.signatures import length_above, signed
from agentdesk.domain.vocabulary import Status
from agentdesk.domain.written import KeptFile, LetterKind, Written
from agentdesk.screens.external_editor import Runner, edit_outside, run_in_terminal
from agentdesk.screens.inserting import InsertingScreen
from agentdesk.screens.letter import word
from agentdesk.screens.macro_preview import MacroUse
from agentdesk.screens.news import News, NewsLine, look_again
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.letter_area import GapLine, LetterArea
from agentdesk.widgets.note_area import NameLine, NoteArea
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.queries.ticket_detail import MessageRow


class ComposeScreen(InsertingScreen):
    """Dismissed with True when something was sent.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
        kind: `reply`, `note` or `forward`.
        message_id: The one message to forward; the whole conversation unless given.
        macro: A macro to begin with.
        runner: How `$EDITOR` is run; the terminal's own way unless given.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("editor")]
    CSS_PATH = "compose.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = "TextArea"
    place: ClassVar[str] = "editor"

    def __init__(
        self,
        desk: Desk,
        ticket_ids: Sequence[int],
        *,
        kind: str = "reply",
        message_id: int | None = None,
        macro: MacroUse | None = None,
        runner: Runner | None = None,
        **named: Any,
    ) -> None:
        super().__init__(desk, ticket_ids[0], kind, message_id=message_id, **named)
        self._runner = runner or run_in_terminal
        self.changes: dict[str, str] = dict(self.letter.written.changes)
        self.files: list[KeptFile] = list(self.letter.written.files)
        self.macros: tuple[int, ...] = self.letter.written.macros
        self._first_macro = macro

    @property
    def text(self) -> str:
        """What is written."""
        return self.query_one(TextArea).text

    @property
    def written(self) -> Written:
        """All of it, as it is on the screen."""
        is_begun = self.text.strip() != signed("", self.letter.signature).strip()
        return Written(
            self.text if is_begun else "",
            self.letter.kind,
            self.query_one("#to", Input).value.strip(),
            self.query_one("#after", Choice).chosen,
            self.query_one("#party", Input).value.strip(),
            dict(self.changes),
            tuple(self.files),
            self.macros,
        )

    def compose(self) -> ComposeResult:
        """Who reads it, what happens then, the text; beside it the conversation where there is room."""
        written = self.letter.written
        yield Static(content(self.letter.banner), id="banner")
        with Horizontal(id="sides"):
            with Vertical(id="writing"):
                yield Static(content(self.letter.reader()), id="reader")
                with Horizontal(id="to-row"):
                    yield Static(content("To"), classes="label")
                    yield Input(written.to, placeholder="an e-mail address", id="to", compact=True)
                with Horizontal(id="after-row"):
                    yield Static(content("After sending"), classes="label")
                    named = [
                        (f"set to {word(one)}" if at else f"leave it {word(one)}", one)
                        for at, one in enumerate(self.letter.after)
                    ]
                    yield Choice(named, value=self._first_after(written), id="after")
                    yield Input(written.party, placeholder="waits for whom?", id="party", compact=True)
                yield Static(id="with-it")
                yield NoteArea(self.letter.colleagues, written.text, compact=True, id="text")
                yield NameLine()
                yield GapLine()
                yield Static(id="presence")  # who else is here: one line, hidden while nobody is
                yield NewsLine(self.desk.clock.now)
                yield Static(id="state")
            yield ConversationView(id="beside")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def _first_after(self, written: Written) -> str | None:
        return written.then if written.then in self.letter.after else self.letter.first_after

    def on_mount(self) -> None:
        """Offer the draft, begin to keep what is typed."""
        is_forward = self.letter.kind is LetterKind.FORWARD
        self.set_class(self.is_internal, "-internal")
        self.query_one("#reader").display = not is_forward
        self.query_one("#to-row").display = is_forward
        self.query_one("#presence").display = False
        self._after_changed()
        self._tell_with_it()
        self._tell_gaps()
        area = self.query_one(LetterArea)
        begins_at_top = is_forward and self.letter.draft is None
        area.move_cursor((0, 0) if begins_at_top else area.place_at(self._length_above()))
        (self.query_one("#to") if begins_at_top else area).focus()
        self._show_beside(self.letter.messages)
        self._saved = self._typed = replace(self.written)
        self.begin_keeping()
        self.refresh_data()
        if self._first_macro is not None:
            self.put_macro(self._first_macro)

    def _length_above(self) -> int:
        return length_above(self.text) if self.letter.kind is LetterKind.REPLY else len(self.text)

    def refresh_data(self) -> None:
        """Somebody may have said something meanwhile; this agent too, in another console."""
        self.read_then(lambda: look_again(self.desk, self.letter), self._take_news, group="news")
        self.look_at_draft()

    def _take_news(self, found: "tuple[News | None, list[MessageRow]]") -> None:
        news, messages = found
        if self.query_one(NewsLine).tell(news):
            self._show_beside(messages)

    def _show_beside(self, messages: "list[MessageRow]") -> None:
        beside = self.query_one(ConversationView)
        beside.show(self.letter.detail, messages, (), self.desk.clock.now(), self.desk.zone)

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self._tell_gaps()
        self.note_typed()

    def _tell_gaps(self) -> None:
        self.query_one(GapLine).tell(self.query_one(LetterArea).gaps)

    @on(Choice.Changed, "#after")
    def _after_changed(self) -> None:
        is_put_on_hold = self.letter.then(self.query_one("#after", Choice).chosen) == Status.ON_HOLD
        self.query_one("#party").display = is_put_on_hold and self.letter.kind is not LetterKind.FORWARD
        self.note_typed()

    def action_after(self) -> None:
        """The next status after sending."""
        if len(self.letter.after) > 1:
            if self.changes.pop("status", None):  # chosen here in place of what a macro sets
                self._tell_with_it()
            self.query_one("#after", Choice).action_step(1)
        else:
            self.console.say(f"{self.letter.heading}: this changes no status.", severity="warning")

    def set_then(self, status: str) -> None:
        """Choose the status that is set with the sending, in place of one that a macro sets."""
        self.changes.pop("status", None)
        self._tell_with_it()
        self.query_one("#after", Choice).value = status

    def action_external(self) -> None:
        """Hand the text to `$EDITOR`."""
        try:
            with self.app.suspend():
                written = edit_outside(self.text, self._runner)
        except SuspendNotSupported:
            self.console.say("This terminal cannot be handed to another editor.", severity="warning")
            return
        except AgentDeskError as error:
            self.console.report(error)
            return
        self.put_text(written)

    # What others put into the letter: the picker of macros and articles, another console, the dialog of files.

    def put_text(self, text: str) -> None:
        """Replace what is written, and go on above the signature; ctrl+z takes it back."""
        area = self.query_one(LetterArea)
        if text != area.text:
            area.replace(text, (0, 0), area.document.end)
            area.move_cursor(area.place_at(self._length_above()))
            area.history.checkpoint()

    def insert_at_cursor(self, text: str) -> None:
        """Insert text where the cursor is, in place of what is selected; ctrl+z takes it back."""
        area = self.query_one(TextArea)
        area.history.checkpoint()
        area.replace(text, *area.selection)
        area.history.checkpoint()
        area.focus()

    def apply_macro_changes(self, changes: Mapping[str, Any]) -> None:
        """Set fields of the ticket with the sending; the same field again takes the later value.

        Args:
            changes: public field names and values, as `agentdesk ticket set` takes them; a list is written with commas.
                A status that can be chosen after sending is chosen there.
        """
        told = {
            name: ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            for name, value in changes.items()
        }
        if told.get("status") in self.letter.after:
            self.set_then(told.pop("status"))
        self.changes |= told
        self._with_it_changed()

    def put_files(self, files: Sequence[KeptFile]) -> None:
        """Send these files with it, and no others."""
        self.files = list(files)
        self._with_it_changed()

    def show_written(self, written: Written) -> None:
        """Show another letter in place of what is written; ctrl+z takes its text back."""
        self.put_text(written.text)
        self.query_one("#to", Input).value = written.to
        self.query_one("#party", Input).value = written.party
        self.query_one("#after", Choice).value = self._first_after(written) or Choice.NULL
        self.changes, self.files = dict(written.changes), list(written.files)
        self._with_it_changed()

    def action_attach(self) -> None:
        """Attach a file, or take one off."""
        self.console.show("attach", [self.ticket_id], files=tuple(self.files), then=self.put_files)

    def _with_it_changed(self) -> None:
        self._tell_with_it()
        self.note_typed()

    @on(Input.Submitted, "#to")
    def _to_is_named(self) -> None:
        """Enter goes to the next field."""
        self.focus_next()

    def _tell_with_it(self) -> None:
        """The files and the fields that go with the text, above it."""
        told = [one.told for one in self.files]
        sets = as_of(self.changes, self.desk.clock.now(), self.desk.zone)
        told += [f"{name} → {value}" for name, value in sets.items()]
        self.query_one("#after-row").display = len(self.letter.after) > 1 and "status" not in sets
        line = self.query_one("#with-it", Static)
        line.display = bool(told)
        line.update(content(f"{'With it':<15}{' · '.join(told)}"))

    def refused(self) -> bool:
        """Say what is missing, and go there."""
        to, party = self.query_one("#to", Input), self.query_one("#party", Input)
        written = self.written
        if written.is_empty:
            return self._refuse(
                "There is nothing to send yet: write something first.", self.query_one(TextArea)
            )
        if party.display and not written.party:
            return self._refuse("Name the party the ticket will wait for.", party)
        if written.kind is LetterKind.FORWARD:
            from agentdesk.domain.identity import email_fault

            if fault := email_fault(written.to):
                return self._refuse(fault, to)
        return False

    def _refuse(self, words: str, at: Any) -> bool:
        self.console.say(words, severity="warning")
        at.focus()
        return True
