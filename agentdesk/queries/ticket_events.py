"""What happened to tickets as far as clocks care, read from the journal: the events that `domain.sla.clock_state` takes.

What was taken back never happened, and what was done again did: a reply sent by mistake stops no clock, and a status
set by mistake pauses none. Only an import that was taken back is read as it is written, row by row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from agentdesk.domain.references import ticket_id as ticket_number
from agentdesk.domain.sla import (
    AgentReply,
    CallReached,
    Cancelled,
    CancelReason,
    Created,
    CustomerMessage,
    InternalNote,
    MergedIn,
    PolicyChanged,
    PriorityChanged,
    StatusChanged,
    SystemMessage,
    TicketEvent,
)
from agentdesk.domain.vocabulary import AuthorKind, Priority, Status, Visibility
from agentdesk.queries.past import chunks, when
from agentdesk.queries.rulebook import Rulebook
from agentdesk.queries.thanked import passed_over
from agentdesk.store.reader import Reader

_ROWS = (
    "SELECT journal.ticket_id, journal.change_id, journal.at, journal.entity, journal.before IS NULL, "
    "journal.after IS NULL, journal.after ->> 'status', journal.after ->> 'priority', "
    "CAST(journal.after -> 'policy_id' AS TEXT), CAST(journal.after -> 'calendar_id' AS TEXT), "
    "CAST(journal.after -> 'merged_into_id' AS TEXT), journal.before ->> 'waiting_since', "
    "CASE WHEN journal.event IN ('ticket.merged_in', 'ticket.taken_out') THEN journal.reason END, "
    "CAST(journal.after -> 'is_spam' AS TEXT), journal.after ->> 'author_kind', "
    "journal.after ->> 'visibility', journal.after ->> 'at', journal.after ->> 'kind', "
    "CAST(journal.after -> 'extra' -> 'reached' AS TEXT), journal.event, change.undo_of_id, "
    "change.batch_id IS NOT NULL OR undone.batch_id IS NOT NULL FROM journal "
    "JOIN change ON change.id = journal.change_id LEFT JOIN change undone ON undone.id = change.undo_of_id "
    "WHERE journal.ticket_id IN ({ids}) AND journal.entity IN ('ticket', 'message', 'interaction') "
    "ORDER BY journal.ticket_id, journal.at, journal.id"
)
_MERGED = "SELECT merged_into_id, id FROM ticket WHERE merged_into_id IN ({ids})"
_TRUE = ("true", "1")


@dataclass(frozen=True, slots=True)
class _Row:
    ticket_id: int
    change_id: int
    written_at: datetime
    entity: str
    is_made: bool
    is_gone: bool
    status: str | None
    priority: str | None
    policy: str | None
    calendar: str | None
    merged_into: str | None
    waited_since: str | None
    other: str | None
    """The ticket that was merged into this one, or taken out of it."""
    spam: str | None
    author_kind: str | None
    visibility: str | None
    said_at: str | None
    kind: str | None
    reached: str | None
    event: str
    undo_of: int | None
    is_import: bool

    @property
    def into(self) -> int | None:
        """The ticket it was merged into by this."""
        return None if self.merged_into in (None, "null") else int(self.merged_into or 0)

    @property
    def is_taking_apart(self) -> bool:
        """Whether it is taken out of another ticket by this."""
        return self.merged_into == "null" and not self.is_made

    @property
    def at(self) -> datetime:
        """When it happened: a message knows by itself when it was said."""
        said = when(self.said_at) if self.entity != "ticket" else None
        return said or self.written_at


def ticket_events(
    read: Reader, ids: Iterable[int], rules: Rulebook, now: datetime | None = None
) -> dict[int, tuple[TicketEvent, ...]]:
    """The events of each ticket until `now`, oldest first; empty for a ticket that was not there yet.

    Args:
        read: the snapshot.
        ids: of the tickets.
        rules: every policy and calendar that a ticket can have had.
        now: what was written into the journal as of a later instant is not seen; the snapshot's present unless given.
    """
    instant = now or read.now
    found: dict[int, tuple[TicketEvent, ...]] = {}
    for some in chunks(ids):
        own = _read(read, some, instant)
        parts = _parts(read, some, own, instant)
        for ticket_id, rows in own.items():
            told = _Teller(rules, rows).tell()
            joined = _joined(ticket_id, parts)
            found[ticket_id] = tuple(one for one in (*told, *joined) if one.at <= instant)
    return found


def _read(read: Reader, ids: str, instant: datetime) -> dict[int, list[_Row]]:
    """The rows of each ticket that stand at an instant; a merge that was taken apart never was."""
    rows = (_row(cells) for cells in read.stream(_ROWS.format(ids=ids)))
    return {
        ticket_id: _whole(_standing([row for row in own if row.written_at <= instant]))
        for ticket_id, own in groupby(rows, key=lambda row: row.ticket_id)
    }


def _parts(read: Reader, ids: str, own: dict[int, list[_Row]], instant: datetime) -> dict[int, list["_Part"]]:
    """What is part of each ticket, and of those in turn, by the ticket merged into."""
    parts: dict[int, list[_Part]] = {}
    known: set[int] = set()
    rows, asked = own, ids
    while fresh := _others(read, asked, rows) - known:
        known |= fresh
        asked = ",".join(map(str, sorted(fresh)))
        rows = _read(read, asked, instant)
        for ticket_id, told in rows.items():
            for row in told:
                if row.into is not None:
                    part = _Part(ticket_id, row.at, when(row.waited_since), told)
                    parts.setdefault(row.into, []).append(part)
    return parts


def _others(read: Reader, ids: str, rows: dict[int, list[_Row]]) -> set[int]:
    """Tickets that are merged into some, or once were."""
    now = {int(one) for _, one in read.tuples(_MERGED.format(ids=ids))}
    return now | {ticket_number(row.other) for told in rows.values() for row in told if row.other}


@dataclass(frozen=True, slots=True)
class _Part:
    """A ticket merged into another one at an instant, with the rows of its own."""

    id: int
    at: datetime
    since: datetime | None
    rows: Sequence[_Row]


def _joined(
    ticket_id: int, parts: dict[int, list[_Part]], after: datetime | None = None
) -> Iterator[TicketEvent]:
    """What merged tickets bring along (R11): whom they let wait, and what their customers wrote from then on."""
    for part in parts.get(ticket_id, ()):
        begins = part.at if after is None else max(after, part.at)
        if after is None:
            yield MergedIn(part.at, part.since)
        for row in part.rows:
            if row.author_kind == AuthorKind.CUSTOMER and row.is_made and row.written_at >= begins:
                yield CustomerMessage(row.at)
        yield from _joined(part.id, parts, begins)


def _row(cells: Sequence[Any]) -> _Row:
    ticket_id, change_id, at, *rest = cells
    return _Row(ticket_id, change_id, _sure(when(at)), *rest)


def _sure(instant: datetime | None) -> datetime:
    assert instant is not None
    return instant


def _standing(rows: Sequence[_Row]) -> list[_Row]:
    """The rows of changes that stand, without those that only take back or do again."""
    takers: dict[int, set[int]] = {}
    for row in rows:
        if row.undo_of is not None and not row.is_import:
            takers.setdefault(row.undo_of, set()).add(row.change_id)

    def stands(change_id: int) -> bool:
        return not any(stands(taker) for taker in takers.get(change_id, ()))

    if not takers:
        return list(rows)
    return [row for row in rows if row.is_import or (row.undo_of is None and stands(row.change_id))]


def _whole(rows: Sequence[_Row]) -> list[_Row]:
    """The rows without merges that were taken apart again, and without the taking apart."""
    gone: set[int] = set()
    merges: list[int] = []
    for place, row in enumerate(rows):
        if row.is_taking_apart:
            gone |= {place, *merges[-1:]}
            merges = merges[:-1]
        elif row.into is not None:
            merges.append(place)
    return [row for place, row in enumerate(rows) if place not in gone] if gone else list(rows)


@dataclass(slots=True)
class _Teller:
    """Turns the rows of one ticket into events."""

    rules: Rulebook
    rows: Sequence[_Row]
    policy: int | None = None
    calendar: int | None = None
    opened_by: set[int] = field(default_factory=set)

    def tell(self) -> Iterator[TicketEvent]:
        """The events, in the order in which they were written."""
        self.opened_by = {
            row.change_id for row in self.rows if row.author_kind == AuthorKind.AGENT and _is_public(row)
        }
        passed = passed_over(self.rows)
        for at, row in enumerate(self.rows):
            if row.entity == "ticket":
                yield from self._ticket(replace(row, status=None) if at in passed else row)
            elif row.is_made and not row.is_gone:
                yield from _message(row) if row.entity == "message" else _call(row)

    def _ticket(self, row: _Row) -> Iterator[TicketEvent]:
        if row.is_made and not row.is_gone:
            by = AuthorKind.AGENT if row.change_id in self.opened_by else AuthorKind.CUSTOMER
            yield Created(row.at, by, Status(row.status or "new"), Priority(row.priority or "normal"))
        else:
            if row.priority:
                yield PriorityChanged(row.at, Priority(row.priority))
            if row.status:
                yield StatusChanged(row.at, Status(row.status))
        if row.policy or row.calendar:
            yield from self._policy(row)
        if row.spam in _TRUE:
            yield Cancelled(row.at, CancelReason.SPAM)
        if row.into is not None:
            yield Cancelled(row.at, CancelReason.MERGED)

    def _policy(self, row: _Row) -> Iterator[TicketEvent]:
        """A policy, or other hours to count in; a ticket that begins without one tells nothing."""
        before = self.policy, self.calendar
        self.policy = _number(row.policy) if row.policy else self.policy
        self.calendar = _number(row.calendar) if row.calendar else self.calendar
        if (self.policy, self.calendar) != before:
            # A version that was taken back is known no more, though the journal of that day still names it.
            policy = None if self.policy is None else self.rules.policies.get(self.policy)
            yield PolicyChanged(row.at, policy, self.rules.calendar(self.calendar))


def _number(text: str) -> int | None:
    return None if text == "null" else int(text)


def _is_public(row: _Row) -> bool:
    return row.entity == "message" and row.visibility == Visibility.PUBLIC


def _message(row: _Row) -> Iterator[TicketEvent]:
    if row.author_kind == AuthorKind.CUSTOMER:
        yield CustomerMessage(row.at)
    elif row.author_kind == AuthorKind.AGENT:
        yield AgentReply(row.at) if _is_public(row) else InternalNote(row.at)
    else:
        yield SystemMessage(row.at)


def _call(row: _Row) -> Iterator[TicketEvent]:
    if row.kind == "call_out" and row.reached in _TRUE:
        yield CallReached(row.at)
