"""Pick a macro and see what it does before it does it: to the ticket, or to every marked one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from agentdesk.domain.macro import as_of, change_words
from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog
from agentdesk.screens.macro_preview import (
    SeenPicker,
    changed_by,
    preview_of_many,
    preview_of_one,
    short_words,
    use_of,
)
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.queries.macros import MacroRow, Outcome
    from agentdesk.store.change import Change

NONE = "There is no macro yet. Add one: agentdesk macro add 'Ask for the order' --shared --body 'Which order is it?'"


class MacroDialog(DeskDialog):
    """Dismissed with a `MacroUse` where its text has to be seen in the editor first; else it applies the macro itself."""

    heading: ClassVar[str] = "Macro for {what}"
    confirm_label: ClassVar[str] = "Apply"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def learn(self) -> None:
        """The macros, those of the tickets' categories first."""
        from agentdesk.queries import macros, tickets

        self._shown: MacroRow | None = None
        self._is_idle = False
        with self.desk.read() as read:
            found = tickets.by_ids(read, self.ticket_ids)
            self._rows = {
                one.id: one for one in macros.by_use(macros.macros(read), [one.category for one in found])
            }

    def fields(self) -> ComposeResult:
        """The list, and beside or below it what the highlighted one does."""
        with Vertical(id="macro-sides"):
            yield SeenPicker(self.entries(), placeholder="type to search")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="preview-text")

    def entries(self) -> list[Entry]:
        """Every macro, with what it is."""
        return [Entry(one.id, one.name, short_words(one, one.category)) for one in self._rows.values()]

    def aside(self) -> str:
        """How a long text is read."""
        return "PgDn reads on"

    def begin(self) -> None:
        """Search at once."""
        self.query_one(Picker).query_one("Input").focus()

    def sentence(self) -> str:
        """What confirming does."""
        if not self._rows:
            return NONE
        row = self._shown
        if row is None:
            return "Nothing fits these words." if self.query_one(Picker).has_nothing else ""
        if len(self.ticket_ids) == 1 and row.body.strip():
            return "Opens the editor with this text; the fields are set when it is sent."
        if self._is_idle:
            return f"“{line(row.name)}” would change none of the {self.what}: the preview says why."
        if len(self.ticket_ids) > 1:
            return "Confirm shows once more who changes and who cannot; then one z takes all of it back."
        return "All of it is one change: z takes it back."

    @on(Picker.Highlighted)
    def _look(self, event: Picker.Highlighted) -> None:
        """Read what the highlighted macro would do, in a thread: there may be many tickets."""
        self._shown = None if event.entry is None else self._rows.get(event.entry.value)
        if self._shown is None:
            self._show(None, [])
            return
        self.run_worker(self._read, thread=True, group="preview", exclusive=True, exit_on_error=False)

    def _read(self) -> None:
        row, worker = self._shown, get_current_worker()
        if row is not None:
            found = self._outcomes_of(row)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._show, row, found)

    def _outcomes_of(self, row: "MacroRow") -> "list[Outcome]":
        from agentdesk.queries import macros

        with self.desk.read() as read:
            return macros.outcomes(read, row, self.ticket_ids, me=self.desk.actor.handle, zone=self.desk.zone)

    def _show(self, row: "MacroRow | None", found: "Sequence[Outcome]") -> None:
        told = Content("")
        self._is_idle = row is not None and len(found) > 1 and not changed_by(row, found)
        self.query_one("#confirm").display = not self._is_idle
        if row is not None and found:
            sets = change_words(as_of(row.changes, self.desk.clock.now(), self.desk.zone))
            told = preview_of_one(row, found[0]) if len(found) == 1 else preview_of_many(row, found, sets)
        self.query_one("#preview-text", Static).update(told)
        self.query_one("#preview", VerticalScroll).scroll_home(animate=False)
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Apply it, or hand its text to the editor; of several, each is looked at once more before."""
        entry = self.query_one(Picker).entry
        row = None if entry is None else self._rows[entry.value]
        if row is None:
            self.refuse("Pick a macro." if self._rows else NONE)
        elif self._is_idle and row is self._shown:
            self.refuse(self.sentence())
        elif len(self.ticket_ids) > 1 or not row.body.strip():
            self._apply(row)
        else:
            self._hand_over(row, *self._outcomes_of(row))

    def _hand_over(self, row: "MacroRow", outcome: "Outcome") -> None:
        if outcome.refusal:
            self.refuse(f"{outcome.ticket.ref} {outcome.refusal}.")
        else:
            self.dismiss(use_of(row, outcome))

    def _apply(self, row: "MacroRow") -> None:
        zone = self.desk.zone

        def apply(change: "Change", ticket_id: int) -> None:
            from agentdesk import services

            services.apply_macro(change, row.id, ticket_id, zone=zone)

        self.carry_out_each(f"Applied “{row.name}” to {{what}}", apply)
