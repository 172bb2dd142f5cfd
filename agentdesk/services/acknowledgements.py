"""By when somebody has to have answered an escalation at all: a timer of its own, beside those of the ticket."""

from datetime import datetime

from agentdesk.domain.desk_settings import ACK_MINUTES
from agentdesk.domain.sla import due_at
from agentdesk.domain.sla.errors import NeverDueError
from agentdesk.models import Ticket
from agentdesk.queries.desk_settings import desk_number
from agentdesk.queries.rulebook import rulebook
from agentdesk.store.change import Change


def ack_due(change: Change, ticket: Ticket) -> datetime | None:
    """When an escalation asked now must have been answered, counted in the calendar of the ticket.

    A calendar that never opens again has no such instant, and keeps nobody from asking for help.
    """
    read = change.reader()
    hours = rulebook(read).calendar(ticket.calendar_id)
    try:
        return due_at(hours, change.at, desk_number(read, ACK_MINUTES))
    except NeverDueError:
        return None
