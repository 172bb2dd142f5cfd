"""By when somebody has to have answered an escalation at all: a timer of its own, beside those of the ticket."""

from datetime import datetime

from agentdesk.models import Ticket
from agentdesk.queries.acknowledging import ack_due_from
from agentdesk.store.change import Change


def ack_due(change: Change, ticket: Ticket) -> datetime | None:
    """When an escalation asked now must have been answered, counted in the calendar of the ticket.

    A calendar that never opens again has no such instant, and keeps nobody from asking for help.
    """
    return ack_due_from(change.reader(), ticket.calendar_id, change.at)
