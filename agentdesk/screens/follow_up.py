"""A closed ticket takes no more words: what is to be said goes on a follow-up, or on the ticket it is part of."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog, field

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class FollowUpDialog(DeskDialog):
    """Enter writes the follow-up; of a merged ticket it opens the one it is part of."""

    confirm_label: ClassVar[str] = "Write it"

    def learn(self) -> None:
        """Why nothing more is said here."""
        from agentdesk.queries.ticket_detail import ticket_detail

        with self.desk.read() as read:
            found = ticket_detail(read, self.ticket_ids[0])
        self._subject = "" if found is None else found.subject
        self._into = None if found is None else found.merged_into_id
        self._is_closed = found is not None and found.status == "closed"
        if self._into is not None:
            self.confirm_label = f"Open {ticket_ref(self._into)}"  # type: ignore[misc]  # the way on

    @property
    def title_words(self) -> str:
        """What it is."""
        if self._into is not None:
            return f"{self.what} is part of {ticket_ref(self._into)}"
        return f"{self.what} is closed" if self._is_closed else f"{self.what} is not closed"

    def fields(self) -> ComposeResult:
        """What the follow-up is about."""
        if self._into is None and self._is_closed:
            yield field("Subject", Input(line(self._subject), id="subject", compact=True, classes="wide"))

    def begin(self) -> None:
        """Enter goes on."""
        self.query_one("#subject" if self._into is None and self._is_closed else "#confirm").focus()

    def sentence(self) -> str:
        """What enter does."""
        if self._into is not None:
            return f"What is said to {self.what} is answered on {ticket_ref(self._into)}: enter opens it."
        if not self._is_closed:
            return f"{self.what} takes words itself: r replies."
        return f"{self.what} stays closed. Enter opens a follow-up for the same customer that is yours, to write there."

    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Open the follow-up and begin to write."""
        if self._into is not None:
            self.dismiss(None)
            self.console.open_ticket(self._into)
            return
        if not self._is_closed:
            self.refuse(self.sentence())
            return
        subject = self.query_one("#subject", Input).value

        def follow(change: "Change") -> Any:
            from agentdesk import services

            return services.follow_up_ticket(change, self.ticket_ids[0], subject=subject).id

        self.carry_out(f"Opened a follow-up of {self.what}", follow)
