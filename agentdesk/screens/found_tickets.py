"""What is found stands for tickets: those of the marked hits, else that of the highlighted one, take every command."""

from typing import Any

from agentdesk.desk import Desk
from agentdesk.queries.search import Hit, tickets_of
from agentdesk.screens.frame import DeskScreen
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

    def _tickets_of(self, keys: list[int]) -> list[int]:
        with self.desk.read() as read:
            return tickets_of(read, keys)
