"""The flow of any number of periods, of each queue, from one pass over the journal.

Every ticket that was created or changed its flow state or queue since the first period is replayed backwards from
its state at the as-of instant; everything else stood still, so it is the same in every opening and closing.
"""

import json
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from agentdesk.domain.events import Event
from agentdesk.domain.flow import Flow, FlowState, TicketPeriod, count_flow_by_queue
from agentdesk.domain.instants import from_iso, to_store
from agentdesk.domain.periods import Period
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.queries.past import FORGOTTEN, Since, chunks
from agentdesk.store.reader import Reader

MOMENT = timedelta(microseconds=1)
"""The finest step of time that a store keeps: before an instant is at most this much before it."""
_OPEN = frozenset(map(str, UNSOLVED))
_FIELDS = ("status", "queue_id", "is_spam", "merged_into_id")
FLOW_FIELDS = (*_FIELDS, "created_at")
"""The fields of a ticket that its flow hangs on."""


class Step(NamedTuple):
    """One ticket passing from one flow state or queue into another."""

    ticket_id: int
    at: Any
    """As the driver gives it; see `past.when`."""
    was: FlowState | None
    """None where the ticket was created by this step."""
    now: FlowState
    queue_was: int | None
    queue_now: int | None
    actor_id: int | None
    change_id: int | None
    is_undo: bool

    @property
    def is_solve(self) -> bool:
        """Left the backlog as solved."""
        return self.was is FlowState.OPEN and self.now is FlowState.DONE

    @property
    def is_reopening(self) -> bool:
        """Came back into the backlog, and not because a slip was taken back."""
        return self.was not in {None, FlowState.OPEN} and self.now is FlowState.OPEN and not self.is_undo


@dataclass(slots=True)
class _Facts:
    """What the flow of one ticket hangs on, at one instant of its replay."""

    created_at: Any
    status: str
    queue_id: int | None
    is_spam: bool
    merged_into_id: int | None
    exists: bool = True

    @property
    def state(self) -> FlowState:
        if not self.exists:
            return FlowState.GONE
        if self.status in _OPEN:
            return FlowState.OPEN
        return FlowState.GONE if self.is_spam or self.merged_into_id is not None else FlowState.DONE


class _Event(NamedTuple):
    ticket_id: int
    at: Any
    actor_id: int | None
    change_id: int
    event: str
    is_made: bool
    is_removed: bool
    status: str | None
    queue_id: str | None
    is_spam: str | None
    merged_into_id: str | None
    created_at: str | None


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
    key = to_store if read.is_sqlite else _itself
    wanted = list(periods)
    bounds = sorted({key(bound) for period in wanted for bound in (period.start, period.end)})
    window = (min(period.start for period in wanted), instant)
    events = _read_events(read, *window)
    facts = _read_facts(read, events, back, window, key)
    cut: list[list[Step]] = [[] for _ in bounds]
    first = key(window[0])
    for ticket_id, one in facts.items():
        for step in reversed(_replay(ticket_id, one, events.get(ticket_id, ()), first)):
            cut[bisect_right(bounds, step.at) - 1].append(step)
    moved = {ticket_id for ticket_id, one in facts.items() if ticket_id in events or one.created_at >= first}
    return Flows(Counter(held), moved, bounds, cut, key)


def _itself(instant: datetime) -> datetime:
    return instant


_EVENTS = f"""
SELECT entity_id, at, actor_id, change_id, event, before IS NULL, after IS NULL,
  before ->> 'status', CAST(before -> 'queue_id' AS TEXT), CAST(before -> 'is_spam' AS TEXT),
  CAST(before -> 'merged_into_id' AS TEXT), CASE WHEN after IS NULL THEN before ->> 'created_at' END
FROM journal
WHERE entity = 'ticket' AND at >= :start AND at <= :instant
  AND (before ->> 'status' IS NOT NULL OR before -> 'queue_id' IS NOT NULL OR before -> 'is_spam' IS NOT NULL
    OR before -> 'merged_into_id' IS NOT NULL
    OR event = '{Event.CHANGE_UNDONE}' AND before IS NULL AND after IS NOT NULL)
  AND NOT {FORGOTTEN.format(entity="ticket")}
ORDER BY at, id
"""


