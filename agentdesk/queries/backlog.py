"""The backlog as it stood at any past instant: a row for each ticket that was open then, by its names of then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agentdesk.domain.attention import NOTHING_PROMISED, Standing
from agentdesk.domain.vocabulary import UNSOLVED, Priority, Status
from agentdesk.queries.clock_facts import standings_at
from agentdesk.queries.past import Since, chunks, names_at, values_at, when
from agentdesk.queries.queue_report import OpenTicket
from agentdesk.store.reader import Reader

NO_QUEUE = "no queue"
_OPEN = frozenset(map(str, UNSOLVED))
_STATUS = {str(status): status for status in Status}
_PRIORITY = {str(priority): priority for priority in Priority}
_COLUMNS = (
    "subject",
    "status",
    "priority",
    "queue_id",
    "assignee_id",
    "customer_id",
    "created_at",
    "last_reply_at",
    "wake_at",
    "waiting_for",
    "due_at",
    "category",
    "policy_id",
    "calendar_id",
)
_STANDING = ("next_due_at", "next_metric", "breach_at")
"""What a report asks of a standing: which promise is nearest, and whether it is broken."""


@dataclass(frozen=True, slots=True)
class Held:
    """An open ticket with what lists of it leave out."""

    ticket: OpenTicket
    queue_id: int | None
    standing: Standing
    """The nearest of its clocks and promises."""
    calendar_id: int | None
    """The hours its clocks count in."""


@dataclass(frozen=True, slots=True)
class Names:
    """What people and queues were called at an instant, by id."""

    queues: Mapping[int, str]
    agents: Mapping[int, str]
    """Handles."""
    customers: Mapping[int, str]

    def queue(self, queue_id: int | None) -> str:
        """The name of a queue; a ticket may have none."""
        return NO_QUEUE if queue_id is None else self.queues.get(queue_id, f"queue {queue_id}")

    def agent(self, agent_id: int | None) -> str | None:
        """The handle of an agent."""
        return None if agent_id is None else self.agents.get(agent_id, f"agent {agent_id}")

    def customer(self, customer_id: int | None) -> str:
        """The name of a customer."""
        return "" if customer_id is None else self.customers.get(customer_id, customer_ref(customer_id))


def customer_ref(customer_id: int | None) -> str:
    """What stands for a customer on a redacted page."""
    return "" if customer_id is None else f"C-{customer_id}"


def names(read: Reader, instant: datetime, customers: Iterable[int | None]) -> Names:
    """The names at an instant of every queue and agent, and of these customers."""
    return Names(
        names_at(read, "queue", "name", instant),
        names_at(read, "agent", "handle", instant),
        names_at(read, "customer", "name", instant, [one for one in customers if one is not None]),
    )


def open_tickets(read: Reader, instant: datetime, back: Mapping[int, Since]) -> list[Held]:
    """Every ticket that was open at an instant, by id.

    Args:
        read: the snapshot.
        instant: what happened at this very instant has happened.
        back: what has to be taken back of tickets at `instant`, at least the status.
    """
    found: dict[int, Sequence[Any]] = {}
    standings: dict[int, Standing] = {}
    touched = {row_id for row_id, since in back.items() if since.values.get("status") in _OPEN}
    current = f"SELECT id, {', '.join((*_COLUMNS, *_STANDING))} FROM ticket WHERE is_open AND created_at <= :instant"
    for row_id, *values in read.stream(current, {"instant": instant}):
        since = back.get(row_id)
        if since is None:
            found[row_id] = values[: len(_COLUMNS)]
            standings[row_id] = _standing(*values[len(_COLUMNS) :])
        elif "status" not in since.values:
            touched.add(row_id)
    then = values_at(read, "ticket", _COLUMNS, instant, touched)
    found |= then
    standings |= standings_at(read, instant, {row_id: when(values[10]) for row_id, values in then.items()})
    called = names(read, instant, {values[5] for values in found.values()})
    held_since = _held_since(read, instant, [one for one in found if found[one][1] == Status.ON_HOLD])
    return [
        _held(
            row_id,
            found[row_id],
            called,
            held_since=held_since.get(row_id),
            standing=standings[row_id],
            instant=instant,
        )
        for row_id in sorted(found)
    ]


def _standing(due: Any, metric: str, breach: Any) -> Standing:
    return Standing(when(due), metric, breach_at=when(breach)) if metric else NOTHING_PROMISED


def _held(
    row_id: int,
    values: Sequence[Any],
    called: Names,
    *,
    held_since: datetime | None,
    standing: Standing,
    instant: datetime,
) -> Held:
    (
        subject,
        status,
        priority,
        queue_id,
        assignee_id,
        customer_id,
        created,
        reply,
        wake,
        party,
        _,
        category,
        policy_id,
        calendar_id,
    ) = values
    created_at = when(created)
    assert created_at is not None
    ticket = OpenTicket(
        id=row_id,
        subject=subject,
        status=_STATUS[status],
        priority=_PRIORITY[priority],
        queue=called.queue(queue_id),
        assignee=called.agent(assignee_id),
        customer=called.customer(customer_id),
        customer_ref=customer_ref(customer_id),
        created_at=created_at,
        last_reply_at=when(reply),
        wake_at=when(wake),
        on_hold_since=(held_since or created_at) if status == Status.ON_HOLD else None,
        waiting_for=party,
        is_breached=standing.breach_at is not None and standing.breach_at < instant,
        has_policy=policy_id is not None,
        has_category=bool(category),
    )
    return Held(ticket, queue_id, standing, calendar_id)


def _held_since(read: Reader, instant: datetime, ids: Iterable[int]) -> dict[int, datetime]:
    """When each ticket last became on hold."""
    # NOT keeps SQLite from walking every journal row up to the instant instead of those of these tickets.
    sql = (
        "SELECT entity_id, max(at) FROM journal WHERE entity = 'ticket' AND entity_id IN ({ids}) "
        "AND NOT at > :instant AND after ->> 'status' = 'on_hold' GROUP BY entity_id"
    )
    return {
        row_id: at
        for some in chunks(ids)
        for row_id, text in read.stream(sql.format(ids=some), {"instant": instant})
        if (at := when(text)) is not None
    }
