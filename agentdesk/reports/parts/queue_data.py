"""The daily queue report as the JSON object that scripts build on: its keys are a contract.

Every status and priority has its key, with 0 where there is nothing. Instants are ISO 8601 in UTC, ratios have
three decimals, and a figure that is not defined is null.
"""

from collections import Counter
from fractions import Fraction
from typing import Any

from agentdesk.domain.instants import to_iso
from agentdesk.domain.numbers import BUCKETS, count_ages, plain_number, round_half_up
from agentdesk.domain.vocabulary import Priority, Status
from agentdesk.queries.queue_report import QueueFacts
from agentdesk.reports.parts.flow import queue_flows
from agentdesk.reports.parts.people import agent_days, held_by
from agentdesk.reports.parts.quality import data_notes
from agentdesk.reports.parts.sla import SlaRow, sla_rows


def queue_data(facts: QueueFacts) -> dict[str, Any]:
    """The whole object."""
    return {
        "report": "queue",
        "as_of": to_iso(facts.as_of),
        "period": {"from": to_iso(facts.period.start), "to": to_iso(facts.period.end)},
        "flow": _flow(facts),
        "backlog": _backlog(facts),
        "sla": [_sla(row) for row in sla_rows(facts.clocks)] if facts.has_policies else [],
        "queues": _queues(facts),
        "agents": _agents(facts),
        "notes": [note.text for note in data_notes(facts)],
    }


def _flow(facts: QueueFacts) -> dict[str, Any]:
    flow = facts.period.flow
    return {
        "opening": flow.opening,
        "created": flow.created,
        "reopened": flow.reopened,
        "solved": flow.solved,
        "merged": flow.merged,
        "closing": flow.closing,
        "clearance": _ratio(flow.clearance),
    }


def _ratio(ratio: Fraction | None) -> float | None:
    return None if ratio is None else float(round_half_up(ratio, 3))


def _backlog(facts: QueueFacts) -> dict[str, Any]:
    statuses = Counter(ticket.status for ticket in facts.backlog)
    priorities = Counter(ticket.priority for ticket in facts.backlog)
    ages = count_ages(facts.as_of - ticket.created_at for ticket in facts.backlog)
    return {
        "total": len(facts.backlog),
        "unassigned": sum(ticket.assignee is None for ticket in facts.backlog),
        "by_status": {status.value: statuses[status] for status in Status},
        "by_priority": {priority.value: priorities[priority] for priority in Priority},
        "ageing": [
            {"bucket": bucket.name, "count": count} for bucket, count in zip(BUCKETS, ages, strict=True)
        ],
    }


def _sla(row: SlaRow) -> dict[str, Any]:
    return {
        "metric": row.metric,
        "priority": row.priority,
        "completed": row.completed,
        "met": row.met,
        "breached": row.breached,
        "cleared_by_retarget": row.cleared,
        "by_solving": row.by_solving,
        "attainment": _ratio(row.attainment),
        "attainment_with_open": _ratio(row.attainment_with_open),
        "median_minutes": plain_number(row.median, 1),
        "p90_minutes": row.p90,
    }


def _queues(facts: QueueFacts) -> list[dict[str, Any]]:
    breached = Counter(ticket.queue for ticket in facts.backlog if ticket.is_breached)
    return [
        {
            "queue": queue,
            "opening": flow.opening,
            "created": flow.created,
            "solved": flow.solved,
            "closing": flow.closing,
            "breached": breached[queue],
        }
        for queue, flow in queue_flows(facts).items()
    ]


def _agents(facts: QueueFacts) -> list[dict[str, Any]]:
    held = held_by(facts.backlog)
    return [
        {
            "agent": day.agent,
            "open": held.get(day.agent, Counter())["open"],
            "pending": held.get(day.agent, Counter())["pending"],
            "breached": held.get(day.agent, Counter())["breached"],
            "solved": day.solved,
            "reopened": day.reopened,
        }
        for day in agent_days(facts)
    ]
