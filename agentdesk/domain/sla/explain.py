"""A clock as a table that can be checked by hand: from, to, status, open time, counted or why not, running total.

Rows abut, the counted ones add up to the time used, and each instant that decides something ends a row: a status,
opening and closing, another target, due, breached. A running clock has one more row, for what lies ahead until it is due: its total is
the target.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from agentdesk.domain.sla.calendar import Calendar, open_intervals
from agentdesk.domain.sla.elapsed import MINUTE, open_time
from agentdesk.domain.sla.history import PAUSED_IN, History, read_history
from agentdesk.domain.sla.instances import SlaClock
from agentdesk.domain.sla.ticket_events import TicketEvent
from agentdesk.domain.vocabulary import Status


class WhyNot(StrEnum):
    """Why a row does not count."""

    CLOSED = "closed"
    PAUSED = "paused"
    AHEAD = "ahead"


class Mark(StrEnum):
    """What happens at the end of a row."""

    DUE = "due"
    BREACHED = "breached"
    RETARGETED = "retargeted"
    """Another target, or other hours, hold from here on; a breach that comes of it is the mark instead."""


@dataclass(frozen=True, slots=True)
class ExplainRow:
    """One stretch of a clock. `open_time` is what the calendar has open in it, `running_total` what is used at its end."""

    start: datetime
    until: datetime
    status: Status
    open_time: timedelta
    why_not: WhyNot | None
    running_total: timedelta
    mark: Mark | None = None

    @property
    def counted(self) -> bool:
        """Whether its open time counts."""
        return self.why_not is None

    @property
    def open_minutes(self) -> int:
        """Whole minutes, rounded so that the printed rows add up to the printed totals."""
        if self.why_not not in (None, WhyNot.AHEAD):
            return self.open_time // MINUTE
        return self.total_minutes - (self.running_total - self.open_time) // MINUTE

    @property
    def total_minutes(self) -> int:
        """The running total in whole minutes, the rest dropped."""
        return self.running_total // MINUTE


def explain(clock: SlaClock, events: Iterable[TicketEvent]) -> tuple[ExplainRow, ...]:
    """The table of a clock that `clock_state` made of the same events, in the hours it counts in now."""
    calendar = clock.calendar
    history = read_history(events, clock.as_of)
    if history is None:
        return ()
    rows: list[ExplainRow] = []
    total = timedelta()
    for start, until, status, why_not in _pieces(clock, history, calendar):
        time = timedelta() if why_not is WhyNot.CLOSED else open_time(calendar, start, until)
        total += time if why_not is None else timedelta()
        rows.append(ExplainRow(start, until, status, time, why_not, total, _mark(clock, until)))
    if clock.is_running and clock.due_at is not None and clock.due_at > clock.end:
        ahead = clock.target_minutes * MINUTE - clock.elapsed
        status = history.statuses[-1].status
        rows.append(ExplainRow(clock.end, clock.due_at, status, ahead, WhyNot.AHEAD, total + ahead, Mark.DUE))
    return tuple(rows)


def _pieces(
    clock: SlaClock, history: History, calendar: Calendar
) -> Iterator[tuple[datetime, datetime, Status, WhyNot | None]]:
    """The life of a clock cut at every instant that decides something; a pause is one piece, open or closed."""
    opens = open_intervals(calendar, clock.started_at, clock.end)
    edges = sorted({edge for stretch in opens for edge in stretch})
    beginnings = [opening for opening, _ in opens]
    moments = [clock.due_at, clock.breached_at, clock.started_at, clock.end, *_retargets(clock)]
    for stretch in history.statuses:
        start = clock.started_at if stretch is history.statuses[0] else max(stretch.start, clock.started_at)
        until = min(stretch.until or clock.end, clock.end)
        is_paused = stretch.status in PAUSED_IN[clock.metric]
        inside = [] if is_paused else edges[bisect_right(edges, start) : bisect_left(edges, until)]
        decisive = {*inside, *(at for at in moments if at is not None and start < at < until)}
        for first, last in pairwise(sorted({start, until} | decisive)) if start < until else ():
            place = bisect_right(beginnings, first) - 1
            is_open = place >= 0 and first < opens[place][1]
            yield (
                first,
                last,
                stretch.status,
                WhyNot.PAUSED if is_paused else None if is_open else WhyNot.CLOSED,
            )


def _mark(clock: SlaClock, at: datetime) -> Mark | None:
    if at == clock.breached_at and clock.breach_calendar == clock.calendar:
        return Mark.BREACHED
    if at == clock.due_at:
        return Mark.DUE
    return Mark.RETARGETED if at in _retargets(clock) else None


def _retargets(clock: SlaClock) -> tuple[datetime, ...]:
    return tuple(target.at for target in clock.targets[1:])
