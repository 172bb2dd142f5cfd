"""The single point of contact of a customer: who it is at an instant, and whether they are there."""

from dataclasses import dataclass
from typing import Final

from agentdesk.domain.presence import ALWAYS_THERE, Presence, off_words, presence
from agentdesk.queries.shifts import shift_of
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Owner:
    """The agent to whom a customer belongs now.

    Attributes:
        away: `off until Mon 2026-03-09 09:00`, empty where they are there.
    """

    agent_id: int
    name: str
    there: Presence
    away: str


@dataclass(frozen=True, slots=True)
class _AgentRow:
    id: int
    name: str


_ACTIVE: Final = "owner_id IN (SELECT id FROM agent WHERE is_active)"
_OWNER: Final = (
    "SELECT agent.id, agent.name FROM agent WHERE agent.id = coalesce("
    f"(SELECT owner_id FROM customer WHERE id = :customer_id AND {_ACTIVE} "
    "AND (owner_since IS NULL OR owner_since <= :now) AND (owner_until IS NULL OR owner_until > :now)), "
    f"(SELECT owner_id FROM organization WHERE id = :organization_id AND {_ACTIVE}))"
)


def owner_of(read: Reader, customer_id: int | None, organization_id: int | None) -> Owner | None:
    """The active agent who owns a customer now, else the one who owns the organization; None where nobody does."""
    asked = {"customer_id": customer_id, "organization_id": organization_id, "now": read.now}
    agent = read.row(_AgentRow, _OWNER, asked)
    if agent is None:
        return None
    shift = shift_of(read, agent.id)
    if shift is None:
        return Owner(agent.id, agent.name, ALWAYS_THERE, "")
    hours = shift.as_calendar()
    there = presence(hours, read.now)
    return Owner(agent.id, agent.name, there, "" if there.is_on else off_words(hours, there.until))
