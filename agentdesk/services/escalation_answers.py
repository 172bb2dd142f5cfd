"""What becomes of an escalation: accepted, declined, returned, resolved by who was asked; withdrawn by who asked."""

from sqlmodel import col

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError
from agentdesk.domain.escalation import LEADING, MOVES, OF_AUTHORITY, NotAskedError, Target
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import OPEN_ESCALATION, EscalationState
from agentdesk.models import Agent, Escalation, Ticket
from agentdesk.services import notices, queues
from agentdesk.services.escalations import name_of, target_of
from agentdesk.store.change import Change

_VERBS = {
    EscalationState.ACCEPTED: "accept",
    EscalationState.DECLINED: "decline",
    EscalationState.RETURNED: "return",
    EscalationState.RESOLVED: "resolve",
    EscalationState.WITHDRAWN: "withdraw",
}
_EVENTS = {
    EscalationState.ACCEPTED: Event.ESCALATION_ACCEPTED,
    EscalationState.DECLINED: Event.ESCALATION_DECLINED,
    EscalationState.RETURNED: Event.ESCALATION_RETURNED,
    EscalationState.RESOLVED: Event.ESCALATION_RESOLVED,
    EscalationState.WITHDRAWN: Event.ESCALATION_WITHDRAWN,
}


def accept_escalation(
    change: Change, escalation_id: int, *, expected_version: int | None = None
) -> Escalation:
    """The receiver takes it on."""
    return _answer(change, escalation_id, EscalationState.ACCEPTED, "", expected_version)


def decline_escalation(
    change: Change, escalation_id: int, reason: str, *, expected_version: int | None = None
) -> Escalation:
    """The receiver says no, and why."""
    _required("reason", reason)
    return _answer(change, escalation_id, EscalationState.DECLINED, reason, expected_version)


def return_escalation(
    change: Change, escalation_id: int, outcome: str, *, expected_version: int | None = None
) -> Escalation:
    """The receiver gives it back with what was found."""
    _required("outcome", outcome)
    return _answer(change, escalation_id, EscalationState.RETURNED, outcome, expected_version)


def resolve_escalation(
    change: Change, escalation_id: int, outcome: str, *, expected_version: int | None = None
) -> Escalation:
    """What was asked for is done."""
    _required("outcome", outcome)
    return _answer(change, escalation_id, EscalationState.RESOLVED, outcome, expected_version)


def withdraw_escalation(
    change: Change, escalation_id: int, reason: str = "", *, expected_version: int | None = None
) -> Escalation:
    """The one who asked no longer needs it; that is no acknowledgement by anybody."""
    return _answer(change, escalation_id, EscalationState.WITHDRAWN, reason, expected_version)


def _answer(
    change: Change, escalation_id: int, state: EscalationState, words: str, expected_version: int | None
) -> Escalation:
    """Move an escalation on.

    Raises:
        NotAskedError: the actor was not asked, or did not ask; the sentence says who can.
        InvalidTransitionError: it was answered before.
    """
    change.actor.require(Permission.WORK)
    escalation = change.get(Escalation, escalation_id, expected_version)
    _require_turn(change, escalation, state)
    if escalation.state not in MOVES[state]:
        raise InvalidTransitionError(f"Escalation {escalation_id}", escalation.state, f"be {state}")
    escalation.state = state
    if state is not EscalationState.WITHDRAWN:
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
    _tell_asker(change, escalation)
    change.record(_EVENTS[state], escalation, reason=words)
    notices.settle(change, escalation.ticket_id, kind=notices.ASKED, told_at=escalation.created_at)
    return escalation


def _require_turn(change: Change, escalation: Escalation, state: EscalationState) -> None:
    actor, target = change.actor, target_of(escalation)
    assert escalation.id is not None
    if state is EscalationState.WITHDRAWN:
        asker = (
            None if escalation.from_agent_id is None else change.session.get(Agent, escalation.from_agent_id)
        )
        if actor.role not in LEADING and (asker is None or asker.id != actor.id):
            who = [] if asker is None else [f"{asker.handle}, who asked"]
            raise NotAskedError(escalation.id, actor.handle, _VERBS[state], who)
        return
    mine = set() if actor.id is None else queues.queues_of(change, actor.id)
    if not target.may_be_answered_by(actor.id, actor.role, mine):
        raise NotAskedError(escalation.id, actor.handle, _VERBS[state], _able(change, target))


def _able(change: Change, target: Target) -> list[str]:
    """Who can answer besides leads and admins, in words."""
    if target.agent_id is None and target.queue_id is None and target.level in OF_AUTHORITY:
        return []
    whom = name_of(change, target)
    if target.queue_id is None:
        return [f"{whom}, who was asked"]
    return [f"whoever takes from {whom}"]


def _tell_asker(change: Change, escalation: Escalation) -> None:
    asker = escalation.from_agent_id
    if asker is None or asker == change.actor.id or escalation.state == EscalationState.WITHDRAWN:
        return
    whom = name_of(change, target_of(escalation))
    said = f": {escalation.outcome}" if escalation.outcome else ""
    of_whom = "" if whom == change.actor.handle else f" of {whom}"
    words = f"{change.actor.handle} {escalation.state} what you asked{of_whom}{said}"
    notices.tell(change, [asker], escalation.ticket_id, kind=notices.ANSWERED, words=words)


def _required(name: str, words: str) -> None:
    if not words.strip():
        raise InvalidValueError(name, words, hint="Say it in words: the other side acts on it.")
