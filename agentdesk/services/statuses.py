"""Moves through the state machine, each with its guard and its side effects (vocabulary 3.1)."""

from datetime import datetime

from sqlmodel import col

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, action_towards, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import OPEN_ESCALATION, EscalationState, Resolution, Status
from agentdesk.models import Escalation, Ticket
from agentdesk.services.already import say_already
from agentdesk.services.intake import require_complete
from agentdesk.store.change import Change

ANSWERED = Resolution.ANSWERED.value


def set_status(
    change: Change,
    ticket_id: int,
    status: str,
    *,
    reason: str = "",
    waiting_for: str = "",
    wake_at: datetime | None = None,
    resolution: str = ANSWERED,
    expected_version: int | None = None,
) -> Ticket:
    """Bring a ticket to `status` by the one action that leads there.

    Args:
        change: the transaction.
        ticket_id: the ticket.
        status: one of the six.
        reason: why; pending wants one unless a reply goes out in the same submit.
        waiting_for: the party an on-hold ticket waits for; required there.
        wake_at: when a pending or on-hold ticket comes back by itself.
        resolution: how it ended, where it is solved.
        expected_version: the version the caller saw.

    Raises:
        InvalidTransitionError: no action leads from here to there.
        InvalidValueError: a guard is not met; the sentence names what is missing.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    if status not in set(Status):
        raise InvalidValueError("status", status, [str(one) for one in Status])
    if status == ticket.status:
        say_already(change, ticket, ["status"])
        return ticket
    if ticket.status in (Status.PENDING, Status.ON_HOLD) and status in (Status.PENDING, Status.ON_HOLD):
        wake_ticket(change, ticket_id)
    action = action_towards(ticket.status, status)
    if action is None:
        raise InvalidTransitionError(ticket_ref(ticket_id), _word(ticket.status), f"become {_word(status)}")
    if action is Action.SOLVE:
        return solve_ticket(change, ticket_id, resolution=resolution, reason=reason)
    if action is Action.REOPEN:
        return reopen_ticket(change, ticket_id, reason=reason)
    if action is Action.CLOSE:
        return close_ticket(change, ticket_id)
    if action is Action.WAKE:
        return wake_ticket(change, ticket_id)
    return _set_waiting(change, ticket, action, reason=reason, waiting_for=waiting_for, wake_at=wake_at)


def _set_waiting(
    change: Change, ticket: Ticket, action: Action, *, reason: str, waiting_for: str, wake_at: datetime | None
) -> Ticket:
    assert ticket.id is not None
    status = next_status(ticket_ref(ticket.id), ticket.status, action)
    if action is Action.HOLD and not waiting_for.strip():
        raise InvalidValueError("waiting for", waiting_for, hint="Name the party this ticket waits for.")
    if action is Action.ASK and not reason.strip():
        raise InvalidValueError(
            "reason", reason, hint="Reply to the customer, or say why the ticket waits for them."
        )
    ticket.status = status
    ticket.waiting_for = waiting_for.strip() if action is Action.HOLD else ""
    ticket.wake_at = wake_at
    change.record(Event.TICKET_STATUS, ticket, reason=reason)
    return ticket


def solve_ticket(
    change: Change,
    ticket_id: int,
    *,
    resolution: str = ANSWERED,
    reason: str = "",
    expected_version: int | None = None,
) -> Ticket:
    """Solve a ticket; one without an assignee becomes the solver's. A promise to the customer is kept by it.

    Escalations that wait for an answer are withdrawn. Every door comes through here; only what is not an agent's word
    that the matter is done passes by the form: a merge, the closing of what was solved long ago, an imported history.

    Raises:
        InvalidTransitionError: it is solved or closed already.
        InvalidValueError: the resolution code is unknown.
        UnfilledError: the form of its category is not complete; names the fields.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    status = next_status(ticket_ref(ticket_id), ticket.status, Action.SOLVE)
    if resolution not in set(Resolution):
        raise InvalidValueError("resolution", resolution, [str(one) for one in Resolution])
    require_complete(change, ticket)
    ticket.status = status
    ticket.assignee_id = ticket.assignee_id if ticket.assignee_id is not None else change.actor.id
    ticket.resolution_code = resolution
    ticket.solved_at = change.at
    ticket.due_at = ticket.wake_at = ticket.waiting_since = None
    ticket.waiting_for = ""
    _end_escalations(change, ticket)
    change.record(Event.TICKET_SOLVED, ticket, reason=reason)
    return ticket


def _end_escalations(change: Change, ticket: Ticket) -> None:
    """Nobody owes an answer about what is solved: what was asked is withdrawn with it, and comes back with an undo."""
    for one in change.find_all(
        Escalation, Escalation.ticket_id == ticket.id, col(Escalation.state).in_(OPEN_ESCALATION)
    ):
        one.state = EscalationState.WITHDRAWN
        one.outcome = "the ticket was solved"
        change.besides = "is solved, and what was asked about it is withdrawn"
    ticket.is_escalated = False


def reopen_ticket(
    change: Change, ticket_id: int, *, reason: str = "", expected_version: int | None = None
) -> Ticket:
    """Take a solved ticket up again; the first resolution stays in the journal (rule R10)."""
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.REOPEN)
    ticket.reopen_count += 1
    ticket.solved_at = None
    ticket.resolution_code = None
    change.record(Event.TICKET_REOPENED, ticket, reason=reason)
    return ticket


def close_ticket(change: Change, ticket_id: int, *, expected_version: int | None = None) -> Ticket:
    """Close a solved ticket for good."""
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.CLOSE)
    ticket.closed_at = change.at
    change.record(Event.TICKET_CLOSED, ticket)
    return ticket


def wake_ticket(change: Change, ticket_id: int, *, expected_version: int | None = None) -> Ticket:
    """Bring a waiting ticket back to open."""
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.WAKE)
    ticket.wake_at = None
    ticket.waiting_for = ""
    change.record(Event.TICKET_WOKEN, ticket)
    return ticket


def snooze_ticket(
    change: Change, ticket_id: int, *, until: datetime | None, expected_version: int | None = None
) -> Ticket:
    """Set a ticket aside until an instant: a new or open one becomes pending; None takes the wake-up off.

    Raises:
        InvalidTransitionError: it is solved or closed.
        InvalidValueError: the instant is past.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    if until is not None and until <= change.at:
        raise InvalidValueError("until", until.isoformat(), hint="Name an instant to come.")
    if until is not None and ticket.status not in (Status.PENDING, Status.ON_HOLD):
        ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.ASK)
    ticket.wake_at = until
    if not change.record(Event.TICKET_SNOOZED, ticket):
        say_already(change, ticket, ["wake_at"])
    return ticket


def _word(status: str) -> str:
    return status.replace("_", " ")
