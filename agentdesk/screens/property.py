"""One property of one ticket, changed where it stands: a line to type in, or a list to choose from.

Law: only this property is written, and only if nobody else has changed the ticket meanwhile.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import line
from agentdesk.domain.vocabulary import Level3, TicketType
from agentdesk.domain.when import WhenError, parse_when, say_when, write_when
from agentdesk.queries.ticket_detail import TicketDetail, ticket_detail
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.store.change import Change

CHOICES: Final = {
    "type": tuple(one.value for one in TicketType),
    "impact": (*(one.value for one in Level3), "none"),
    "urgency": (*(one.value for one in Level3), "none"),
}
HINTS: Final = {
    "subject": "what the ticket is about",
    "category": "no category",
    "due": "4h, tomorrow 9:00, a date; empty takes the promise away",
    "customer": "a name, an address, a telephone number",
}


class PropertyDialog(DeskDialog):
    """Changes one property; dismissed with True once it is saved.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
        name: `subject`, `type`, `category`, `impact`, `urgency`, `due` or `customer`.
    """

    confirm_label: ClassVar[str] = "Save"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int], *, name: str, **named: Any) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._ticket = self._find(ticket_ids[0])
        # A closed one is refused before anything is typed.
        next_status(self.what, self._ticket.status, Action.ASSIGN)
        self._field = name
        self._was = self._value()

    @property
    def title_words(self) -> str:
        """What is changed of which."""
        return f"{self._field.title()} of {self.what}"

    def fields(self) -> ComposeResult:
        """A list where there is one to choose from, else a line."""
        if self._field == "customer":
            yield Picker(find=self._people, placeholder=HINTS["customer"])
        elif self._field in CHOICES:
            yield Picker([Entry(one, one) for one in CHOICES[self._field]], at=self._was or "none")
        else:
            yield Input(line(self._was), id="value", placeholder=HINTS[self._field], compact=True)

    def sentence(self) -> str:
        """What it will be."""
        new = self._new()
        if new is None:
            return (
                "Nobody of that name is known. A new customer comes with a new ticket."
                if self._field == "customer"
                else ""
            )
        if new == self._was:
            return f"It is {self._told(new)} now." if new else f"There is no {self._field} yet."
        try:
            return (
                f"{self.what}: {self._field} {self._told(new)}."
                if new
                else f"{self.what} will have no {self._field}."
            )
        except WhenError as error:
            return str(error)

    @on(Input.Changed)
    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Input.Submitted)
    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Save it."""
        new = self._new()
        if new is None:
            self.refuse(self.sentence())
        elif new == self._was:
            self.dismiss(None)
        else:
            self.carry_out(
                f"Changed the {self._field} of {self.what}", lambda change: self._save(change, new)
            )

    def _save(self, change: "Change", new: Any) -> Any:
        from agentdesk import services

        if self._field == "customer":
            values: Any = {"customer_id": new}
        else:
            values = services.parse_edits(change, {self._field: new}, self.desk.zone)
        services.edit_ticket(change, self._ticket.id, values, expected_version=self._ticket.version)

    def _find(self, ticket_id: int) -> TicketDetail:
        with self.desk.read() as read:
            found = ticket_detail(read, ticket_id)
        if found is None:
            raise NotFoundError("ticket", ticket_ref(ticket_id))
        return found

    def _value(self) -> Any:
        one = self._ticket
        if self._field == "due":
            return write_when(one.due_at, self.desk.zone) if one.due_at else ""
        if self._field == "customer":
            return one.customer_id
        return getattr(one, self._field) or ""

    def _new(self) -> Any:
        """What is chosen or typed; None where nothing is."""
        if self._field == "customer" or self._field in CHOICES:
            entry = self.query_one(Picker).entry
            if entry is None:
                return None
            return "" if entry.value == "none" else entry.value
        return self.query_one("#value", Input).value.strip()

    def _told(self, new: Any) -> str:
        if self._field == "due":
            now = self.desk.clock.now()
            return say_when(parse_when(new, now, self.desk.zone), now, self.desk.zone)
        if self._field == "customer":
            entry = self.query_one(Picker).entry
            return "" if entry is None else entry.name
        return line(new)

    def _people(self, typed: str) -> list[Entry]:
        from agentdesk.queries.customers import find

        if not typed.strip():
            return []
        with self.desk.read() as read:
            rows = find(read, typed, limit=10)
        return [
            Entry(
                row.id,
                line(row.name),
                line(" · ".join(filter(None, (row.email, row.phone, row.organization)))),
            )
            for row in rows
        ]
