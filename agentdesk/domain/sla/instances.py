"""What a clock is once it has been computed: a row that knows its state, its breach and what attainment counts.

A breach is sticky: it stays on record whatever the target becomes later (R9). `state` is what the clock shows under
the target in force, `verdict` is what attainment counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agentdesk.domain.sla.calendar import Calendar
from agentdesk.domain.sla.elapsed import MINUTE, open_time
from agentdesk.domain.sla.history import FulfilledBy
from agentdesk.domain.sla.policy import ClockMetric
from agentdesk.domain.sla.targets import TargetSet
from agentdesk.domain.sla.ticket_events import CancelReason
from agentdesk.domain.vocabulary import Priority, Status


class ClockState(StrEnum):
    """What a clock shows; `breached` with `fulfilled_at` is one that was fulfilled too late."""

    RUNNING = "running"
    AT_RISK = "at_risk"
    CRITICAL = "critical"
    DUE = "due"
    """All of the target is used, and no working time has passed since."""
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"
    CANCELLED = "cancelled"


class BreachCause(StrEnum):
    """What made a clock breach."""

    TIME = "time"
    RETARGET = "retarget"


class Verdict(StrEnum):
    """What attainment counts."""

    MET = "met"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class SlaPause:
    """A stretch that does not count; `until` is None while it lasts."""

    start: datetime
    until: datetime | None
    status: Status


@dataclass(frozen=True, slots=True)
class SlaClock:
    """One clock instance (R3) as it stands at `as_of`. Times are working time in the calendar; instants are UTC.

    Attributes:
        metric: what it measures.
        number: which clock of that metric, from 1.
        as_of: the instant it was computed for.
        started_at: when it started.
        target_minutes: the target in force, or the last one if there is none any more.
        targets: every target it had, the first one at its start.
        pauses: what does not count, in order, apart from each other.
        elapsed: time used, exact.
        due_at: when the target is, or was, used up; None while a pause keeps it away, and where the calendar has
            no open time left.
        state: what it shows.
        is_paused: it stands still now; a breached clock may be paused too.
        fulfilled_at: when it ended; `fulfilled_by` solving is shown apart from a reply (R7).
        breached_at: the first breach on record, with its `breach_cause`.
        cancelled_at: when it left the figures, with its `cancel_reason`.
    """

    metric: ClockMetric
    number: int
    as_of: datetime
    started_at: datetime
    target_minutes: int
    targets: tuple[TargetSet, ...]
    pauses: tuple[SlaPause, ...]
    elapsed: timedelta
    due_at: datetime | None
    state: ClockState
    is_paused: bool
    fulfilled_at: datetime | None
    fulfilled_by: FulfilledBy | None
    breached_at: datetime | None
    breach_cause: BreachCause | None
    cancelled_at: datetime | None
    cancel_reason: CancelReason | None

    @property
    def calendar(self) -> Calendar:
        """The business hours it counts in now."""
        return self.targets[-1].calendar

    @property
    def breach_calendar(self) -> Calendar:
        """The business hours in which the breach on record happened; those of now where there is none."""
        at = self.breached_at
        is_time = self.breach_cause is BreachCause.TIME
        before = (
            []
            if at is None
            else [one for one in self.targets if one.at < at or (one.at == at and not is_time)]
        )
        return before[-1].calendar if before else self.calendar

    @property
    def elapsed_minutes(self) -> int:
        """Whole minutes used, the rest dropped."""
        return self.elapsed // MINUTE

    @property
    def paused_minutes(self) -> int:
        """Whole minutes of open time that its pauses took out, the rest dropped."""
        return (open_time(self.calendar, self.started_at, self.end) - self.elapsed) // MINUTE

    @property
    def is_running(self) -> bool:
        """Nothing has ended it yet; it may be paused or breached."""
        return self.fulfilled_at is None and self.cancelled_at is None

    @property
    def is_over(self) -> bool:
        """More than the target in force is used."""
        return self.elapsed > self.target_minutes * MINUTE

    @property
    def overdue_minutes(self) -> int:
        """Whole minutes used beyond the target in force; 0 if it is not over."""
        return max(self.elapsed - self.target_minutes * MINUTE, timedelta()) // MINUTE

    @property
    def priority_at_start(self) -> Priority:
        """The priority of the ticket when the clock started."""
        return self.targets[0].priority

    @property
    def priority_judged(self) -> Priority:
        """The priority whose target decided: the one in force at the breach on record, else where the clock ends."""
        at = self.end if self.breached_at is None else self.breached_at
        told = [one for one in self.targets if one.minutes is not None and one.at <= at]
        return (told or self.targets)[-1].priority

    @property
    def cleared_by_retarget(self) -> bool:
        """A breach is on record that the target in force no longer shows (R9)."""
        return self.breached_at is not None and (not self.is_over or self.targets[-1].minutes is None)

    @property
    def is_sticky(self) -> bool:
        """The last change of its target cleared a breach that was on record by then (R9).

        Unlike `cleared_by_retarget` no time changes it: not even that the target in force is used up in its turn.
        """
        last = self.targets[-1]
        if self.breached_at is None or self.breached_at > last.at or len(self.targets) == 1:
            return False
        if last.minutes is None:
            return True
        halts = [(pause.start, pause.until or self.end) for pause in self.pauses]
        return open_time(last.calendar, self.started_at, last.at, halts) <= last.minutes * MINUTE

    @property
    def verdict(self) -> Verdict | None:
        """What attainment counts: a breach from the moment it happens, met once fulfilled; else None.

        Clocks of merged, spam and deleted tickets count as nothing (R11).
        """
        if self.cancel_reason not in (None, CancelReason.NO_TARGET):
            return None
        if self.breached_at is not None:
            return Verdict.BREACHED
        return Verdict.MET if self.state is ClockState.MET else None

    @property
    def end(self) -> datetime:
        """Until when `elapsed` counts: fulfilled, cancelled, or `as_of`."""
        return end_of(self.fulfilled_at, self.cancelled_at, self.as_of)


def end_of(fulfilled_at: datetime | None, cancelled_at: datetime | None, as_of: datetime) -> datetime:
    """The first of what ends a clock."""
    return min(at for at in (fulfilled_at, cancelled_at, as_of) if at is not None)
