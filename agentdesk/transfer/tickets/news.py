"""What a file tells of a ticket that was imported before: only what is new, laid over what people did here since.

Pure. A history is only ever continued: an event older than what is known, and not known, is refused.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from agentdesk.domain.vocabulary import Status
from agentdesk.transfer.tickets.foreign_row import ForeignRow
from agentdesk.transfer.tickets.history import (
    IGNORED,
    UNSOLVED_YET,
    Snapshot,
    State,
    Step,
    UndatedError,
    event_of,
    read_life,
)
from agentdesk.transfer.tickets.row_history import OF_TALK, snapshots_of_row

_NOBODYS: Final = OF_TALK | {"extra", "updated_at", "version", "reopen_count"}
"""Columns that nobody sets by hand."""
_QUARTER: Final = timedelta(minutes=15)
_FARTHEST: Final = timedelta(hours=26)
"""How far the clocks of two zones are apart at most."""
_WITH_STATUS: Final = frozenset({"solved_at", "closed_at", "resolution_code", "reopen_count"})


def newer_of_row(row: ForeignRow, base: State, since: datetime, now: datetime) -> list[Snapshot]:
    """What a row for a whole ticket tells beyond what was imported before.

    Args:
        row: the row.
        base: the state the imports before it left.
        since: the instant of that state.
        now: the instant for changes that no column dates.

    Raises:
        UndatedError: as `snapshots_of_row`.
    """
    told = snapshots_of_row(row)
    life = read_life(told, row.times["created_at"], {**base, "status": Status.NEW.value, **UNSOLVED_YET})
    goal = dict(life.created)
    for step in life.steps:
        goal |= step.after
    named = {name for one in told for name in one.values} | UNSOLVED_YET.keys()
    if "resolution_code" not in row.values:
        named -= {"resolution_code"}
    if not row.messages and base.get("last_message_at") and "last_message_at" not in row.values:
        named -= OF_TALK  # the conversation itself came before, and says it better than columns
    news = {name: goal[name] for name in named - IGNORED if goal[name] != base.get(name)}
    if not news:
        return []
    endings = [one for one in told[1:] if "status" in one.values and one.at > since]
    if "status" in news and endings:
        plain = {name: value for name, value in news.items() if name not in ("status", *UNSOLVED_YET)}
        last = endings[-1]
        return [*endings[:-1], replace(last, values={**last.values, **plain})]
    updated = row.times.get("updated_at")
    return [Snapshot(updated if updated is not None and updated > since else now, news)]


def refuse_other_zone(row: ForeignRow, base: State) -> None:
    """Let no ticket be moved by a file that reads the clocks of its system by another zone than the import before.

    Args:
        row: the row for a whole ticket.
        base: the state the imports before it left.

    Raises:
        UndatedError: it was opened some quarters of an hour, and less than a day and a bit, before or after.
    """
    here, there = datetime.fromisoformat(base["created_at"]), row.times["created_at"]
    apart = abs(there - here)
    if apart and apart % _QUARTER == timedelta(0) and apart <= _FARTHEST:
        raise UndatedError(
            f"was opened at {there:%Y-%m-%d %H:%M} UTC by this file and at {here:%Y-%m-%d %H:%M} UTC by the import before: "
            "its clocks were read by another zone. Import with the --zone of that import, or take that one back and "
            "import it again with this zone"
        )


def newer_of_log(snapshots: Sequence[Snapshot], past: Sequence[tuple[datetime, State]]) -> list[Snapshot]:
    """The events that were not imported before.

    Args:
        snapshots: all events of the ticket in the file.
        past: instant and whole state after each imported step, in order; the first one is the creation.

    Raises:
        UndatedError: an event is older than what was imported, and says something else than is known of its time.
    """
    until = past[-1][0]
    news: list[Snapshot] = []
    for one in snapshots:
        at = max(one.at, past[0][0])
        if at <= until and _is_known(one, at, past):
            continue
        if at < until:
            raise UndatedError(
                f"is older than the last imported change of this ticket ({until:%Y-%m-%d %H:%M}); "
                "take that import back and import the whole log"
            )
        news.append(one)
    return news


def _is_known(one: Snapshot, at: datetime, past: Sequence[tuple[datetime, State]]) -> bool:
    here = [state for then, state in past if then == at]
    before = [state for then, state in past if then < at][-1:]
    return any(
        all(state.get(name) == value for name, value in one.values.items() if name not in IGNORED)
        for state in (*before, *here)
    )


def changed_here(base: State, current: State) -> set[str]:
    """The columns that people here changed since: a file leaves them so, with all that follows from a status.

    Args:
        base: the state that the imports left.
        current: the ticket as it is.
    """
    here = {name for name in current if name in base and current[name] != base[name]} - _NOBODYS
    return here | _WITH_STATUS if "status" in here else here


def rebase(
    steps: Iterable[Step], current: State, latest: datetime, now: datetime, here: Collection[str] = ()
) -> list[Step]:
    """The steps as they fall on a ticket that people here may have worked on since.

    Args:
        steps: told relative to what the imports left.
        current: the ticket as it is; moved along.
        latest: instant of the last change anybody made to it.
        now: the instant of a step that is older than that: when this desk learnt of it.
        here: columns that are left as they are.
    """
    found = []
    for step in steps:
        after = {
            name: value for name, value in step.after.items() if name not in here and current[name] != value
        }
        if after:
            before = {name: current[name] for name in after}
            at = step.at if step.at >= latest else now
            event = step.event if after.keys() == step.after.keys() else event_of(before, after)
            found.append(replace(step, at=at, before=before, after=after, event=event))
            current.update(after)
    return found
