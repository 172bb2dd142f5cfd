"""The figures of the top line, for screens that read nothing else of the queue."""

from datetime import datetime

from agentdesk.queries.views import Pulse, late_and_next
from agentdesk.screens.frame import Page
from agentdesk.widgets.top_bar import TopBar


def tell_pulse(page: Page) -> None:
    """Bring them up to date."""

    def read() -> tuple[Pulse, datetime]:
        with page.desk.read() as read:
            return late_and_next(read), read.now

    page.read_then(read, lambda found: page.query_one(TopBar).show_pulse(*found), group="pulse")
