"""What a list of tickets offers while nobody has written one: a practice desk, and how to bring what there is."""

from typing import TYPE_CHECKING, Any, cast

from textual.widgets import Static

from agentdesk.queries.views import View
from agentdesk.screens import queue_words
from agentdesk.screens.frame import DeskScreen

if TYPE_CHECKING:
    from agentdesk.screens.queue_reads import Frame


class FirstRunScreen(DeskScreen):
    """A list of tickets that may be empty."""

    around_list: "Frame | None" = None
    """What was read around the list."""

    @property
    def is_new(self) -> bool:
        """Whether nobody has written a ticket on this desk yet."""
        from agentdesk.screens.queue_reads import is_new

        return is_new(self.desk, self.around_list)

    def tell_empty(self, view: View | None, asked: str = "") -> None:
        """Say what an empty list means, and the next step."""
        from agentdesk.screens.queue_reads import count_customers

        customers = count_customers(self.desk) if self.is_new else None
        self.query_one("#empty", Static).update(queue_words.empty(view, customers=customers, asked=asked))

    def tell_import(self) -> None:
        """Say how to fill an empty desk."""
        self.query_one("#empty", Static).update(queue_words.how_to_import(self.desk.settings.store))

    async def action_practice_here(self) -> None:
        """Open the practice desk."""
        await cast("Any", self.app).action_practice()
