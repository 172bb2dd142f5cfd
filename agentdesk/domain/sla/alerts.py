"""When a clock warns: once at each threshold, and never after it has ended (R12)."""

from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.sla.clocks import when_used
from agentdesk.domain.sla.elapsed import MINUTE
from agentdesk.domain.sla.instances import SlaClock
from agentdesk.domain.sla.thresholds import Threshold, used_at


@dataclass(frozen=True, slots=True)
class SlaWarning:
    """A threshold of one clock and the instant it is reached; with metric and number it is told apart for ever."""

    threshold: Threshold
    at: datetime


def warnings_of(clock: SlaClock) -> tuple[SlaWarning, ...]:
    """The warnings of a clock under its target in force, in order.

    Those of a running clock lie before and after `as_of`; what a lasting pause keeps away is missing. A clock that
    has ended has only those that came before its end.
    """
    found = []
    for threshold in Threshold:
        minutes = used_at(threshold, clock.target_minutes) / MINUTE
        at = when_used(clock.calendar, clock.started_at, minutes, clock.pauses)
        if at is not None and (clock.is_running or at < clock.end):
            found.append(SlaWarning(threshold, at))
    return tuple(found)
