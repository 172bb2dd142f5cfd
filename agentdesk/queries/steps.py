"""Each passing of a ticket from one flow state or queue into another, replayed backwards from the journal.

A ticket begins at its creation; it is gone while it is deleted, and one that an import made and its undo removed
has never been.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, NamedTuple

from agentdesk.domain.events import Event
from agentdesk.domain.flow import FlowState
from agentdesk.domain.instants import from_iso, to_store
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.queries.past import ASKED_ABOUT, FORGOTTEN, Since, chunks
from agentdesk.queries.thanked import TAKES_BACK
from agentdesk.store.reader import Reader

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


_SLIPS = (Event.CHANGE_UNDONE, Event.TICKET_UNMERGED)
"""What only takes back: a ticket that comes back by it has not come up again."""
_NAME = 4
"""Where a row of `_EVENTS` has its event."""
_Event = tuple[Any, ...]
"""A row of `_EVENTS`: thousands are unpacked where they are used, so they have no names of their own."""


def driver_instant(read: Reader, instant: datetime) -> Any:
    """An instant as the driver of this store gives it; such values compare among themselves."""
    return to_store(instant) if read.is_sqlite else instant


def read_steps(
    read: Reader, start: datetime, instant: datetime, back: Mapping[int, Since]
) -> Iterator[tuple[int, list[Step]]]:
    """The steps of every ticket that was created, or touched in a field that flow asks about.

    Args:
        read: the snapshot.
        start: steps at this very instant are among them.
        instant: the as-of instant; steps at this very instant are among them.
        back: what has to be taken back of tickets at `instant`, at least the `FLOW_FIELDS`.

    Yields:
        The id of a ticket, and its steps, newest first.
    """
    events = _read_events(read, start, instant)
    first = driver_instant(read, start)
    for ticket_id, facts in _read_facts(read, events, back, (start, instant)).items():
        own = events.get(ticket_id, ())
        if own or facts.created_at >= first:
            yield ticket_id, _replay(ticket_id, facts, own, first)


_EVENTS = f"""
SELECT entity_id, at, actor_id, change_id, event, before IS NULL, after IS NULL,
  before ->> 'status', CAST(before -> 'queue_id' AS TEXT), CAST(before -> 'is_spam' AS TEXT),
  CAST(before -> 'merged_into_id' AS TEXT), CASE WHEN after IS NULL THEN before ->> 'created_at' END
FROM journal
WHERE entity = 'ticket' AND {ASKED_ABOUT} AND at >= :start AND at <= :instant
  AND ((before ->> 'status' IN ('solved', 'closed')) <> (after ->> 'status' IN ('solved', 'closed'))
    OR before -> 'queue_id' IS NOT NULL OR before -> 'is_spam' IS NOT NULL
    OR before -> 'merged_into_id' IS NOT NULL
    OR event = '{Event.CHANGE_UNDONE}' AND before IS NULL AND after IS NOT NULL)
  AND NOT {FORGOTTEN.format(entity="ticket")}
