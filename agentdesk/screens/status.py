"""Where a ticket goes next: the moves its state machine has, the others dim with the reason."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from agentdesk.domain.lifecycle import action_towards, allowed
from agentdesk.domain.vocabulary import Resolution, Status
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.store.change import Change

_ABOUT = {
    Status.OPEN: "somebody works on it",
    Status.PENDING: "waits for the customer",
    Status.ON_HOLD: "waits for somebody else",
    Status.SOLVED: "done; an answer opens it again",
    Status.CLOSED: "for good; an answer starts a follow-up",
}
_WILL = {
    "open": "will be open: somebody works on it.",
    "pending": "will wait for the customer and open again when they answer.",
    "on_hold": "will wait for the party named. Its promises keep running.",
    "solved": "will be solved. It opens again if the customer answers, and closes by itself after 7 days.",
    "closed": "will be closed for good: only tags and links can change then.",
}


def word(status: str) -> str:
    """`on hold` for `on_hold`."""
    return status.replace("_", " ")


def refusal_of(current: str, wanted: str) -> str:
    """Why a ticket in `current` cannot become `wanted`; empty when it can."""
    if current == wanted:
        return "it is so already"
    waiting = (Status.PENDING.value, Status.ON_HOLD.value)
    if current in waiting and wanted in waiting:
        return ""
    action = action_towards(current, wanted)
    if action is not None and action in allowed(current):
        return ""
    if current == Status.CLOSED:
        return "a closed ticket stays closed; write a follow-up"
    return "solve it first" if wanted == Status.CLOSED else "reopen it first"


class StatusDialog(DeskDialog):
    """Pick a status; what it needs to be complete appears below."""

    heading: ClassVar[str] = "Status of {what}"
    confirm_label: ClassVar[str] = "Set"

    def fields(self) -> ComposeResult:
        """Every status with its reason to be or not to be, and the fields some of them need."""
        yield Picker(self._entries(), placeholder="type to filter")
        yield self._extra(
            "reason",
            field("Why", Input(id="reason", placeholder="what do we ask the customer for?", compact=True)),
        )
        yield self._extra(
            "party",
            field(
                "Waits for",
                Input(id="party", placeholder="the carrier, a supplier, another team", compact=True),
            ),
        )
        codes = [(word(one.value), one.value) for one in Resolution]
        yield self._extra(
            "code", field("Solved by", Choice(codes, value=Resolution.ANSWERED.value, id="code"))
        )

    def aside(self) -> str:
        """The status now."""
        if len(self._statuses) == 1:
            return f"now {word(next(iter(self._statuses)))}"
        return "of several statuses"

    def learn(self) -> None:
        """Where they stand now."""
        from agentdesk.queries import tickets

        with self.desk.read() as read:
            self._statuses = {row.status for row in tickets.by_ids(read, self.ticket_ids)}

    def begin(self) -> None:
        """Show what the first status needs."""
        self._show_extras()

    def sentence(self) -> str:
        """What the move means."""
        entry = self.query_one(Picker).entry
        if entry is None:
            return f"{self.what} cannot move from here: each line says why."
        return f"{self.what} {_WILL[entry.value]}"

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self._show_extras()
        self.retell()

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        needed = {"pending": "#reason", "on_hold": "#party", "solved": "#code"}.get(event.entry.value)
        if needed:
            self.query_one(needed).focus()
        else:
            self.action_confirm()

    @on(Input.Submitted, "#reason, #party")
    def action_confirm(self) -> None:
        """Make the move, if it is complete."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self.sentence())
            return
        reason, party = self.query_one("#reason", Input), self.query_one("#party", Input)
        if entry.value == "pending" and not reason.value.strip():
            self.refuse("Say why it waits for the customer, or reply to them (esc, then r).", reason)
        elif entry.value == "on_hold" and not party.value.strip():
            self.refuse("Name the party it waits for.", party)
        else:
            self._move(entry.value, reason.value.strip(), party.value.strip())

    def _move(self, status: str, reason: str, party: str) -> None:
        code = self.query_one("#code", Choice).chosen or Resolution.ANSWERED.value

        def move(change: "Change") -> Any:
            from agentdesk import services

            for ticket_id in self.ticket_ids:
                services.set_status(
                    change, ticket_id, status, reason=reason, waiting_for=party, resolution=code
                )

        self.carry_out(f"Set {self.what} to {word(status)}", move)

    def _extra(self, name: str, row: Horizontal) -> Horizontal:
        row.id = f"extra-{name}"
        return row

    def _show_extras(self) -> None:
        entry = self.query_one(Picker).entry
        wanted = entry.value if entry else ""
        for name, status in (("reason", "pending"), ("party", "on_hold"), ("code", "solved")):
            self.query_one(f"#extra-{name}").display = wanted == status

    def _entries(self) -> list[Entry]:
        entries = []
        for status, about in _ABOUT.items():
            reasons = {refusal_of(current, status.value) for current in self._statuses}
            refusal = next((one for one in sorted(reasons) if one), "")
            entries.append(Entry(status.value, word(status.value), about, refusal))
        return entries
