"""A map is checked before it is kept; what it imports follows from its sections."""

import tomllib
from pathlib import Path
from typing import Final

from agentdesk.transfer.maps.toml import MapError, read_map_text
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.mapping import parse_record_map
from agentdesk.transfer.tickets.map import parse_map

TICKETS: Final = "tickets"


def check_map(path: Path) -> tuple[str, str]:
    """What the map of a file imports, and its text.

    Raises:
        MapError: it cannot be read or followed.
    """
    text = read_map_text(path)
    kind = _kind_of(text, path.name)
    if kind == TICKETS:
        parse_map(text, path.name)
    else:
        parse_record_map(text, KINDS[kind], path.name)
    return kind, text


def _kind_of(text: str, label: str) -> str:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapError(label, "", f"this is not TOML ({error})") from None
    sections = {"ticket": TICKETS} | {one.noun: one.name for one in KINDS.values()}
    found = [kind for section, kind in sections.items() if section in told]
    if len(found) != 1:
        named = ", ".join(f"[{section}]" for section in sections)
        raise MapError(label, "", f"a map has one section of {named}; this one has {len(found) or 'none'}")
    return found[0]
