"""The conversation of a ticket, line by line: a mail of ten thousand lines costs what is on the screen.

Quotes, signatures and very long texts are folded to a row that counts them; `toggle_folding` shows them whole.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from agentdesk.domain.safe_text import block, line
from agentdesk.widgets.rows_view import RowsView
from agentdesk.widgets.spans import Row, Span

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class _Told(NamedTuple):
    """What is shown, to lay it out again when the width changes."""

    detail: Any
    messages: Sequence[Any]
    history: Sequence[Any]
    now: datetime
    zone: "ZoneInfo"
    files: Mapping[int, Sequence[Any]]


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
        self._starts: Mapping[int, int] = {}
        self._found: int | None = None
        self._laid_width = 0
        self.is_unfolded = False

    def show(
        self,
        detail: Any,
        messages: Sequence[Any],
        history: Sequence[Any],
        now: datetime,
        zone: "ZoneInfo | None" = None,
        *,
        files: Mapping[int, Sequence[Any]] | None = None,
        at: int | None = None,
    ) -> None:
        """Show a ticket; the same one again keeps its place and its folding.

        Args:
            detail: The ticket as `queries.ticket_detail` reads it.
            messages: What was said.
            history: What happened.
            now: The present instant.
            zone: Whose clock; the desk's unless given.
            files: What came with each message, by its number.
            at: The number of a message to mark and to begin at; the last one unless given.
        """
        was = self._told
        is_same = was is not None and was.detail.id == detail.id
        is_news = is_same and was is not None and len(messages) > len(was.messages)
        if not is_same:
            self.is_unfolded = False
        here = zone or self.app.desk.zone  # type: ignore[attr-defined]  # the app is ours
        self._told = _Told(detail, tuple(messages), tuple(history), now, here, files or {})
        is_found = at is not None and (at != self._found or not is_same)
        self._found = at if at is not None or not is_same else self._found
        self._lay_out()
        if is_news or not is_same or is_found:
            self._go_to_place()

    def clear(self, sentence: str = "") -> None:
        """Show nothing but a sentence that says why."""
        self._told, self._newest = None, 0
        self.put_rows((), empty=sentence)

    def put_text(self, title: str, text: str) -> None:
        """Show a text that is no ticket's."""
        from agentdesk.widgets.conversation_lines import wrap

        self._told, self._newest = None, 0
        width = max(20, self.scrollable_content_region.width - 1)
        lines = [row for part in block(text).split("\n") for row in wrap(part, width)]
        self.put_rows([(Span(line(title), "name"),), (), *((Span(row, "text"),) for row in lines)])
        self.scroll_home(animate=False)

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
                self._go_to_place()

    def _lay_out(self) -> None:
        if self._told is None:
            return
        from agentdesk.widgets.conversation_lines import Paper, lay_out
        from agentdesk.widgets.ticket_head import head_rows

        told = self._told
        self._laid_width = self.scrollable_content_region.width
        width = max(20, self._laid_width - 1)
        head: list[Row] = []
        if self._has_head:
            head = [*head_rows(told.detail, told.now, told.zone, width), ()]
        paper = Paper(told.now, told.zone, width, self.is_unfolded, self._found, told.files)
        laid = lay_out(told.messages, told.history, paper)
        self._newest = laid.newest + len(head)
        self._starts = {one: row + len(head) for one, row in laid.starts.items()}
        self.put_rows([*head, *laid.rows])

    def _go_to_place(self) -> None:
        """Bring the message that was looked for, else the last one, into sight from its first line."""
        place = self._newest if self._found is None else self._starts.get(self._found, self._newest)
        self.scroll_to(y=place, animate=False, force=True, immediate=True)
        self.vertical_scrollbar.position = self.scroll_y  # a bar that is not shown yet is not told
