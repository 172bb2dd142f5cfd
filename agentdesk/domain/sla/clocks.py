"""The clocks of a ticket at an instant: one pure function of its events, a calendar and a policy (R14, R15).

Each target is judged while it was in force, and the first breach is kept (R4, R9). No target, no clock (R13).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from agentdesk.domain.sla.calendar import Calendar, Stretch
from agentdesk.domain.sla.elapsed import MINUTE, breached_at, due_at, open_time
from agentdesk.domain.sla.errors import NeverDueError
from agentdesk.domain.sla.history import PAUSED_IN, History, Run, read_history
from agentdesk.domain.sla.instances import BreachCause, ClockState, SlaClock, SlaPause, end_of
from agentdesk.domain.sla.policy import Policy
from agentdesk.domain.sla.targets import TargetSet, read_targets
from agentdesk.domain.sla.thresholds import Threshold, used_at
from agentdesk.domain.sla.ticket_events import CancelReason, TicketEvent

_SHOWN: Final = (
    (Threshold.DUE, ClockState.DUE),
    (Threshold.CRITICAL, ClockState.CRITICAL),
    (Threshold.AT_RISK, ClockState.AT_RISK),
)


def clock_state(
    events: Iterable[TicketEvent], calendar: Calendar, policy: Policy | None, now: datetime
) -> tuple[SlaClock, ...]:
    """Every clock of a ticket as it stood at `now`, by metric and number.

    Args:
        events: all that happened to the ticket, in any order; what comes after `now` is not seen.
        calendar: the version of the business hours that was frozen for this ticket when it was created.
        policy: the one in force at creation; later ones are `PolicyChanged` events. None: no clock until one comes.
        now: aware.
    """
    events = tuple(events)
    history = read_history(events, now)
    if history is None:
        return ()
    changes = read_targets(events, policy, calendar, now)
    clocks = (_clock(run, changes.of(run), history, now) for run in history.runs)
    return tuple(clock for clock in clocks if clock is not None)


def pauses_of(run: Run, history: History, end: datetime) -> tuple[SlaPause, ...]:
    """The statuses until `end` in which a run stands still; the last one lasts if nothing has fulfilled the run."""
    stops = PAUSED_IN[run.metric]
    pauses = []
    for stretch in history.statuses if stops else ():
        start, until = max(stretch.start, run.started_at), stretch.until
        lasts = until is None and run.fulfilled_at is None
        if stretch.status in stops and (start < min(until or end, end) or (lasts and start == end)):
            pauses.append(SlaPause(start, None if until is None else min(until, end), stretch.status))
    return tuple(pauses)


def when_used(
    calendar: Calendar, start: datetime, minutes: float, pauses: Sequence[SlaPause]
) -> datetime | None:
    """The instant at which so many minutes are used; None if a pause that lasts, or the calendar, keeps it away."""
    closed = [(pause.start, pause.until) for pause in pauses if pause.until is not None]
    lasting = next((pause.start for pause in pauses if pause.until is None), None)
    if lasting is not None and open_time(calendar, start, lasting, closed) < minutes * MINUTE:
        return None
    try:
        return due_at(calendar, start, minutes, closed)
    except NeverDueError:
        return None


def _clock(run: Run, targets: tuple[TargetSet, ...], history: History, now: datetime) -> SlaClock | None:
    promised = [target.minutes for target in targets if target.minutes is not None]
    if not promised:
        return None
    calendar = targets[-1].calendar
    cancelled_at, reason = _cancelled(targets, history)
    end = end_of(run.fulfilled_at, cancelled_at, now)
    pauses = pauses_of(run, history, end)
    closed = [(pause.start, pause.until or end) for pause in pauses]
    elapsed = open_time(calendar, run.started_at, end, closed)
    is_paused = bool(pauses) and pauses[-1].until is None and cancelled_at is None
    # Only other hours can have used more than the present ones say.
    may_be = elapsed > min(promised) * MINUTE or any(one.calendar != calendar for one in targets)
    breach_at, cause = _first_breach(run, targets, closed, end) if may_be else (None, None)
    return SlaClock(
        metric=run.metric,
        number=run.number,
        as_of=now,
        started_at=run.started_at,
        target_minutes=promised[-1],
        targets=targets,
        pauses=pauses,
        elapsed=elapsed,
        due_at=when_used(calendar, run.started_at, promised[-1], pauses),
        state=_state(elapsed, promised[-1], run.fulfilled_at, cancelled_at, is_paused=is_paused),
        is_paused=is_paused,
        fulfilled_at=run.fulfilled_at,
        fulfilled_by=run.fulfilled_by,
        breached_at=breach_at,
        breach_cause=cause,
        cancelled_at=cancelled_at,
        cancel_reason=reason,
    )


def _cancelled(
    targets: Sequence[TargetSet], history: History
) -> tuple[datetime, CancelReason] | tuple[None, None]:
    """When a clock left the figures: with its ticket, or because nothing is promised any more."""
    if history.cancelled is not None:
        return history.cancelled.at, history.cancelled.reason
    if targets[-1].minutes is None:
        return targets[-1].at, CancelReason.NO_TARGET
    return None, None


def _first_breach(
    run: Run, targets: Sequence[TargetSet], pauses: Sequence[Stretch], end: datetime
) -> tuple[datetime, BreachCause] | tuple[None, None]:
    """The first breach under any of the targets, each judged while it was in force (R4, R9)."""
    ends = [*(target.at for target in targets[1:]), end]
    for target, until in zip(targets, ends, strict=True):
        calendar = target.calendar
        if target.minutes is None:
            continue
        used = open_time(calendar, run.started_at, target.at, pauses)
        if used > target.minutes * MINUTE:
            return target.at, BreachCause.RETARGET
        if open_time(calendar, run.started_at, until, pauses) > target.minutes * MINUTE:
            return breached_at(calendar, run.started_at, target.minutes, pauses), BreachCause.TIME
    return None, None


def _state(
    elapsed: timedelta,
    target: int,
    fulfilled_at: datetime | None,
    cancelled_at: datetime | None,
    *,
    is_paused: bool,
) -> ClockState:
    if cancelled_at is not None:
        return ClockState.CANCELLED
    if elapsed > target * MINUTE:
        return ClockState.BREACHED
    if fulfilled_at is not None:
        return ClockState.MET
    if is_paused:
        return ClockState.PAUSED
    passed = (name for threshold, name in _SHOWN if elapsed >= used_at(threshold, target))
    return next(passed, ClockState.RUNNING)
