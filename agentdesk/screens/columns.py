"""Which columns a list shows and in which order; the last of them gives way first where there is little room."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from agentdesk.desk import Desk
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.columns import place_columns
from agentdesk.widgets.options import Options
from agentdesk.widgets.safe import content
from agentdesk.widgets.ticket_columns import COLUMNS, USUAL, Told, ticket_columns


class ColumnsDialog(DeskDialog):
    """Dismissed with the keys of the columns in their order, none for the usual ones; or None.

    Args:
        desk: The desk.
        ticket_ids: Not used; every dialog is made the same way.
        chosen: The present ones; none are the usual ones.
        room: Cells the list has.
    """

    heading: ClassVar[str] = "Columns"
    confirm_label: ClassVar[str] = "Show"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "On or off", show=False, id="columns.turn"),
        Binding("j", "step(1)", "Down", show=False, id="columns.down"),
        Binding("k", "step(-1)", "Up", show=False, id="columns.up"),
        Binding("J,shift+down", "shift(1)", "Later", show=False, id="columns.later"),
        Binding("K,shift+up", "shift(-1)", "Earlier", show=False, id="columns.earlier"),
        Binding("u", "usual", "The usual ones", show=False, id="columns.usual"),
    ]

    def __init__(
        self, desk: Desk, ticket_ids: object = (), *, chosen: Sequence[str] = (), room: int = 80, **named: Any
    ) -> None:
        del ticket_ids
        super().__init__(desk, (), **named)
        self._room = room
        self._take([key for key in dict.fromkeys(chosen) if key in COLUMNS] or USUAL)

    def _take(self, on: Sequence[str]) -> None:
        """Those that are on in their order, and then the others."""
        self._on = set(on)
        self._keys = [*on, *(key for key in COLUMNS if key not in self._on)]

    def aside(self) -> str:
        """How it is done."""
        return "space on or off · J K later, earlier · u the usual"

    def fields(self) -> ComposeResult:
        """Every column."""
        listed = Options(id="columns", compact=True)
        yield listed

    def begin(self) -> None:
        """Show them."""
        self._fill(0)
        self.query_one(OptionList).focus()

    def sentence(self) -> str:
        """What there is no room for, before it is missed."""
        if not self._on:
            return "A list needs a column: space turns one on."
        columns = ticket_columns(Told(self.desk.clock.now), self._chosen())
        placed = {one.column.key for one in place_columns(columns, self._room - 3)}
        gone = [COLUMNS[key] for key in self._chosen() if key not in placed]
        if self._is_usual():
            return "The usual columns: as many as there is room for, the ones that matter least give way."
        if gone:
            return f"No room at this width for: {', '.join(gone)}. They come back in a wider window."
        return "All of them have room. In a narrower window the last ones give way first."

    def action_turn(self) -> None:
        """Turn the column under the cursor on or off."""
        at = self._at()
        self._on ^= {self._keys[at]}
        self._fill(min(at + 1, len(self._keys) - 1))

    def action_step(self, by: int) -> None:
        """Move the cursor."""
        listed = self.query_one(OptionList)
        listed.highlighted = max(0, min(self._at() + by, len(self._keys) - 1))

    def action_shift(self, by: int) -> None:
        """Move the column under the cursor."""
        at = self._at()
        to = max(0, min(at + by, len(self._keys) - 1))
        self._keys.insert(to, self._keys.pop(at))
        self._fill(to)

    def action_usual(self) -> None:
        """Go back to the usual columns."""
        self._take(USUAL)
        self._fill(0)

    @on(OptionList.OptionSelected)
    def action_confirm(self) -> None:
        """Show them so."""
        if self._on:
            self.dismiss(() if self._is_usual() else tuple(self._chosen()))

    def _chosen(self) -> list[str]:
        return [key for key in self._keys if key in self._on]

    def _is_usual(self) -> bool:
        return tuple(self._chosen()) == USUAL

    def _at(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def _fill(self, at: int) -> None:
        listed = self.query_one(OptionList)
        listed.set_options(
            [Option(content(f"{'☑' if key in self._on else '☐'} {COLUMNS[key]}")) for key in self._keys]
        )
        listed.highlighted = at
        self.retell()
