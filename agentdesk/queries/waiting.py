"""Tickets that wait for somebody to take them."""

from collections.abc import Sequence
from typing import Final

from agentdesk.domain.attention import why_here
from agentdesk.domain.safe_text import line
from agentdesk.domain.vocabulary import Status
from agentdesk.queries.tickets import Where, by_ids
from agentdesk.store.reader import Reader

TAKEABLE: Final = (Status.NEW.value, Status.OPEN.value)
"""A ticket in any other status waits for somebody else than an agent."""
_STATUS: Final = "ticket.status IN ('new', 'open')"
NAMED: Final = 3
"""Queues that are named; of more, the number is told."""
_NAMES: Final = (
    "SELECT queue.name FROM queue_member JOIN queue ON queue.id = queue_member.queue_id "
    "WHERE queue_member.agent_id = :agent_id ORDER BY queue.name"
)
_MINE: Final = "SELECT queue_id FROM queue_member WHERE agent_id = :agent_id ORDER BY queue_id"


def queues_of(read: Reader, agent_id: int | None) -> list[int]:
    """The ids of the queues that an agent takes from."""
    return [int(one) for (one,) in read.tuples(_MINE, {"agent_id": agent_id})]


def why_taken(read: Reader, ticket_id: int, agent_id: int | None) -> str:
    """Where a ticket stood first, and why: `first of your queues Billing and Returns: first reply due in 0:42; high`."""
    names = [line(str(one)) for (one,) in read.tuples(_NAMES, {"agent_id": agent_id})]
    shown = names if len(names) <= NAMED else [*names[:NAMED], f"{len(names) - NAMED} more"]
    listed = " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
    where = f"your queue{'s' if len(names) > 1 else ''} {listed}" if names else "all queues"
    [row] = by_ids(read, [ticket_id])
    return f"first of {where}: {why_here(row, row.priority, row.tier or '', row.waiting_since, read.now)}"


def waiting_in(queue_ids: Sequence[int]) -> Where:
    """The new and open tickets of these queues that nobody has; of every queue where none is named.

    A ticket in no queue waits for everybody: where nobody looks, nobody would ever find it.
    """
    conditions, filters = ["ticket.is_open", "ticket.assignee_id IS NULL", _STATUS], [_STATUS]
    params = {f"queue_{place}": queue_id for place, queue_id in enumerate(queue_ids)}
    if len(params) == 1:
        conditions.append("(ticket.queue_id = :queue_0 OR ticket.queue_id IS NULL)")
    elif params:
        listed = ", ".join(f":{name}" for name in params)
        conditions.append(f"(ticket.queue_id IN ({listed}) OR ticket.queue_id IS NULL)")
    return Where(" AND ".join(conditions), params, tuple(filters))
