"""The last look before something is sent: the text as it will be read, who reads it, and what happens then."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from agentdesk.commands.registry import bindings, in_place, shown_keys
from agentdesk.desk import Desk
from agentdesk.widgets.safe import body, content


class ReviewScreen(ModalScreen[str]):
    """Dismissed with `send`, `edit`, `postpone` or `discard`.

    Args:
        desk: The desk.
        heading: What is about to happen: `Reply to T-7`.
        reader: Who will read it.
        text: What they will read.
        after: What happens to the ticket.
        is_internal: Whether only the team reads it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    CSS_PATH = "compose.tcss"
    place: ClassVar[str] = "review"

    def __init__(
        self,
        desk: Desk,
        *,
        heading: str,
        reader: str,
        text: str,
        after: str,
        is_internal: bool,
        **named: Any,
    ) -> None:
        super().__init__(**named)
        self.desk = desk
        self._told = (heading, reader, text, after)
        self.set_class(is_internal, "-internal")

    def compose(self) -> ComposeResult:
        """Who, what, then; the keys last."""
        heading, reader, text, after = self._told
        lines = text.count("\n") + 1
        with Vertical(id="review"):
            yield Static(content(f"{heading} — look once more"), id="review-title")
            yield Static(content(reader), id="review-reader")
            with VerticalScroll(id="review-text"):
                yield Static(body(text))
            yield Static(content(f"{after} · {lines} {'line' if lines == 1 else 'lines'}"), id="review-after")
            keys = "   ".join(
                f"{shown_keys(one)} {one.label}" for one in in_place("review", self.desk.settings.keymap)
            )
            yield Static(content(keys), id="review-keys")

    def action_send(self) -> None:
        """Send it."""
        self.dismiss("send")

    def action_edit(self) -> None:
        """Go on writing."""
        self.dismiss("edit")

    def action_postpone(self) -> None:
        """Keep it as a draft and go back."""
        self.dismiss("postpone")

    def action_discard(self) -> None:
        """Throw it away, after a question."""
        self.dismiss("discard")
