"""Names of pages on one line; the open one is bold and underlined. The screen decides what a page is."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from agentdesk.widgets.jump_targets import Target

GAP = 3


class TabLine(Static):
    """A row of pages.

    Args:
        names: What they are called.
    """

    DEFAULT_CSS = """
    TabLine { height: 1; width: 1fr; }
    """

    class Chosen(Message):
        """A page was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, names: Sequence[str], **named: Any) -> None:
        super().__init__(**named)
        self._names = list(names)
        self.place = 0

    def on_mount(self) -> None:
        """Draw the first time."""
        self._draw()

    def show(self, place: int, names: Sequence[str] | None = None) -> None:
        """Mark a page as open, and rename them where names are given."""
        self.place = place
        self._names = list(names) if names is not None else self._names
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Open the page under the pointer."""
        for place, at in enumerate(self._starts()):
            if at <= event.x < at + len(self._names[place]):
                self.post_message(self.Chosen(place))

    def jump_targets(self) -> Iterator[Target]:
        """Every page."""
        for place, at in enumerate(self._starts()):
            yield Target(at, 0, partial(self.post_message, self.Chosen(place)))

    def _starts(self) -> Iterator[int]:
        at = 0
        for name in self._names:
            yield at
            at += len(name) + GAP

    def _draw(self) -> None:
        parts = []
        for place, name in enumerate(self._names):
            parts += [
                (name, "bold underline $foreground" if place == self.place else "$muted"),
                (" " * GAP, ""),
            ]
        self.update(Content.assemble(*parts))
