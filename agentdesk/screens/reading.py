"""A page that is read: a frame, a text, and keys to scroll it."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.screens.frame import Page
from agentdesk.screens.pulse import tell_pulse
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.top_bar import TopBar


class ReadingPage(Page):
    """Subclasses say which mode they are and give the text."""

    CSS_PATH = "reading.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading")]
    AUTO_FOCUS = "#page"
    place: ClassVar[str] = "reading"
    mode: ClassVar[str] = ""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.add_class("reading")

    def compose(self) -> ComposeResult:
        """Frame and text."""
        yield TopBar(self.mode, self.desk.actor.handle)
        with VerticalScroll(id="page"):
            yield Static(id="text")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Read."""
        tell_pulse(self)
        self.refresh_data()

    def put(self, text: Content) -> None:
        """Show a text."""
        self.query_one("#text", Static).update(text)

    def action_scroll_by(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def action_scroll_pages(self, screens: int) -> None:
        """Scroll by screens."""
        page = self.query_one("#page")
        page.scroll_relative(y=screens * max(page.size.height - 2, 1), animate=False)
