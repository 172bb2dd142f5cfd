"""Maps of foreign files that are kept by name, so that next month's file is read as this month's was."""

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.names import checked_name
from agentdesk.models import ImportMap
from agentdesk.store.change import Change


def save_map(change: Change, *, name: str, kind: str, text: str) -> ImportMap:
    """Keep a map under a name, in place of the one that has it.

    Args:
        change: the transaction.
        name: what people call it.
        kind: what it imports: tickets, orders, ...
        text: its TOML; whether it can be followed is seen by whoever read it.

    Raises:
        NotPermittedError: the role does not allow imports.
        InvalidValueError: the name is none that can be shown.
    """
    change.actor.require(Permission.IMPORT)
    called = checked_name(name, "A map")
    row = change.find(ImportMap, ImportMap.name_key == name_key(called))
    if row is None:
        row = ImportMap(
            name=called,
            name_key=name_key(called),
            kind=kind,
            text=text,
            created_at=change.at,
            updated_at=change.at,
        )
        change.add(row)
    else:
        row.name, row.kind, row.text, row.is_active = called, kind, text, True
    change.record(Event.IMPORT_MAP_CHANGED, row)
    return row


def retire_map(change: Change, name: str) -> ImportMap:
    """Offer a map no more; undo brings it back.

    Raises:
        NotPermittedError: the role does not allow imports.
        NotFoundError: there is none of this name.
    """
    change.actor.require(Permission.IMPORT)
    row = change.find(ImportMap, ImportMap.name_key == name_key(name), ImportMap.is_active)
    if row is None:
        raise NotFoundError("map", name, "See: agentdesk import map list")
    row.is_active = False
    change.record(Event.IMPORT_MAP_CHANGED, row)
    return row
