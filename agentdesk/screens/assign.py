"""Who takes care of it: an agent, a queue, or nobody for now."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.store.change import Change

Target = tuple[str, int | None]
"""`("agent", id)`, `("agent", None)` for nobody, or `("queue", id)`."""


class AssignDialog(DeskDialog):
    """Type a name; enter assigns."""

    heading: ClassVar[str] = "Assign {what}"
    confirm_label: ClassVar[str] = "Assign"

    def learn(self) -> None:
        """Who has them now, and where they stand."""
        from agentdesk.queries import tickets

        with self.desk.read() as read:
            self._now = [(row.assignee, row.queue) for row in tickets.by_ids(read, self.ticket_ids)]

    def fields(self) -> ComposeResult:
        """Everybody who works here with how much they have, then every queue."""
        yield Picker(self._entries(), placeholder="type a name or a queue")

    def sentence(self) -> str:
        """Who will have it."""
        entry = self.query_one(Picker).entry
        if entry is None:
            return "Nobody of that name works here. Type less."
        kind, number = entry.value
        name = None if kind == "agent" and number is None else entry.name
        if self._now and all((line(one[kind == "queue"] or "") or None) == name for one in self._now):
            return f"{self.what}: {'it is' if len(self._now) == 1 else 'they are'} so already; nothing will change."
        if kind == "queue":
            return f"{self.what} will stand in the queue {entry.name}. Who has it does not change."
        if number is None:
            return f"{self.what} will belong to nobody and wait in its queue."
        return f"{self.what} will belong to {entry.name}. A new ticket becomes open; its queue stays."

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Assign to the one under the cursor."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self.sentence())
            return
        kind, number = entry.value
        whom = "nobody" if number is None else entry.name

        def assign(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            if kind == "queue":
                return services.move_ticket(change, ticket_id, queue_id=number)
            return services.assign_ticket(change, ticket_id, to=number)

        self.carry_out_each(f"{'Moved' if kind == 'queue' else 'Assigned'} {{what}} to {whom}", assign)

    def _entries(self) -> list[Entry]:
        from agentdesk.queries import people

        with self.desk.read() as read:
            agents, queues = people.agents(read), people.queues(read)
        agents = sorted(agents, key=lambda one: one.id != self.desk.actor.id)
        entries = [
            Entry(("agent", one.id), line(one.handle), f"{line(one.name)} · {one.open_tickets} open")
            for one in agents
            if one.is_active
        ]
        entries.append(Entry(("agent", None), "nobody", "back to its queue"))
        entries += [
            Entry(("queue", one.id), line(one.name), f"queue · {one.open_tickets} open") for one in queues
        ]
        return entries
