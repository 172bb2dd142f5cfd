"""A message that is about something else gets a ticket of its own."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.domain.merging import subject_of
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.vocabulary import AuthorKind
from agentdesk.domain.when import stamp
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class SplitDialog(DeskDialog):
    """The customer's messages, the latest first, and what the new ticket is about."""

    heading: ClassVar[str] = "Split a message off {what}"
    confirm_label: ClassVar[str] = "Split"

    def learn(self) -> None:
        """What the customer has written."""
        from agentdesk.queries.ticket_detail import messages

        with self.desk.read() as read:
            said = messages(read, self.ticket_ids[0])
        self._said = {one.id: one for one in reversed(said) if one.author_kind == AuthorKind.CUSTOMER}
        self._proposed = ""

    def fields(self) -> ComposeResult:
        """The messages, then the subject."""
        now, zone = self.desk.clock.now(), self.desk.zone
        entries = [
            Entry(
                one.id,
                clip(line(subject_of(one.body)), 34),
                f"{line(one.author)} · {stamp(one.at, now, zone)}",
            )
            for one in self._said.values()
        ]
        yield Picker(entries, placeholder="type to filter")
        yield field(
            "Subject", Input(id="subject", compact=True, classes="wide", placeholder="what it is about")
        )

    def begin(self) -> None:
        """Propose the first line."""
        self._propose()

    def sentence(self) -> str:
        """What will be there afterwards."""
        entry = self.query_one(Picker).entry
        if entry is None:
            return "The customer has written nothing here: there is nothing to split off."
        at = stamp(self._said[entry.value].at, self.desk.clock.now(), self.desk.zone)
        return (
            f"A new ticket for the same customer will hold a copy of this message and its files, and wait since {at}. "
            f"The message stays on {self.what}; both are linked."
        )

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self._propose()
        self.retell()

    @on(Picker.Picked)
    def _picked(self) -> None:
        self.query_one("#subject").focus()

    def _propose(self) -> None:
        """The first line of the message, unless something else was typed."""
        entry, subject = self.query_one(Picker).entry, self.query_one("#subject", Input)
        if entry is not None and subject.value == self._proposed:
            self._proposed = line(subject_of(self._said[entry.value].body))
            subject.value = self._proposed

    @on(Input.Submitted, "#subject")
    def action_confirm(self) -> None:
        """Split it off, and go there."""
        entry, subject = self.query_one(Picker).entry, self.query_one("#subject", Input)
        if entry is None:
            self.refuse(self.sentence())
            return
        if not subject.value.strip():
            self.refuse("Write what the new ticket is about.", subject)
            return
        number, told = entry.value, subject.value

        def split(change: "Change") -> Any:
            from agentdesk import services

            new = services.split_message(change, self.ticket_ids[0], number, subject=told)
            change.summary = f"split {ticket_ref(new.id or 0)} off {self.what}"
            return new.id

        self.carry_out(f"Split a message off {self.what}", split)
