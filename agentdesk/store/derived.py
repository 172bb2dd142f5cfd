"""Columns and rows that follow from others, set in one place whenever a row is written.

Readers sort and count by them, so that every offered order has its index.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from agentdesk.domain.attention import NO_TIER, Standing, attention_key, promise_standing
from agentdesk.domain.vocabulary import UNSOLVED, Priority

STANDING = ("next_due_at", "next_metric", "at_risk_at", "critical_at", "breach_at")
"""The columns of a ticket that hold its `Standing`."""
DERIVED: dict[str, frozenset[str]] = {
    "ticket": frozenset({"is_open", "priority_rank", "tier_rank", "attention_key", *STANDING})
}
"""Derived columns by table: never journaled, always recomputed."""
TAGGED = frozenset({"ticket", "customer", "organization", "kb_article"})


def place_columns(
    standing: Standing, priority: str, tier: int, waiting_since: datetime | None
) -> dict[str, Any]:
    """The columns of a ticket that its place in the queue is read from."""
    return {
        **{name: getattr(standing, name) for name in STANDING},
        "attention_key": attention_key(standing, priority, tier, waiting_since),
    }


def derive(entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The derived columns for a whole row of `entity`, empty where it has none.

    What is done promises nothing any more. A ticket under a policy has clocks; where they stand is settled at the end of the change, from its whole history.
    """
    if entity != "ticket":
        return {}
    is_open = values["status"] in UNSOLVED
    found = {
        "is_open": is_open,
        "priority_rank": Priority(values["priority"]).rank,
        "tier_rank": values.get("tier_rank") or NO_TIER,
    }
    if values.get("policy_id") is None:
        found |= place_columns(
            promise_standing(values.get("due_at") if is_open else None),
            values["priority"],
            found["tier_rank"],
            values.get("waiting_since"),
        )
    return found


def tag_rows(entity: str, entity_id: int, tags: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of `tag` for a list of tags, each once."""
    return [{"entity": entity, "entity_id": entity_id, "name": name} for name in dict.fromkeys(tags)]
