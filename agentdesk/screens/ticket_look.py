"""Everything the ticket screen shows, read in one snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from agentdesk.desk import Desk
from agentdesk.domain.when import dated
from agentdesk.queries import (
    attachments,
    clocks,
    customers,
    drafts,
    histories,
    relations,
    ticket_detail,
    views,
)
from agentdesk.queries.escalations import EscalationRow, escalations
from agentdesk.queries.intake import Intake, intake_of
from agentdesk.queries.tickets import TicketRow

CARD_TICKETS: Final = 8
CARD_EVENTS: Final = 12


@dataclass(frozen=True, slots=True)
class TicketLook:
    """One state of a ticket and what is near it."""

    detail: ticket_detail.TicketDetail
    messages: list[ticket_detail.MessageRow]
    history: list[histories.HistoryRow]
    escalations: list[EscalationRow]
    related: list[relations.Group]
    drafts: list[drafts.DraftRow]
    clocks: clocks.TicketClocks
    pulse: views.Pulse
    customer: customers.CustomerDetail | None
    open_tickets: list[TicketRow]
    timeline: Sequence[Any]
    intake: Intake
    files: list[attachments.FileRow]


def look_at(desk: Desk, ticket_id: int) -> TicketLook | None:
    """The ticket as it is now, or None where there is none."""
    with desk.read() as read:
        detail = ticket_detail.ticket_detail(read, ticket_id)
        if detail is None:
            return None
        whose = detail.customer_id
        customer = None if whose is None else customers.customer_detail(read, whose)
        return TicketLook(
            detail,
            ticket_detail.messages(read, ticket_id),
            histories.history(read, ticket_id, desk.zone, read.now, say=dated),
            escalations(read, ticket_id),
            relations.relations(read, ticket_id),
            drafts.drafts(read, ticket_id),
            clocks.ticket_clocks(read, ticket_id),
            views.late_and_next(read),
            customer,
            [] if whose is None else customers.open_tickets_of(read, whose, CARD_TICKETS),
            [] if whose is None else customers.timeline(read, whose, CARD_EVENTS).entries,
            intake_of(read, ticket_id),
            attachments.files_of(read, ticket_id),
        )
