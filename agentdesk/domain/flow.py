"""How many tickets came and went: opening + created + reopened - solved - merged = closing, always.

The five counts are read from the state of each ticket at both ends of the period and from what lies between,
never from counting events: a ticket that goes to and fro inside one day is counted once. Source: golden M10.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from agentdesk.domain.numbers import share


class FlowState(StrEnum):
    """All that flow asks of a status."""

    OPEN = "open"
    """new, open, pending or on_hold: part of the backlog."""
    DONE = "done"
    """solved or closed."""
    GONE = "gone"
    """Merged into another ticket, marked as spam, or deleted."""


@dataclass(frozen=True, slots=True)
class TicketPeriod:
    """What one ticket did in one period, which begins at its first instant and ends before its last."""

    existed_at_start: bool
    """Created before the period."""
    was_open_at_start: bool
    """In the backlog when the period began."""
    created_in_period: bool
    """Created in the period; a ticket is either this, or existed at the start, or not there yet."""
    reopened_in_period: bool
    """Existed at the start, was not open then, and was open at some instant of the period."""
    is_open_at_end: bool
    """In the backlog when the period ended."""
    is_gone_at_end: bool
    """Merged, spam or deleted when the period ended."""

    @property
    def left(self) -> bool:
        """Was in the backlog at some time in the period, and is not at its end."""
        return (self.was_open_at_start or self.created_in_period or self.reopened_in_period) and not (
            self.is_open_at_end
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """The movement of one period, in tickets.

    Attributes:
        opening: open when the period began.
        created: created in the period.
        reopened: solved, closed or gone when it began, and open again during it.
        solved: left the backlog in the period by being solved, and still so at its end: the last solve counts.
        merged: left it by being merged, marked as spam or deleted instead.
        closing: open when the period ended.
    """

    opening: int = 0
    created: int = 0
    reopened: int = 0
    solved: int = 0
    merged: int = 0
    closing: int = 0

    @property
    def net(self) -> int:
        """How much the backlog grew."""
        return self.closing - self.opening

    @property
    def clearance(self) -> Fraction | None:
        """Solved per ticket that came or came back; None where none did."""
        return share(self.solved, self.created + self.reopened)

    @property
    def moved(self) -> int:
        """Tickets that came from other queues, less those that went there; 0 for the desk as a whole."""
        return self.closing - (self.opening + self.created + self.reopened - self.solved - self.merged)

    def __add__(self, other: "Flow") -> "Flow":
        """Both together, count by count."""
        return Flow(
            opening=self.opening + other.opening,
            created=self.created + other.created,
            reopened=self.reopened + other.reopened,
            solved=self.solved + other.solved,
            merged=self.merged + other.merged,
            closing=self.closing + other.closing,
        )

    def __mul__(self, times: int) -> "Flow":
        """The flow of so many tickets that all did the same."""
        return Flow(
            opening=self.opening * times,
            created=self.created * times,
            reopened=self.reopened * times,
            solved=self.solved * times,
            merged=self.merged * times,
            closing=self.closing * times,
        )


def read_history(
    changes: Sequence[tuple[datetime, FlowState]], start: datetime, end: datetime
) -> TicketPeriod:
    """What one ticket did between two instants.

    Args:
        changes: the states it took, oldest first; the first one is its creation.
        start: first instant of the period; a change at this very instant is part of it.
        end: first instant after the period.
    """
    before = [state for at, state in changes if at < start]
    during = [state for at, state in changes if start <= at < end]
    last = (before + during)[-1:]
    was_open = before[-1:] == [FlowState.OPEN]
    return TicketPeriod(
        existed_at_start=bool(before),
        was_open_at_start=was_open,
        created_in_period=not before and bool(during),
        reopened_in_period=bool(before) and not was_open and FlowState.OPEN in during,
        is_open_at_end=last == [FlowState.OPEN],
        is_gone_at_end=last == [FlowState.GONE],
    )


def count_flow(tickets: Iterable[TicketPeriod]) -> Flow:
    """The flow of all tickets together; its `moved` is 0."""
    total = Flow()
    for ticket in tickets:
        total += _flow_of(ticket)
    return total


def count_flow_by_queue(tickets: Iterable[tuple[str, str, TicketPeriod]]) -> dict[str, Flow]:
    """The flow of each queue, by name.

    Args:
        tickets: queue at the start (of a new ticket: the queue it was created in), queue at the end, and
            what the ticket did. What was there or came is counted where it began, what left or is there
            where it ended, so that the queues add up to `count_flow` in every column and the difference
            within a queue is its `moved`.
    """
    queues: dict[str, Flow] = {}
    for began, ended, ticket in tickets:
        one = _flow_of(ticket)
        came = Flow(opening=one.opening, created=one.created, reopened=one.reopened)
        went = Flow(solved=one.solved, merged=one.merged, closing=one.closing)
        queues[began] = queues.get(began, Flow()) + came
        queues[ended] = queues.get(ended, Flow()) + went
    return dict(sorted(queues.items()))


def _flow_of(ticket: TicketPeriod) -> Flow:
    return Flow(
        opening=int(ticket.was_open_at_start),
        created=int(ticket.created_in_period),
        reopened=int(ticket.reopened_in_period),
        solved=int(ticket.left and not ticket.is_gone_at_end),
        merged=int(ticket.left and ticket.is_gone_at_end),
        closing=int(ticket.is_open_at_end),
    )
