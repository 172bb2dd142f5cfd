"""Everything about one customer in one snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agentdesk.desk import Desk
from agentdesk.queries import customers
from agentdesk.queries.customers import CustomerDetail, TimelineRow
from agentdesk.queries.tickets import TicketRow


@dataclass(frozen=True, slots=True)
class About:
    """A customer, their open tickets, and what happened lately, newest first."""

    customer: CustomerDetail
    open_tickets: Sequence[TicketRow]
    timeline: Sequence[TimelineRow]
    total: int
    now: datetime


def read_about(desk: Desk, customer_id: int, limit: int = 12) -> About | None:
    """One customer, or the one they were merged into; None once they are gone."""
    with desk.read() as read:
        customer_id = customers.living(read, customer_id)
        found = customers.customer_detail(read, customer_id)
        if found is None:
            return None
        lately = customers.timeline(read, customer_id, limit)
        opened = customers.open_tickets_of(read, customer_id)
        return About(found, opened, lately.entries, lately.total, read.now)
