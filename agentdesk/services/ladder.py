"""The desk itself escalates: every step of a policy's ladder that a clock has come to, once for each clock."""

from collections.abc import Mapping, Sequence
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
from agentdesk.models import Agent, Escalation, SlaStep, Ticket
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
    Where several steps are due at once, as after a night without anybody asking, all are marked, every escalation is
    made, and each agent is told once, of the last: who is asked by an escalation has been told by that.
    """
    ticket = change.get(Ticket, ticket_id)
    read = change.reader()
    if ticket.policy_id is None:
        return []
    ladder = policy_by_id(read, ticket.policy_id).steps
    taken = taken_steps(read, [ticket_id])
    due: list[tuple[SlaClock, Step]] = []
    for clock in ticket_clocks(read, ticket_id).clocks:
        key = (ticket_id, clock.metric.value, clock.number)
        for step in reached_steps(clock, ladder):
            if (*key, step.id) not in taken:
                _mark(change, *key, step.id)
                due.append((clock, step))
    return _act(change, ticket, due)


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
    whom = notices.leads(change)
    notices.tell(change, whom, escalation.ticket_id, kind="unacknowledged", words=words)
    change.record(Event.ESCALATION_REMINDED, escalation, reason=words)
    return Taken(UNACKNOWLEDGED, False, f"{words} (told {_names(change, whom)})")


def _mark(change: Change, ticket_id: int, metric: str, number: int, step: str) -> None:
    """Kept beside the journal and never undone: a step that was taken back is not taken again."""
    row = SlaStep(ticket_id=ticket_id, metric=metric, number=number, step=step, taken_at=change.at)
    change.session.add(row)
    change.session.flush()


def _act(change: Change, ticket: Ticket, due: Sequence[tuple[SlaClock, Step]]) -> list[Taken]:
    done: list[Taken] = []
    told: dict[int, list[str]] = {}
    asked: set[int] = set()
    for clock, step in due:
        words = _words(clock, step)
        level = _LEVELS.get(step.to)
        if step.do is Deed.ESCALATE and level is not None and not _is_asked(change, ticket, level):
            _escalate(change, ticket, level, words)
            asked |= set(notices.leads(change))
            done.append(Taken(step.spelled, True, f"{words}: escalated to {level.value}"))
        else:
            whom = _whom(change, ticket, step.to)
            for agent_id in whom:
                told.setdefault(agent_id, []).append(words)
            done.append(Taken(step.spelled, False, f"{words}: told {_names(change, whom)}"))
    _warn(change, ticket, {agent_id: words for agent_id, words in told.items() if agent_id not in asked})
    return done


def _warn(change: Change, ticket: Ticket, told: Mapping[int, Sequence[str]]) -> None:
    """One notice for each agent: the last of what they are warned of, and how much more there is."""
    said = False
    for agent_id, words in told.items():
        more = f" (and {len(words) - 1} more, see the clocks of the ticket)" if len(words) > 1 else ""
        notices.tell(change, [agent_id], ticket.id or 0, kind="sla", words=f"{words[-1]}{more}")
        said = True
    if said:
        every = dict.fromkeys(one for words in told.values() for one in words)
        change.record(Event.SLA_WARNED, ticket, reason="; ".join(every))


def _names(change: Change, agent_ids: Sequence[int]) -> str:
    found = (change.session.get_one(Agent, agent_id).handle for agent_id in agent_ids)
    return ", ".join(found) or "nobody: there is no lead and no admin"


def _words(clock: SlaClock, step: Step) -> str:
    due = "" if clock.due_at is None else f", due {wall(clock.due_at, clock.calendar.zone, with_zone=True)}"
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
