"""The conversation of a ticket, line by line: a mail of ten thousand lines costs what is on the screen.

Quotes, signatures and very long texts are folded to a row that counts them; `toggle_folding` shows them whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.widgets.conversation_lines import Row, lay_out
from agentdesk.widgets.rows_view import RowsView
from agentdesk.widgets.ticket_head import head_rows


@dataclass(frozen=True, slots=True)
class _Told:
    """What is shown, to lay it out again when the width changes."""

    detail: Any
    messages: Sequence[Any]
    history: Sequence[Any]
    now: datetime
    zone: ZoneInfo


class ConversationView(RowsView):
    """Messages and events, newest last; as a preview it begins with the head of the ticket."""

    DEFAULT_CSS = """
    ConversationView { background: $panel-1; }
    """

    def __init__(self, *, has_head: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self._has_head = has_head
        self._told: _Told | None = None
        self._newest = 0
        self._laid_width = 0
        self.is_unfolded = False

    def show(
        self,
        detail: Any,
        messages: Sequence[Any],
        history: Sequence[Any],
        now: datetime,
        zone: ZoneInfo | None = None,
    ) -> None:
        """Show a ticket; the same one again keeps its place and its folding.

        Args:
            detail: The ticket as `queries.ticket_detail` reads it.
            messages: What was said.
            history: What happened.
            now: The present instant.
            zone: Whose clock; the desk's unless given.
        """
        was = self._told
        is_same = was is not None and was.detail.id == detail.id
        is_news = is_same and was is not None and len(messages) > len(was.messages)
        if not is_same:
            self.is_unfolded = False
        here = zone or self.app.desk.zone  # type: ignore[attr-defined]  # the app is ours
        self._told = _Told(detail, tuple(messages), tuple(history), now, here)
        self._lay_out()
        if is_news or not is_same:
            self._go_to_newest()

    def clear(self, sentence: str = "") -> None:
        """Show nothing but a sentence that says why."""
        self._told, self._newest = None, 0
        self.put_rows((), empty=sentence)

    def toggle_folding(self) -> None:
        """Show quotes, signatures and long texts whole, or fold them again."""
        self.is_unfolded = not self.is_unfolded
        self._lay_out()

    def on_resize(self) -> None:
        """Break the lines anew when the width is another one."""
        if self._told is not None and self.scrollable_content_region.width != self._laid_width:
            is_first = self._laid_width == 0
            self._lay_out()
            if is_first:
                self._go_to_newest()

    def _lay_out(self) -> None:
        if self._told is None:
            return
        told = self._told
        self._laid_width = self.scrollable_content_region.width
        width = max(20, self._laid_width - 1)
        head: list[Row] = []
        if self._has_head:
            head = [*head_rows(told.detail, told.now, told.zone, width), ()]
        laid = lay_out(
            told.messages,
            told.history,
            now=told.now,
            zone=told.zone,
            width=width,
            is_unfolded=self.is_unfolded,
        )
        self._newest = laid.newest + len(head)
        self.put_rows([*head, *laid.rows])

    def _go_to_newest(self) -> None:
        """Bring the last message into sight, from its first line; what fits is shown from the top."""
        self.scroll_to(y=self._newest, animate=False, force=True, immediate=True)
        self.vertical_scrollbar.position = self.scroll_y  # a bar that is not shown yet is not told
