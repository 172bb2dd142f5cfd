"""When a step of the ladder is reached on a clock: its share of the target used, or so much working time more."""

from datetime import datetime, timedelta
from typing import Final

from agentdesk.domain.sla.clocks import when_used
from agentdesk.domain.sla.elapsed import MINUTE
from agentdesk.domain.sla.instances import SlaClock
from agentdesk.domain.sla.ladder import Ladder, Step
from agentdesk.domain.sla.thresholds import PERCENT, used_at

_THRESHOLDS: Final = {percent: threshold for threshold, percent in PERCENT.items()}


def step_at(clock: SlaClock, step: Step) -> datetime | None:
    """The instant at which a step is reached under the target in force; None while a pause keeps it away."""
    used = used_at(_THRESHOLDS[step.at], clock.target_minutes) + timedelta(minutes=step.plus_minutes)
    return when_used(clock.calendar, clock.started_at, used / MINUTE, clock.pauses)


def reached_steps(clock: SlaClock, ladder: Ladder) -> tuple[Step, ...]:
    """The steps that a running clock has come to at its instant, in order; none once it has ended or stands still."""
    if not clock.is_running or clock.is_paused:
        return ()
    told = ((step, step_at(clock, step)) for step in ladder)
    return tuple(step for step, at in told if at is not None and at <= clock.as_of)
