"""What a ticket is about, what kind of work it is, where it belongs, and what was promised: one small form.

Law: only what was changed is written, and only if nobody else has changed the ticket meanwhile.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.vocabulary import TicketType
from agentdesk.domain.when import WhenError, parse_when, say_when, write_when
from agentdesk.queries.ticket_detail import TicketDetail, ticket_detail
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.store.change import Change

FIELDS = ("subject", "type", "category", "due")


class EditDialog(DeskDialog):
    """The fields of one ticket that have no dialog of their own."""

    heading: ClassVar[str] = "Edit {what}"
    keeps_words: ClassVar[bool] = True
    confirm_label: ClassVar[str] = "Save"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int] = (), **named: Any) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._ticket = self._find(ticket_ids[0])
        next_status(
            self.what, self._ticket.status, Action.ASSIGN
        )  # a closed one is refused before anything is typed
        one = self._ticket
        due = write_when(one.due_at, desk.zone) if one.due_at else ""
        self._was = dict(zip(FIELDS, (one.subject, one.type, one.category or "", due), strict=True))

    def fields(self) -> ComposeResult:
        """The four, as they are now."""
        was = {name: line(value) for name, value in self._was.items()}
        kinds = [(one.value, one.value) for one in TicketType]
        yield field("Subject", Input(was["subject"], id="subject", compact=True, classes="wide"))
        yield field("Type", Choice(kinds, value=self._was["type"], id="type"))
        yield field("Category", Input(was["category"], id="category", compact=True))
        yield field(
            "Due",
            Input(was["due"], id="due", placeholder="no promise", compact=True),
            Static(content("4h, tomorrow 9:00, a date; empty takes the promise away"), classes="hint"),
        )

    def sentence(self) -> str:
        """Which fields will change, and how the promise is understood."""
        changed = self._changed()
        if not changed:
            return "Nothing is changed yet."
        try:
            told = [self._told(name, text) for name, text in changed.items()]
        except WhenError as error:
            return str(error)
        return f"{self.what}: {'; '.join(told)}."

    @on(Input.Changed)
    @on(Choice.Changed)
    def _tell(self) -> None:
        self.retell()

    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Save what was changed."""
        changed = self._changed()
        if not changed:
            self.dismiss(None)
            return
        if not changed.get("subject", "something").strip():
            self.refuse("A ticket needs a subject.", self.query_one("#subject"))
            return

        def edit(change: "Change") -> Any:
            from agentdesk import services

            values = services.parse_edits(change, changed, self.desk.zone)
            services.edit_ticket(change, self._ticket.id, values, expected_version=self._ticket.version)

        self.carry_out(f"Changed {' and '.join(changed)} of {self.what}", edit)

    def _find(self, ticket_id: int) -> TicketDetail:
        with self.desk.read() as read:
            found = ticket_detail(read, ticket_id)
        if found is None:
            raise NotFoundError("ticket", ticket_ref(ticket_id))
        return found

    def _changed(self) -> dict[str, str]:
        typed = {name: self.query_one(f"#{name}", Input).value for name in FIELDS if name != "type"}
        typed["type"] = str(self.query_one("#type", Choice).chosen or self._was["type"])
        return {
            name: typed[name].strip()
            for name in FIELDS
            if typed[name].strip() != line(self._was[name]).strip()
        }

    def _told(self, name: str, text: str) -> str:
        if not text:
            return f"no {name}"
        if name == "due":
            now = self.desk.clock.now()
            return f"due {say_when(parse_when(text, now, self.desk.zone), now, self.desk.zone)}"
        return f"{name} {clip(line(text), 40)}"
