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
    """Subclasses say which mode they are and give the text; `is_there` once they gave it."""

    CSS_PATH = "reading.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading")]
    AUTO_FOCUS = "#page"
    place: ClassVar[str] = "reading"
    mode: ClassVar[str] = ""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.is_there = False
        self._owed: list[tuple[int, int]] = []
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
        self.watch(self.query_one("#page"), "show_vertical_scrollbar", self._catch_up)
        self.refresh_data()

    def put(self, text: Content) -> None:
        """Show a text; the moves that were asked for before it was there are made once it is laid out."""
        if self.is_there:
            self._owed.clear()
        self.is_there = True
        self.query_one("#text", Static).update(text)

    def action_scroll_by(self, lines: int) -> None:
        """Scroll by lines."""
        self._scroll(lines, 0)

    def action_scroll_pages(self, screens: int) -> None:
        """Scroll by screens."""
        self._scroll(0, screens)

    def _scroll(self, lines: int, screens: int) -> None:
        page = self.query_one("#page")
        if not page.show_vertical_scrollbar:  # nothing to scroll, or not yet
            self._owed.append((lines, screens))
            return
        page.scroll_relative(y=lines + screens * max(page.size.height - 2, 1), animate=False, immediate=True)

    def _catch_up(self, is_long: bool) -> None:
        if is_long and self.is_there:
            owed, self._owed = self._owed, []
            for lines, screens in owed:
                self._scroll(lines, screens)
