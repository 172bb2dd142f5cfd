"""A customer's thank-you opens a solved ticket again, and one key keeps it solved: it was never reopened (vocabulary 3.1).

What the reopening changed is put back from its journal row; figures and clocks pass over both, see `queries/thanked.py`.
"""

from sqlmodel import col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Status
from agentdesk.models import ChangeRow, Journal, Ticket
from agentdesk.store import history
from agentdesk.store.change import Change

REASON = "only a thank-you"
_PUT_BACK = ("solved_at", "resolution_code")


class NoThanksError(AgentDeskError):
    """The ticket is not open because of a thank-you."""


def keep_solved(change: Change, ticket_id: int, *, expected_version: int | None = None) -> Ticket:
    """Put back a ticket that a customer's message reopened, as if it had stayed solved.

    Raises:
        InvalidTransitionError: it is not open.
        NoThanksError: no customer's message reopened it, or it was worked on since.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    status = next_status(ticket_ref(ticket_id), ticket.status, Action.THANKS)
    opened = _reopening(change, ticket_id)
    before = opened.before or {}
    ticket.status = status
    for name in _PUT_BACK:
        setattr(ticket, name, history.decode(Ticket.__table__, name, before.get(name)))  # type: ignore[attr-defined]
    ticket.reopen_count = max(ticket.reopen_count - 1, 0)
    ticket.waiting_since = ticket.wake_at = None
    change.record(Event.TICKET_THANKED, ticket, reason=REASON)
    return ticket


def _reopening(change: Change, ticket_id: int) -> Journal:
    """The row that tells how a message reopened the ticket, the last thing that happened to its status.

    Raises:
        NoThanksError: there is none, or something was done since.
    """
    rows = change.session.exec(
        select(Journal)
        .join(ChangeRow, col(ChangeRow.id) == col(Journal.change_id))
        .where(
            Journal.ticket_id == ticket_id,
            col(ChangeRow.undone_by_id).is_(None),
            col(ChangeRow.undo_of_id).is_(None),
            col(Journal.entity).in_(("ticket", "message")),
        )
        .order_by(col(Journal.at).desc(), col(Journal.id).desc())
    )
    for row in rows:
        after = row.after or {}
        if (
            row.entity == "message"
            and after.get("author_kind") == "agent"
            and after.get("visibility") == "public"
        ):
            raise NoThanksError(f"{ticket_ref(ticket_id)} was answered since it came back: solve it with s.")
        if row.entity == "ticket" and "status" in after:
            if row.event == Event.TICKET_REOPENED and not row.is_main and after["status"] == Status.OPEN:
                return row
            break
    raise NoThanksError(f"{ticket_ref(ticket_id)} was not reopened by a customer's message: solve it with s.")
