"""The inbox: what is asked of me, what I asked for, what nobody has answered yet, and what I was told."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.queries.escalations import EscalationRow, Scope
from agentdesk.queries.notices import NoticeRow
from agentdesk.screens import inbox_source
from agentdesk.screens.answer import name_of
from agentdesk.screens.inbox_source import NOTICES, TITLES, InboxSource
from agentdesk.screens.listed import ListedPage
from agentdesk.screens.marks import let_marks_go, turn_marks
from agentdesk.screens.protocol import Operation
from agentdesk.screens.pulse import tell_pulse
from agentdesk.widgets.columns import Column
from agentdesk.widgets.inbox_rows import escalation_columns, escalation_rows, notice_columns, notice_rows
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.tab_line import TabLine
from agentdesk.widgets.table import LineTable

_EMPTY: Final = {
    Scope.MINE.value: "Nobody waits for an answer of yours.",
    Scope.ASKED.value: "Nothing you asked for is open. E on a ticket asks for more expertise or authority.",
    Scope.UNACKNOWLEDGED.value: "Everything that was asked has been answered.",
    NOTICES: "Nothing new was told to you. Those you put away: agentdesk notice list --all",
}


_TAB: Final = "inbox.next_tab"
_KEYS: Final = {
    Scope.MINE.value: ("answers.further", _TAB),
    Scope.ASKED.value: ("answers.withdraw", _TAB),
    Scope.UNACKNOWLEDGED.value: ("answers.further", _TAB),
    NOTICES: (_TAB,),
}
"""What matters on a page beside the keys of its place."""
NOT_HERE: Final = "Only notices are put away: they are on the tab Notices. This waits for an answer."


class InboxScreen(ListedPage):
    """Escalations and notices, page by page."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("inbox", "answers", "notices")]
    mode: ClassVar[str] = "inbox"
    place: ClassVar[str] = "inbox"

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.pages = inbox_source.pages_for(desk)
        self.page_name = self.pages[0]

    def head(self) -> ComposeResult:
        """The pages."""
        yield TabLine([TITLES[one] for one in self.pages], id="tabs")

    def on_mount(self) -> None:
        """Show the first page."""
        self._open_page(0)

    def refresh_data(self) -> None:
        """Read again: colleagues may have asked or answered."""
        self.table.reload()
        self._read_around()

    def _read_around(self) -> None:
        tell_pulse(self)
        self.read_then(lambda: inbox_source.read_counts(self.desk), self._take_counts, group="counts")

    def _take_counts(self, counts: dict[str, int]) -> None:
        names = [f"{TITLES[one]} {counts[one]}" if counts[one] else TITLES[one] for one in self.pages]
        self.query_one(TabLine).show(self.pages.index(self.page_name), names)

    # Pages.

    def _open_page(self, place: int) -> None:
        was, self.page_name = self.page_name, self.pages[place]
        self.place = "notices" if self.page_name == NOTICES else "inbox"  # type: ignore[misc]  # other keys
        self.query_one(TabLine).show(place)
        self.query_one(KeyBar).show_place(self.place, _KEYS[self.page_name])
        turn_marks(self, was, self.page_name, TITLES[was])
        self.show_list(InboxSource(self.desk, self.page_name), self.page_name)
        self._read_around()

    def columns(self) -> Sequence[Column[Any]]:
        """Of the page that is open."""
        if self.page_name == NOTICES:
            return notice_columns(self.desk.clock.now, self.desk.zone)
        return escalation_columns(
            self.desk.clock.now,
            by_me=self.page_name == Scope.ASKED,
            of_me=self.page_name == Scope.MINE,
        )

    def action_tab(self, by: int) -> None:
        """The next page, or the one before."""
        self._open_page((self.pages.index(self.page_name) + by) % len(self.pages))

    @on(TabLine.Chosen)
    def _tab_clicked(self, event: TabLine.Chosen) -> None:
        self._open_page(event.place)

    def nothing(self) -> str:
        """What the empty page means."""
        return _EMPTY[self.page_name]

    def look_at(self, row: Any, width: int) -> None:
        """A notice, or what was asked, step by step."""
        now, zone = self.desk.clock.now(), self.desk.zone
        if isinstance(row, NoticeRow):
            self.put_whole(notice_rows(row, now, zone, width))
        elif isinstance(row, EscalationRow):
            self.read_then(
                lambda: inbox_source.read_steps(self.desk, row.ticket_id),
                lambda steps: self.put_whole(escalation_rows(row, steps, now, zone, width)),
                group="beside",
            )

    # Commands.

    @on(LineTable.Opened)
    def _opened(self, event: LineTable.Opened) -> None:
        if isinstance(event.row, NoticeRow):  # who reads the ticket has read what was told of it
            self._put_away([event.row.id])
        self.console.show("ticket", [event.row.ticket_id], came_from="Inbox")

    def action_accept(self) -> None:
        """Take it on."""
        numbers = self._escalations()

        def accept(change: Any) -> None:
            from agentdesk import services

            for number in numbers:
                services.accept_escalation(change, number)

        if numbers:
            self._perform(f"Accepted {name_of(numbers)}", accept)

    def action_decline(self) -> None:
        """Say no, and why."""
        self._answer_with("decline")

    def action_give_back(self) -> None:
        """Give it back with what was found."""
        self._answer_with("return")

    def action_resolve(self) -> None:
        """Say what was done."""
        self._answer_with("resolve")

    def action_withdraw(self) -> None:
        """Take back what I asked for."""
        self._answer_with("withdraw")

    def action_further(self) -> None:
        """Ask somebody else, as the next step of the chain."""
        row = self.table.row
        if self._escalations() and isinstance(row, EscalationRow):
            self.console.show("escalation", [row.ticket_id], previous_id=row.id)

    def action_put_away(self) -> None:
        """Put the notice away, or the marked ones."""
        if self.page_name != NOTICES:
            self.console.say(NOT_HERE, severity="warning")
        elif chosen := self.table.chosen():
            self._put_away(chosen)

    def action_put_all_away(self) -> None:
        """Put all notices away, and say how many that were."""
        if self.page_name != NOTICES:
            self.console.say(NOT_HERE, severity="warning")
        else:
            self._put_away(None, then=self._all_put_away)

    def _all_put_away(self, count: int) -> None:
        self.table.unmark()
        notices = "1 notice" if count == 1 else f"{count} notices"
        self.console.say(f"Put {notices} away." if count else "There was no notice to put away.")

    def action_copy(self) -> None:
        """Copy the reference."""
        from agentdesk.domain.references import ticket_ref

        if (row := self.table.row) is not None:
            self.console.copy(ticket_ref(row.ticket_id))

    async def action_back(self) -> None:
        """Clear the marks, then go back to the queue."""
        if not let_marks_go(self):
            await self.run_action("app.go('queue')")

    def _escalations(self) -> list[int]:
        """The marked or highlighted escalations; says so where there is none."""
        numbers = [] if self.page_name == NOTICES else self.table.chosen()
        if not numbers:
            self.console.say("No escalation is highlighted here.", severity="warning")
        return numbers

    def _answer_with(self, verb: str) -> None:
        if numbers := self._escalations():
            row = self.table.row
            asked = row.ask if len(numbers) == 1 and isinstance(row, EscalationRow) else ""
            self.console.show("answer", numbers, verb=verb, asked=asked, then=self._answered)

    def _answered(self, _: Any) -> None:
        self.table.unmark()

    def _put_away(self, notice_ids: list[int] | None, then: Callable[[Any], object] | None = None) -> None:
        def put(change: Any) -> int:
            from agentdesk import services

            return services.put_away(change, notice_ids)

        self.console.perform("Put notices away", put, then=then or self._answered)

    def _perform(self, summary: str, operation: Operation) -> None:
        self.console.perform(summary, operation, then=self._answered)
