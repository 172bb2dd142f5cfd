"""Which of the tickets that were merged comes out again."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class UnmergeDialog(DeskDialog):
    """A merged ticket itself, or one of those that were merged into this one."""

    heading: ClassVar[str] = "Take apart {what}"
    confirm_label: ClassVar[str] = "Take out"

    def learn(self) -> None:
        """What is part of what."""
        from agentdesk.queries.relations import relations

        number = self.ticket_ids[0]
        with self.desk.read() as read:
            groups = {one.key: one.rows for one in relations(read, number)}
        self._target = {one.ticket.id: ticket_ref(number) for one in groups.get("merged", ())}
        self._entries = [
            Entry(one.ticket.id, f"{one.ticket.ref}  {line(one.ticket.subject)}", line(one.ticket.customer))
            for one in groups.get("merged", ())
        ]
        for one in groups.get("merged_into", ()):
            self._target[number] = one.ticket.ref
            self._entries.insert(
                0, Entry(number, ticket_ref(number), f"this ticket, part of {one.ticket.ref}")
            )

    def fields(self) -> ComposeResult:
        """Each that can come out."""
        yield Picker(self._entries, placeholder="type to filter")

    def sentence(self) -> str:
        """What comes out as what."""
        entry = self.query_one(Picker).entry
        if entry is None:
            return f"{self.what} was not merged, and nothing was merged into it. M merges."
        ref, there = ticket_ref(entry.value), self._target[entry.value]
        return (
            f"{ref} will be as it was before the merge, with what its customer wrote to it since. "
            f"What was said on {there} stays there; if only the merge opened it, it goes back too."
        )

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Take it out."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self.sentence())
            return
        number = entry.value

        def apart(change: "Change") -> Any:
            from agentdesk import services

            services.unmerge_ticket(change, number)

        self.carry_out(f"Took {ticket_ref(number)} out of {self._target[number]}", apart)
