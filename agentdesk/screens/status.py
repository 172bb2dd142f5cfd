"""Where a ticket goes next: the moves its state machine has, the others dim with the reason."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from agentdesk.domain.intake import UnfilledError
from agentdesk.domain.lifecycle import action_towards, allowed
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Resolution, Status
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.screens.promise_words import promises_stand
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.picker import Entry, Picker
from agentdesk.widgets.safe import content

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
    "on_hold": "will wait for the party named.",
    "solved": "will be solved. It opens again if the customer answers, and closes by itself after 7 days.",
    "closed": "will be closed for good: only tags and links can change then.",
}
_NEEDS = {"pending": "reason", "on_hold": "party"}
"""The line a waiting status cannot do without."""


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
            field(
                "Why",
                Input(
                    id="reason",
                    placeholder="needed: what do we ask the customer",
                    compact=True,
                    classes="wide",
                ),
            ),
        )
        yield self._extra(
            "party",
            field(
                "Waits for",
                Input(
                    id="party",
                    placeholder="needed: the carrier, a supplier, another team",
                    compact=True,
                    classes="wide",
                ),
            ),
        )
        codes = [(word(one.value), one.value) for one in Resolution]
        yield self._extra(
            "code",
            field(
                "Solved by",
                Choice(codes, value=Resolution.ANSWERED.value, id="code"),
                Static(content("tab goes here, → changes it"), classes="hint"),
            ),
        )

    def aside(self) -> str:
        """The status now."""
        if len(self._statuses) == 1:
            return f"now {word(next(iter(self._statuses)))}"
        return "of several statuses"

    def learn(self) -> None:
        """Where they stand now, what was promised of them, and which forms are not filled in."""
        from agentdesk.queries import intake, pausing, tickets

        with self.desk.read() as read:
            rows = tickets.by_ids(read, self.ticket_ids)
            forms = intake.intakes(read, self.ticket_ids)
            self._pause = pausing.pause_words(pausing.paused_while_pending(read, self.ticket_ids))
        self._statuses = {row.status for row in rows}
        self._unfilled = [
            UnfilledError(ticket_ref(number), form.category, form.missing)
            for number, form in forms.items()
            if form.missing
        ]
        self._due = [(row.due_at, row.id) for row in rows if row.due_at is not None]

    def begin(self) -> None:
        """Show what the first status needs."""
        self._show_extras()

    def sentence(self) -> str:
        """What the move means; once what it needs has the focus, that it is needed."""
        entry = self.query_one(Picker).entry
        if named := self.query_one(Picker).named:
            return f"{self.what} to {named.name}: {named.refusal}. Nothing will change."
        if entry is None and self.query_one(Picker).has_nothing:
            return "No status fits these words: empty the line to see all of them."
        if entry is None:
            return f"{self.what} cannot move from here: each line says why."
        if (missing := self._missing(entry.value)) and missing[1] is self.focused:
            return missing[0]
        if entry.value == Status.SOLVED and (unfilled := self._unfilled_words()):
            return unfilled
        will = f"{self.what} {_WILL[entry.value]}"
        if entry.value in _NEEDS and self._due:
            will += f" {promises_stand(self._due, self.desk.clock.now(), self.desk.zone)}"
        if entry.value == Status.PENDING and self._pause:
            will += f" {self._pause}"
        return will

    def _unfilled_words(self) -> str:
        """Which of them cannot be solved because their form is not complete; empty where all can."""
        if not self._unfilled:
            return ""
        if len(self.ticket_ids) == 1:
            return self._unfilled[0].in_console
        others = len(self.ticket_ids) - len(self._unfilled)
        told = f"{len(self._unfilled)} of {self.what} cannot be solved yet: their form is not filled in."
        return f"{told} {f'The look ahead names them; {others} can.' if others else 'I fills it in, one by one.'}"

    def _missing(self, status: str) -> tuple[str, Input] | None:
        """What a status needs and has not got: in words, and where it goes."""
        name = _NEEDS.get(status)
        if name is None or self.query_one(f"#{name}", Input).value.strip():
            return None
        waits = "it waits" if len(self.ticket_ids) == 1 else "they wait"
        words = {
            "reason": f"Say why {waits}: what do we ask the customer? To write to them instead: esc, then r.",
            "party": f"Name the party {waits} for: enter sets it then.",
        }
        return words[name], self.query_one(f"#{name}", Input)

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self._show_extras()
        self.retell()

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        if missing := self._missing(event.entry.value):
            self.set_focus(missing[1])
            self.retell()
        else:
            self.action_confirm()

    @on(Input.Changed, "#reason, #party")
    def _being_said(self) -> None:
        self.retell()

    @on(Input.Submitted, "#reason, #party")
    def action_confirm(self) -> None:
        """Make the move, if it is complete."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self.sentence())
            return
        reason, party = self.query_one("#reason", Input), self.query_one("#party", Input)
        if missing := self._missing(entry.value):
            self.refuse(*missing)
        elif entry.value == Status.SOLVED and len(self._unfilled) == len(self.ticket_ids):
            self.refuse(self._unfilled_words())
        else:
            self._move(entry.value, reason.value.strip(), party.value.strip())

    def _move(self, status: str, reason: str, party: str) -> None:
        code = self.query_one("#code", Choice).chosen or Resolution.ANSWERED.value

        def move(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            return services.set_status(
                change, ticket_id, status, reason=reason, waiting_for=party, resolution=code
            )

        self.carry_out_each(f"Set {{what}} to {word(status)}", move)

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
            refusal = "" if "" in reasons else min(reasons, default="")
            entries.append(Entry(status.value, word(status.value), about, refusal))
        return entries
