"""How much a delay hurts."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from agentdesk.domain.vocabulary import Priority
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.picker import Entry, Picker
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.store.change import Change

_ABOUT = {
    Priority.URGENT: "!! many customers, or work has stopped",
    Priority.HIGH: "! one important thing does not work",
    Priority.NORMAL: "it matters, and there is a way around",
    Priority.LOW: "when there is time",
}


class PriorityDialog(DeskDialog):
    """Four words, and why."""

    heading: ClassVar[str] = "Priority of {what}"
    confirm_label: ClassVar[str] = "Set"

    def learn(self) -> None:
        """What they are now."""
        from agentdesk.queries import tickets

        with self.desk.read() as read:
            self._now = {row.priority for row in tickets.by_ids(read, self.ticket_ids)}

    def fields(self) -> ComposeResult:
        """The four, with the present one under the cursor."""
        at = next(iter(self._now)) if len(self._now) == 1 else None
        yield Picker([Entry(one.value, one.value, about) for one, about in _ABOUT.items()], at=at)
        yield field(
            "Why",
            Input(id="reason", compact=True),
            Static(content("optional, for the history"), classes="hint"),
        )

    def sentence(self) -> str:
        """What the order of the queue will make of it."""
        entry = self.query_one(Picker).entry
        if entry is None:
            return "There are four: urgent, high, normal, low."
        if self._now == {entry.value}:
            return f"{self.what} is {entry.value} already; nothing will change."
        was = f"from {next(iter(self._now))} " if len(self._now) == 1 else ""
        return f"{self.what} will go {was}to {entry.value}, and the queue is sorted anew. Promises stay as they are."

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    @on(Input.Submitted, "#reason")
    def action_confirm(self) -> None:
        """Set the one under the cursor."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self.sentence())
            return
        reason = self.query_one("#reason", Input).value.strip()

        def edit(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            return services.edit_ticket(change, ticket_id, {"priority": entry.value}, reason=reason)

        self.carry_out_each(f"Set {{what}} to {entry.value}", edit)
