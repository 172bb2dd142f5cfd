"""The smallest Textual app that paints a line: what the first paint is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """The line the bench waits for."""
        yield Static("T-1001 a line")


Minimal().run()
