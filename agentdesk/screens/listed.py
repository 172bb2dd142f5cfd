"""A page with a list, and the highlighted row whole: beside it where there is room, else below.

A subclass says what stands above the list, its columns, what a row is as a whole, and what is said where there is none.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.events import ScreenResume
from textual.widgets import Static

from agentdesk.screens.frame import Page
from agentdesk.screens.pulse import tell_pulse
from agentdesk.widgets.columns import Column
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.rows import Source
from agentdesk.widgets.rows_view import RowsView
from agentdesk.widgets.safe import body
from agentdesk.widgets.spans import Row
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.top_bar import TopBar

LEAST = 20
"""Cells that a row as a whole is wrapped in at least."""


class ListedPage(Page):
    """List, and the highlighted row whole."""

    CSS_PATH = "listed.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = "LineTable"
    mode: ClassVar[str] = ""
    """The mode whose own page it is; none of one that is opened over them."""

    # What a subclass says.

    def head(self) -> ComposeResult:
        """What stands above the list."""
        yield from ()

    def foot(self) -> ComposeResult:
        """What stands between the list and the keys."""
        yield from ()

    def columns(self) -> Sequence[Column[Any]]:
        """The columns of the list."""
        raise NotImplementedError

    def look_at(self, row: Any, width: int) -> None:
        """Show a row whole, by `put_whole`; it may be read first."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What is said where the list is empty."""
        raise NotImplementedError

    # The page.

    def compose(self) -> ComposeResult:
        """Frame, list, and the highlighted one whole."""
        yield TopBar(self.mode, self.desk.actor.handle)
        with Vertical(id="head"):
            yield from self.head()
        with Container(id="body"):
            with Vertical(id="left"):
                yield LineTable[Any](self.columns(), id="list")
                yield Static(id="empty")
            yield RowsView(id="whole", can_focus=False)
        yield from self.foot()
        yield KeyBar(self.place, self.desk.settings.keymap)

    @property
    def table(self) -> LineTable[Any]:
        """The list."""
        return self.query_one("#list", LineTable)

    def show_list(self, source: Source[Any], mark: object = None) -> None:
        """List something else from its first row; under another `mark` it has other columns."""
        self.table.forget()
        if mark is not None:
            self.table.set_columns(self.columns(), mark)
        self.table.show_source(source)

    def put_whole(self, rows: Sequence[Row]) -> None:
        """Show these rows as the highlighted one."""
        self.query_one("#whole", RowsView).put_rows(rows)

    def on_screen_resume(self, _: ScreenResume) -> None:
        """Something may have been added while another screen was in front."""
        if self._is_painted:
            self.refresh_data()

    def refresh_data(self) -> None:
        """Read again."""
        self.table.reload()
        tell_pulse(self)

    @on(LineTable.Loaded)
    def _listed(self) -> None:
        self.set_class(self.table.counted == 0, "-is-empty")
        self.query_one("#empty", Static).update(body(self.nothing()))
        if self.table.counted and self.focused is None:  # a list that was hidden lost the keys
            self.call_after_refresh(self.table.focus)

    @on(LineTable.Failed)
    def _not_listed(self, event: LineTable.Failed) -> None:
        self.console.report(event.error)

    @on(LineTable.Highlighted)
    def _highlighted(self) -> None:
        self.soon(self._look)

    def on_resize(self) -> None:
        """Wrap it anew."""
        self._highlighted()

    def _look(self) -> None:
        if (row := self.table.row) is not None:
            self.look_at(row, max(self.query_one("#whole").size.width - 4, LEAST))
