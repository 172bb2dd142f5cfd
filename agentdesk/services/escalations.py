"""Escalation: somebody else is asked, by name, for something, by a time. The owner of the ticket stays the owner.

Whoever was asked may ask further: that is the next step of a chain, and the step before it stays as it is.
"""

from datetime import datetime

from sqlmodel import col

from agentdesk.domain.actor import Actor, Permission
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError
from agentdesk.domain.escalation import LEVEL_WORDS, OF_AUTHORITY, AlreadyAskedError, Target, agent_fault
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import (
    OPEN_ESCALATION,
    EscalationKind,
    EscalationLevel,
    EscalationReason,
    EscalationTrigger,
)
from agentdesk.models import Agent, Escalation, Queue, Ticket
from agentdesk.services import acknowledgements, messages, notices, queues
from agentdesk.store.change import Change


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
    previous_id: int | None = None,
    needed_by: datetime | None = None,
    tell_customer: str = "",
    trigger: str = EscalationTrigger.MANUAL,
    expected_version: int | None = None,
) -> Escalation:
    """Ask somebody else; `tell_customer` is sent to the customer as a reply in the same submit.

    Raises:
        InvalidValueError: nothing is asked, nobody, more than one or somebody who could not answer is named, or a
            word is unknown.
        InvalidTransitionError: the ticket is solved or closed.
        AlreadyAskedError: the same one was asked about this ticket and has not finished.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    if ticket.status in ("solved", "closed"):
        raise InvalidTransitionError(ticket_ref(ticket_id), ticket.status, "be escalated", "Reopen it first.")
    _check_words(kind, reason_code, level, ask)
    target = Target(to_queue_id, to_agent_id, to_party.strip(), level)
    _check_target(change, target)
    _check_steps(change, ticket_id, target, previous_id)
    escalation = Escalation(
        ticket_id=ticket_id,
        kind=kind,
        trigger=trigger,
        level=level,
        from_agent_id=change.actor.id,
        to_queue_id=to_queue_id,
        to_agent_id=to_agent_id,
        to_party=target.party,
        reason_code=reason_code,
        ask=ask.strip(),
        needed_by=needed_by,
        ack_due_at=acknowledgements.ack_due(change, ticket),
        previous_id=previous_id,
        created_at=change.at,
        updated_at=change.at,
    )
    if trigger != EscalationTrigger.SLA_RULE:  # a desk that asks by itself has not begun to work on it
        ticket.status = next_status(ticket_ref(ticket_id), ticket.status, Action.ASSIGN)
    ticket.is_escalated = True
    change.add(escalation)
    _tell_asked(change, escalation, ticket.assignee_id)
    change.record(Event.ESCALATION_REQUESTED, escalation, reason=escalation.ask)
    if tell_customer.strip():
        messages.reply_to_ticket(change, ticket_id, tell_customer)
    return escalation


def target_of(escalation: Escalation) -> Target:
    """Who was asked."""
    return Target(escalation.to_queue_id, escalation.to_agent_id, escalation.to_party, escalation.level)


def name_of(change: Change, target: Target) -> str:
    """Who was asked, in words: a queue's name, a handle, a party, or a level."""
    if target.agent_id is not None:
        return change.session.get_one(Agent, target.agent_id).handle
    if target.queue_id is not None:
        return change.session.get_one(Queue, target.queue_id).name
    return target.party or LEVEL_WORDS[EscalationLevel(target.level or "")]


def _tell_asked(change: Change, escalation: Escalation, owner_id: int | None) -> None:
    """Leave a notice for those who are asked, and for the owner of the ticket, where somebody else asks about it."""
    target = target_of(escalation)
    whom = "you" if target.agent_id is not None else name_of(change, target)
    asked = [one for one in _asked(change, target) if one != change.actor.id]
    notices.tell(
        change,
        asked,
        escalation.ticket_id,
        kind=notices.ASKED,
        words=f"{change.actor.handle} asks {whom}: {escalation.ask}",
    )
    if owner_id is not None and owner_id not in {*asked, change.actor.id}:
        words = f"{change.actor.handle} asks {name_of(change, target)} about your ticket: {escalation.ask}"
        notices.tell(change, [owner_id], escalation.ticket_id, kind=notices.ABOUT, words=words)


def _asked(change: Change, target: Target) -> list[int]:
    """Whom to tell; a level of skill and an outside party are nobody in particular."""
    if target.agent_id is not None:
        return [target.agent_id]
    if target.queue_id is not None:
        return queues.members(change, target.queue_id)
    return notices.leads(change) if not target.party and target.level in OF_AUTHORITY else []


def _check_target(change: Change, target: Target) -> None:
    if not target.named and target.level is None:
        raise InvalidValueError("to", "", hint="Name a queue, an agent, a level or an outside party.")
    if target.queue_id is not None:
        change.get(Queue, target.queue_id)
    if target.agent_id is not None:
        _check_agent(change.actor, change.get(Agent, target.agent_id), target)
    if target.level == EscalationLevel.VENDOR and not target.party:
        raise InvalidValueError(
            "level",
            EscalationLevel.VENDOR.value,
            hint="Nobody here answers for a vendor: name the outside party.",
        )
    if target.named > 1:
        raise InvalidValueError(
            "to",
            name_of(change, target),
            hint="One step asks one queue, one agent or one outside party: escalate again for the other.",
        )


def _check_agent(actor: Actor, agent: Agent, target: Target) -> None:
    hint = agent_fault(target, role=agent.role, is_active=agent.is_active, is_asker=agent.id == actor.id)
    if hint:
        raise InvalidValueError("to", agent.handle, hint=hint)


def _check_steps(change: Change, ticket_id: int, target: Target, previous_id: int | None) -> None:
    if previous_id is not None and change.get(Escalation, previous_id).ticket_id != ticket_id:
        raise InvalidValueError(
            "step before",
            str(previous_id),
            hint=f"It is a step of another ticket than {ticket_ref(ticket_id)}.",
        )
    standing = change.find_all(
        Escalation, Escalation.ticket_id == ticket_id, col(Escalation.state).in_(OPEN_ESCALATION)
    )
    for one in standing:
        if target_of(one).key == target.key:
            raise AlreadyAskedError(ticket_ref(ticket_id), name_of(change, target), one.id or 0, one.state)


def _check_words(kind: str, reason_code: str, level: str | None, ask: str) -> None:
    if kind not in set(EscalationKind):
        raise InvalidValueError("kind", kind, [str(one) for one in EscalationKind])
    if reason_code not in set(EscalationReason):
        raise InvalidValueError("reason", reason_code, [str(one) for one in EscalationReason])
    if level is not None and level not in set(EscalationLevel):
        raise InvalidValueError("level", level, [str(one) for one in EscalationLevel])
    if not ask.strip():
        # There is one place for words, and it is required for every reason: a second one would be left empty.
        why = " and why, because “other” does not" if reason_code == EscalationReason.OTHER else ""
        raise InvalidValueError("ask", ask, hint=f"Say it in words{why}: the other side acts on it.")
