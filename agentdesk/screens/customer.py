"""Customer 360: who they are, what is open, and everything that ever happened, newest first."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import line, pad
from agentdesk.domain.when import stamp
from agentdesk.screens import customer_reads
from agentdesk.screens.crumbs import SIGN
from agentdesk.screens.frame import Page
from agentdesk.screens.pulse import tell_pulse
from agentdesk.widgets.customer_card import CustomerCard, happened
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.options import BarredOptions
from agentdesk.widgets.top_bar import TopBar

SHOWN = 200
"""Entries of the timeline read at once."""
WHEN = len("21 Jan 2025 10:40")
"""Cells of the instants, the longest of which names its year."""


class CustomerScreen(Page):
    """One customer."""

    CSS_PATH = "customer.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("customer")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]
    AUTO_FOCUS = "OptionList"
    place: ClassVar[str] = "customer"

    def __init__(self, desk: Desk, customer_id: int, **named: Any) -> None:
        super().__init__(desk, **named)
        self.customer_id = customer_id
        self.about: customer_reads.About | None = None

    def compose(self) -> ComposeResult:
        """Card and timeline."""
        yield TopBar("customers", self.desk.actor.handle)
        yield Static(id="where")
        with Horizontal(id="body"):
            yield CustomerCard(id="card")
            with Vertical(id="happened"):
                yield Static(id="happened-title")
                yield BarredOptions(id="timeline", markup=False)
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Read."""
        self.refresh_data()

    def refresh_data(self) -> None:
        """Read again."""
        tell_pulse(self)
        self.read_then(
            lambda: customer_reads.read_about(self.desk, self.customer_id, SHOWN), self._take, group="about"
        )

    def _take(self, found: customer_reads.About | None) -> None:
        self.about = found
        card, entries = self.query_one(CustomerCard), self.query_one(OptionList)
        if found is None:
            card.clear("This customer does not exist any more.")
            return
        zone = self.desk.zone
        where = Content.assemble((f"Customers{SIGN}", "$muted"), (line(found.customer.name), "bold $ink"))
        self.query_one("#where", Static).update(where)
        card.show(found.customer, found.open_tickets, (), found.now, zone)
        at = entries.highlighted
        entries.clear_options()
        total = f"{found.total:,}".replace(",", " ")
        title = Content.styled(f"WHAT HAPPENED  {total}, newest first", "$faint")
        self.query_one("#happened-title", Static).update(title)
        for one in found.timeline:
            when = f"{pad(stamp(one.at, found.now, zone), WHEN)}  "
            entries.add_option(Option(Content.assemble((when, "$faint"), (happened(one), "$ink"))))
        if found.total > len(found.timeline):
            told = f"{found.total - len(found.timeline)} older: agentdesk customer show {self.customer_id}"
            entries.add_option(Option(Content.styled(told, "$faint"), disabled=True))
        if found.timeline:
            entries.highlighted = min(at or 0, len(found.timeline) - 1)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if self.about is not None and event.option_index < len(self.about.timeline):
            ticket = self.about.timeline[event.option_index].ticket_id
            if ticket is not None:
                self.console.open_ticket(ticket)

    def action_down(self) -> None:
        """One entry down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """One entry up."""
        self.query_one(OptionList).action_cursor_up()

    def action_new_ticket(self) -> None:
        """Write a ticket for them."""
        self.console.show("new_ticket", customer_id=self.customer_id, then=self.console.open_ticket)

    def action_merge(self) -> None:
        """Show who may be the same person."""
        if self.about is not None:
            self.console.show("duplicates", customer_id=self.about.customer.id)

    def action_copy(self) -> None:
        """Copy the address."""
        if self.about is not None:
            address = self.about.customer.email or self.about.customer.phone
            self.console.copy(address or ticket_ref(self.customer_id))

    def action_back(self) -> None:
        """Back to where you came from."""
        self.dismiss()
