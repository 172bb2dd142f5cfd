"""Before recorded keys are played: what they are, and how often or on which tickets."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import clip, line, pad
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.safe import content
from agentdesk.widgets.toggles import Tick

MOST: Final = 100
"""Times that may be asked for at once."""
WIDTH: Final = 24


class PlayDialog(DeskDialog):
    """Dismissed with one entry a round: the ticket to stand on, or None for where the cursor is.

    Args:
        desk: The desk.
        ticket_ids: The marked tickets.
        told: The keys, and what each does.
    """

    heading: ClassVar[str] = "Play the recorded keys"
    confirm_label: ClassVar[str] = "Play"

    def __init__(
        self, desk: Desk, ticket_ids: Sequence[int] = (), *, told: Sequence[tuple[str, str]], **named: Any
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._told = told

    def fields(self) -> ComposeResult:
        """The keys, then how often."""
        rows = [
            Content.assemble((pad(clip(line(keys), WIDTH - 2), WIDTH), "bold $here"), content(does, "$muted"))
            for keys, does in self._told
        ]
        with VerticalScroll(id="keys", can_focus=False):
            yield Static(Content("\n").join(rows))
        if self.ticket_ids:
            yield field("On", Tick(content(self._marked), value=True, id="marked", compact=True))
        yield field("Times", Input("1", id="times", compact=True, max_length=3))

    def begin(self) -> None:
        """The number can be typed at once."""
        keys = self.query_one("#keys")
        keys.styles.height, keys.styles.max_height, keys.styles.margin = "auto", 10, (0, 0, 1, 0)
        self.query_one("#times", Input).focus()

    @property
    def _marked(self) -> str:
        """The marked tickets, or the one."""
        return f"each of the {self.what} marked" if len(self.ticket_ids) > 1 else f"the marked {self.what}"

    def sentence(self) -> str:
        """What will happen."""
        often = self._times()
        if often is None:
            return f"Write a whole number from 1 to {MOST}."
        where = f"on {self._marked}" if self._is_marked() else "where the cursor is"
        times = "Once" if often == 1 else f"{often} times"
        return f"{times} {where}. It stops at the first refusal, and at any key you press; each change is undone by z."

    @on(Input.Changed, "#times")
    @on(Tick.Changed)
    def _changed(self) -> None:
        self.retell()

    @on(Input.Submitted, "#times")
    def action_confirm(self) -> None:
        """Play."""
        often = self._times()
        if often is None:
            self.refuse(self.sentence(), self.query_one("#times"))
        else:
            self.dismiss([*(self.ticket_ids if self._is_marked() else [None])] * often)

    def _times(self) -> int | None:
        typed = self.query_one("#times", Input).value.strip()
        return int(typed) if typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= MOST else None

    def _is_marked(self) -> bool:
        return bool(self.ticket_ids) and self.query_one("#marked", Tick).value
