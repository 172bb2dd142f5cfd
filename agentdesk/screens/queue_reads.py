"""What the queue shows around its list, each read in one snapshot in a thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from agentdesk.desk import Desk
from agentdesk.domain.when import dated
from agentdesk.queries import customers, ticket_detail, views
from agentdesk.queries.customers import CustomerDetail, TimelineRow
from agentdesk.queries.ticket_detail import HistoryRow, MessageRow, TicketDetail
from agentdesk.queries.tickets import TicketRow
from agentdesk.queries.views import Pulse, View
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.customer_card import CustomerCard


@dataclass(frozen=True, slots=True)
class Frame:
    """Views with their counts, those of open tickets alone, the pulse, and the highest ticket number there is."""

    views: Sequence[View]
    within_open: frozenset[str]
    counts: Mapping[str, int]
    pulse: Pulse
    last_ticket_id: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the list: the conversation, and the customer with what happened lately."""

    detail: TicketDetail
    messages: Sequence[MessageRow]
    history: Sequence[HistoryRow]
    customer: CustomerDetail | None
    open_tickets: Sequence[TicketRow]
    timeline: Sequence[TimelineRow]
    now: datetime

    def show_on(self, preview: ConversationView, card: CustomerCard, zone: ZoneInfo) -> None:
        """Show it in its two panes."""
        preview.show(self.detail, self.messages, self.history, self.now, zone)
        if self.customer is None:
            card.clear("This ticket has no customer yet.")
        else:
            card.show(self.customer, self.open_tickets, self.timeline, self.now, zone, here=self.detail.id)


def read_frame(desk: Desk) -> Frame:
    """Everything above the list."""
    with desk.read() as read:
        listed = views.views(read)
        last = read.value("SELECT max(id) FROM ticket")
        counts, within = views.counts(read, listed, desk.zone), views.within_open(listed)
        return Frame(listed, within, counts, views.late_and_next(read), last, read.now)


def is_new(desk: Desk, frame: Frame | None) -> bool:
    """Whether nobody has written a ticket yet; asked of the store where the frame has not been read."""
    if frame is not None:
        return frame.last_ticket_id is None
    with desk.read() as read:
        return read.value("SELECT max(id) FROM ticket") is None


def count_customers(desk: Desk) -> int:
    """How many customers there are."""
    with desk.read() as read:
        return int(read.value("SELECT count(*) FROM customer WHERE merged_into_id IS NULL") or 0)


def read_beside(desk: Desk, ticket_id: int, *, with_customer: bool) -> Beside | None:
    """Everything beside the list; None once the ticket is gone."""
    with desk.read() as read:
        detail = ticket_detail.ticket_detail(read, ticket_id)
        if detail is None:
            return None
        customer: CustomerDetail | None = None
        opened: Sequence[TicketRow] = ()
        lately: Sequence[TimelineRow] = ()
        if with_customer and detail.customer_id is not None:
            customer = customers.customer_detail(read, detail.customer_id)
            opened = customers.open_tickets_of(read, detail.customer_id, 8)
            lately = customers.timeline(read, detail.customer_id, 12).entries
        return Beside(
            detail,
            ticket_detail.messages(read, ticket_id),
            ticket_detail.history(read, ticket_id, desk.zone, read.now, say=dated),
            customer,
            opened,
            lately,
            read.now,
        )
