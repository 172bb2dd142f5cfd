"""What is found stands for tickets: those of the marked hits, else that of the highlighted one, take every command."""

from typing import Any

from agentdesk.desk import Desk
from agentdesk.queries.search import Hit, tickets_of
from agentdesk.screens.frame import DeskScreen
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.table import LineTable


class FoundTickets(DeskScreen):
    """A list of hits that is acted on like a queue."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.marked_tickets: list[int] = []

    @property
    def table(self) -> LineTable[Hit]:
        """The hits."""
        return self.query_one("#list", LineTable)

    def keep_tickets(self) -> None:
        """Know the tickets of the marked hits."""
        self.marked_tickets = self._tickets_of(sorted(self.table.marks))

    def acting_on(self) -> list[int]:
        """The tickets of the marked hits, else that of the highlighted one."""
        return self.marked_tickets if self.table.marks else self._tickets_of(self.table.chosen())

    def merged(self, survivor: int) -> None:
        """What was marked for it is done with."""
        self.table.unmark()
        super().merged(survivor)

    def customer_here(self) -> int | None:
        """The customer of the highlighted hit."""
        row = self.table.row
        return None if row is None else row.customer_id

    def action_why(self) -> None:
        """Why the ticket stands where it does in the queue."""
        from agentdesk.queries.tickets import SORTS, by_ids
        from agentdesk.screens.queue_words import why

        if not (ids := self.acting_on()):
            self.console.say("No ticket is highlighted here.", severity="warning")
            return
        with self.desk.read() as read:
            rows = by_ids(read, ids[:1])
        self.console.say(why(rows[0], self.desk.clock.now(), SORTS["attention"], descending=False))

    def look_beside(self) -> None:
        """Show the highlighted hit whole, where there is room beside the list."""
        row, whole = self.table.row, self.query_one(ConversationView)
        if row is None or not whole.display:
            return
        if row.ticket_id is None:
            whole.put_text(row.title, row.excerpt)
            return
        ticket_id, message_id = row.ticket_id, row.id if row.kind == "message" else None

        def read() -> Any:
            from agentdesk.screens.queue_reads import read_beside

            return read_beside(self.desk, ticket_id, with_customer=False)

        def take(found: Any) -> None:
            if found is not None and self.table.row is row:
                whole.show(
                    found.detail, found.messages, found.history, found.now, self.desk.zone, at=message_id
                )

        self.read_then(read, take, group="beside")

    def action_preview(self) -> None:
        """Show or hide the hit whole."""
        self.toggle_class("-no-preview" if self.has_class("-wide") else "-with-preview")
        self.call_after_refresh(self.look_beside)

    def _tickets_of(self, keys: list[int]) -> list[int]:
        with self.desk.read() as read:
            return tickets_of(read, keys)
