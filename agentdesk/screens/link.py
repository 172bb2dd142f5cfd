"""How tickets belong to another one, without becoming one with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.desk import Desk
from agentdesk.domain.merging import link_words
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import LinkKind
from agentdesk.screens.dialog import field
from agentdesk.screens.merge import TargetDialog
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.picker import Picker

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class LinkDialog(TargetDialog):
    """A kind and a ticket.

    Args:
        desk: The desk.
        ticket_ids: The tickets to link.
        other: The ticket to link to, where it is chosen already.
    """

    heading: ClassVar[str] = "Link {what}"
    confirm_label: ClassVar[str] = "Link"

    def __init__(
        self, desk: Desk, ticket_ids: Sequence[int] = (), *, other: int | None = None, **named: Any
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._other = other

    def fields(self) -> ComposeResult:
        """The ticket, then how it belongs."""
        if self._other is None:
            yield Picker(find=self.find, placeholder="type T-1042 or words; or choose below")
        kinds = [(link_words(one, is_first=True), one.value) for one in LinkKind]
        yield field("It is", Choice(kinds, value=LinkKind.RELATED.value, id="kind"))

    def begin(self) -> None:
        """Begin with what is not known yet."""
        if self._other is None:
            super().begin()
        else:
            self.query_one("#kind").focus()

    def sentence(self) -> str:
        """How the link will read."""
        other = self._target()
        if other is None:
            return "No ticket fits. Type a number or words."
        kind = self.query_one("#kind", Choice).chosen or LinkKind.RELATED.value
        return f"{self.what} will be {link_words(kind, is_first=True)} {ticket_ref(other)}. Nothing else changes."

    def _target(self) -> int | None:
        if self._other is not None:
            return self._other
        entry = self.query_one(Picker).entry
        return None if entry is None else int(entry.value)

    @on(Picker.Highlighted)
    @on(Choice.Changed, "#kind")
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def _picked(self) -> None:
        self.query_one("#kind").focus()
        self.retell()

    def action_confirm(self) -> None:
        """Link them."""
        other = self._target()
        if other is None:
            self.refuse(self.sentence())
            return
        kind = self.query_one("#kind", Choice).chosen or LinkKind.RELATED.value

        def link(change: "Change") -> Any:
            from agentdesk import services

            for ticket_id in self.ticket_ids:
                services.link_tickets(change, ticket_id, other, kind)

        self.carry_out(f"{self.what}: {link_words(kind, is_first=True)} {ticket_ref(other)}", link)
