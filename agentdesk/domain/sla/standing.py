"""Where a clock has its ticket stand in the queue, in instants that tell the band at any time to come."""

from datetime import datetime

from agentdesk.domain.attention import NOTHING_PROMISED, Standing
from agentdesk.domain.sla.alerts import warnings_of
from agentdesk.domain.sla.elapsed import breached_at
from agentdesk.domain.sla.errors import NeverDueError
from agentdesk.domain.sla.instances import SlaClock
from agentdesk.domain.sla.thresholds import Threshold


def standing_of(clock: SlaClock) -> Standing:
    """Where a clock has its ticket stand: nowhere once it has ended, and without an instant while it is paused in time."""
    if not clock.is_running:
        return NOTHING_PROMISED
    if clock.is_paused and not clock.is_over:
        return Standing(next_metric=clock.metric.value)
    passed = reached(clock)
    return Standing(
        clock.due_at,
        clock.metric.value,
        passed.get(Threshold.AT_RISK),
        passed.get(Threshold.CRITICAL),
        _over_at(clock),
    )


def reached(clock: SlaClock) -> dict[Threshold, datetime]:
    """The instant of each threshold, passed or ahead; one that a pause keeps away is missing."""
    return {warning.threshold: warning.at for warning in warnings_of(clock)}


def ahead(clock: SlaClock) -> datetime | None:
    """When a running clock will breach; None where it stands still, and where its hours never come to it."""
    return None if not clock.is_running or clock.is_paused else _over_at(clock)


def _over_at(clock: SlaClock) -> datetime | None:
    """After when more than the target in force is used, whatever was breached under the ones before."""
    pauses = [(pause.start, pause.until) for pause in clock.pauses if pause.until is not None]
    try:
        return breached_at(clock.calendar, clock.started_at, clock.target_minutes, pauses)
    except NeverDueError:
        return None
