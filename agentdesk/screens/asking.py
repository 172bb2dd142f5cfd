"""A list of tickets that is asked: its views, the line for a question of one's own, and the questions before it.

The view one is in follows what is saved: renamed, it is called so; deleted, its question stays as one's own.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from agentdesk.desk import Desk
from agentdesk.queries.tickets import Sort
from agentdesk.queries.views import BUILT_IN, View
from agentdesk.screens.frame import DeskScreen, Page
from agentdesk.screens.ticket_source import TicketSource

if TYPE_CHECKING:
    from agentdesk.domain.fields import Entity
    from agentdesk.widgets.query_bar import QueryBar

FIRST_VIEW = "open"


class AskingScreen(DeskScreen):
    """A screen with a question, a view that it may be of, and an order."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.views: list[View] = list(BUILT_IN)
        self.view: View | None = next(one for one in BUILT_IN if one.id == FIRST_VIEW)
        self.query_text = self.view.query if self.view else ""
        self.sort: str | None = None
        self.asked_order: tuple[Sort, bool] | None = None
        self.descending = False
        self.group = ""
        self.columns: tuple[str, ...] = ()
        self._next_view = ""

    def ask_list(self, *, keep_cursor: bool) -> None:
        """Show what the question finds."""
        raise NotImplementedError

    def order(self) -> tuple[Sort, bool]:
        """The order the list has, and whether it is turned round."""
        raise NotImplementedError

    def take_arrangement(self) -> None:
        """Take the order, the headings and the columns that the view is to be shown in."""

    def turn_marks(self, was: str) -> None:
        """Another question than `was` has other matches, and marks of its own."""
        raise NotImplementedError

    def back_to_list(self) -> None:
        """Give the focus to the list."""
        raise NotImplementedError

    # Views.

    def take_views(self, views: list[View]) -> None:
        """Take the views as they are saved, and stay in the one that is open, or go to the one just saved."""
        self.views = views
        here = self.view.id if self.view else ""
        view = next((one for one in views if one.id == (self._next_view or here)), None)
        if view is not None and self._next_view:
            self.sort, self.asked_order, self.descending = None, None, view.sort.startswith("-")
        is_other = view is not None and view.query != self.query_text
        is_saved, is_same = bool(self._next_view), view is not None and view == self.view
        self.view, self._next_view = view, ""
        if is_saved or not is_same:
            self.take_arrangement()
        if view is not None and is_other:
            self.query_text = view.query
            self.ask_list(keep_cursor=True)

    def action_view(self, step: int) -> None:
        """The view `step` tabs further."""
        beside = -1 if step > 0 else 0  # a question of one's own stands before the first and after the last
        at = next((at for at, one in enumerate(self.views) if self.view and one.id == self.view.id), beside)
        self.action_view_at((at + step) % len(self.views))

    def action_view_at(self, place: int) -> None:
        """The view at a place."""
        self.ask(self.views[place].query, self.views[place])

    def ask(self, text: str, view: View | None = None) -> None:
        """Ask another question: that of a view, or one of one's own."""
        self.view = view
        self.change_question(text)

    def action_save_view(self) -> None:
        """Keep the question as a view, or change the view that is open."""
        sort, descending = self.order()
        self.console.show(
            "save_view",
            query=self.query_text,
            sort=f"{'-' if descending else ''}{sort.name}",
            columns=self.columns,
            group_by=self.group,
            view=self.view,
            then=self._view_saved,
        )

    def _view_saved(self, made: object) -> None:
        if isinstance(made, str):
            self._next_view = made
            self.refresh_data()

    # Questions.

    def change_question(self, text: str, order: tuple[Sort, bool] | None = None) -> None:
        """Ask something else, in the order that the question names if it names one."""
        was, self.query_text, self.sort, self.asked_order = self.query_text, text, None, order
        self.descending = bool(self.view and self.view.sort.startswith("-"))
        self.take_arrangement()
        self.turn_marks(was)
        self.ask_list(keep_cursor=False)

    async def action_query(self) -> None:
        """Open the line for a question; it is made when it is first wanted."""
        from agentdesk.screens.question_reads import read_known
        from agentdesk.widgets.query_bar import QueryBar

        if not self.query(QueryBar):
            await self.mount(QueryBar(id="ask"), before="#status")
        bar = self.query_one(QueryBar)
        bar.open(self.query_text)
        self.read_then(partial(read_known, self.desk, "ticket"), bar.know, group="names")

    def on_query_bar_asked(self, event: "QueryBar.Asked") -> None:
        """Ask it, unless it names what is not there."""
        bar: QueryBar = self.query_one("#ask")  # type: ignore[assignment]  # its class is imported when it is made

        def check() -> tuple[Sort, bool]:
            with TicketSource(self.desk, event.text).look() as look:  # names are looked up here
                return look.sort, look.descending

        def ask(order: tuple[Sort, bool]) -> None:
            bar.close()
            remember(self, event.text, "ticket")
            self.view = next((one for one in self.views if one.query == event.text), None)
            self.change_question(event.text, order)

        self.read_then(check, ask, group="check", failed=bar.point_at)

    def on_query_bar_closed(self) -> None:
        """Back to the list."""
        self.back_to_list()


def remember(page: Page, text: str, entity: "Entity") -> None:
    """Keep a question for the next time; that it could not be kept is nothing to be told of."""

    def write() -> None:
        from agentdesk.screens.writing import import_writing

        import_writing()
        from agentdesk import services

        with page.desk.change(summary="keep a question") as change:
            services.remember_question(change, text, entity)

    page.read_then(write, lambda _: None, group="remember", failed=lambda _: None)
