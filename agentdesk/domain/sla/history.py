"""A ticket's events read once, from the first to the last: its statuses, and every stretch that a clock measures.

First and next reply never pause (R5). A next reply is only awaited once the first one is done (R7). Solving ends
every clock; reopening lets the waiting and working clocks go on where they stood and starts a new next reply (R10).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agentdesk.domain.sla.policy import ClockMetric
from agentdesk.domain.sla.ticket_events import (
    AgentReply,
    CallReached,
    Cancelled,
    Created,
    CustomerMessage,
    MergedIn,
    StatusChanged,
    TicketEvent,
    in_order,
)
from agentdesk.domain.vocabulary import AuthorKind, Status

DONE: Final = frozenset({Status.SOLVED, Status.CLOSED})
PAUSED_IN: Final = {
    ClockMetric.FRT: frozenset[Status](),
    ClockMetric.NRT: frozenset[Status](),
    ClockMetric.UPDATE_GAP: frozenset[Status](),
    ClockMetric.REQUESTER_WAIT: DONE | {Status.PENDING},
    ClockMetric.AGENT_WORK: DONE | {Status.PENDING, Status.ON_HOLD},
}
"""The statuses in which a clock stands still (R5)."""

_RESUMED: Final = (ClockMetric.REQUESTER_WAIT, ClockMetric.AGENT_WORK)


class FulfilledBy(StrEnum):
    """What ended a clock."""

    REPLY = "reply"
    CALL = "call"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class StatusStretch:
    """A status from one instant to the next; `until` is None for the last one."""

    start: datetime
    until: datetime | None
    status: Status


@dataclass(frozen=True, slots=True)
class Run:
    """What one clock measures, without any target: `number` counts the clocks of a metric from 1."""

    metric: ClockMetric
    number: int
    started_at: datetime
    fulfilled_at: datetime | None = None
    fulfilled_by: FulfilledBy | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The facts of one ticket until an instant."""

    created: Created
    statuses: tuple[StatusStretch, ...]
    runs: tuple[Run, ...]
    """By metric, then by number."""
    replies: tuple[datetime, ...]
    """Public agent replies; the comment an agent created the ticket with is none."""
    first_reply_at: datetime | None
    """The first of the replies and of the calls that reached the customer, whatever had ended the clock before."""
    solves: tuple[datetime, ...]
    reopens: tuple[datetime, ...]
    cancelled: Cancelled | None
    """Once it is, nothing later is read."""


def read_history(events: Iterable[TicketEvent], now: datetime) -> History | None:
    """The facts that the events until `now` tell; None before the ticket was created."""
    seen = in_order(events, now)
    if not seen or not isinstance(seen[0], Created):
        return None
    reader = _Reader(seen[0])
    for event in seen[1:]:
        reader.read(event)
        if reader.cancelled:
            break
    return reader.history()


