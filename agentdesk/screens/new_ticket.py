"""A new ticket: whose, about what, in which queue. A customer nobody knows yet is added with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import line
from agentdesk.domain.vocabulary import Channel, Priority
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.picker import Entry, Picker
from agentdesk.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from agentdesk.store.change import Change

UNNAMED = 0
"""The choice of no queue: the rules decide."""
TOLD = 3
"""Rules that are named; of more, the number is told."""
FOUND = 6
"""Customers offered for what was typed."""


class NewTicketDialog(DeskDialog):
    """Dismissed with the id of the ticket, or None.

    Args:
        desk: The desk.
        ticket_ids: Not used; every dialog is made the same way.
        customer_id: Whose ticket it is, if that is known.
    """

    heading: ClassVar[str] = "New ticket"
    keeps_words: ClassVar[bool] = True
    confirm_label: ClassVar[str] = "Create"

    def __init__(
        self, desk: Desk, ticket_ids: Sequence[int] = (), *, customer_id: int | None = None, **named: Any
    ) -> None:
        del ticket_ids
        super().__init__(desk, (), **named)
        self._customer_id = customer_id

    @property
    def kept_for(self) -> tuple[object, ...]:
        """Words for one customer are not meant for another."""
        return (*super().kept_for, self._customer_id)

    def learn(self) -> None:
        """The queues, and the rules that choose among them where nobody does."""
        from agentdesk.queries import people, routing

        with self.desk.read() as read:
            self._queues = people.queues(read, active_only=True)
            self._rules = [one for one in routing.rules(read) if one.is_active]

    def fields(self) -> ComposeResult:
        """Customer, subject, text, queue, priority, channel."""
        yield field("Customer", Picker(find=self._find, placeholder="name, e-mail or phone", id="customer"))
        yield field("Subject", Input(id="subject", placeholder="what it is about", compact=True))
        yield field(
            "They said",
            WritingArea(
                id="body",
                compact=True,
                show_line_numbers=False,
                placeholder="the customer's words; may stay empty",
            ),
        )
        listed = [("by the rules" if self._rules else "none", UNNAMED)]
        listed += [(line(one.name), one.id) for one in self._queues]
        is_plain = not self._rules and len(self._queues) == 1
        first = self._queues[0].id if is_plain else UNNAMED
        yield field("Queue", Choice(listed, value=first, id="queue"))
        yield field(
            "Priority", Choice([(one.value, one.value) for one in Priority], value="normal", id="priority")
        )
        channels = [(one.value, one.value) for one in Channel]
        yield field("Channel", Choice(channels, value=Channel.PHONE.value, id="channel"))

    def sentence(self) -> str:
        """What will be made, and where it goes."""
        return f"{self._made()} {self._queue_words()}".strip()

    def _queue_words(self) -> str:
        """Which queues the rules may choose; empty where one was named."""
        if self.query_one("#queue", Choice).chosen != UNNAMED:
            return ""
        if not self._rules:
            return "It waits in no queue."
        told = ", ".join(f"{line(one.name)} → {line(one.queue)}" for one in self._rules[:TOLD])
        more = len(self._rules) - TOLD
        others = f" and {more} more" if more > 0 else ""
        return f"Its queue is by the first rule that fits ({told}{others}), else none."

    def _made(self) -> str:
        entry = self.query_one("#customer", Picker).entry
        if entry is None or entry.value is None:
            return "A new ticket without a customer. Type a name or an address to find one."
        if isinstance(entry.value, str):
            return f"A new ticket, and {entry.value} becomes a new customer. One undo takes both back."
        return f"A new ticket for {entry.name}."

    @on(Picker.Highlighted)
    @on(Choice.Changed, "#queue")
    @on(Input.Changed, "#subject")
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_confirm(self) -> None:
        """Create it."""
        subject = self.query_one("#subject", Input)
        if not subject.value.strip():
            self.refuse("Say what it is about: a ticket needs a subject.", subject)
            return
        entry = self.query_one("#customer", Picker).entry
        whose = entry.value if entry else None
        values: dict[str, Any] = {
            "subject": subject.value,
            "body": self.query_one("#body", WritingArea).text.strip(),
            "queue_id": self.query_one("#queue", Choice).chosen or None,
            "priority": self.query_one("#priority", Choice).chosen or Priority.NORMAL.value,
            "channel": self.query_one("#channel", Choice).chosen or Channel.OTHER.value,
        }

        def create(change: "Change") -> Any:
            from agentdesk import services

            customer_id = whose
            if isinstance(whose, str):
                address = whose if "@" in whose else None
                customer_id = services.create_customer(change, name=whose, email=address).id
            return services.create_ticket(change, customer_id=customer_id, **values).id

        self.carry_out(f"Created “{line(subject.value.strip())}”", create)

    def _find(self, typed: str) -> list[Entry]:
        """Customers who fit, and the one that could be added."""
        from agentdesk.queries import customers

        with self.desk.read() as read:
            if not typed.strip():
                row = customers.by_id(read, self._customer_id) if self._customer_id is not None else None
                rows = [row] if row else []
            else:
                rows = customers.find(read, typed, limit=FOUND)
        entries = [
            Entry(row.id, line(row.name), line(" · ".join(filter(None, (row.email, row.organization)))))
            for row in rows
        ]
        if not typed.strip():
            return [*entries, Entry(None, "no customer yet", "")]
        return [*entries, Entry(typed.strip(), line(typed.strip()), "a new customer")]