ORDER BY at, id
"""


def _read_events(read: Reader, start: datetime, instant: datetime) -> dict[int, list[_Event]]:
    events: dict[int, list[_Event]] = {}
    for row in read.stream(_EVENTS, {"start": start, "instant": instant}):
        events.setdefault(row[0], []).append(row)
    return events


def _read_facts(
    read: Reader,
    events: Mapping[int, Sequence[_Event]],
    back: Mapping[int, Since],
    window: tuple[datetime, datetime],
) -> dict[int, _Facts]:
    """The state at the as-of instant of every ticket that was created or changed in the window."""
    columns = f"SELECT id, created_at, {', '.join(_FIELDS)} FROM ticket WHERE"
    born = f"{columns} created_at >= :start AND created_at <= :instant"
    rows = read.stream(born, {"start": window[0], "instant": window[1]})
    facts = {row_id: _Facts(*values) for row_id, *values in rows}
    older = events.keys() - facts.keys()
    for some in chunks(older):
        facts |= {row_id: _Facts(*values) for row_id, *values in read.stream(f"{columns} id IN ({some})")}
    for ticket_id in (older | {one for one, since in back.items() if since.existed}) - facts.keys():
        if found := _removed(events.get(ticket_id, ()), back.get(ticket_id)):
            facts[ticket_id] = found
    instant = driver_instant(read, window[1])
    for ticket_id in (older | back.keys()) & facts.keys():
        one = facts[ticket_id]
        _take_back(one, back.get(ticket_id, Since()))
        if isinstance(one.created_at, str) and "T" in one.created_at:
            one.created_at = driver_instant(read, from_iso(one.created_at))
        if one.created_at > instant:
            del facts[ticket_id]
    return facts


def _removed(events: Sequence[_Event], since: Since | None) -> _Facts | None:
    """A ticket that is not in the store; None for one that never was, because its import was taken back."""
    if since is not None and since.existed:
        return _Facts(since.values["created_at"], "", None, is_spam=False, merged_into_id=None)
    for *_, is_removed, _status, queue_id, _spam, _merged, created_at in reversed(events):
        if is_removed:
            return _Facts(created_at, "", _number(queue_id), is_spam=False, merged_into_id=None, exists=False)
    return None


def _take_back(facts: _Facts, since: Since) -> None:
    for name, value in since.values.items():
        if name in FLOW_FIELDS:
            setattr(facts, name, value)
    if since.existed is False:
        facts.exists = False


def _replay(ticket_id: int, facts: _Facts, events: Sequence[_Event], first: Any) -> list[Step]:
    """The steps of one ticket, newest first; its facts are left as they were when it was created."""
    steps = []
    now, queue_now, born = facts.state, facts.queue_id, facts.created_at
    is_thanked = False  # between a thank-you and the solving before it, the ticket counts as solved
    kept = _kept_solved(events)
    for place in reversed(range(len(events))):
        _, at, actor_id, change_id, name, *before = events[place]
        if at < born:
            break
        _undo(facts, before)
        was, queue_was = facts.state, facts.queue_id
        is_thanked = was is FlowState.OPEN and (is_thanked or place in kept)
        was = FlowState.DONE if is_thanked else was
        if was is not now or queue_was != queue_now:
            undone = name in _SLIPS
            steps.append(Step(ticket_id, at, was, now, queue_was, queue_now, actor_id, change_id, undone))
            now, queue_now = was, queue_was
    if born >= first:
        steps.append(Step(ticket_id, born, None, now, queue_now, queue_now, None, None, is_undo=False))
    return steps


def _kept_solved(events: Sequence[_Event]) -> set[int]:
    """The places of what stands and puts back, and of its being done again: before each the ticket was only seemingly open."""
    kept: set[int] = set()
    for place, event in enumerate(events):
        if event[_NAME] in TAKES_BACK:
            behind = takewhile(lambda one: one[_NAME] == Event.CHANGE_UNDONE, events[place + 1 :])
            turns = sum(1 for _ in behind)
            if (
                turns % 2 == 0
            ):  # taken back, done again, and so on: an even number of times leaves it standing
                kept |= set(range(place, place + turns + 1, 2))
    return kept


def _undo(facts: _Facts, before: Sequence[Any]) -> None:
    """Take one row of `_EVENTS` back; values are JSON text, None where the row does not say."""
    is_made, is_removed, status, queue_id, is_spam, merged_into_id, _created_at = before
    facts.exists = not is_made and (facts.exists or bool(is_removed))
    if status is not None:
        facts.status = status
    if queue_id is not None:
        facts.queue_id = _number(queue_id)
    if is_spam is not None:
        facts.is_spam = is_spam == "true"
    if merged_into_id is not None:
        facts.merged_into_id = _number(merged_into_id)


def _number(text: str | None) -> int | None:
    return int(text) if text and text != "null" else None
