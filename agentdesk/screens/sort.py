"""The order of a list, chosen from those that an index serves."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.desk import Desk
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker


class SortDialog(DeskDialog):
    """Dismissed with the name of a sort, or None.

    Args:
        desk: The desk.
        ticket_ids: Not used; every dialog is made the same way.
        current: The name of the present order.
    """

    heading: ClassVar[str] = "Sort by"
    confirm_label: ClassVar[str] = "Sort"

    def __init__(
        self, desk: Desk, ticket_ids: object = (), *, current: str = "attention", **named: Any
    ) -> None:
        del ticket_ids
        super().__init__(desk, (), **named)
        self._current = current

    def fields(self) -> ComposeResult:
        """Every order."""
        from agentdesk.queries.tickets import SORTS

        yield Picker([Entry(one.name, one.label) for one in SORTS.values()], at=self._current)

    def sentence(self) -> str:
        """How to turn it round."""
        return "O turns the order round. Equal ones stay in the order of what needs attention."

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Take the order under the cursor."""
        entry = self.query_one(Picker).entry
        if entry is not None:
            self.dismiss(entry.value)
