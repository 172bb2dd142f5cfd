"""The maps of foreign files that are kept by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.identity import name_key
from agentdesk.domain.near import suggest
from agentdesk.store.reader import Reader

_SELECT: Final = "SELECT id, version, name, kind, text, updated_at FROM import_map WHERE is_active"


@dataclass(frozen=True, slots=True)
class MapRow:
    """One map; `text` is its TOML, `kind` what it imports."""

    id: int
    version: int
    name: str
    kind: str
    text: str
    updated_at: datetime


def import_maps(read: Reader) -> list[MapRow]:
    """All that are offered, by kind and name."""
    return read.rows(MapRow, f"{_SELECT} ORDER BY kind, name_key")


def import_map(read: Reader, name: str) -> MapRow:
    """The map of a name.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
    """
    found = read.row(MapRow, f"{_SELECT} AND name_key = :key", {"key": name_key(name)})
    if found is None:
        known = [(one.name, one.name) for one in import_maps(read)]
        raise NotFoundError(
            "map", name, suggest(name, known) or "Save one: agentdesk import map save NAME FILE.toml"
        )
    return found
