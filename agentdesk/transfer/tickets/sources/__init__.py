"""Ready maps for tickets of other systems: each is a TOML file beside this one, chosen by the columns it is known by.

Adding a system is adding a file; README.md shows how.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from agentdesk.transfer.header import Header, fold_name
from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.refusals import UnknownSourceError
from agentdesk.transfer.tickets.map import TicketMap, parse_map

AUTO: Final = "auto"
"""The `--source` that means: look at the columns."""
_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class ReadyMap:
    """One file.

    Attributes:
        name: of the file, without its ending.
        text: as it is written.
        rules: what it says.
        title: what the files are called that it is for.
        columns: by which they are known; all of them are there.
    """

    name: str
    text: str
    rules: TicketMap
    title: str
    columns: tuple[str, ...]

    def missing(self, header: Header) -> list[str]:
        """Which of its columns a file has not."""
        inside = self.rules.file.inside
        return [
            column
            for column in self.columns
            if fold_name(column) not in header.keys
            and not (inside and fold_name(f"{inside}.{column}") in header.keys)
        ]


@cache
def ready_maps() -> tuple[ReadyMap, ...]:
    """All of them, by name."""
    found = (one for one in files(__name__).iterdir() if one.name.endswith(".toml"))
    return tuple(
        _read(one.name, one.read_text(encoding="utf-8")) for one in sorted(found, key=lambda one: one.name)
    )


def source_names() -> tuple[str, ...]:
    """The systems there are ready maps for."""
    return tuple(dict.fromkeys(one.rules.file.source for one in ready_maps()))


def recognise(header: Header, source: str = AUTO) -> tuple[ReadyMap | None, str]:
    """The ready map for a file, and why it is the one; None and no reason where none fits.

    Args:
        header: its columns.
        source: a system, or `auto`.

    Raises:
        UnknownSourceError: there is no such system.
        MapError: the file lacks columns by which that system is known.
    """
    if source != AUTO and source not in source_names():
        raise UnknownSourceError(source, source_names())
    asked = [one for one in ready_maps() if source in (AUTO, one.rules.file.source)]
    fitting = [one for one in asked if not one.missing(header)]
    if not fitting:
        if source == AUTO:
            return None, ""
        nearest = min(asked, key=lambda one: len(one.missing(header)))
        lacking = ", ".join(repr(one) for one in nearest.missing(header)[:_SHOWN])
        hint = "Name another --source, or draft a map with --write-map."
        raise MapError(header.label, "", f"it is not {nearest.title}: there is no column {lacking}", hint)
    best = max(fitting, key=lambda one: len(one.columns))
    shown = ", ".join(best.columns[:_SHOWN])
    return best, f"Taken for {best.title}, by its columns {shown}. --source or --map says otherwise."


def _read(name: str, text: str) -> ReadyMap:
    known_by = tomllib.loads(text)["known_by"]
    stem = name.removesuffix(".toml")
    rules = parse_map(text, f"the ready map {stem}")
    return ReadyMap(stem, text, rules, known_by["title"], tuple(known_by["columns"]))
