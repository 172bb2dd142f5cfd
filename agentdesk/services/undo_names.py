"""What a change was about, in words: the deeds, and the things by the names people know them by."""

from collections.abc import Sequence

from sqlalchemy import inspect
from sqlmodel import SQLModel, col, select

from agentdesk.domain.events import ECHOES, SENTENCES, Event
from agentdesk.domain.quoting import quoted
from agentdesk.domain.references import article_ref, ticket_ref
from agentdesk.models import ChangeRow, Customer, Journal
from agentdesk.store.change import Change

MODELS: dict[str, type[SQLModel]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in inspect(ChangeRow).registry.mappers
}
"""The model of each entity that a journal names."""
_NOUNS = {
    "saved_view": "view",
    "sla_policy": "policy",
    "routing_rule": "rule",
    "sales_order": "order",
    "import_map": "map",
}
SHOWN = 3
"""Things that are named; the rest is counted."""


def named(change: Change, row: Journal) -> str:
    """What the row is, by the name people know it by; by its number where it has none, or is gone for good."""
    if row.entity == "ticket":
        return ticket_ref(row.entity_id)
    if row.entity == "kb_article":
        return article_ref(row.entity_id)
    if row.entity == "distinct_pair":
        return _pair(change, row)
    noun = _NOUNS.get(row.entity, row.entity.replace("_", " "))
    name = _name_of(change, row)
    return f"{noun} {row.entity_id}" if not name else f"{noun} {quoted(name)}"


def _pair(change: Change, row: Journal) -> str:
    """Both customers by name."""
    told = {**(row.before or {}), **(row.after or {})}
    pair = [
        (told.get(key), change.session.get(Customer, told.get(key) or 0))
        for key in ("customer_id", "other_id")
    ]
    return " and ".join(
        quoted(one.name) if one and one.name else f"customer {number}" for number, one in pair
    )


def _name_of(change: Change, row: Journal) -> str:
    """The name it has, or had while it was there."""
    model = MODELS.get(row.entity)
    is_numbered = model is not None and [one.name for one in inspect(model).primary_key] == ["id"]
    there = change.session.get(model, row.entity_id) if model is not None and is_numbered else None
    told = {**(row.before or {}), **(row.after or {})}
    return str(getattr(there, "name", "") or told.get("name") or "")


def sentence(change: Change, rows: Sequence[Journal]) -> str:
    """The deeds of a change, and what they were done to: `changed the tags (T-7, T-8)`."""
    mains = mains_of(change, rows)
    things = dict.fromkeys(
        named(change, row) if row.ticket_id is None else ticket_ref(row.ticket_id) for row in mains
    )
    told = ", ".join(list(things)[:SHOWN]) + (
        f" and {len(things) - SHOWN} more" if len(things) > SHOWN else ""
    )
    return f"{', '.join(deeds(mains)) or 'changed something'} ({told})"


def mains_of(change: Change, rows: Sequence[Journal]) -> list[Journal]:
    """What the rows are about, oldest first; those of an undo are about what was done at first."""
    first = change.get(ChangeRow, rows[0].change_id)
    if first.undo_of_id is None:
        return [row for row in reversed(rows) if row.is_main and row.event not in ECHOES]
    while first.undo_of_id is not None:
        first = change.get(ChangeRow, first.undo_of_id)
    mains = (
        select(Journal)
        .where(Journal.change_id == first.id, col(Journal.is_main), col(Journal.event).not_in(ECHOES))
        .order_by(col(Journal.id))
    )
    return list(change.session.exec(mains).all())


def deeds(mains: Sequence[Journal]) -> list[str]:
    """What was done, each once; whoever opened a ticket did all that placing it brought with it by that."""
    if mains and mains[0].event == Event.TICKET_CREATED:
        return [SENTENCES[Event.TICKET_CREATED]]
    return list(dict.fromkeys(SENTENCES.get(Event(row.event), row.event) for row in mains))
