"""One ticket: what it is about, what was promised, what was said, what can be done. J and K walk on without leaving."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import ContentSwitcher, OptionList, Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.attention import ORDER_WORDS, why_here
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.queries.attachments import by_message
from agentdesk.screens.advancing import AdvancingScreen
from agentdesk.screens.crumbs import Crumbs
from agentdesk.screens.draft_banner import DraftBanner
from agentdesk.screens.ticket_look import TicketLook, look_at
from agentdesk.screens.ticket_relations import PAGES, RelatedTickets
from agentdesk.screens.ticket_source import Walk
from agentdesk.widgets.clock_lines import clock_details, short_clock_lines
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.customer_card import CustomerCard
from agentdesk.widgets.detail_list import DetailList, details_of, form_details
from agentdesk.widgets.history_view import HistoryView
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.relation_list import RelationList
from agentdesk.widgets.rows_view import to_content
from agentdesk.widgets.safe import content
from agentdesk.widgets.spans import Span
from agentdesk.widgets.tab_line import TabLine
from agentdesk.widgets.ticket_head import fit, promise_row, state_spans
from agentdesk.widgets.top_bar import TopBar

SIDE = 40
"""Cells of a line beside the pages."""


class TicketScreen(AdvancingScreen, RelatedTickets):
    """An open ticket.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
        walk: The way through the list it was opened from.
        came_from: What that list is called where there is no way through it.
        message_id: The message to begin at.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("page")]
    CSS_PATH = "ticket.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (160, "-wide")]
    place: ClassVar[str] = "ticket"

    def __init__(
        self,
        desk: Desk,
        ticket_ids: Sequence[int],
        *,
        walk: Walk | None = None,
        came_from: str = "Queue",
        message_id: int | None = None,
        **named: Any,
    ) -> None:
        super().__init__(**named)
        self._walk = walk
        self._came_from = came_from
        self._begins_at = message_id
        self._place = walk.place() if walk else None
        self._look = self._find(desk, ticket_ids[0])

    def compose(self) -> ComposeResult:
        """Where you are, the head, the pages, the draft, the keys."""
        mode = self._came_from.lower() if self._came_from in ("Inbox", "Search") else "queue"
        yield TopBar(mode, self.desk.actor.handle)
        with Vertical(id="head"):
            yield Crumbs(id="crumbs")
            yield Static(id="subject")
            yield Static(id="ticket-state")
            yield Static(id="promise")
            yield TabLine([name.title() for name in PAGES], id="tabs")
        with Horizontal(id="below"):
            with ContentSwitcher(initial=PAGES[0], id="pages"):
                yield ConversationView(has_head=False, id="conversation")
                yield DetailList(id="details")
                yield HistoryView(id="history")
                yield RelationList(id="related")
            with Vertical(id="side"):
                yield Static(id="clocks")
                yield CustomerCard(id="card")
        yield DraftBanner(id="draft")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Show the ticket."""
        self.query_one(ConversationView).focus()
        self._draw()
        self.watch_time()

    def on_resize(self) -> None:
        """Fit the head to the new width."""
        self.call_after_refresh(self._draw)

    @property
    def ticket_id(self) -> int:
        """The open ticket."""
        return self._look.detail.id

    @property
    def read_until(self) -> datetime | None:
        """What of it is in front of the agent."""
        return self._look.detail.last_message_at

    @property
    def walk(self) -> Walk | None:
        """The way through the list it was opened from."""
        return self._walk

    def acting_on(self) -> list[int]:
        """The open ticket."""
        return [self.ticket_id]

    def customer_here(self) -> int | None:
        """Its customer."""
        return self._look.detail.customer_id

    def refresh_data(self) -> None:
        """Read it again; pages keep their place. A ticket whose opening was taken back is left."""
        look = look_at(self.desk, self._look.detail.id)
        if look is None:
            self.leave_for_good()
            return
        self._look = look
        self._place = self._walk.place() if self._walk else None
        self._draw()

    def retell(self) -> None:
        """Time has passed: its clocks have used more of it, its place is the same."""
        self._look = self._find(self.desk, self._look.detail.id)
        self._draw()

    def action_step(self, by: int) -> None:
        """Go to the ticket before or after this one in the list."""
        there = self._walk.step(by) if self._walk else None
        if there is None or self._walk is None:
            self.console.say(
                "This is the last ticket of the list." if by > 0 else "This is the first ticket of the list."
            )
            return
        self._begins_at = None
        self._look = self._find(self.desk, there)
        self._place = self._walk.place()
        self._draw()

    def stands_at(self) -> tuple[int, int]:
        """Which page is open, and how far it is scrolled."""
        place = self.query_one(TabLine).place
        return place, round(self.query_one(f"#{PAGES[place]}").scroll_y)

    def stand_at(self, place: int, scroll: int) -> None:
        """Open a page as it was left."""
        if place:
            self._open_page(place % len(PAGES))
        page = self.query_one(f"#{PAGES[place % len(PAGES)]}")
        self.call_after_refresh(page.scroll_to, y=scroll, animate=False)

    def action_tab(self, by: int) -> None:
        """The next page, or the one before."""
        self._open_page((self.query_one(TabLine).place + by) % len(PAGES))

    def action_fold(self) -> None:
        """Show quotes and long texts whole, or fold them."""
        self.query_one(ConversationView).toggle_folding()

    def action_scroll_by(self, by: int) -> None:
        """Scroll the page."""
        page = self.query_one(f"#{PAGES[self.query_one(TabLine).place]}")
        if isinstance(page, OptionList | HistoryView):
            page.action_cursor_down() if by > 0 else page.action_cursor_up()
        else:
            page.scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    async def action_find(self) -> None:
        """Search everything."""
        await self.run_action("app.search")

    def action_files(self) -> None:
        """Its files and links."""
        self._ask("files", single=True)

    def action_why(self) -> None:
        """Why it stands where it does."""
        one = self._look.detail
        words = why_here(one, one.priority, one.tier or "", one.waiting_since, self.desk.clock.now())
        self.console.say(f"{ticket_ref(one.id)} stands here because: {words}. {ORDER_WORDS}")

    @on(TabLine.Chosen)
    def _tab_clicked(self, event: TabLine.Chosen) -> None:
        self._open_page(event.place)

    @on(DetailList.Asked)
    async def _field_asked(self, event: DetailList.Asked) -> None:
        if event.action:
            await self.run_action(event.action)
        else:
            self.console.say(event.why)

    def action_edit_property(self, name: str) -> None:
        """Change one property where it stands."""
        self._ask("property", single=True, name=name)

    def _find(self, desk: Desk, ticket_id: int) -> TicketLook:
        found = look_at(desk, ticket_id)
        if found is None:
            raise NotFoundError("ticket", ticket_ref(ticket_id))
        return found

    def _open_page(self, place: int) -> None:
        self.query_one(ContentSwitcher).current = PAGES[place]
        self.query_one(TabLine).show(place)
        self.query_one(f"#{PAGES[place]}").focus()
        self._draw_pages()

    def _draw(self) -> None:
        look, now, zone = self._look, self.desk.clock.now(), self.desk.zone
        one, width = look.detail, max(20, self.size.width - 4)
        self.query_one(Crumbs).show(
            self._walk.name if self._walk else self._came_from,
            one.id,
            self._place,
            is_walk=self._walk is not None,
            merged_into=one.merged_into_id,
        )
        self.query_one("#subject", Static).update(content(clip(line(one.subject), width)))
        self.query_one("#ticket-state", Static).update(
            to_content([fit(state_spans(one, has_customer=True), width)])
        )
        self.query_one("#promise", Static).update(to_content([promise_row(one, now, zone, width)]))
        self.tell_pages()
        self.query_one(TopBar).show_pulse(look.pulse, now)
        self.query_one(DraftBanner).show(look.drafts, now, zone, width - 2)
        self._draw_pages()
        clocks = look.clocks.clocks
        beside = self.query_one("#clocks", Static)
        beside.display = bool(clocks)
        beside.update(to_content([(Span("CLOCKS", "faint"),), *short_clock_lines(clocks, SIDE)]))
        card = self.query_one(CustomerCard)
        if look.customer is None:
            card.clear("No customer yet.")
        else:
            card.show(look.customer, look.open_tickets, look.timeline, now, zone, here=one.id)

    def _draw_pages(self) -> None:
        look, now, zone = self._look, self.desk.clock.now(), self.desk.zone
        self.query_one(ConversationView).show(
            look.detail,
            look.messages,
            look.history,
            now,
            zone,
            files=by_message(look.files),
            at=self._begins_at,
        )
        width = self.page_width()
        self.query_one(DetailList).show(
            [
                *clock_details(look.clocks.clocks, width - 4),
                *form_details(look.intake),
                *details_of(look.detail, look.escalations, now, zone),
            ]
        )
        self.query_one(HistoryView).show(look.detail.id, look.history, now, zone, width)
        self.draw_related(width)
