"""Clocks as the rows that keep them, and as a standing in the queue."""

from datetime import datetime
from typing import Any

from agentdesk.domain.attention import NOTHING_PROMISED, Standing
from agentdesk.domain.sla import SlaClock, Threshold, breached_at, warnings_of
from agentdesk.domain.sla.errors import NeverDueError
from agentdesk.queries.rulebook import Rulebook


def clock_row(ticket_id: int, clock: SlaClock, rules: Rulebook) -> dict[str, Any]:
    """The row of `sla_clock` that keeps a clock; instants that lie ahead hold unless something happens first."""
    reached = _reached(clock)
    promised = [target for target in clock.targets if target.policy_id is not None]
    last = clock.targets[-1]
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
        "at_risk_at": reached.get(Threshold.AT_RISK),
        "critical_at": reached.get(Threshold.CRITICAL),
        "breached_at": clock.breached_at or _ahead(clock),
        "breach_cause": None if clock.breach_cause is None else clock.breach_cause.value,
        "is_sticky": clock.cleared_by_retarget,
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


def standing_of(clock: SlaClock) -> Standing:
    """Where a clock has its ticket stand: nowhere once it has ended, and without an instant while it is paused in time."""
    if not clock.is_running:
        return NOTHING_PROMISED
    if clock.is_paused and not clock.is_over:
        return Standing(next_metric=clock.metric.value)
    reached = _reached(clock)
    return Standing(
        clock.due_at,
        clock.metric.value,
        reached.get(Threshold.AT_RISK),
        reached.get(Threshold.CRITICAL),
        clock.breached_at if clock.is_over else _ahead(clock),
    )


def _reached(clock: SlaClock) -> dict[Threshold, datetime]:
    return {warning.threshold: warning.at for warning in warnings_of(clock)}


def _ahead(clock: SlaClock) -> datetime | None:
    """When a running clock will breach; None where it stands still, and where its hours never come to it."""
    if not clock.is_running or clock.is_paused:
        return None
    pauses = [(pause.start, pause.until) for pause in clock.pauses if pause.until is not None]
    try:
        return breached_at(clock.calendar, clock.started_at, clock.target_minutes, pauses)
    except NeverDueError:
        return None
