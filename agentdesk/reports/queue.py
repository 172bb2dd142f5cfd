"""The daily queue report: what a team lead reads at half past eight, and walks down from the top.

The first line answers the question, exceptions come before averages, and the same facts give the same page.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from agentdesk.domain.periods import Period, last_working_day
from agentdesk.queries.queue_report import QueueFacts
from agentdesk.reports.document import Document, Fact, Sentence
from agentdesk.reports.listing import LIMITS
from agentdesk.reports.parts.action import action_section, due_promises, overdue_promises, unassigned_urgent
from agentdesk.reports.parts.backlog import backlog_section
from agentdesk.reports.parts.flow import flow_section, queue_section
from agentdesk.reports.parts.people import people_section
from agentdesk.reports.parts.quality import notes_section, quality_section
from agentdesk.reports.parts.queue_data import queue_data
from agentdesk.reports.parts.sla import sla_section
from agentdesk.reports.wording import count_text, instant_text, period_text


def build(facts: QueueFacts, *, redact: bool = False) -> Document:
    """The report of one desk or one queue.

    Args:
        facts: everything that is said, as of one instant.
        redact: customers by reference only, and nothing they wrote, for a page that may be left on a desk.
    """
    scope = facts.scope
    sections = (
        flow_section(facts),
        action_section(facts, redact=redact),
        sla_section(facts),
        backlog_section(facts, redact=redact),
        queue_section(facts),
        people_section(facts),
        quality_section(facts, redact=redact),
        notes_section(facts),
    )
    limits = (Sentence(LIMITS),) if any(section.commands for section in sections) else ()
    return Document(
        name="queue",
        title="Daily queue report",
        as_of=facts.as_of,
        zone=scope.zone,
        facts=(
            Fact("scope", f"{scope.organization} / {scope.queue or 'all queues'}", bare=True),
            Fact("period", _period(facts)),
            Fact("zone", scope.zone, bare=True),
            Fact("calendar", scope.calendar or "none (clock hours)"),
        ),
        headline=_headline(facts),
        sections=sections,
        footer_notes=(
            *limits,
            Sentence(
                f"AgentDesk {scope.version} read {count_text(scope.tickets_read, 'ticket')} from {scope.store}",
                ("tickets_read",),
            ),
        ),
        data=queue_data(facts),
    )


def _headline(facts: QueueFacts) -> Sentence:
    clauses = [_size(facts)]
    metrics = ["backlog", "backlog_change"]
    if facts.has_policies or facts.promises:
        late, due = len(overdue_promises(facts)), len(due_promises(facts))
        until = instant_text(facts.due_until, facts.scope.zone, facts.as_of)
        broken = f"{count_text(late, 'promise')} overdue" if late else "Nothing overdue"
        clauses.append(f"{broken}, {due or 'nothing'} due before {until}.")
        metrics += ["overdue", "due_soon"]
    else:
        until = instant_text(facts.due_until, facts.scope.zone, facts.as_of)
        clauses.append(f"Nothing promised is due before {until}.")
        metrics.append("due_soon")
    if unassigned := len(unassigned_urgent(facts)):
        clauses.append(f"{unassigned} urgent or high without an owner.")
        metrics.append("unassigned_urgent")
    if facts.escalations:
        clauses.append(f"{count_text(len(facts.escalations), 'escalation')} not answered.")
        metrics.append("escalations_waiting")
    return Sentence(" ".join(clauses), tuple(metrics))


def _period(facts: QueueFacts) -> str:
    """The period; where it is the last working day but not yesterday, that is why it is this one."""
    start, end, zone = facts.period.start, facts.period.end, ZoneInfo(facts.scope.zone)
    said = period_text(start, end, facts.scope.zone, iso=True)
    gap = facts.as_of.astimezone(zone).date() - start.astimezone(zone).date()
    is_last = Period(start, end) == last_working_day(facts.as_of, zone)
    return f"{said} (last working day)" if is_last and gap > timedelta(days=1) else said


def _size(facts: QueueFacts) -> str:
    change = len(facts.backlog) - facts.period.flow.opening
    since = period_text(facts.period.start, facts.period.end, facts.scope.zone).partition(" to ")[0]
    moved = f"up {change}" if change > 0 else f"down {-change}" if change else "unchanged"
    return f"{len(facts.backlog)} open, {moved} since the start of {since}."
