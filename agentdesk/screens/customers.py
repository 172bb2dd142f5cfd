"""The customers: a list to search, and beside it everything about the highlighted one."""

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.queries.customers import CustomerRow
from agentdesk.screens import customer_reads
from agentdesk.screens.asking import remember
from agentdesk.screens.customer_source import CustomerSource
from agentdesk.screens.frame import Page
from agentdesk.screens.marks import let_marks_go, turn_marks
from agentdesk.screens.pulse import tell_pulse
from agentdesk.screens.question_reads import read_known
from agentdesk.widgets.customer_card import CustomerCard
from agentdesk.widgets.customer_columns import customer_columns
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.query_bar import QueryBar
from agentdesk.widgets.status_line import StatusLine
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.top_bar import TopBar


class CustomersScreen(Page):
    """Customers by name."""

    CSS_PATH = "customers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("customers")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = "LineTable"
    place: ClassVar[str] = "customers"

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.query_text = ""

    def compose(self) -> ComposeResult:
        """List and card."""
        yield TopBar("customers", self.desk.actor.handle)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield LineTable[CustomerRow](customer_columns(), id="list")
                yield Static(id="empty")
            yield CustomerCard(id="card")
        yield QueryBar("customer", id="ask")
        yield StatusLine(id="status")
        yield KeyBar(self.place, self.desk.settings.keymap)

    @property
    def table(self) -> LineTable[CustomerRow]:
        """The list."""
        return self.query_one("#list", LineTable)

    def on_mount(self) -> None:
        """Everybody."""
        tell_pulse(self)
        self.table.show_source(CustomerSource(self.desk, self.query_text))

    def refresh_data(self) -> None:
        """Read again."""
        tell_pulse(self)
        self.table.reload()

    @on(LineTable.Loaded)
    @on(LineTable.Marked)
    def _tell(self) -> None:
        table = self.table
        self.query_one(StatusLine).show_state(
            query=self.query_text or "all customers",
            order="sorted by name",
            marked=len(table.marks),
            total=table.counted,
            of=None,
            told="",
            noun="customer",
        )
        self.set_class(table.counted == 0, "-is-empty")
        told = (
            "Nobody matches. / changes the question, esc clears it."
            if self.query_text
            else (
                "No customers yet. They come with their first ticket, or from a file:\n\n"
                "  agentdesk import contacts people.csv"
            )
        )
        self.query_one("#empty", Static).update(Content(told))

    @on(LineTable.Failed)
    def _failed(self, event: LineTable.Failed) -> None:
        self.console.report(event.error)

    @on(LineTable.Highlighted)
    def _highlighted(self) -> None:
        self.soon(self._look_beside)

    def _look_beside(self) -> None:
        row = self.table.row
        card = self.query_one(CustomerCard)
        if row is None or not card.display:
            return

        def take(found: customer_reads.About | None) -> None:
            here = self.table.row
            if found is not None and here is not None and found.customer.id == here.id:
                card.show(found.customer, found.open_tickets, found.timeline, found.now, self.desk.zone)

        self.read_then(lambda: customer_reads.read_about(self.desk, row.id), take, group="beside")

    def on_resize(self) -> None:
        """A card that came into sight wants its content."""
        self._highlighted()

    @on(LineTable.Opened)
    def _opened(self, event: LineTable.Opened) -> None:
        self.console.open_customer(event.row.id)

    def action_customer(self) -> None:
        """Open the highlighted customer."""
        self.table.action_open()

    def action_duplicates(self) -> None:
        """Look for pairs that may be one person."""
        self.console.show("duplicates")

    def action_merge(self) -> None:
        """Make the marked ones one."""
        if len(self.table.marks) < 2:
            self.console.say(
                "Mark the customers that are one person with space, then merge them.", severity="warning"
            )
        else:
            self.console.show("customer_merge", self.table.chosen(), then=self._merged)

    def _merged(self, _done: object) -> None:
        self.table.unmark()

    def action_copy(self) -> None:
        """Copy the address."""
        row = self.table.row
        if row is not None and (row.email or row.phone):
            self.console.copy(row.email or row.phone or "")

    def action_query(self) -> None:
        """Open the line for a question."""
        bar = self.query_one(QueryBar)
        bar.open(self.query_text)
        self.read_then(partial(read_known, self.desk, "customer"), bar.know, group="names")

    @on(QueryBar.Asked)
    def _asked(self, event: QueryBar.Asked) -> None:
        self.query_one(QueryBar).close()
        remember(self, event.text, "customer")
        self._change(event.text)

    @on(QueryBar.Closed)
    def _bar_closed(self) -> None:
        self.table.focus()

    def action_back(self) -> None:
        """Clear the marks, then the question."""
        if not let_marks_go(self) and self.query_text:
            self._change("")

    def ask(self, text: str) -> None:
        """Show who meets a question, asked from somewhere else."""
        if self.is_mounted:
            self._change(text)
        else:
            self.query_text = text

    def _change(self, text: str) -> None:
        was, self.query_text = self.query_text, text
        turn_marks(self, was, text)
        self.table.show_source(CustomerSource(self.desk, text))
