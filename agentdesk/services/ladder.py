"""The desk itself escalates: every step of a policy's ladder that a clock has come to, once for each clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col

from agentdesk.domain.events import Event
from agentdesk.domain.safe_text import line
from agentdesk.domain.sla import SlaClock, Step
from agentdesk.domain.sla.ladder import Deed, Party
from agentdesk.domain.sla.reaching import reached_steps
from agentdesk.domain.sla.telling import title, wall
from agentdesk.domain.vocabulary import (
    OPEN_ESCALATION,
    EscalationKind,
    EscalationLevel,
    EscalationReason,
    EscalationState,
    EscalationTrigger,
)
from agentdesk.models import Escalation, SlaStep, Ticket
from agentdesk.queries.clocks import ticket_clocks
from agentdesk.queries.due_work import ESCALATION, UNACKNOWLEDGED, taken_steps
from agentdesk.queries.policies import policy_by_id
from agentdesk.services import escalations, notices, queues
from agentdesk.store.change import Change

_LEVELS = {Party.LEAD: EscalationLevel.LEAD, Party.MANAGER: EscalationLevel.MANAGER}


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done for one clock: `step` as the ladder spells it, and a sentence that follows the reference."""

    step: str
    is_escalation: bool
    words: str


def take_steps(change: Change, ticket_id: int) -> list[Taken]:
    """Take every step that the clocks of a ticket have come to; those that were taken stay so, whoever asks.

    The ticket is locked first, so that of several who ask at once the first does it and the others find it done.
    Where several steps of one clock are due at once, as after a night without anybody asking, all are marked, every
    escalation is made, and each agent is told once, of the last.
    """
    ticket = change.get(Ticket, ticket_id)
    read = change.reader()
    if ticket.policy_id is None:
        return []
    ladder = policy_by_id(read, ticket.policy_id).steps
    taken = taken_steps(read, [ticket_id])
    done: list[Taken] = []
    for clock in ticket_clocks(read, ticket_id).clocks:
        key = (ticket_id, clock.metric.value, clock.number)
        missing = [step for step in reached_steps(clock, ladder) if (*key, step.id) not in taken]
        for step in missing:
            _mark(change, *key, step.id)
        done += _act(change, ticket, clock, missing)
    return done


def remind_of_escalation(change: Change, escalation_id: int) -> Taken | None:
    """Tell the leads, once, of an escalation that nobody has acknowledged in time; None where somebody has."""
    escalation = change.get(Escalation, escalation_id)
    change.get(Ticket, escalation.ticket_id)
    key = (escalation.ticket_id, ESCALATION, escalation_id, UNACKNOWLEDGED)
    is_due = escalation.ack_due_at is not None and escalation.ack_due_at <= change.at
    if escalation.state != EscalationState.REQUESTED or not is_due:
        return None
    if key in taken_steps(change.reader(), [escalation.ticket_id]):
        return None
    _mark(change, *key)
    words = f"escalation {escalation_id} is not acknowledged: {line(escalation.ask)}"
    told = notices.tell(
        change, notices.leads(change), escalation.ticket_id, kind="unacknowledged", words=words
    )
    change.record(Event.ESCALATION_REMINDED, escalation, reason=words)
    return Taken(UNACKNOWLEDGED, False, f"{words} ({_told(told)})")


def _mark(change: Change, ticket_id: int, metric: str, number: int, step: str) -> None:
    """Kept beside the journal and never undone: a step that was taken back is not taken again."""
    row = SlaStep(ticket_id=ticket_id, metric=metric, number=number, step=step, taken_at=change.at)
    change.session.add(row)
    change.session.flush()


def _act(change: Change, ticket: Ticket, clock: SlaClock, steps: Sequence[Step]) -> list[Taken]:
    done: list[Taken] = []
    told: dict[int, str] = {}
    for step in steps:
        words = _words(clock, step)
        level = _LEVELS.get(step.to)
        if step.do is Deed.ESCALATE and level is not None and not _is_asked(change, ticket, level):
            _escalate(change, ticket, level, words)
            done.append(Taken(step.spelled, True, f"{words}: escalated to {level.value}"))
        else:
            told |= dict.fromkeys(_whom(change, ticket, step.to), words)
            done.append(Taken(step.spelled, False, f"{words}: {step.to.value} told"))
    for words in dict.fromkeys(told.values()):
        whom = [agent for agent, last in told.items() if last == words]
        notices.tell(change, whom, ticket.id or 0, kind="sla", words=words)
        change.record(Event.SLA_WARNED, ticket, reason=words)
    return done


def _words(clock: SlaClock, step: Step) -> str:
    due = "" if clock.due_at is None else f", due {wall(clock.due_at, clock.calendar.zone)}"
    if step.plus_minutes:
        return f"{title(clock)} {step.plus_minutes} min over{due}"
    return f"{title(clock)} {step.at} % used{due}"


def _is_asked(change: Change, ticket: Ticket, level: EscalationLevel) -> bool:
    """Whether somebody of that level has the ticket before them already."""
    same = (Escalation.ticket_id == ticket.id, Escalation.level == level.value)
    return change.find(Escalation, *same, col(Escalation.state).in_(OPEN_ESCALATION)) is not None


def _escalate(change: Change, ticket: Ticket, level: EscalationLevel, words: str) -> None:
    escalations.escalate_ticket(
        change,
        ticket.id or 0,
        kind=EscalationKind.HIERARCHICAL,
        reason_code=EscalationReason.SLA_RISK,
        ask=f"{words[0].upper()}{words[1:]}. Decide who answers, and by when.",
        level=level,
        trigger=EscalationTrigger.SLA_RULE,
    )


def _whom(change: Change, ticket: Ticket, party: Party) -> list[int]:
    """Those who can do something about it; a ticket of nobody is everybody's of its queue, and of no queue the leads'."""
    if party is not Party.ASSIGNEE:
        return notices.leads(change)
    if ticket.assignee_id is not None:
        return [ticket.assignee_id]
    members = [] if ticket.queue_id is None else queues.members(change, ticket.queue_id)
    return members or notices.leads(change)


def _told(count: int) -> str:
    return f"{count} {'agent' if count == 1 else 'agents'} told"
