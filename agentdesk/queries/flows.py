"""The flow of any number of periods, of each queue, from one pass over the journal.

Only tickets that were created or changed since the first period are looked at; everything else stood still, so it
is the same in every opening and closing.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from agentdesk.domain.flow import Flow, FlowState, TicketPeriod, count_flow_by_queue
from agentdesk.domain.periods import Period
from agentdesk.queries.past import Since
from agentdesk.queries.steps import Step, driver_instant, read_steps
from agentdesk.store.reader import Reader

MOMENT = timedelta(microseconds=1)
"""The finest step of time that a store keeps: before an instant is at most this much before it."""


@dataclass(slots=True)
class Flows:
    """Every step since the first period, cut at the bounds of the periods that were asked for.

    Attributes:
        held: open tickets of each queue at the as-of instant.
        tickets: the tickets that were created or changed in any way that flow asks about.
    """

    held: Counter[int | None]
    tickets: set[int]
    _bounds: list[Any]
    _steps: list[list[Step]]
    _key: Callable[[datetime], Any]
    _net: dict[int, Counter[int | None]] = field(default_factory=dict)

    def opening(self, start: datetime) -> Counter[int | None]:
        """The open tickets of each queue just before an instant that is a bound."""
        counts: Counter[int | None] = Counter(self.held)
        for place in range(self._place(start), len(self._steps)):
            counts.subtract(self._net_of(place))
        return counts

    def steps(self, period: Period) -> Iterator[Step]:
        """What happened in a period; the steps of one ticket are in order."""
        for place in range(self._place(period.start), self._place(period.end)):
            yield from self._steps[place]

    def of(self, period: Period) -> dict[int | None, Flow]:
        """The flow of each queue; their sum is the flow of the desk."""
        began = Counter(self.opening(period.start))
        total: defaultdict[int | None, Flow] = defaultdict(Flow)
        kinds = Counter(self.tickets_of(period).values())
        for (queue_was, queue_now, ticket), times in kinds.items():
            named = ("was", "now") if queue_was != queue_now else ("was", "was")
            for name, flow in count_flow_by_queue([(*named, ticket)]).items():
                total[queue_was if name == "was" else queue_now] += flow * times
            if ticket.was_open_at_start:
                began[queue_was] -= times
        for queue, count in began.items():
            total[queue] += Flow(opening=count, closing=count)
        return {queue: flow for queue, flow in total.items() if flow != Flow()}

    def tickets_of(self, period: Period) -> dict[int, tuple[int | None, int | None, TicketPeriod]]:
        """Queue at the start, queue at the end, and what it did, of each ticket that moved in a period."""
        first: dict[int, Step] = {}
        last: dict[int, Step] = {}
        opened: set[int] = set()
        for step in self.steps(period):
            first.setdefault(step.ticket_id, step)
            last[step.ticket_id] = step
            if step.now is FlowState.OPEN:
                opened.add(step.ticket_id)
        return {
            ticket: (
                one.queue_was,
                last[ticket].queue_now,
                _ticket_period(one.was, last[ticket].now, was_opened=ticket in opened),
            )
            for ticket, one in first.items()
        }

    def _place(self, bound: datetime) -> int:
        return bisect_left(self._bounds, self._key(bound))

    def _net_of(self, place: int) -> Counter[int | None]:
        if place not in self._net:
            net: Counter[int | None] = Counter()
            for step in self._steps[place]:
                if step.now is FlowState.OPEN:
                    net[step.queue_now] += 1
                if step.was is FlowState.OPEN:
                    net[step.queue_was] -= 1
            self._net[place] = net
        return self._net[place]


_KINDS = {
    (was, now, was_opened): TicketPeriod(
        existed_at_start=was is not None,
        was_open_at_start=was is FlowState.OPEN,
        created_in_period=was is None,
        reopened_in_period=was in {FlowState.DONE, FlowState.GONE} and was_opened,
        is_open_at_end=now is FlowState.OPEN,
        is_gone_at_end=now is FlowState.GONE,
    )
    for was in (None, *FlowState)
    for now in FlowState
    for was_opened in (False, True)
}


def _ticket_period(was: FlowState | None, now: FlowState, *, was_opened: bool) -> TicketPeriod:
    return _KINDS[was, now, was_opened]


def read_flows(
    read: Reader,
    periods: Iterable[Period],
    instant: datetime,
    held: Mapping[int | None, int],
    back: Mapping[int, Since],
) -> Flows:
    """Read what moved since the first of some periods.

    Args:
        read: the snapshot.
        periods: those that will be asked for; what is after `instant` in them has not happened.
        instant: the as-of instant; what happened at this very instant has happened.
        held: open tickets of each queue at the as-of instant.
        back: what has to be taken back of tickets at `instant`, at least the `FLOW_FIELDS`.
    """
    wanted = list(periods)
    bounds = sorted({driver_instant(read, bound) for one in wanted for bound in (one.start, one.end)})
    cut: list[list[Step]] = [[] for _ in bounds]
    moved = set()
    for ticket_id, steps in read_steps(read, min(one.start for one in wanted), instant, back):
        moved.add(ticket_id)
        for step in reversed(steps):
            cut[bisect_right(bounds, step.at) - 1].append(step)
    return Flows(Counter(held), moved, bounds, cut, partial(driver_instant, read))
