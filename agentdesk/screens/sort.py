"""The order of a list, chosen from those that an index serves; the one that is on is turned round by choosing it again."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.desk import Desk
from agentdesk.queries.orders import SORTS, Where
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker

_ENDS = {
    "attention": ("late, due soon, running, paused", "the calmest first"),
    "due": ("the nearest first", "the farthest first"),
    "priority": ("urgent first", "low first"),
    "waiting": ("the longest wait first", "those who do not wait first"),
    "created": ("the oldest first", "the newest first"),
    "updated": ("the longest untouched first", "the latest first"),
    "last_message": ("the oldest word first", "the newest word first"),
    "id": ("the lowest first", "the highest first"),
    "status": ("new, open, pending, on hold", "on hold, pending, open, new"),
    "queue": ("A to Z, none last", "Z to A, none first"),
    "assignee": ("A to Z, nobody last", "Z to A, nobody first"),
}
"""What stands first in each order, and once it is turned round."""


class SortDialog(DeskDialog):
    """Dismissed with the name of a sort, or None.

    Args:
        desk: The desk.
        ticket_ids: Not used; every dialog is made the same way.
        current: The name of the present order.
        descending: Whether it is turned round.
        query: What the list is asked: some orders are for unsolved tickets only.
    """

    heading: ClassVar[str] = "Sort by"
    confirm_label: ClassVar[str] = "Sort"

    def __init__(
        self,
        desk: Desk,
        ticket_ids: object = (),
        *,
        current: str = "attention",
        descending: bool = False,
        query: str = "",
        **named: Any,
    ) -> None:
        del ticket_ids
        super().__init__(desk, (), **named)
        self._current, self._descending, self._query = current, descending, query
        self._where = Where()

    def learn(self) -> None:
        """Whether only unsolved tickets can be in the list."""
        from agentdesk.queries.filters import compile_query

        with self.desk.read() as read:
            self._where = compile_query(read, self._query, self.desk.zone).where

    def fields(self) -> ComposeResult:
        """Every order, with what it puts first."""
        yield Picker([self._entry(name) for name in SORTS], at=self._current)

    def sentence(self) -> str:
        """What choosing does."""
        entry = self.query_one(Picker).entry
        if entry is not None and entry.value == self._current:
            return "This order is on: choosing it turns it round."
        return "Choosing an order again turns it round. A click on the heading of a column does the same."

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Take the order under the cursor."""
        entry = self.query_one(Picker).entry
        if entry is not None:
            self.dismiss(entry.value)

    def _entry(self, name: str) -> Entry:
        sort = SORTS[name]
        if refusal := sort.refusal(self._where):
            return Entry(name, sort.label, refusal=refusal)
        is_on = name == self._current
        first = _ENDS[name][is_on and not self._descending]
        sign = ("↑ " if self._descending else "↓ ") if is_on else ""
        return Entry(name, sort.label, f"{sign}{first}")
