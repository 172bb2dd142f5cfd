"""A list that an agent arranges: its order, its headings, its columns; remembered view by view.

Choosing the order that is on turns it round. What was chosen for a view goes before what the view itself says.
"""

from dataclasses import replace
from functools import partial
from typing import Any, Final

from textual import on

from agentdesk.desk import Desk
from agentdesk.queries.arrangements import Arrangement, arrangements
from agentdesk.queries.tickets import SORTS, Sort, TicketRow
from agentdesk.queries.views import View
from agentdesk.screens.asking import AskingScreen
from agentdesk.screens.ticket_source import OPEN_QUERY, TicketSource
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.ticket_columns import COLUMNS, Told, ticket_columns

OWN_QUESTION: Final = "question"
"""What is remembered for questions of one's own, all of them alike."""
GROUPS: Final = ("", "queue", "customer")


class ArrangingScreen(AskingScreen):
    """A screen whose list is arranged by its agent."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self._arranged: dict[str, Arrangement] = {}
        self._cursors: dict[str, int] = {}
        """The ticket under the cursor of each view that was left."""
        self.unlisted: set[int] = set()
        """Marked tickets that have left the list."""
        self._told = Told(desk.clock.now, lambda: desk.zone)

    @property
    def table(self) -> LineTable[TicketRow]:
        """The list."""
        return self.query_one("#list", LineTable)

    def learn_arranged(self) -> None:
        """Take what was chosen before; one row by its index, before the first list is read."""
        with self.desk.read() as read:
            self._arranged = arrangements(read)
        self.take_arrangement()

    def take_arrangement(self) -> None:
        """Take the order, the headings and the columns that the view is to be shown in."""
        kept, view = self._arranged.get(self._here, Arrangement()), self.view
        self.group = kept.group if kept.group is not None else view.group_by if view else ""
        self.columns = kept.columns if kept.columns is not None else view.columns if view else ()
        asked = kept.sort if view is not None else None  # a question of one's own names its order
        if asked is not None and asked.lstrip("-") in SORTS:
            self.sort, self.descending = asked.lstrip("-"), asked.startswith("-")
        self.show_columns()

    def order(self) -> tuple[Sort, bool]:
        """The order the list has: the chosen one, else that of the view, else the one the question names."""
        if self.sort is None and self.view is None and self.asked_order is not None:
            sort, turned = self.asked_order
            return sort, self.descending != turned
        return SORTS[self.sort or (self.view.sort.lstrip("-") if self.view else "attention")], self.descending

    def source(self) -> TicketSource:
        """The list as it is asked for and arranged."""
        order = self.sort or (self.view.sort.lstrip("-") if self.view else None)
        return TicketSource(self.desk, self.query_text, order, self.descending, self.group)

    @property
    def is_plain(self) -> bool:
        """Whether the first page can be read before anything is painted."""
        return self.query_text == OPEN_QUERY and not self.group

    def ask(self, text: str, view: View | None = None) -> None:
        """Ask another question; coming back to a view finds the cursor on the ticket it was on."""
        if self.view is not None and (here := self.table.cursor_id()) is not None:
            self._cursors[self.view.id] = here
        super().ask(text, view)

    def ask_list(self, *, keep_cursor: bool) -> None:
        """Show what the question finds."""
        here = self._cursors.get(self.view.id) if self.view else None
        self.table.show_source(self.source(), keep_cursor=keep_cursor, keep=here)

    def acted(self, result: Any = None) -> None:
        """What the agent did may have taken marked tickets out of the list."""
        del result
        self.check_marks()

    def merged(self, survivor: int) -> None:
        """What was marked for it is done with: go to the ticket that it all is part of now."""
        if not self.table.marks:
            super().merged(survivor)
            return
        self.table.unmark()
        self.table.seek(survivor)

    def check_marks(self) -> None:
        """A mark nobody sees is no mark."""
        source, marks = self.source(), set(self.table.marks)

        def look() -> set[int]:
            with source.look() as look:
                return look.among(marks)

        if marks:
            self.read_then(look, self._keep_marks, group="marks")

    def look_for_marks(self) -> None:
        """Which marked tickets somebody else has taken out of the list: they stay marked, and that is told."""
        source, marks = self.source(), set(self.table.marks)

        def look() -> set[int]:
            with source.look() as look:
                return marks - look.among(marks)

        if marks:
            self.read_then(look, self._take_unlisted, group="unlisted", failed=lambda _: None)

    def _take_unlisted(self, found: set[int]) -> None:
        if found != self.unlisted:
            self.unlisted = found
            self.table.tell_marks()

    def _keep_marks(self, found: set[int]) -> None:
        if gone := self.table.marks - found:
            self.table.marks -= gone
            self.table.tell_marks()

    # Choosing.

    def action_sort(self) -> None:
        """Choose an order."""
        sort, descending = self.order()
        self.console.show(
            "sort", current=sort.name, descending=descending, query=self.query_text, then=self._sorted
        )

    @on(LineTable.Headed)
    def _headed(self, event: LineTable.Headed) -> None:
        if event.column.sort:
            self._sorted(event.column.sort)

    def _sorted(self, name: str) -> None:
        current, descending = self.order()
        self.sort, self.descending = name, not descending if name == current.name else False
        self._rearranged(sort=f"{'-' if self.descending else ''}{name}")
        self.ask_list(keep_cursor=True)

    def action_group(self) -> None:
        """Stand the tickets under other headings."""
        self.group = GROUPS[(GROUPS.index(self.group) + 1) % len(GROUPS)] if self.group in GROUPS else ""
        self._rearranged(group=self.group)
        self.ask_list(keep_cursor=True)

    def action_columns(self) -> None:
        """Choose the columns."""
        room = self.table.scrollable_content_region.width
        self.console.show("columns", chosen=self.columns, room=room, then=self._chose_columns)

    def _chose_columns(self, chosen: tuple[str, ...]) -> None:
        self.columns = chosen
        self._rearranged(columns=chosen)
        self.show_columns()

    def show_columns(self, ref_width: int = 0) -> None:
        """Show the chosen columns; `ref_width` is how long a reference is by now."""
        if ref_width:
            self._told = self._told._replace(ref_width=ref_width)
        if self.is_mounted:
            columns = ticket_columns(self._told, self.columns)
            self.table.set_columns(columns, (self.columns, self._told.ref_width))

    def left_out(self) -> list[str]:
        """The chosen columns that there is no room for, in words."""
        return [COLUMNS[one.key] for one in self.table.left_out()] if self.columns else []

    @property
    def _here(self) -> str:
        return self.view.id if self.view else OWN_QUESTION

    def _rearranged(self, **chosen: Any) -> None:
        here = self._here
        self._arranged[here] = replace(self._arranged.get(here, Arrangement()), **chosen)
        self.read_then(
            partial(_keep, self.desk, here, self._arranged[here]),
            lambda _: None,
            group="arranged",
            failed=lambda _: None,
        )


def _keep(desk: Desk, view: str, chosen: Arrangement) -> None:
    """Keep it for the next time; that it could not be kept is nothing to be told of."""
    from agentdesk.screens.writing import import_writing

    import_writing()
    from agentdesk import services

    with desk.change(summary="arrange a list") as change:
        services.arrange_list(change, view, chosen)
