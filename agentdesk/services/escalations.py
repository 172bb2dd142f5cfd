"""Escalation: somebody else is asked, by name, for something, by a time. The owner of the ticket stays the owner."""

from datetime import datetime

from sqlmodel import col

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import (
    OPEN_ESCALATION,
    EscalationKind,
    EscalationLevel,
    EscalationReason,
    EscalationState,
    EscalationTrigger,
)
from agentdesk.models import Agent, Escalation, Queue, Ticket
from agentdesk.services import messages
from agentdesk.store.change import Change

_MOVES = {
    EscalationState.ACCEPTED: (EscalationState.REQUESTED,),
    EscalationState.DECLINED: (EscalationState.REQUESTED,),
    EscalationState.RETURNED: (EscalationState.ACCEPTED,),
    EscalationState.RESOLVED: OPEN_ESCALATION,
    EscalationState.WITHDRAWN: OPEN_ESCALATION,
}


def escalate_ticket(
    change: Change,
    ticket_id: int,
    *,
    kind: str,
    reason_code: str,
    ask: str,
    to_queue_id: int | None = None,
    to_agent_id: int | None = None,
    to_party: str = "",
    level: str | None = None,
    needed_by: datetime | None = None,
    tell_customer: str = "",
    trigger: str = EscalationTrigger.MANUAL,
    expected_version: int | None = None,
) -> Escalation:
    """Ask somebody else; `tell_customer` is sent to the customer as a reply in the same submit.

    Raises:
        InvalidValueError: nothing is asked, nobody is named, or a word is unknown.
        InvalidTransitionError: the ticket is solved or closed.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    if ticket.status in ("solved", "closed"):
        raise InvalidTransitionError(ticket_ref(ticket_id), ticket.status, "be escalated", "Reopen it first.")
    _check_words(kind, reason_code, level, ask)
    if to_queue_id is None and to_agent_id is None and not to_party.strip() and level is None:
        raise InvalidValueError("to", "", hint="Name a queue, an agent, a level or an outside party.")
    if to_queue_id is not None:
        change.get(Queue, to_queue_id)
    if to_agent_id is not None:
        change.get(Agent, to_agent_id)
    escalation = Escalation(
        ticket_id=ticket_id,
        kind=kind,
        trigger=trigger,
        level=level,
        from_agent_id=change.actor.id,
        to_queue_id=to_queue_id,
        to_agent_id=to_agent_id,
        to_party=to_party.strip(),
        reason_code=reason_code,
        ask=ask.strip(),
        needed_by=needed_by,
        created_at=change.at,
        updated_at=change.at,
    )
    ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.ASSIGN)
    ticket.is_escalated = True
    change.add(escalation)
    change.record(Event.ESCALATION_REQUESTED, escalation, reason=escalation.ask)
    if tell_customer.strip():
        messages.reply_to_ticket(change, ticket_id, tell_customer)
    return escalation


def accept_escalation(
    change: Change, escalation_id: int, *, expected_version: int | None = None
) -> Escalation:
    """The receiver takes it on."""
    return _answer(
        change,
        escalation_id,
        EscalationState.ACCEPTED,
        Event.ESCALATION_ACCEPTED,
        "",
        expected_version=expected_version,
    )


def decline_escalation(
    change: Change, escalation_id: int, reason: str, *, expected_version: int | None = None
) -> Escalation:
    """The receiver says no, and why."""
    _required("reason", reason)
    return _answer(
        change,
        escalation_id,
        EscalationState.DECLINED,
        Event.ESCALATION_DECLINED,
        reason,
        expected_version=expected_version,
    )


def return_escalation(
    change: Change, escalation_id: int, outcome: str, *, expected_version: int | None = None
) -> Escalation:
    """The receiver gives it back with what was found."""
    _required("outcome", outcome)
    return _answer(
        change,
        escalation_id,
        EscalationState.RETURNED,
        Event.ESCALATION_RETURNED,
        outcome,
        expected_version=expected_version,
    )


def resolve_escalation(
    change: Change, escalation_id: int, outcome: str, *, expected_version: int | None = None
) -> Escalation:
    """What was asked for is done."""
    _required("outcome", outcome)
    return _answer(
        change,
        escalation_id,
        EscalationState.RESOLVED,
        Event.ESCALATION_RESOLVED,
        outcome,
        expected_version=expected_version,
    )


def withdraw_escalation(
    change: Change, escalation_id: int, reason: str = "", *, expected_version: int | None = None
) -> Escalation:
    """The one who asked no longer needs it."""
    return _answer(
        change,
        escalation_id,
        EscalationState.WITHDRAWN,
        Event.ESCALATION_WITHDRAWN,
        reason,
        expected_version=expected_version,
    )


def _answer(
    change: Change,
    escalation_id: int,
    state: EscalationState,
    event: Event,
    words: str,
    *,
    expected_version: int | None,
) -> Escalation:
    change.actor.require(Permission.WORK)
    escalation = change.get(Escalation, escalation_id, expected_version)
    if escalation.state not in _MOVES[state]:
        raise InvalidTransitionError(f"Escalation {escalation_id}", escalation.state, f"be {state}")
    escalation.state = state
    escalation.acknowledged_at = escalation.acknowledged_at or change.at
    escalation.outcome = words.strip() or escalation.outcome
    ticket = change.get(Ticket, escalation.ticket_id)
    others = change.find_all(
        Escalation,
        Escalation.ticket_id == ticket.id,
        Escalation.id != escalation_id,
        col(Escalation.state).in_(OPEN_ESCALATION),
    )
    ticket.is_escalated = bool(others) or state in OPEN_ESCALATION
    change.record(event, escalation, reason=words)
    return escalation


def _check_words(kind: str, reason_code: str, level: str | None, ask: str) -> None:
    if kind not in set(EscalationKind):
        raise InvalidValueError("kind", kind, [str(one) for one in EscalationKind])
    if reason_code not in set(EscalationReason):
        raise InvalidValueError("reason", reason_code, [str(one) for one in EscalationReason])
    if level is not None and level not in set(EscalationLevel):
        raise InvalidValueError("level", level, [str(one) for one in EscalationLevel])
    _required("ask", ask)


def _required(name: str, words: str) -> None:
    if not words.strip():
        raise InvalidValueError(name, words, hint="Say it in words: the other side acts on it.")
