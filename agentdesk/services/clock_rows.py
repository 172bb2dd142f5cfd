"""Clocks as the rows that keep them."""

from typing import Any

from agentdesk.domain.sla import BreachCause, SlaClock, Threshold
from agentdesk.domain.sla.standing import ahead, reached
from agentdesk.queries.rulebook import Rulebook


def clock_row(ticket_id: int, clock: SlaClock, rules: Rulebook) -> dict[str, Any]:
    """The row of `sla_clock` that keeps a clock; instants that lie ahead hold unless something happens first."""
    passed = reached(clock)
    promised = [target for target in clock.targets if target.policy_id is not None]
    last = clock.targets[-1]
    breach = clock.breached_at or ahead(clock)
    return {
        "ticket_id": ticket_id,
        "metric": clock.metric.value,
        "number": clock.number,
        "started_at": clock.started_at,
        "target_minutes": clock.target_minutes,
        "policy_id": promised[-1].policy_id,
        "calendar_id": rules.number_of(last.calendar),
        "priority_at_start": clock.priority_at_start.value,
        "due_at": clock.due_at,
        "at_risk_at": passed.get(Threshold.AT_RISK),
        "critical_at": passed.get(Threshold.CRITICAL),
        "breached_at": breach,
        "breach_cause": None if breach is None else (clock.breach_cause or BreachCause.TIME).value,
        "is_sticky": clock.is_sticky if clock.is_running else clock.cleared_by_retarget,
        "changed_at": last.at if len(clock.targets) > 1 else None,
        "is_running": clock.is_running,
        "is_paused": clock.is_paused,
        "fulfilled_at": clock.fulfilled_at,
        "fulfilled_by": None if clock.fulfilled_by is None else clock.fulfilled_by.value,
        "cancelled_at": clock.cancelled_at,
        "cancel_reason": None if clock.cancel_reason is None else clock.cancel_reason.value,
        "used_minutes": None if clock.is_running else clock.elapsed_minutes,
    }


def pause_rows(ticket_id: int, clock: SlaClock) -> list[dict[str, Any]]:
    """The rows of `sla_pause` of a clock."""
    return [
        {
            "ticket_id": ticket_id,
            "metric": clock.metric.value,
            "number": clock.number,
            "started_at": pause.start,
            "ended_at": pause.until,
            "status": pause.status.value,
        }
        for pause in clock.pauses
    ]
