"""A map is a file or a name: wherever one is asked for, both will do."""

from dataclasses import dataclass
from pathlib import Path

from agentdesk.desk import Desk
from agentdesk.queries.import_maps import import_map
from agentdesk.transfer.maps.toml import MapError, read_map_text


@dataclass(frozen=True, slots=True)
class FoundMap:
    """The text of a map.

    Attributes:
        label: how messages name it.
        text: its TOML.
    """

    label: str
    text: str


def find_map(desk: Desk, word: str | Path, kind: str) -> FoundMap:
    """The map that a word means: a file where there is one, else what was saved under that name.

    Args:
        desk: the open desk.
        word: a path or a name.
        kind: what is imported: tickets, orders, ...

    Raises:
        MapError: the file cannot be read, or the saved map imports something else.
        NotFoundError: there is neither a file nor a map of this name.
    """
    path = Path(word)
    if path.exists() or path.suffix == ".toml" or path.name != str(word):
        return FoundMap(path.name, read_map_text(path))
    with desk.read() as read:
        row = import_map(read, str(word))
    if row.kind != kind:
        raise MapError(f"the map {row.name}", "", f"it imports {row.kind}, not {kind}")
    return FoundMap(f"the map {row.name}", row.text)
