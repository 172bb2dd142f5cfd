"""Escalations by who looks: asked of them, asked by them, answered by nobody yet; and the chains of one ticket."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agentdesk.domain.escalation import ack_is_overdue
from agentdesk.store.reader import Reader

NOBODY: Final = -1
"""The id of no agent: what the desk itself looks with."""


class Scope(StrEnum):
    """Whose escalations."""

    EVERYBODY = "everybody"
    MINE = "mine"
    ASKED = "asked"
    UNACKNOWLEDGED = "unacknowledged"


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """One step of a chain with names; `to` is the queue, agent or party that was asked."""

    id: int
    version: int
    ticket_id: int
    created_at: datetime
    kind: str
    trigger: str
    level: str | None
    asked_by: str | None
    to_queue: str | None
    to_agent: str | None
    to_party: str
    reason_code: str
    ask: str
    needed_by: datetime | None
    state: str
    acknowledged_at: datetime | None
    ack_due_at: datetime | None
    previous_id: int | None
    outcome: str
    subject: str

    @property
    def to(self) -> str:
        """Who was asked, in one name."""
        return self.to_queue or self.to_agent or self.to_party or (self.level or "")

    def is_overdue(self, now: datetime) -> bool:
        """Whether nobody has answered at all and the time for that is over."""
        return ack_is_overdue(self.state, self.ack_due_at, now)


_SELECT = (
    "SELECT escalation.id, escalation.version, escalation.ticket_id, escalation.created_at, escalation.kind, "
    "escalation.trigger, escalation.level, asker.handle AS asked_by, queue.name AS to_queue, "
    "asked.handle AS to_agent, escalation.to_party, escalation.reason_code, escalation.ask, "
    "escalation.needed_by, escalation.state, escalation.acknowledged_at, escalation.ack_due_at, "
    "escalation.previous_id, escalation.outcome, ticket.subject "
    "FROM escalation JOIN ticket ON ticket.id = escalation.ticket_id "
    "LEFT JOIN agent AS asker ON asker.id = escalation.from_agent_id "
    "LEFT JOIN agent AS asked ON asked.id = escalation.to_agent_id "
    "LEFT JOIN queue ON queue.id = escalation.to_queue_id "
    "WHERE {where} ORDER BY escalation.created_at, escalation.id"
)
_OPEN = "escalation.state IN ('requested', 'accepted')"
_UNNAMED = (
    "escalation.to_agent_id IS NULL AND escalation.to_queue_id IS NULL AND escalation.to_party = '' AND "
    "(escalation.level IN ('l2', 'l3') OR (escalation.level IN ('lead', 'manager') AND EXISTS "
    "(SELECT 1 FROM agent AS me WHERE me.id = :me AND me.role IN ('lead', 'admin'))))"
)
_OF_ME = (
    "(escalation.to_agent_id = :me OR ((escalation.from_agent_id IS NULL OR escalation.from_agent_id <> :me) AND "
    "(escalation.to_queue_id IN (SELECT queue_id FROM queue_member WHERE agent_id = :me) "
    f"OR ({_UNNAMED}))))"
)
ASKED_OF: Final = f"SELECT escalation.ticket_id FROM escalation WHERE {_OPEN} AND {_OF_ME}"
"""The tickets on which `:me` is asked for something that is not done."""
ASKED_OF_ANYBODY: Final = f"SELECT escalation.ticket_id FROM escalation WHERE {_OPEN}"
_SCOPES: dict[Scope, str] = {
    Scope.EVERYBODY: "1 = 1",
    Scope.MINE: _OF_ME,
    Scope.ASKED: "escalation.from_agent_id = :me",
    Scope.UNACKNOWLEDGED: "escalation.state = 'requested'",
}
"""What each scope holds. Mine is what was asked of me by name, of my queues, of my level: of l2 and l3 everybody's,
of lead and manager that of leads and admins; not what I asked myself of a queue or level I belong to."""


def list_escalations(
    read: Reader, scope: Scope = Scope.EVERYBODY, *, every: bool = False, ticket_id: int | None = None
) -> list[EscalationRow]:
    """Escalations, oldest first.

    Args:
        read: the snapshot; its agent is who `mine` and `asked` are about.
        scope: whose.
        every: also those that were answered, returned, resolved or withdrawn.
        ticket_id: only those of one ticket.
    """
    where = [_SCOPES[scope]]
    if not every:
        where.append(_OPEN)
    if ticket_id is not None:
        where.append("escalation.ticket_id = :ticket")
    params = {"me": NOBODY if read.agent_id is None else read.agent_id, "ticket": ticket_id}
    return read.rows(EscalationRow, _SELECT.format(where=" AND ".join(where)), params)


def escalations(read: Reader, ticket_id: int) -> list[EscalationRow]:
    """Every escalation of a ticket, oldest first; `domain.escalation.in_chains` puts them into their chains."""
    return read.rows(
        EscalationRow, _SELECT.format(where="escalation.ticket_id = :ticket"), {"ticket": ticket_id}
    )


def escalation(read: Reader, number: int) -> EscalationRow | None:
    """One escalation, or None."""
    return read.row(EscalationRow, _SELECT.format(where="escalation.id = :number"), {"number": number})