def _read_events(read: Reader, start: datetime, instant: datetime) -> dict[int, list[_Event]]:
    events: dict[int, list[_Event]] = {}
    for row in read.stream(_EVENTS, {"start": start, "instant": instant}):
        events.setdefault(row[0], []).append(_Event._make(row))
    return events


def _read_facts(
    read: Reader,
    events: Mapping[int, Sequence[_Event]],
    back: Mapping[int, Since],
    window: tuple[datetime, datetime],
    key: Callable[[datetime], Any],
) -> dict[int, _Facts]:
    """The state at the as-of instant of every ticket that was created or changed in the window."""
    instant = key(window[1])
    columns = f"SELECT id, created_at, {', '.join(_FIELDS)} FROM ticket WHERE"
    born = f"{columns} created_at >= :start AND created_at <= :instant"
    rows = {row[0]: row[1:] for row in read.stream(born, {"start": window[0], "instant": window[1]})}
    older = events.keys() - rows.keys()
    for some in chunks(older):
        rows |= {row[0]: row[1:] for row in read.stream(f"{columns} id IN ({some})")}
    facts = {ticket_id: _Facts(*row) for ticket_id, row in rows.items()}
    for ticket_id in (older | {one for one, since in back.items() if since.existed}) - rows.keys():
        if found := _removed(events.get(ticket_id, ()), back.get(ticket_id)):
            facts[ticket_id] = found
    for ticket_id in back.keys() & facts.keys():
        _take_back(facts[ticket_id], back[ticket_id])
    for one in facts.values():
        if isinstance(one.created_at, str) and "T" in one.created_at:
            one.created_at = key(from_iso(one.created_at))
    return {ticket_id: one for ticket_id, one in facts.items() if one.created_at <= instant}


def _removed(events: Sequence[_Event], since: Since | None) -> _Facts | None:
    """A ticket that is not in the store; None for one that never was, because its import was taken back."""
    if since is not None and since.existed:
        return _Facts(since.values["created_at"], "", None, is_spam=False, merged_into_id=None)
    removal = next((event for event in reversed(events) if event.is_removed), None)
    if removal is None:
        return None
    queue_id = json.loads(removal.queue_id or "null")
    return _Facts(removal.created_at, "", queue_id, is_spam=False, merged_into_id=None, exists=False)


def _take_back(facts: _Facts, since: Since) -> None:
    for name, value in since.values.items():
        if name in FLOW_FIELDS:
            setattr(facts, name, value)
    if since.existed is False:
        facts.exists = False


def _replay(ticket_id: int, facts: _Facts, events: Sequence[_Event], first: Any) -> list[Step]:
    """The steps of one ticket, newest first; its facts are left as they were when it was created."""
    steps = []
    now, queue_now = facts.state, facts.queue_id
    for event in reversed(events):
        if event.at < facts.created_at:
            break
        _undo(facts, event)
        was, queue_was = facts.state, facts.queue_id
        if was is not now or queue_was != queue_now:
            undone = event.event == Event.CHANGE_UNDONE
            steps.append(
                Step(
                    ticket_id,
                    event.at,
                    was,
                    now,
                    queue_was,
                    queue_now,
                    event.actor_id,
                    event.change_id,
                    undone,
                )
            )
            now, queue_now = was, queue_was
    if facts.created_at >= first:
        steps.append(
            Step(ticket_id, facts.created_at, None, now, queue_now, queue_now, None, None, is_undo=False)
        )
    return steps


def _undo(facts: _Facts, event: _Event) -> None:
    if event.is_made:
        facts.exists = False
        return
    if event.is_removed:
        facts.exists = True
    if event.status is not None:
        facts.status = event.status
    if event.queue_id is not None:
        facts.queue_id = json.loads(event.queue_id)
    if event.is_spam is not None:
        facts.is_spam = json.loads(event.is_spam)
    if event.merged_into_id is not None:
        facts.merged_into_id = json.loads(event.merged_into_id)
