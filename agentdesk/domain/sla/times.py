"""How long things took on one ticket, in working and in calendar time, with or without any promise (2.1).

What has not happened is None, never 0. Times in a status run until now, or until the last solve of a solved ticket:
the time since then is nobody's wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from agentdesk.domain.sla.calendar import Calendar
from agentdesk.domain.sla.elapsed import MINUTE, open_time
from agentdesk.domain.sla.history import DONE, FulfilledBy, History, read_history
from agentdesk.domain.sla.policy import ClockMetric
from agentdesk.domain.sla.ticket_events import TicketEvent
from agentdesk.domain.vocabulary import UNSOLVED, Status


@dataclass(frozen=True, slots=True)
class Took:
    """One duration, measured twice."""

    business: timedelta = timedelta()
    calendar: timedelta = timedelta()

    def __add__(self, other: Self) -> "Took":
        """Both together."""
        return Took(self.business + other.business, self.calendar + other.calendar)

    @property
    def business_minutes(self) -> int:
        """Whole minutes inside the opening hours, the rest dropped."""
        return self.business // MINUTE

    @property
    def calendar_minutes(self) -> int:
        """Whole minutes on the clock, the rest dropped."""
        return self.calendar // MINUTE


@dataclass(frozen=True, slots=True)
class TicketTimes:
    """The time metrics of one ticket; the names are those of `agentdesk.domain.metrics`.

    Attributes:
        frt: creation to the first public reply by a human agent, or to the call that reached the customer.
        nrt: each wait for a next reply that a reply ended, oldest first.
        nrt_solved: those that solving ended; nobody replied, so they stand apart (R7).
        update_gap: each time between two public agent replies.
        in_status: total time in each status it has been in; solved is in only as far as a reopening ended it.
        first_resolution: creation to the first solve.
        full_resolution: creation to the last solve.
        replies: public agent replies.
        reopens: how often it was reopened.
    """

    frt: Took | None
    nrt: tuple[Took, ...]
    nrt_solved: tuple[Took, ...]
    update_gap: tuple[Took, ...]
    in_status: dict[Status, Took]
    first_resolution: Took | None
    full_resolution: Took | None
    replies: int
    reopens: int

    @property
    def requester_wait(self) -> Took:
        """Time in new, open and on hold."""
        return self._sum(Status.NEW, Status.OPEN, Status.ON_HOLD)

    @property
    def agent_work(self) -> Took:
        """Time in new and open."""
        return self._sum(Status.NEW, Status.OPEN)

    @property
    def agent_wait(self) -> Took | None:
        """Time in pending."""
        return self.in_status.get(Status.PENDING)

    @property
    def on_hold_time(self) -> Took | None:
        """Time on hold."""
        return self.in_status.get(Status.ON_HOLD)

    @property
    def active_resolution(self) -> Took | None:
        """Time in every unsolved status; None before the first solve."""
        return None if self.full_resolution is None else self._sum(*UNSOLVED)

    @property
    def one_touch(self) -> bool | None:
        """Solved with at most one public reply and no reopening; None before the first solve."""
        return None if self.full_resolution is None else self.replies <= 1 and self.reopens == 0

    def _sum(self, *statuses: Status) -> Took:
        return sum((self.in_status.get(status, Took()) for status in statuses), Took())


def ticket_times(events: Iterable[TicketEvent], calendar: Calendar, now: datetime) -> TicketTimes | None:
    """The time metrics of a ticket as they stood at `now`; None before it was created."""
    history = read_history(events, now)
    if history is None:
        return None
    created = history.created.at

    def took(start: datetime, end: datetime) -> Took:
        return Took(open_time(calendar, start, end), end - start)

    def all_of(metric: ClockMetric, ended_by: FulfilledBy) -> tuple[Took, ...]:
        ended = (run for run in history.runs if run.metric is metric and run.fulfilled_by is ended_by)
        return tuple(took(run.started_at, run.fulfilled_at) for run in ended if run.fulfilled_at is not None)

    return TicketTimes(
        frt=took(created, history.first_reply_at) if history.first_reply_at else None,
        nrt=all_of(ClockMetric.NRT, FulfilledBy.REPLY),
        nrt_solved=all_of(ClockMetric.NRT, FulfilledBy.SOLVED),
        update_gap=all_of(ClockMetric.UPDATE_GAP, FulfilledBy.REPLY),
        in_status=_in_status(history, calendar, now),
        first_resolution=took(created, history.solves[0]) if history.solves else None,
        full_resolution=took(created, history.solves[-1]) if history.solves else None,
        replies=len(history.replies),
        reopens=len(history.reopens),
    )


def _in_status(history: History, calendar: Calendar, now: datetime) -> dict[Status, Took]:
    times: dict[Status, Took] = {}
    end = history.cancelled.at if history.cancelled else now
    for at, stretch in enumerate(history.statuses):
        is_last_solve = stretch.status in DONE and all(one.status in DONE for one in history.statuses[at:])
        until = stretch.until or end
        is_passing = stretch.start == stretch.until  # left in the submit that set it
        if not is_last_solve and not is_passing:
            time = Took(open_time(calendar, stretch.start, until), until - stretch.start)
            times[stretch.status] = times.get(stretch.status, Took()) + time
    return times
