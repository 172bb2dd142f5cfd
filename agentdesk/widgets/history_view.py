"""The history page: the cursor goes from entry to entry, enter opens one whole and closes it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from textual.binding import Binding, BindingType
from textual.geometry import Region

from agentdesk.widgets.history_rows import history_rows
from agentdesk.widgets.rows_view import RowsView
from agentdesk.widgets.spans import Row, Span


class HistoryView(RowsView):
    """What happened, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home,<", "edge(0)", "Newest", show=False, id="history.newest"),
        Binding("end,>", "edge(-1)", "Oldest", show=False, id="history.oldest"),
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._told: tuple[Sequence[Any], datetime, ZoneInfo, int] | None = None
        self._about: int | None = None
        self._opened: set[int] = set()
        """Entries by their number from the oldest: what comes later moves none."""
        self._at = 0
        self._places: list[tuple[int, int]] = []

    def show(self, ticket_id: int, history: Sequence[Any], now: datetime, zone: ZoneInfo, width: int) -> None:
        """Show a ticket's history; the same one again keeps the cursor and what is open."""
        if ticket_id != self._about:
            self._about, self._at, self._opened = ticket_id, 0, set()
        elif self._told is not None and self._at:
            self._at += len(history) - len(self._told[0])  # the entry it stands on, below what is new
        self._told = (history, now, zone, width)
        self._at = max(0, min(self._at, len(history) - 1))
        self._lay_out()

    def action_cursor_down(self) -> None:
        """The entry that happened before."""
        self._go(self._at + 1)

    def action_cursor_up(self) -> None:
        """The entry that happened after."""
        self._go(self._at - 1)

    def action_edge(self, place: int) -> None:
        """The newest, or the oldest."""
        self._go(place if place >= 0 else len(self._places) - 1)

    def action_unfold(self) -> None:
        """Show the entry whole, or its first lines again."""
        if self._told is not None and self._places:
            self._opened ^= {len(self._told[0]) - 1 - self._at}
            self._lay_out()
            self._into_sight()

    def _go(self, place: int) -> None:
        if 0 <= place < len(self._places) and place != self._at:
            self._at = place
            self._mark()
            self._into_sight()

    def _lay_out(self) -> None:
        assert self._told is not None
        history, now, zone, width = self._told
        opened = {len(history) - 1 - one for one in self._opened}
        page = history_rows(history, now, zone, width, opened=opened)
        self._plain, self._places = page.rows, page.places
        self._mark()

    def _mark(self) -> None:
        """The rows with the sign of the cursor before those of its entry."""
        rows: list[Row] = list(self._plain)
        start, end = self._places[self._at] if self._places else (0, 0)
        for at in range(start, end):
            first, *rest = rows[at]
            rows[at] = (Span("▌", "here"), Span(first.text[1:], first.style), *rest)
        self.put_rows(rows, empty="Nothing has happened yet.")

    def _into_sight(self) -> None:
        start, end = self._places[self._at]
        top = 0 if self._at == 0 else start
        self.scroll_to_region(Region(0, top, 1, max(1, end - top)), animate=False, force=True, top=False)
