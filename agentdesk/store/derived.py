"""Columns and rows that follow from others, set in one place whenever a row is written.

Readers sort and count by them, so that every offered order has its index.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from agentdesk.domain.attention import attention_key
from agentdesk.domain.vocabulary import UNSOLVED, Priority

DERIVED: dict[str, frozenset[str]] = {"ticket": frozenset({"is_open", "priority_rank", "attention_key"})}
"""Derived columns by table: never journaled, always recomputed."""
TAGGED = frozenset({"ticket", "customer", "organization"})


def ticket_columns(
    status: str, priority: str, due_at: datetime | None, waiting_since: datetime | None
) -> dict[str, Any]:
    """The derived columns of a ticket."""
    return {
        "is_open": status in UNSOLVED,
        "priority_rank": Priority(priority).rank,
        "attention_key": attention_key(due_at, priority, waiting_since),
    }


def derive(entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The derived columns for a whole row of `entity`, empty where it has none."""
    if entity != "ticket":
        return {}
    return ticket_columns(
        values["status"], values["priority"], values.get("due_at"), values.get("waiting_since")
    )


def tag_rows(entity: str, entity_id: int, tags: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of `tag` for a list of tags, each once."""
    return [{"entity": entity, "entity_id": entity_id, "name": name} for name in dict.fromkeys(tags)]
