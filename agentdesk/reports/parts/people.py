"""Who holds what, to balance the work and not to rank the people.

Open, pending and on hold of all agents and of nobody add up to the backlog.
"""

from collections import Counter
from collections.abc import Iterable

from agentdesk.domain.vocabulary import Status
from agentdesk.queries.queue_report import AgentDay, OpenTicket, QueueFacts
from agentdesk.reports.document import Cell, Column, Kind, Section, Sentence, Table
from agentdesk.reports.parts.action import NOBODY

_COLUMNS = (
    Column("agent", wide=True),
    Column("open", Kind.COUNT, "agent_open"),
    Column("pending", Kind.COUNT, "agent_pending", short="pend."),
    Column("on hold", Kind.COUNT, "agent_on_hold", short="hold"),
    Column("late now", Kind.COUNT, "backlog_breached", short="late"),
    Column("solved", Kind.COUNT, "agent_solved"),
    Column("reopened", Kind.COUNT, "agent_reopened"),
    Column(""),
)


def held_by(backlog: Iterable[OpenTicket]) -> dict[str | None, Counter[str]]:
    """For each owner: tickets `open` (new or open), `pending`, `on_hold`, and `breached` among all of them."""
    held: dict[str | None, Counter[str]] = {}
    for ticket in backlog:
        counts = held.setdefault(ticket.assignee, Counter())
        counts["open" if ticket.status is Status.NEW else ticket.status.value] += 1
        counts["breached"] += ticket.is_breached
    return held


def agent_days(facts: QueueFacts) -> list[AgentDay]:
    """Every agent of the period and every owner in the backlog, by login."""
    known = {day.agent: day for day in facts.agents}
    owners = {ticket.assignee for ticket in facts.backlog if ticket.assignee}
    return [known.get(agent, AgentDay(agent, 0, 0)) for agent in sorted(known.keys() | owners)]


def people_section(facts: QueueFacts) -> Section:
    """A row for each agent, one for what nobody owns, and their sum."""
    held = held_by(facts.backlog)
    days = agent_days(facts)
    rows = [
        (*_row(day.agent, held.get(day.agent, Counter()), day), "off today" if day.is_off else "")
        for day in days
    ]
    if None in held:
        rows.append((*_row(NOBODY, held[None], None), ""))
    if not rows:
        return Section(6, "Workload by agent", (Sentence("There is no agent with tickets."),))
    everything = sum(held.values(), Counter())
    together = AgentDay("total", sum(day.solved for day in days), sum(day.reopened for day in days))
    total = (*_row("total", everything, together), "")
    return Section(6, "Workload by agent", (Table("agents", _COLUMNS, tuple(rows), total),))


def _row(name: str, held: Counter[str], day: AgentDay | None) -> tuple[Cell, ...]:
    return (
        name,
        held["open"],
        held["pending"],
        held["on_hold"],
        held["breached"],
        day.solved if day else None,
        day.reopened if day else None,
    )
