"""Clocks in words, and their tables as cells, for every face alike: on the wall of the calendar, minutes as they add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from agentdesk.domain.attention import METRIC_WORDS
from agentdesk.domain.minutes import say_minutes
from agentdesk.domain.sla.calendar import Calendar
from agentdesk.domain.sla.explain import ExplainRow, Mark, WhyNot
from agentdesk.domain.sla.history import FulfilledBy
from agentdesk.domain.sla.instances import BreachCause, ClockState, SlaClock
from agentdesk.domain.sla.policy import ClockMetric

SIGNS: Final = {
    ClockState.RUNNING: "▪",
    ClockState.AT_RISK: "◇",
    ClockState.CRITICAL: "◆",
    ClockState.DUE: "◆",
    ClockState.BREACHED: "▲",
    ClockState.PAUSED: "‖",
    ClockState.MET: "✓",
    ClockState.CANCELLED: "·",
}
"""What stands for a state beside its word, the same signs as in the queue."""
_NOT_COUNTED: Final = {WhyNot.CLOSED: "closed", WhyNot.PAUSED: "paused", WhyNot.AHEAD: "ahead"}
_NOW: Final = "now"
_FULFILLED: Final = {"reply": "replied", "call": "called", "solved": "solved"}


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One stretch of a clock as text; `counted` says why not, where it does not count, and `mark` what ends it."""

    start: str
    until: str
    status: str
    minutes: int
    counted: str
    total: int
    mark: str


def wall(instant: datetime, zone: ZoneInfo, *, with_zone: bool = False) -> str:
    """`Mon 03-02 16:00`, with seconds where there are some, and with `GMT` where the wall alone would not tell."""
    local = instant.astimezone(zone)
    clock = local.strftime("%H:%M:%S" if local.second or local.microsecond else "%H:%M")
    return f"{local:%a %m-%d} {clock}{f' {local:%Z}' if with_zone else ''}"


def full_wall(instant: datetime, zone: ZoneInfo) -> str:
    """`Mon 2026-03-02 16:00 GMT`: an instant that stands alone, with its year and the name of its zone."""
    local = instant.astimezone(zone)
    clock = local.strftime("%H:%M:%S" if local.second or local.microsecond else "%H:%M")
    return f"{local:%a %Y-%m-%d} {clock} {local:%Z}"


def told_rows(clock: SlaClock, rows: Iterable[ExplainRow]) -> tuple[ToldRow, ...]:
    """The table of a clock: what it counted adds up to the time used, and the last row that lies behind ends `now` or done."""
    listed = tuple(rows)
    zone = clock.calendar.zone
    offsets = {one.astimezone(zone).utcoffset() for row in listed for one in (row.start, row.until)}
    with_zone = len(offsets) > 1

    def tell(row: ExplainRow) -> ToldRow:
        return ToldRow(
            wall(row.start, zone, with_zone=with_zone),
            wall(row.until, zone, with_zone=with_zone),
            row.status.value.replace("_", " "),
            row.open_minutes,
            "yes" if row.why_not is None else _NOT_COUNTED[row.why_not],
            row.total_minutes,
            _mark(clock, row),
        )

    return tuple(tell(row) for row in listed)


def _mark(clock: SlaClock, row: ExplainRow) -> str:
    """What ends a row, in a few words; another target is told with its minutes, to be held against the total beside it."""
    marks = [_target(now.minutes, was.minutes) for was, now in pairwise(clock.targets) if now.at == row.until]
    if row.mark is Mark.BREACHED:
        marks = [f"{clock.target_minutes} min breached"] if marks else ["breached"]
    elif row.mark is Mark.DUE:
        marks.append("due")
    if row.why_not is not WhyNot.AHEAD and row.until == clock.end:
        end = _end(clock)
        marks += [end] if end != _NOW or row.mark is not Mark.BREACHED else []
    return ", ".join(marks)


def _target(minutes: int | None, before: int | None) -> str:
    if minutes is None:
        return "no target"
    return "other hours" if minutes == before else f"target {minutes}"


def _end(clock: SlaClock) -> str:
    if clock.cancelled_at == clock.end:
        return "cancelled"
    if clock.fulfilled_by is not None and clock.fulfilled_at == clock.end:
        return _FULFILLED[clock.fulfilled_by.value]
    return _NOW


def title(clock: SlaClock) -> str:
    """`first reply`, `next reply 2`: what it waits for, and which one where there are several."""
    words = METRIC_WORDS[clock.metric.value]
    return f"{words} {clock.number}" if clock.number > 1 else words


def target_words(clock: SlaClock) -> str:
    """`1 h (60 min) for normal`, with every target it had before."""
    told = [
        f"{say_minutes(one.minutes)} ({one.minutes} min) for {one.priority.value}"
        if one.minutes is not None
        else f"no target for {one.priority.value}"
        for one in clock.targets
    ]
    zone = clock.calendar.zone
    since = [f" from {wall(one.at, zone)}" if place else "" for place, one in enumerate(clock.targets)]
    return ", then ".join(f"{words}{at}" for words, at in zip(told, since, strict=True))


def began_words(clock: SlaClock) -> str:
    """When it began, what for and in which hours: `began Mon 2026-03-02 09:00 GMT in UK@1, target 1 h (60 min) for normal`."""
    began = full_wall(clock.started_at, clock.calendar.zone)
    return f"began {began} in {clock.calendar.name}, target {target_words(clock)}"


def calendar_words(calendar: Calendar) -> str:
    """The hours that count: `London@1: Mon-Fri 08:00-18:00, Europe/London`."""
    return f"{calendar.name}: {calendar.hours}, {calendar.zone.key}"


def state_words(clock: SlaClock) -> str:
    """Where it stands in one sentence without a stop: `breached Mon 03-02 10:00, 120 of 60 min used, 1 h over`."""
    zone = clock.calendar.zone
    used = f"{clock.elapsed_minutes} of {clock.target_minutes} min used"
    left = say_minutes(max(clock.target_minutes - clock.elapsed_minutes, 0))
    match clock.state:
        case ClockState.CANCELLED:
            reason = clock.cancel_reason.value.replace("_", " ") if clock.cancel_reason else ""
            words = f"cancelled: {reason}, {used}"
        case ClockState.MET:
            by = " by solving, without a reply" if _is_silent(clock) else ""
            words = f"met{by}, {used}"
        case ClockState.PAUSED:
            words = f"paused, {used}, {left} left"
        case ClockState.BREACHED:
            words = f"breached{_when(clock, zone)}, {used}, {say_minutes(clock.overdue_minutes)} over"
        case ClockState.DUE:
            words = f"due, {used}, nothing left"
        case state:
            due = f", due {wall(clock.due_at, zone)}" if clock.due_at else ", never due in these hours"
            words = f"{state.value.replace('_', ' ')}, {used}, {left} left{due}"
    if clock.cleared_by_retarget:
        return f"{words}; breached{_when(clock, zone)} before, which stays on record"
    return words


def _is_silent(clock: SlaClock) -> bool:
    """Whether it waited for a reply and solving ended it: R7 has such clocks told apart."""
    waits = clock.metric in (ClockMetric.FRT, ClockMetric.NRT)
    return waits and clock.fulfilled_by is FulfilledBy.SOLVED


def _when(clock: SlaClock, zone: ZoneInfo) -> str:
    if clock.breached_at is None:
        return ""
    cause = " by a tighter target" if clock.breach_cause is BreachCause.RETARGET else ""
    hours = clock.breach_calendar
    where = "" if hours == clock.calendar else f" in the hours of {hours.name}, on record"
    return f" {wall(clock.breached_at, zone)}{cause}{where}"
