"""The journal as a list: the last changes that can be taken back, and every event of the desk."""

from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.references import ticket_ref
from agentdesk.queries.histories import DESK_NAME, HAS_OWN_INSTANTS, event_words, told_apart
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    """One transaction: `number` is what `undo` takes, `undone` whether that has happened.

    `at` is when it was written, `told_at` the instant it was told to happen at, where that is another minute.
    """

    number: int
    at: datetime
    actor: str
    origin: str
    summary: str
    undone: bool
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event of the journal; `sentence` has no actor, `about` names the row: `T-1042`, `customer 7`."""

    id: int
    number: int
    at: datetime
    actor: str
    event: str
    entity: str
    entity_id: int
    ticket_id: int | None
    reason: str

    @property
    def sentence(self) -> str:
        """What happened, without the actor."""
        return event_words(self.event)

    @property
    def about(self) -> str:
        """What it happened to."""
        return ticket_ref(self.ticket_id) if self.ticket_id is not None else f"{self.entity} {self.entity_id}"


@dataclass(frozen=True, slots=True)
class _Change:
    id: int
    at: datetime
    actor: str | None
    origin: str
    summary: str
    is_undone: bool
    ticket_id: int | None
    is_several: bool
    happened_at: datetime | None


_RECENT = (
    "SELECT change.id, change.at, agent.handle AS actor, change.origin, change.summary, "
    "change.undone_by_id IS NOT NULL AS is_undone, one.ticket_id, "
    "EXISTS (SELECT 1 FROM journal WHERE journal.change_id = change.id AND journal.ticket_id <> one.ticket_id) "
    "AS is_several, "
    f"CASE WHEN {HAS_OWN_INSTANTS} THEN NULL ELSE one.at END AS happened_at "
    "FROM change LEFT JOIN agent ON agent.id = change.actor_id "
    "LEFT JOIN journal AS one ON one.id = "
    "(SELECT min(journal.id) FROM journal WHERE journal.change_id = change.id) "
)
_LOG = (
    f"SELECT journal.id, journal.change_id AS number, journal.at, coalesce(agent.handle, '{DESK_NAME}') AS actor, "
    "journal.event, journal.entity, journal.entity_id, journal.ticket_id, journal.reason "
    "FROM journal LEFT JOIN agent ON agent.id = journal.actor_id WHERE journal.is_main"
)


def recent(read: Reader, limit: int = 20, *, mine_only: bool = False) -> list[ChangeInfo]:
    """The last changes, newest first; `mine_only` leaves those of the agent who looks."""
    where = "WHERE change.actor_id = :agent_id " if mine_only else ""
    sql = f"{_RECENT}{where}ORDER BY change.id DESC LIMIT :limit"
    return [_info(one) for one in read.rows(_Change, sql, {"limit": limit, "agent_id": read.agent_id})]


def change_info(read: Reader, number: int) -> ChangeInfo | None:
    """One change by its number, or None."""
    one = read.row(_Change, f"{_RECENT}WHERE change.id = :number", {"number": number})
    return None if one is None else _info(one)


def tickets_of(read: Reader, number: int) -> list[int]:
    """The tickets a change touched, in order of their numbers."""
    sql = (
        "SELECT DISTINCT ticket_id FROM journal "
        "WHERE change_id = :number AND ticket_id IS NOT NULL ORDER BY ticket_id"
    )
    return [int(one) for (one,) in read.tuples(sql, {"number": number})]


def log(
    read: Reader,
    *,
    ticket_id: int | None = None,
    customer_id: int | None = None,
    actor_id: int | None = None,
    event: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> list[LogRow]:
    """The events of the desk, newest first; every filter given must hold.

    Args:
        read: the snapshot.
        ticket_id: only of this ticket.
        customer_id: only of this customer and their tickets.
        actor_id: only by this agent.
        event: a whole event (`ticket.solved`) or its first part (`ticket`).
        since: from this instant on.
        until: before this instant.
        before_id: where the next page starts: the last `id` of the one before.
        limit: how many.
    """
    filters = {
        "journal.ticket_id = :ticket_id": ticket_id,
        "journal.customer_id = :customer_id": customer_id,
        "journal.actor_id = :actor_id": actor_id,
        "(journal.event = :event OR journal.event LIKE :event || '.%')": event or None,
        "journal.at >= :since": since,
        "journal.at < :until": until,
        "journal.id < :before_id": before_id,
    }
    chosen = "".join(f" AND {sql}" for sql, value in filters.items() if value is not None)
    params = {
        "ticket_id": ticket_id,
        "customer_id": customer_id,
        "actor_id": actor_id,
        "event": event,
        "since": since,
        "until": until,
        "before_id": before_id,
        "limit": limit,
    }
    return read.rows(LogRow, f"{_LOG}{chosen} ORDER BY journal.id DESC LIMIT :limit", params)


def _info(one: _Change) -> ChangeInfo:
    summary = event_words(one.summary) if "." in one.summary and " " not in one.summary else one.summary
    if one.ticket_id is not None and ticket_ref(one.ticket_id) not in summary:
        summary += f" ({ticket_ref(one.ticket_id)}{' and others' if one.is_several else ''})"
    told_at = told_apart(one.happened_at, one.at)
    return ChangeInfo(one.id, one.at, one.actor or DESK_NAME, one.origin, summary, one.is_undone, told_at)
