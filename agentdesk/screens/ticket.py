"""One ticket: what it is about, what was promised, what was said, what can be done. J and K walk on without leaving."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, OptionList, Static
from textual.widgets.option_list import Option

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.attention import ORDER_WORDS, why_here
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.when import stamp
from agentdesk.screens.advancing import AdvancingScreen
from agentdesk.screens.ticket_look import TicketLook, look_at
from agentdesk.screens.ticket_source import Walk
from agentdesk.widgets.clock_lines import clock_details, short_clock_lines
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.conversation_lines import Span
from agentdesk.widgets.customer_card import CustomerCard
from agentdesk.widgets.detail_list import DetailList, ItemList, details_of
from agentdesk.widgets.history_rows import history_rows
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.rows_view import RowsView, to_content
from agentdesk.widgets.safe import content
from agentdesk.widgets.tab_line import TabLine
from agentdesk.widgets.ticket_head import fit, promise_row, state_spans
from agentdesk.widgets.top_bar import TopBar

SIDE = 40
"""Cells of a line beside the pages."""
PAGES = ("conversation", "details", "history", "related")


class TicketScreen(AdvancingScreen):
    """An open ticket.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
        walk: The way through the list it was opened from.
        came_from: What that list is called where there is no way through it.
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
        **named: Any,
    ) -> None:
        super().__init__(**named)
        self._walk = walk
        self._came_from = came_from
        self._place = walk.place() if walk else None
        self._look = self._find(desk, ticket_ids[0])

    def compose(self) -> ComposeResult:
        """Where you are, the head, the pages, the draft, the keys."""
        yield TopBar("inbox" if self._came_from == "Inbox" else "queue", self.desk.actor.handle)
        with Vertical(id="head"):
            yield Static(id="crumbs")
            yield Static(id="subject")
            yield Static(id="ticket-state")
            yield Static(id="promise")
            yield TabLine([name.title() for name in PAGES], id="tabs")
        with Horizontal(id="below"):
            with ContentSwitcher(initial=PAGES[0], id="pages"):
                yield ConversationView(has_head=False, id="conversation")
                yield DetailList(id="details")
                yield RowsView(id="history")
                yield ItemList(id="related")
            with Vertical(id="side"):
                yield Static(id="clocks")
                yield CustomerCard(id="card")
        yield Static(id="draft")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Show the ticket."""
        self.query_one(ConversationView).focus()
        self._draw()
        self.watch_time()

    def on_resize(self) -> None:
        """Fit the head to the new width."""
        self.call_after_refresh(self._draw)

    def acting_on(self) -> list[int]:
        """The open ticket."""
        return [self._look.detail.id]

    def customer_here(self) -> int | None:
        """Its customer."""
        return self._look.detail.customer_id

    def refresh_data(self) -> None:
        """Read it again; pages keep their place."""
        self._look = self._find(self.desk, self._look.detail.id)
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
        if isinstance(page, OptionList):
            page.action_cursor_down() if by > 0 else page.action_cursor_up()
        else:
            page.scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    async def action_find(self) -> None:
        """Look for another ticket or customer."""
        await self.run_action("app.goto")

    def action_new_ticket(self) -> None:
        """Write another ticket for the same customer: a closed one takes no more words."""
        self.console.show("new_ticket", customer_id=self.customer_here(), then=self.console.open_ticket)

    def action_why(self) -> None:
        """Why it stands where it does."""
        one = self._look.detail
        words = why_here(one, one.priority, one.tier or "", one.waiting_since, self.desk.clock.now())
        self.console.say(f"{ticket_ref(one.id)} stands here because: {words}. {ORDER_WORDS}")

    @on(TabLine.Chosen)
    def _tab_clicked(self, event: TabLine.Chosen) -> None:
        self._open_page(event.place)

    @on(DetailList.Asked)
    def _field_asked(self, event: DetailList.Asked) -> None:
        getattr(self, f"action_{event.action}")()

    @on(OptionList.OptionSelected, "#related")
    def _open_related(self, event: OptionList.OptionSelected) -> None:
        related = self._look.related
        self.console.open_ticket(related[event.option_index].id)

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
        self.query_one("#crumbs", Static).update(self._crumbs())
        self.query_one("#subject", Static).update(content(clip(line(one.subject), width)))
        self.query_one("#ticket-state", Static).update(
            to_content([fit(state_spans(one, has_customer=True), width)])
        )
        self.query_one("#promise", Static).update(to_content([promise_row(one, now, zone, width)]))
        names = [name.title() for name in PAGES[:3]] + [
            f"Related {len(look.related)}" if look.related else "Related"
        ]
        self.query_one(TabLine).show(self.query_one(TabLine).place, names)
        self.query_one(TopBar).show_pulse(look.pulse, now)
        self._draw_draft()
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
        self.query_one(ConversationView).show(look.detail, look.messages, look.history, now, zone)
        width = max(20, self.query_one("#pages").size.width - 6)
        self.query_one(DetailList).show(
            [
                *clock_details(look.clocks.clocks, width - 4),
                *details_of(look.detail, look.escalations, now, zone),
            ]
        )
        page = self.query_one("#history", RowsView)
        page.put_rows(history_rows(look.history, now, zone, width), empty="Nothing has happened yet.")
        listed = self.query_one("#related", ItemList)
        was = listed.highlighted
        listed.set_options([Option(_related_line(one, width), id=str(one.id)) for one in look.related])
        listed.highlighted = (
            was if was is not None and was < len(look.related) else (0 if look.related else None)
        )
        if not look.related:
            listed.set_options(
                [Option(content("No other ticket of this customer.", "$faint"), disabled=True)]
            )

    def _draw_draft(self) -> None:
        draft, banner = self._look.draft, self.query_one("#draft", Static)
        banner.display = draft is not None
        if draft is not None:
            at = stamp(draft.saved_at, self.desk.clock.now(), self.desk.zone)
            is_note = draft.visibility == "internal"
            head = f"draft kept {at} · {'n' if is_note else 'r'} to continue"
            room = max(20, self.size.width - 6)
            banner.update(Content.assemble(
                content(head, "bold $internal" if is_note else "bold $here"), "\n", content(clip(line(draft.body), room), "$muted"),
            ))  # fmt: skip

    def _crumbs(self) -> Content:
        one = self._look.detail
        parts = [
            Span(
                f"{line(self._walk.name) if self._walk else self._came_from} \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ",
                "muted",
            ),
            Span(ticket_ref(one.id), "name"),
        ]
        if self._walk:
            where = f"{self._place[0]:,} of {self._place[1]:,}" if self._place else "has left the list"
            parts.append(Span(f"   {where}   J next  K previous", "faint"))
        return to_content([tuple(parts)])


def _related_line(one: Any, width: int) -> Content:
    name = clip(line(one.subject), max(10, width - 34))
    return Content.assemble(
        content(f"{one.ref:<9}", "$muted"), content(f"{one.status.replace('_', ' '):<9}", "$muted"),
        content(name), content(f"  {one.assignee or 'unassigned'}", "$faint"),
    )  # fmt: skip
