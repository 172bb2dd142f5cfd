"""Today's queue report, the same figures that `agentdesk report queue` prints."""

from typing import ClassVar, Final

from textual.content import Content
from textual.widgets import Static

from agentdesk.screens.reading import ReadingPage
from agentdesk.widgets.safe import body

MOST: Final = 100
"""Cells of a line at most."""
_AROUND: Final = 8
"""Cells of a line of the terminal that are not the report's."""


class ReportsScreen(ReadingPage):
    """The daily report of the queue."""

    mode: ClassVar[str] = "reports"
    _width = 0

    def on_resize(self) -> None:
        """Lay it out anew where the lines have another length now."""
        if self._width not in (0, min(self.size.width - _AROUND, MOST)):
            self.refresh_data()

    def refresh_data(self) -> None:
        """Build it again as of now."""
        if not self.query("#text"):
            return
        self._width = width = min(self.size.width - _AROUND, MOST)
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