@dataclass(slots=True)
class _Reader:
    """Walks through the events; the last run of a metric in `running` is one that nothing has ended yet."""

    created: Created
    cancelled: Cancelled | None = None
    moves: list[tuple[datetime, Status]] = field(default_factory=list)
    runs: dict[ClockMetric, list[Run]] = field(default_factory=lambda: {metric: [] for metric in ClockMetric})
    running: set[ClockMetric] = field(default_factory=set)
    replies: list[datetime] = field(default_factory=list)
    calls: list[datetime] = field(default_factory=list)
    solves: list[datetime] = field(default_factory=list)
    reopens: list[datetime] = field(default_factory=list)
    joined: tuple[datetime | None, datetime] = field(init=False)

    def __post_init__(self) -> None:
        at = self.created.at
        self.joined = None, at
        self.moves.append((at, self.created.status))
        for metric in (ClockMetric.FRT, *_RESUMED):
            self._start(metric, at)
        if self._is_done:
            self._solve(at)

    @property
    def _is_done(self) -> bool:
        return self.moves[-1][1] in DONE

    def read(self, event: TicketEvent) -> None:
        match event:
            case CustomerMessage(at):
                self._await_reply(at)
            case MergedIn(at, since) if since is not None:
                self.joined = at, min(at, since)
                self._await_reply(min(at, since))
            case AgentReply(at) if not self._is_opening(at):
                self._reply(at)
            case CallReached(at) if not self._is_opening(at):
                self.calls.append(at)
                self._fulfil(ClockMetric.FRT, at, FulfilledBy.CALL)
            case StatusChanged(at, to) if to != self.moves[-1][1]:
                self._move(at, to)
            case Cancelled():
                self.cancelled = event

    def _is_opening(self, at: datetime) -> bool:
        return self.created.by is AuthorKind.AGENT and at == self.created.at

    def _await_reply(self, since: datetime) -> None:
        """Start the next reply at the oldest unanswered message; on a solved ticket a message alone awaits nothing."""
        if ClockMetric.FRT in self.running or self._is_done:
            return
        if ClockMetric.NRT in self.running:
            self._change(ClockMetric.NRT, started_at=min(self.runs[ClockMetric.NRT][-1].started_at, since))
        else:
            self._start(ClockMetric.NRT, since)

    def _reply(self, at: datetime) -> None:
        self.replies.append(at)
        for metric in (ClockMetric.FRT, ClockMetric.NRT, ClockMetric.UPDATE_GAP):
            self._fulfil(metric, at, FulfilledBy.REPLY)
        if not self._is_done:
            self._start(ClockMetric.UPDATE_GAP, at)

    def _move(self, at: datetime, to: Status) -> None:
        was_done = self._is_done
        self.moves.append((at, to))
        if self._is_done and not was_done:
            self._solve(at)
        elif was_done and not self._is_done:
            self._reopen(at)

    def _solve(self, at: datetime) -> None:
        self.solves.append(at)
        gaps = self.runs[ClockMetric.UPDATE_GAP]
        if ClockMetric.UPDATE_GAP in self.running and gaps[-1].started_at == at:
            gaps.pop()  # the reply that solves promises no further one
            self.running.remove(ClockMetric.UPDATE_GAP)
        for metric in tuple(self.running):
            self._fulfil(metric, at, FulfilledBy.SOLVED)

    def _reopen(self, at: datetime) -> None:
        self.reopens.append(at)
        for metric in _RESUMED:
            self.running.add(metric)
            self._change(metric, fulfilled_at=None, fulfilled_by=None)
        if self.replies[-1:] == [at]:  # reopened by an agent who answers in the same submit
            self._start(ClockMetric.UPDATE_GAP, at)
        else:  # opened again by a merge, it owes an answer to what came with that
            self._await_reply(self.joined[1] if self.joined[0] == at else at)

    def _start(self, metric: ClockMetric, at: datetime) -> None:
        self.runs[metric].append(Run(metric, len(self.runs[metric]) + 1, at))
        self.running.add(metric)

    def _fulfil(self, metric: ClockMetric, at: datetime, by: FulfilledBy) -> None:
        if metric in self.running:
            self.running.remove(metric)
            self._change(metric, fulfilled_at=at, fulfilled_by=by)

    def _change(self, metric: ClockMetric, **changes: Any) -> None:
        self.runs[metric][-1] = replace(self.runs[metric][-1], **changes)

    def history(self) -> History:
        ends = [*(at for at, _ in self.moves[1:]), None]
        return History(
            created=self.created,
            statuses=tuple(
                StatusStretch(at, end, to) for (at, to), end in zip(self.moves, ends, strict=True)
            ),
            runs=tuple(run for runs in self.runs.values() for run in runs),
            replies=tuple(self.replies),
            first_reply_at=min([*self.replies[:1], *self.calls[:1]], default=None),
            solves=tuple(self.solves),
            reopens=tuple(self.reopens),
            cancelled=self.cancelled,
        )
