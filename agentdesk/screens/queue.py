"""The queue: views, a list, and beside it the conversation and the customer where there is room.

The cursor stays on its ticket through everything but a step of the agent; commands apply to the marked tickets,
else to the highlighted one.
"""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.references import ticket_ref
from agentdesk.queries.tickets import OrderError, TicketRow
from agentdesk.screens import queue_words
from agentdesk.screens.asking import FIRST_VIEW
from agentdesk.screens.first_run import FirstRunScreen
from agentdesk.screens.going_on import GoingOnScreen
from agentdesk.screens.marks import let_marks_go, turn_marks
from agentdesk.screens.returning import open_again, take_up
from agentdesk.screens.ticket_source import Walk
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.customer_card import CustomerCard
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.status_line import StatusLine
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.ticket_columns import ticket_columns
from agentdesk.widgets.top_bar import TopBar
from agentdesk.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from agentdesk.left_off import LeftOff
    from agentdesk.screens.queue_reads import Beside, Frame


class QueueScreen(FirstRunScreen, GoingOnScreen):
    """The tickets of a view or of a question."""

    CSS_PATH = "queue.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("queue")]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-normal"), (160, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (22, "-tall")]
    AUTO_FOCUS = "LineTable"

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.around_list: Frame | None = None
        self._beside: Beside | None = None
        preview = getattr(desk.settings, "preview", "beside")
        self.set_class(preview == "below", "-below").set_class(preview == "off", "-no-preview")

    def compose(self) -> ComposeResult:
        """Frame, list, and what stands beside it."""
        yield TopBar("queue", self.desk.actor.handle)
        yield ViewTabs(id="views")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield LineTable[TicketRow](ticket_columns(self._told), id="list")
                yield Static(id="empty")
            yield ConversationView(id="preview")
            yield CustomerCard(id="card")
        yield StatusLine(id="status")
        yield KeyBar(self.place, self.desk.settings.keymap)
        yield Static("This window is too small: enlarge it to 60x16.", id="enlarge")

    def on_mount(self) -> None:
        """Read the first page before anything else."""
        if (left := self._left) is not None:
            take_up(self, left)
        self.learn_arranged()
        if self.is_plain:
            self.table.show_first(self.source())
        else:
            self.table.show_source(self.source(), keep=None if left is None else left.ticket_id)

    def on_page_painted(self) -> None:
        """Count, and read what is around the list; from now on, follow the clock."""
        if (returning := getattr(self.app, "returning", None)) is not None:
            returning.follow()
        if self._left is None:
            self.refresh_data()
        else:
            self.table.reload(keep=self._left.ticket_id)
            self._read_around()
        self.watch_time()

    @property
    def _left(self) -> "LeftOff | None":
        """Where the agent left off, until that is taken up."""
        returning = getattr(self.app, "returning", None)
        return None if returning is None else returning.left

    def refresh_data(self) -> None:
        """Read the list and what is around it again."""
        self.table.reload()
        self._read_around()

    def depends_on_time(self) -> bool:
        """A question of one's own may hold `due:<4h`, and so may a saved view, whose count is shown."""
        return self.view is None or any(one.is_saved for one in self.views)

    def retell(self) -> None:
        """Clocks in the list, above it and beside it say the present time."""
        now = self.desk.clock.now()
        self.table.refresh()
        if self.around_list is not None:
            self.query_one(TopBar).show_pulse(self.around_list.pulse, now)
        if self._beside is not None:
            self._take_beside(replace(self._beside, now=now))
        self._tell()

    # The list.

    def turn_marks(self, was: str) -> None:
        """Marks stay with their question; of those that come back, the ones that left the list meanwhile are no marks."""
        name = next((one.name for one in self.views if one.query == was), was)
        if turn_marks(self, was, self.query_text, name):
            self.check_marks()

    def back_to_list(self) -> None:
        """Give the focus to the list."""
        self.table.focus()

    def _read_around(self) -> None:
        def read() -> "Frame":
            from agentdesk.screens.queue_reads import read_frame

            return read_frame(self.desk)

        self.read_then(read, self._take_around, group="around")

    def _take_around(self, found: "Frame") -> None:
        self.around_list = found
        self.take_views(list(found.views))
        self.query_one(TopBar).show_pulse(found.pulse, found.now)
        self.show_columns(len(ticket_ref(found.last_ticket_id or 0)))
        self._tell()

    @on(LineTable.Loaded)
    def _loaded(self) -> None:
        self._tell()
        self.look_for_marks()
        if (left := self._left) is not None and self.table.counted is not None:
            self.app.returning.left = None  # type: ignore[attr-defined]  # it is taken up once
            open_again(self, left)

    @on(LineTable.Marked)
    def _tell(self) -> None:
        """Bring tabs, status line and the empty page up to date."""
        table, around = self.table, self.around_list
        here = self.view.id if self.view else None
        self.query_one(ViewTabs).show_views(self.views, here, around.counts if around else {})
        self.query_one(StatusLine).show_state(
            query=self.query_text,
            order=queue_words.order(*self.order(), self.group),
            marked=len(table.marks),
            unlisted=len(table.marks & self.unlisted),
            is_ranging=table.is_ranging,
            left_out=len(self.left_out()),
            total=table.counted,
            of=around.pulse.open if around and here in around.within_open else None,
            told=queue_words.read_at(self.desk.clock.now(), self.desk.zone) if around else "",
        )
        is_empty = table.counted == 0 and around is not None
        self.set_class(is_empty, "-is-empty")
        if is_empty:
            self.tell_empty(self.view, self.query_text)

    @on(LineTable.Failed)
    def _failed(self, event: LineTable.Failed) -> None:
        if isinstance(event.error, OrderError):  # it was chosen when the question was another one
            self.sort, self.descending = "attention", False
            self.ask_list(keep_cursor=True)
        self.console.report(event.error)

    @on(LineTable.Highlighted)
    def _highlighted(self) -> None:
        self.soon(self._look_beside)

    def _look_beside(self) -> None:
        row = self.table.row
        preview, card = self.query_one(ConversationView), self.query_one(CustomerCard)
        if row is None or not preview.display:
            return
        with_customer = card.display

        def read() -> "Beside | None":
            from agentdesk.screens.queue_reads import read_beside

            return read_beside(self.desk, row.id, with_customer=with_customer)

        self.read_then(read, self._take_beside, group="beside")

    def _take_beside(self, found: "Beside | None") -> None:
        row = self.table.row
        if found is None or row is None or found.detail.id != row.id:
            return
        self._beside = found
        found.show_on(self.query_one(ConversationView), self.query_one(CustomerCard), self.desk.zone)

    def on_resize(self) -> None:
        """A pane that came into sight wants its content."""
        self._highlighted()
        self.call_after_refresh(self._tell_of_room)

    def _tell_of_room(self) -> None:
        """Columns may have found room, or lost it."""
        if self.query(LineTable):  # not while the console is leaving
            self._tell()

    def action_preview(self) -> None:
        """Show or hide the conversation."""
        is_beside = self.has_class("-normal") or self.has_class("-wide")
        self.toggle_class("-no-preview" if is_beside else "-with-preview")
        self.call_after_refresh(self._look_beside)

    def action_preview_place(self) -> None:
        """Put the conversation below the list, or beside it again; where there is only room below, show it there."""
        if self.has_class("-normal") or self.has_class("-wide"):
            self.toggle_class("-below")
            self.remove_class("-no-preview")
        else:
            self.add_class("-with-preview")
            self.console.say("There is no room beside the list at this width: the conversation is below it.")
        self.call_after_refresh(self._look_beside)

    def action_mark_all(self) -> None:
        """Mark every match."""
        self.table.mark_all()

    def action_back(self) -> None:
        """Clear the marks, then the question; never leave."""
        if not let_marks_go(self) and self.view is None:
            self.action_view_at(next(at for at, one in enumerate(self.views) if one.id == FIRST_VIEW))

    def acting_on(self) -> list[int]:
        """The marked tickets, else the highlighted one."""
        return self.table.chosen()

    def customer_here(self) -> int | None:
        """The customer of the highlighted ticket."""
        row = self.table.row
        return None if row is None else row.customer_id

    @on(LineTable.Opened)
    def _opened(self, event: LineTable.Opened) -> None:
        name = self.view.name if self.view else "Search"
        self.console.open_ticket(event.row.id, Walk(self.source(), event.row, name))

    def action_new_ticket(self) -> None:
        """Write a new ticket."""
        self.console.show("new_ticket", then=partial(self.console.open_ticket))

    def action_why(self) -> None:
        """Say why the ticket stands where it does; on an empty desk, how to fill it."""
        row = self.table.row
        if self.is_new:
            self.tell_import()
        elif row is not None:
            now, order, table = self.desk.clock.now(), self.order(), self.table
            below = None if self.group else table.pages.row(table.cursor + 1)
            told = queue_words.beside(row, below, now, self.desk.zone, order)
            self.console.say(f"{queue_words.why(row, now, *order)}{told}")
