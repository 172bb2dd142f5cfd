"""The life of a ticket in another system as steps of ours: what changed at which instant, before and after.

Pure. Laws: instants never run backwards; the fold of all steps is the last state; a solved instant that lies in the
future of its event is not believed, because exports repeat the final one in every row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.events import Event
from agentdesk.domain.instants import to_iso
from agentdesk.domain.vocabulary import UNSOLVED, Status
from agentdesk.transfer.tickets.foreign_row import ForeignRow

State = dict[str, Any]
"""A ticket's columns as the journal keeps them."""
UNSOLVED_YET: Final[State] = {"solved_at": None, "closed_at": None}
IGNORED: Final = frozenset({"organization_id", "created_at"})
"""Columns that say nothing new by themselves: the organization follows the customer."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one row says about an instant.

    Attributes:
        at: the instant.
        values: some columns, `status` perhaps among them.
        solved_at: when it was solved, as far as the row knows.
        closed_at: when it was closed, as far as the row knows.
        place: index of the row among those of the ticket.
        by: who did it.
    """

    at: datetime
    values: Mapping[str, Any]
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    place: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One journal row to be: the columns that changed."""

    at: datetime
    event: Event
    before: State
    after: State
    place: int
    by: str


@dataclass(slots=True)
class Life:
    """A whole ticket.

    Attributes:
        created: its first state.
        created_at: when it began.
        steps: what followed, in order.
        last_at: instant of the last row, whether it changed anything or not.
    """

    created: State
    created_at: datetime
    steps: list[Step] = field(default_factory=list)
    last_at: datetime | None = None


class UndatedError(ValueError):
    """A state without the instant it began; `str()` is the reason."""


def read_life(snapshots: Sequence[Snapshot], created_at: datetime, empty: State) -> Life:
    """The life that snapshots tell.

    Args:
        snapshots: in order; the first one gives the first state.
        created_at: when the ticket began.
        empty: the columns of a ticket about which nothing is known.

    A ticket begins new, unless its first row is of that very instant and unsolved: nothing is solved at birth.
    """
    first = snapshots[0]
    born = str(first.values.get("status", Status.NEW))
    if first.at > created_at or born not in UNSOLVED:
        born = Status.NEW.value
    state = {**empty, **first.values, "status": born, "created_at": to_iso(created_at)}
    if first.values.get("resolution_code"):
        state["resolution_code"] = None
    life = Life(dict(state), created_at)
    life.steps = list(follow(state, snapshots, created_at))
    life.last_at = max(created_at, snapshots[-1].at)
    return life


def follow(state: State, snapshots: Iterable[Snapshot], since: datetime) -> Iterator[Step]:
    """The steps by which snapshots lead on from a state; `state` is moved along.

    Args:
        state: the columns before the first snapshot.
        snapshots: in order.
        since: instant of that state; nothing happens before it.
    """
    for snapshot in snapshots:
        placed = snapshot if snapshot.at >= since else replace(snapshot, at=since)
        yield from _move(state, placed, since)
        since = placed.at


def _move(state: State, to: Snapshot, since: datetime) -> Iterator[Step]:
    status = str(to.values.get("status", state["status"]))
    solved, closed = (
        at if at is not None and since <= at <= to.at else None for at in (to.solved_at, to.closed_at)
    )
    if status == Status.CLOSED and state["status"] in UNSOLVED:
        yield from _step(state, to, {"status": Status.SOLVED.value, "solved_at": to_iso(solved or to.at)})
    wanted = {**to.values, "status": status}
    if status in UNSOLVED:
        if state["status"] not in UNSOLVED:
            wanted = {
                "resolution_code": None,
                "reopen_count": state["reopen_count"] + 1,
                **wanted,
                "solved_at": None,
                "closed_at": None,
            }
    else:
        if solved or state["solved_at"] is None:
            wanted["solved_at"] = to_iso(solved or to.at)
        if status != Status.CLOSED:
            wanted["closed_at"] = None
        elif closed or state["status"] != Status.CLOSED:
            wanted["closed_at"] = to_iso(closed or to.at)
    yield from _step(state, to, wanted)


def _step(state: State, to: Snapshot, wanted: Mapping[str, Any]) -> Iterator[Step]:
    after = {name: value for name, value in wanted.items() if state[name] != value}
    if "customer_id" not in after:
        after.pop("organization_id", None)
    if after:
        before = {name: state[name] for name in after}
        yield Step(to.at, event_of(before, after), before, after, to.place, to.by)
        state.update(after)


def event_of(before: State, after: State) -> Event:
    """What a change of these columns is called."""
    if "status" in after:
        if after["status"] == Status.CLOSED:
            return Event.TICKET_CLOSED
        was_unsolved = before["status"] in UNSOLVED
        if after["status"] == Status.SOLVED:
            return Event.TICKET_SOLVED if was_unsolved else Event.TICKET_STATUS
        return Event.TICKET_STATUS if was_unsolved else Event.TICKET_REOPENED
    if after.keys() & {"assignee_id", "queue_id"}:
        return Event.TICKET_ASSIGNED
    return Event.TICKET_TAGGED if after.keys() == {"tags"} else Event.TICKET_CHANGED


def snapshots_of_log(rows: Sequence[ForeignRow]) -> list[Snapshot]:
    """The events of one ticket, in order: one that is dated after its successor happened no later than that."""
    found: list[Snapshot] = []
    latest: datetime | None = None
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        assert row.at is not None
        latest = row.at if latest is None else min(latest, row.at)
        times = row.times
        values = row.values
        if "status" not in values:
            values = {**values, "status": derived_status(times, latest)}
        found.append(Snapshot(latest, values, times.get("solved_at"), times.get("closed_at"), place, row.by))
    return found[::-1]


def derived_status(times: Mapping[str, datetime], at: datetime | None) -> str:
    """The status that the instants tell, where no column does; as of an instant, or at the end."""
    for name, status in (("closed_at", Status.CLOSED), ("solved_at", Status.SOLVED)):
        if name in times and (at is None or times[name] <= at):
            return status.value
    return Status.NEW.value
