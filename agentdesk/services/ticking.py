"""What time alone does to a ticket: it wakes at its instant and is closed after its days, each once, whoever asks how often."""

from datetime import datetime

from agentdesk.domain.vocabulary import Status
from agentdesk.models import Ticket
from agentdesk.queries.due_work import solved_before
from agentdesk.services import notices, statuses
from agentdesk.store.change import Change


def wake_if_due(change: Change, ticket_id: int) -> str | None:
    """Wake a ticket whose instant has come; what it was, or None where it woke already or is to sleep longer."""
    ticket = change.get(Ticket, ticket_id)
    if ticket.wake_at is None or ticket.wake_at > change.at:
        return None
    if ticket.status not in (Status.PENDING, Status.ON_HOLD):
        return None
    was = ticket.status.replace("_", " ")
    whose = [] if ticket.assignee_id is None else [ticket.assignee_id]
    notices.tell(change, whose, ticket_id, kind="woke", words=f"woke at its time; it was {was}")
    statuses.wake_ticket(change, ticket_id)
    return was


def close_if_due(change: Change, ticket_id: int) -> datetime | None:
    """Close a ticket that was solved long enough ago; when that was, or None where it is closed or open again."""
    ticket = change.get(Ticket, ticket_id)
    before = solved_before(change.reader())
    if ticket.status != Status.SOLVED or ticket.solved_at is None or before is None:
        return None
    if ticket.solved_at > before:
        return None
    statuses.close_ticket(change, ticket_id)
    return ticket.solved_at
