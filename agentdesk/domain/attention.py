"""Where a ticket stands in the queue, and why: one key that sorts, one sentence that explains it.

The order is: the nearest promise first, then priority, then the customer who has waited longest for an answer.
"""

from datetime import UTC, datetime, timedelta

from agentdesk.domain.vocabulary import Priority

NEVER = "9" * 14
AT_RISK_WITHIN = timedelta(hours=4)
"""Without a policy there is no target to take a percentage of; four hours is the report's own horizon."""


def attention_key(due_at: datetime | None, priority: str, waiting_since: datetime | None) -> str:
    """29 digits that sort tickets by what needs attention: due, priority rank, oldest unanswered message."""
    return f"{_stamp(due_at)}{Priority(priority).rank}{_stamp(waiting_since)}"


def _stamp(instant: datetime | None) -> str:
    return NEVER if instant is None else instant.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def band(due_at: datetime | None, now: datetime) -> str:
    """`breached`, `at_risk`, `running` or `none`; no promise is never shown as a green one."""
    if due_at is None:
        return "none"
    if due_at < now:
        return "breached"
    return "at_risk" if due_at - now <= AT_RISK_WITHIN else "running"


def span(delta: timedelta) -> str:
    """A duration in the shortest words that matter at a desk: `0:25`, `7:30`, `3d`."""
    minutes = int(abs(delta).total_seconds()) // 60
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)}d"
    return f"{minutes // 60}:{minutes % 60:02d}"


def why_here(due_at: datetime | None, priority: str, waiting_since: datetime | None, now: datetime) -> str:
    """The place in the queue in words: `overdue 0:42; high; customer waiting 3:10`."""
    parts = []
    if due_at is None:
        parts.append("nothing promised")
    else:
        parts.append(f"{'overdue' if due_at < now else 'due in'} {span(due_at - now)}")
    parts.append(priority)
    if waiting_since is not None:
        parts.append(f"customer waiting {span(now - waiting_since)}")
    return "; ".join(parts)
