"""How a ticket is where a change left it as it was, in words."""

from collections.abc import Iterable
from typing import Any

from agentdesk.domain.already import Already
from agentdesk.domain.fields import label_of_column
from agentdesk.domain.references import ticket_ref
from agentdesk.models import Agent, Customer, Queue, Ticket
from agentdesk.store.change import Change

_NAMED: dict[str, type[Queue] | type[Customer]] = {"queue_id": Queue, "customer_id": Customer}
_TIMES = {"due_at": "due time", "wake_at": "wake-up time"}
_WORDS = frozenset({"type", "priority", "impact", "urgency", "channel"})


def say_already(change: Change, ticket: Ticket, columns: Iterable[str]) -> None:
    """Note that these columns of a ticket were already what they were asked to be."""
    change.already += [
        Already(ticket_ref(ticket.id or 0), _state(change, ticket, column)) for column in columns
    ]


def _state(change: Change, ticket: Ticket, column: str) -> str:
    value = getattr(ticket, column)
    if column == "assignee_id":
        return _owned(change, value)
    if column == "status":
        return f"is {value.replace('_', ' ')}"
    return f"has {_held(change, column, value)}"


def _held(change: Change, column: str, value: Any) -> str:
    label = _TIMES.get(column) or label_of_column(column)
    if value in (None, "", []):
        return f"no {label}"
    if isinstance(value, list):
        return f"the tags {', '.join(value)}"
    if column in _NAMED:
        return f"{label} {change.get(_NAMED[column], value).name}"
    return f"{label} {value.replace('_', ' ')}" if column in _WORDS else f"that {label}"


def _owned(change: Change, agent_id: int | None) -> str:
    if agent_id is None:
        return "is unassigned"
    return (
        "is yours" if agent_id == change.actor.id else f"is assigned to {change.get(Agent, agent_id).handle}"
    )
