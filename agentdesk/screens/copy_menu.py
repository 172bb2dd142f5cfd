"""What of a ticket can be copied: one list, each line with what it would put on the clipboard."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import block, clip, line
from agentdesk.domain.when import stamp
from agentdesk.queries.ticket_detail import MessageRow, TicketDetail, messages, ticket_detail
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker

_SHOWN = 40


class CopyMenu(DeskDialog):
    """Pick what to copy; it is copied as it is shown, without anything that could act."""

    heading: ClassVar[str] = "Copy from {what}"
    confirm_label: ClassVar[str] = "Copy"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int], **named: object) -> None:
        super().__init__(desk, ticket_ids, **named)
        with desk.read() as read:
            found = ticket_detail(read, ticket_ids[0])
            if found is None:
                raise NotFoundError("ticket", ticket_ref(ticket_ids[0]))
            self._said = messages(read, ticket_ids[0])
        self._ticket: TicketDetail = found

    def fields(self) -> ComposeResult:
        """Everything there is to copy; what is missing says so."""
        yield Picker(
            [
                Entry(text, label, clip(line(text), _SHOWN), refusal="" if text else "there is none")
                for label, text in self._offers()
            ]
        )

    def sentence(self) -> str:
        """Where it goes."""
        return "To the clipboard of your terminal, over ssh too."

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Copy what is under the cursor."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse("Nothing of that name can be copied. Type less.")
            return
        self.dismiss(True)
        self.console.copy(entry.value)

    def _offers(self) -> Iterator[tuple[str, str]]:
        one = self._ticket
        yield "Reference", one.ref
        yield "Reference and subject", f"{one.ref} {line(one.subject)}"
        yield "Subject", line(one.subject)
        yield "Customer", line(one.customer)
        yield "Address", line(one.customer_email)
        yield "Telephone", line(one.customer_phone)
        public = [said for said in self._said if said.visibility == "public"]
        yield "Last message", block(public[-1].body).strip() if public else ""
        yield "Whole conversation", self._conversation(self._said) if self._said else ""
        yield "Conversation without notes", self._conversation(public) if public else ""

    def _conversation(self, said: Sequence[MessageRow]) -> str:
        now, zone = self.desk.clock.now(), self.desk.zone
        parts = [f"{self._ticket.ref} {line(self._ticket.subject)}"]
        for one in said:
            kind = " (internal note)" if one.visibility == "internal" else ""
            parts.append(f"{line(one.author)}, {stamp(one.at, now, zone)}{kind}:\n{block(one.body).strip()}")
        return "\n\n".join(parts)
