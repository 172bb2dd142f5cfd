"""By when somebody has to have answered an escalation at all, counted from an instant in the hours of its ticket."""

from datetime import datetime

from agentdesk.domain.desk_settings import ACK_MINUTES
from agentdesk.domain.sla import due_at
from agentdesk.domain.sla.errors import NeverDueError
from agentdesk.queries.desk_settings import desk_number
from agentdesk.queries.rulebook import rulebook
from agentdesk.store.reader import Reader


def ack_due_from(read: Reader, calendar_id: int | None, at: datetime) -> datetime | None:
    """When what is asked at an instant must have been answered; None in a calendar that never opens again."""
    try:
        return due_at(rulebook(read).calendar(calendar_id), at, desk_number(read, ACK_MINUTES))
    except NeverDueError:
        return None
