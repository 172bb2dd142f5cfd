"""Every clock of a ticket: what was promised, in which hours, where it stands, and the table that adds up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.attention import why_here
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.sla.telling import calendar_words, full_wall, told_rows
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.queries import tickets, views
from agentdesk.queries.clocks import TicketClocks, ticket_clocks
from agentdesk.screens.frame import Page
from agentdesk.widgets.clock_lines import clock_lines, table_rows
from agentdesk.widgets.conversation_lines import wrap
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.rows_view import RowsView, to_content
from agentdesk.widgets.spans import Row, Span
from agentdesk.widgets.top_bar import TopBar

LABEL = 10
NONE = "No policy promises anything on this ticket, so it has no clocks."


@dataclass(frozen=True, slots=True)
class ClocksLook:
    """A ticket as its list shows it, its clocks, and the top line."""

    row: tickets.TicketRow
    told: TicketClocks
    pulse: views.Pulse


def look_at_clocks(desk: Desk, ticket_id: int) -> ClocksLook:
    """The clocks of a ticket as they stand now."""
    with desk.read() as read:
        rows = tickets.by_ids(read, [ticket_id])
        if not rows:
            raise NotFoundError("ticket", ticket_ref(ticket_id))
        return ClocksLook(rows[0], ticket_clocks(read, ticket_id), views.late_and_next(read))


class ClocksScreen(Page):
    """The clocks of one ticket, the table of one of them below.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("clocks")]
    CSS_PATH = "clocks.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (170, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    AUTO_FOCUS = "#table"
    place: ClassVar[str] = "clocks"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int], **named: Any) -> None:
        super().__init__(desk, **named)
        self._look = look_at_clocks(desk, ticket_ids[0])
        self._chosen = self._nearest()

    def compose(self) -> ComposeResult:
        """Where you are, what holds, the clocks, the table of one, the keys."""
        yield TopBar("queue", self.desk.actor.handle)
        with Vertical(id="head"):
            yield Static(id="crumbs")
            yield Static(id="facts")
        with Vertical(id="below"):
            yield RowsView(id="clocks")
            yield RowsView(id="table")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Show them; the table has the keys."""
        self.query_one("#clocks").can_focus = False
        self.call_after_refresh(self._draw)
        self.watch_time()

    def on_resize(self) -> None:
        """Fit the columns to the new width."""
        self.call_after_refresh(self._draw)

    def refresh_data(self) -> None:
        """Compute them again as of now."""
        self._look = look_at_clocks(self.desk, self._look.row.id)
        self._chosen = min(self._chosen, max(len(self._look.told.clocks) - 1, 0))
        self._draw()

    def retell(self) -> None:
        """Time has passed: a clock that runs has used more of it."""
        self.refresh_data()

    def action_clock(self, by: int) -> None:
        """The next clock, or the one before."""
        if clocks := self._look.told.clocks:
            self._chosen = (self._chosen + by) % len(clocks)
            self.query_one("#table").scroll_to(y=0, animate=False)
            self._draw()

    def action_scroll_by(self, by: int) -> None:
        """Scroll the table by lines."""
        self.query_one("#table").scroll_relative(y=by, animate=False)

    def action_scroll_pages(self, screens: int) -> None:
        """Scroll the table by screens."""
        table = self.query_one("#table")
        table.scroll_relative(y=screens * max(table.size.height - 2, 1), animate=False)

    def action_back(self) -> None:
        """Back to the ticket, or to the list."""
        self.dismiss(None)

    def _nearest(self) -> int:
        """The clock that says where the ticket stands, else the last one that runs, else the last."""
        clocks = self._look.told.clocks
        ranked = [
            (one.is_running, one.metric == self._look.row.next_metric, at) for at, one in enumerate(clocks)
        ]
        return max(ranked)[2] if ranked else 0

    def _draw(self) -> None:
        look, told = self._look, self._look.told
        self.query_one(TopBar).show_pulse(look.pulse, told.as_of)
        self.query_one("#crumbs", Static).update(to_content([self._where()]))
        self.query_one("#facts", Static).update(to_content(list(self._facts())))
        listed, table = self.query_one("#clocks", RowsView), self.query_one("#table", RowsView)
        chosen = self._chosen if len(told.clocks) > 1 else None
        listed.put_rows(clock_lines(told.clocks, _room(listed), chosen=chosen), empty=NONE)
        if not self.has_class("-wide"):
            most = 4 if self.has_class("-short") else 8
            listed.styles.height = max(min(len(told.clocks), most), 1)
        listed.scroll_to(y=max(self._chosen - listed.size.height + 1, 0), animate=False)
        if told.clocks:
            clock = told.clocks[self._chosen]
            table.put_rows(table_rows(clock, told_rows(clock, told.rows(clock)), _room(table)))
        else:
            table.put_rows(())

    def _where(self) -> Row:
        row = self._look.row
        sign = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
        head = f"Clocks {sign} "
        room = max(self.size.width - len(head) - len(row.ref) - 8, 10)
        return (
            Span(head, "muted"),
            Span(f"{row.ref}  ", "name"),
            Span(clip(line(row.subject), room), "text"),
        )

    def _facts(self) -> list[Row]:
        row, told, room = self._look.row, self._look.told, self._facts_room
        facts = [("Policy", told.policy_words)]
        if told.policy is not None:
            facts.append(("Calendar", calendar_words(told.calendar)))
        zone = self.desk.zone if told.policy is None else told.calendar.zone
        facts.append(("As of", full_wall(told.as_of, zone)))
        if row.status in UNSOLVED:
            words = why_here(row, row.priority, row.tier or "", row.waiting_since, told.as_of)
            facts.append(("In queue", words))
        return [
            (Span(f"{'' if place else label:<{LABEL}}", "faint"), Span(words, "text"))
            for label, told in facts
            for place, words in enumerate(wrap(line(told), room))
        ]

    @property
    def _facts_room(self) -> int:
        return max(self.size.width - LABEL - 4, 10)


def _room(view: RowsView) -> int:
    return max(view.scrollable_content_region.width - 1, 20)
