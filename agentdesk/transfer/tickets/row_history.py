"""What one row for a whole ticket tells of its life: opened, spoken about, solved, closed.

Pure. Of a conversation each message is an instant: who waits since when, and who answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.instants import to_iso
from agentdesk.domain.vocabulary import UNSOLVED, AuthorKind, Status
from agentdesk.transfer.tickets.foreign_row import ForeignRow
from agentdesk.transfer.tickets.history import Snapshot, State, UndatedError, derived_status
from agentdesk.transfer.tickets.messages import ForeignMessage

_REPLIES: Final = ("first_replied_at", "last_reply_at", "last_message_at")
_LAST_ONLY: Final = ("reopen_count", "reply_count", "resolution_code")
OF_TALK: Final = frozenset({*_REPLIES, "reply_count", "waiting_since"})
"""Columns that follow from what was said."""
_WAITS: Final = (Status.PENDING, Status.ON_HOLD)


def snapshots_of_row(row: ForeignRow) -> list[Snapshot]:
    """The instants that one row for a whole ticket tells: opened, replied to, solved, closed.

    Raises:
        UndatedError: it is solved or closed and no column says when, or an instant lies before its creation.
    """
    created_at, times = row.times["created_at"], row.times
    for name in ("solved_at", "closed_at"):
        if name in times and times[name] < created_at:
            raise UndatedError(f"{name} {times[name]:%Y-%m-%d %H:%M} lies before created_at")
    status = str(row.values.get("status", derived_status(times, None)))
    left_out = {*_LAST_ONLY, *_REPLIES, "status"}
    values = {name: value for name, value in row.values.items() if name not in left_out}
    waits = bool(row.messages) and status in _WAITS  # since somebody spoke, not since it was opened
    born = Status.OPEN.value if waits or status not in UNSOLVED else status
    found = [Snapshot(created_at, {**values, "status": born})]
    found += _talk(row.messages, created_at) if row.messages else _replies(row.values, created_at)
    if waits:
        found.append(Snapshot(max(created_at, row.messages[-1].at), {"status": status}))
    found += _endings(status, times, is_told=bool(row.messages))
    found.sort(key=lambda one: one.at)
    if status not in UNSOLVED:
        found = list(_no_longer_waiting(found))
    last_only = [name for name in _LAST_ONLY if not (row.messages and name in OF_TALK)]
    last: State = {name: row.values[name] for name in last_only if name in row.values}
    found[-1] = replace(found[-1], values={**found[-1].values, **last})
    return found


def _replies(values: Mapping[str, Any], created_at: datetime) -> Iterator[Snapshot]:
    for name in _REPLIES:
        if at := values.get(name):
            yield Snapshot(max(created_at, datetime.fromisoformat(at)), {name: at})


def _talk(messages: Sequence[ForeignMessage], created_at: datetime) -> Iterator[Snapshot]:
    waiting: str | None = None
    replies = 0
    for place, message in enumerate(messages):
        at = to_iso(message.at)
        values: dict[str, Any] = {"last_message_at": at}
        if message.kind is AuthorKind.CUSTOMER:
            waiting = waiting or at
        elif message.is_reply and (
            place or message.at > created_at
        ):  # what the desk begins with is no answer
            replies += 1
            values |= {"last_reply_at": at, "reply_count": replies}
            values |= {"first_replied_at": at} if replies == 1 else {}
            waiting = None
        yield Snapshot(max(created_at, message.at), {**values, "waiting_since": waiting})


def _no_longer_waiting(told: Sequence[Snapshot]) -> Iterator[Snapshot]:
    """A word after the end, thanks mostly, lets nobody wait."""
    is_over = False
    for one in told:
        is_over = is_over or one.values.get("status") == Status.SOLVED
        waits = is_over and "waiting_since" in one.values
        yield replace(one, values={**one.values, "waiting_since": None}) if waits else one


def _endings(status: str, times: Mapping[str, datetime], *, is_told: bool) -> Iterator[Snapshot]:
    """Solved and closed; where only one instant is told, both happened then."""
    if status in UNSOLVED:
        return
    solved, closed, updated = (times.get(name) for name in ("solved_at", "closed_at", "updated_at"))
    if status == Status.CLOSED:
        end = closed or max((at for at in (updated, solved) if at is not None), default=None)
        begin = solved or end
    else:
        begin = end = solved or updated
    if begin is None or end is None:
        raise UndatedError(f"is {status}, and no column says when")
    if begin > end:
        raise UndatedError(f"closed_at {end:%Y-%m-%d %H:%M} lies before solved_at")
    if begin < times["created_at"]:
        raise UndatedError(f"is {status} before created_at")
    nobody: State = {"waiting_since": None} if is_told else {}
    yield Snapshot(begin, {"status": Status.SOLVED.value, **nobody}, begin)
    if status == Status.CLOSED:
        yield Snapshot(end, {"status": Status.CLOSED.value, **nobody}, begin, end)
