"""Edits as people type them (`priority=high`, `assignee=ana`, `tags=+vat,-old`) turned into typed values."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.identity import name_key
from agentdesk.domain.near import suggest
from agentdesk.domain.vocabulary import Channel, Level3, Priority, Resolution, Status, TicketType
from agentdesk.domain.when import parse_when
from agentdesk.models import Agent, Queue
from agentdesk.store.change import Change

_WORDS: dict[str, type[Any]] = {
    "status": Status,
    "priority": Priority,
    "type": TicketType,
    "channel": Channel,
    "impact": Level3,
    "urgency": Level3,
    "resolution": Resolution,
}
_PLAIN = {"subject": "subject", "category": "category", "waiting_for": "waiting_for"}
_INSTANTS = {"due": "due_at", "wake": "wake_at"}
_NOTHING = {"", "-", "none"}


def parse_edits(change: Change, texts: Mapping[str, str], zone: ZoneInfo) -> dict[str, Any]:
    """Typed values for `edit_ticket` from field names and words.

    `none` (or nothing) empties a field; tags given with `+` or `-` come back as `add_tags` and `remove_tags`.

    Raises:
        InvalidValueError: an unknown field, with the nearest known one, or a word the field does not have.
        NotFoundError: no such agent or queue, with the nearest ones.
    """
    values: dict[str, Any] = {}
    for field, text in texts.items():
        values |= _parse(change, field.strip().lower().removesuffix("_at"), text.strip(), zone)
    return values


def _parse(change: Change, field: str, text: str, zone: ZoneInfo) -> dict[str, Any]:
    if field in _WORDS:
        return {"resolution_code" if field == "resolution" else field: _word(field, text)}
    if field in _PLAIN:
        return {_PLAIN[field]: text}
    if field in _INSTANTS:
        return {_INSTANTS[field]: None if text.lower() in _NOTHING else parse_when(text, change.at, zone)}
    finders: dict[str, Callable[[Change, str], int | None]] = {"assignee": agent_id, "queue": queue_id}
    if field in finders:
        return {f"{field}_id": None if text.lower() in _NOTHING else finders[field](change, text)}
    if field in ("tag", "tags"):
        return _tags(text)
    known = [*_WORDS, *_PLAIN, *_INSTANTS, *finders, "tags"]
    near = get_close_matches(field, known, n=1)
    raise InvalidValueError("field", field, known, f"Did you mean {near[0]}?" if near else "")


def _word(field: str, text: str) -> str | None:
    words = [str(one) for one in _WORDS[field]]
    wanted = text.lower().replace(" ", "_").replace("-", "_")
    if wanted in _NOTHING and field in ("impact", "urgency"):
        return None
    if wanted not in words:
        raise InvalidValueError(field, text, words)
    return wanted


def _tags(text: str) -> dict[str, Any]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if any(part[0] in "+-" for part in parts):
        return {
            "add_tags": [part.removeprefix("+") for part in parts if not part.startswith("-")],
            "remove_tags": [part[1:] for part in parts if part.startswith("-")],
        }
    return {"tags": parts}


def agent_id(change: Change, text: str) -> int | None:
    """The id of the agent with this handle; `me` is the actor.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
    """
    if text.lower() == "me":
        return change.actor.id
    agent = change.find(Agent, col(Agent.handle) == text.removeprefix("@"))
    if agent is None:
        raise NotFoundError("agent", text, suggest(text, _spellings(change)))
    return agent.id


def queue_id(change: Change, text: str) -> int | None:
    """The id of the queue of this name, whatever its case.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
    """
    queue = change.find(Queue, col(Queue.name_key) == name_key(text))
    if queue is None:
        names = change.session.exec(select(Queue.name).order_by(Queue.name_key)).all()
        raise NotFoundError("queue", text, suggest(text, [(name, name) for name in names]))
    return queue.id


def _spellings(change: Change) -> list[tuple[str, str]]:
    """Handles and full names of the agents, each offering the handle."""
    rows = change.session.exec(select(Agent.handle, Agent.name).order_by(Agent.handle)).all()
    return [(spelling, handle) for handle, name in rows for spelling in (handle, name)]
