"""Today's queue report, the same figures that `agentdesk report queue` prints."""

from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from agentdesk.screens.reading import ReadingPage
from agentdesk.widgets.safe import body


class ReportsScreen(ReadingPage):
    """The daily report of the queue."""

    mode: ClassVar[str] = "reports"

    def refresh_data(self) -> None:
        """Build it again as of now."""
        if not self.query("#text"):
            return
        width = max(min(self.size.width - 8, 100), 60)
        if not self.is_there:
            self.query_one("#text", Static).update(Content.styled("Reading…", "$faint"))
        self.read_then(lambda: self._build(width), lambda text: self.put(body(text, "$ink")), group="report")

    def _build(self, width: int) -> str:
        from agentdesk.reports.renderers import RENDERERS
        from agentdesk.reports.renderers.base import RenderOptions
        from agentdesk.reports.run import run_report

        with self.desk.read() as read:
            page = run_report(read, "queue", zone=self.desk.zone, store=str(self.desk.store.location))
        return RENDERERS["text"].render(page, RenderOptions(width=width))
