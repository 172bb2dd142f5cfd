"""Escalations as rows: who asks whom for what, by when, and what came of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from agentdesk.demo.casting import Story
from agentdesk.demo.ledger import Ledger, Row
from agentdesk.demo.staging import Colleague
from agentdesk.demo.story import Act, Step
from agentdesk.domain.desk_settings import ACK_MINUTES, DESK_SETTINGS
from agentdesk.domain.events import Event
from agentdesk.models import Escalation, Ticket

_ENDS = {
    Act.ACCEPT: ("accepted", Event.ESCALATION_ACCEPTED),
    Act.DECLINE: ("declined", Event.ESCALATION_DECLINED),
    Act.RETURN: ("returned", Event.ESCALATION_RETURNED),
    Act.RESOLVE: ("resolved", Event.ESCALATION_RESOLVED),
    Act.WITHDRAW: ("withdrawn", Event.ESCALATION_WITHDRAWN),
}
_NEEDED = timedelta(hours=26)


def tell_escalation(
    ledger: Ledger,
    queues: Mapping[str, int],
    agents: Mapping[int, Colleague],
    *,
    story: Story,
    ticket: Row,
    step: Step,
) -> None:
    """Write one step of an escalation, and the mark on its ticket."""
    asked = ledger.rows.setdefault(Escalation, [])
    if step.act is Act.ESCALATE:
        row = ledger.add(Escalation, len(asked) + 1, step.at, **_request(queues, agents, story, step))
        ledger.created(Escalation, row, Event.ESCALATION_REQUESTED, step.agent_id, step.at)
        ledger.journal[-1]["reason"] = row["ask"]
        event, is_escalated = Event.ESCALATION_REQUESTED, True
    else:
        row = next(one for one in reversed(asked) if one["ticket_id"] == story.id)
        state, event = _ENDS[step.act]
        values = {
            "state": state,
            "acknowledged_at": row["acknowledged_at"] or (None if step.act is Act.WITHDRAW else step.at),
            "outcome": step.body or row["outcome"],
        }
        ledger.changed(Escalation, row, event, step.agent_id, at=step.at, values=values, reason=step.body)
        is_escalated = step.act is Act.ACCEPT
    ledger.changed(
        Ticket, ticket, event, step.agent_id, at=step.at, values={"is_escalated": is_escalated}, is_main=False
    )


def _request(
    queues: Mapping[str, int], agents: Mapping[int, Colleague], story: Story, step: Step
) -> dict[str, Any]:
    words = story.scenario.escalation
    receivers = [one for one in agents.values() if one.role == "lead" and one.id != step.agent_id]
    party, queue = words.get("party", ""), words.get("queue", "")
    by_name = not party and not queue and bool(receivers)
    return {
        "ticket_id": story.id,
        "kind": words["kind"],
        "trigger": words.get("trigger", "manual"),
        "level": words["level"],
        "from_agent_id": step.agent_id,
        "to_queue_id": queues[queue] if queue else None,
        "to_agent_id": receivers[0].id if by_name else None,
        "to_party": party.format_map(story.slots) if party else "",
        "reason_code": words["reason"],
        "ask": step.body,
        "ack_due_at": step.at + timedelta(minutes=int(DESK_SETTINGS[ACK_MINUTES].default)),
        "needed_by": (step.at + _NEEDED).replace(minute=0, second=0),
    }
