"""The first line of an open ticket: the list it was opened from, its place in it, and who else is there."""

from collections.abc import Sequence
from typing import Any, Final

from textual.widgets import Static

from agentdesk.domain.looking import Onlooker, told
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import cells, clip, line
from agentdesk.screens.presence import ONLOOKERS
from agentdesk.widgets.rows_view import to_content
from agentdesk.widgets.spans import Row, Span

SIGN: Final = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Between a place and what was opened from it."""
_KEYS: Final = "   J next  K previous"


class Crumbs(Static):
    """Where one is, at the left; colleagues who are there too, at the right."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._parts: list[Span] = []
        self._keys = ""
        self._ticket_id: int | None = None
        self._others: Sequence[Onlooker] = ()
        self.add_class(ONLOOKERS)

    def show(
        self,
        name: str,
        ticket_id: int,
        place: tuple[int, int] | None,
        *,
        is_walk: bool,
        merged_into: int | None = None,
    ) -> None:
        """Say where the ticket is.

        Args:
            name: what the list is called.
            ticket_id: the ticket.
            place: where it stands, and of how many; None once it has left the list.
            is_walk: whether there is a way through the list.
            merged_into: the ticket that it is part of now.
        """
        if ticket_id != self._ticket_id:  # who was there is not here
            self._ticket_id, self._others = ticket_id, ()
        self._parts = [Span(f"{line(name)}{SIGN}", "muted"), Span(ticket_ref(ticket_id), "name")]
        self._keys = _KEYS if is_walk else ""
        if is_walk:
            where = f"{place[0]:,} of {place[1]:,}" if place else "has left the list"
            self._parts.append(Span(f"   {where}", "faint"))
        if merged_into is not None:
            self._parts.append(Span(f"   enter opens {ticket_ref(merged_into)}", "here"))
        self.update(to_content([self._row()]))

    def meet(self, others: Sequence[Onlooker]) -> None:
        """Say who else is there."""
        if others != self._others:
            self._others = others
            self.update(to_content([self._row()]))

    def on_resize(self) -> None:
        """The right end is somewhere else."""
        self.update(to_content([self._row()]))

    def _row(self) -> Row:
        """The keys give way to the colleagues; of many colleagues, who writes is named first."""
        told_here = f"● {told(self._others)}" if self._others else ""
        room = max(self.size.width - sum(cells(one.text) for one in self._parts), 0)
        keys = self._keys if len(self._keys) + cells(told_here) + 2 <= room or not told_here else ""
        row = [*self._parts, Span(keys, "faint")]
        if not told_here:
            return tuple(row)
        shown = clip(told_here, max(room - len(keys) - 2, 0))
        is_writing = any(one.is_writing for one in self._others)
        blank = " " * max(room - len(keys) - cells(shown), 0)
        return (*row, Span(blank, "faint"), Span(shown, "soon" if is_writing else "here"))
