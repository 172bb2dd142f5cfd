"""Working time between two instants, and the instant at which a target is used up.

Elapsed is open time minus the union of the pauses. Equal to the target is met; only more is breached. Instants are
aware, targets whole minutes; inside everything is exact to the microsecond, because a journal is.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from agentdesk.domain.sla.calendar import Calendar, Stretch, instant_of, micros, open_between, reach

MINUTE: Final = timedelta(minutes=1)
_MINUTE: Final = 60_000_000


def open_time(
    calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Stretch] = ()
) -> timedelta:
    """Open time between two instants less what was paused; exact, and zero if `end` is not after `start`."""
    first, last = micros(start), micros(end)
    spent = open_between(calendar, first, last)
    for paused, resumed in _union(pauses) if pauses else ():
        spent -= open_between(calendar, max(paused, first), min(resumed, last))
    return timedelta(microseconds=spent)


def elapsed_minutes(
    calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Stretch] = ()
) -> int:
    """`open_time` in whole minutes, the rest dropped."""
    return open_time(calendar, start, end, pauses) // MINUTE


def due_at(calendar: Calendar, start: datetime, target: float, pauses: Sequence[Stretch] = ()) -> datetime:
    """The first instant at which the time used comes to the target (R4).

    Args:
        calendar: whose open time counts.
        start: when the clock started, aware.
        target: minutes, from 0.
        pauses: from and until, in any order; they may overlap.

    Returns:
        Aware UTC. At closing time if the target ends there.

    Raises:
        NeverDueError: the calendar has too little open time.
    """
    return _reached(calendar, start, target, pauses, over=False)


def breached_at(
    calendar: Calendar, start: datetime, target: float, pauses: Sequence[Stretch] = ()
) -> datetime:
    """The first working instant after the target is used up (R4): `due_at`, or the next opening or resuming.

    Whatever happens at this instant or before is met, whatever happens later is breached.

    Raises:
        NeverDueError: the calendar has too little open time.
    """
    return _reached(calendar, start, target, pauses, over=True)


def _reached(
    calendar: Calendar, start: datetime, target: float, pauses: Sequence[Stretch], *, over: bool
) -> datetime:
    """Walk from pause to pause until what is left of the target fits before the next one."""
    at, left = micros(start), round(target * _MINUTE)
    for paused, resumed in _union(pauses) if pauses else ():
        if resumed <= at:
            continue
        room = open_between(calendar, at, paused)
        if room > left or (room == left and not over):
            break
        left -= room
        at = resumed
    return instant_of(reach(calendar, at, left, over=over))


def _union(pauses: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Pauses in order, overlapping ones made one, empty ones left out."""
    union: list[tuple[int, int]] = []
    for paused, resumed in sorted((micros(paused), micros(resumed)) for paused, resumed in pauses):
        if resumed <= paused:
            continue
        if union and paused <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], resumed))
        else:
            union.append((paused, resumed))
    return union
