"""What was asked of an import, as its batch keeps it, so that it can be gone on with from anywhere."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, TypeVar, get_args, get_origin

Order = TypeVar("Order")
_LABEL: Final = "map_label"
_WHERE: Final = ("path", "paths", "folder", "rejects", "dry_run", _LABEL)
"""What says where things lie and what they are called; all else decides what comes of a row."""
_STREAM: Final = "stdin"


class AnyMap(Protocol):
    """A map, with the text it was read from and how messages name it."""

    @property
    def label(self) -> str:
        """How messages name it."""

    @property
    def text(self) -> str:
        """Its TOML; empty where it was made by hand."""


class KeptMap(NamedTuple):
    """A map as an order keeps it."""

    label: str
    text: str


def tell_order(order: Any, **instead: Any) -> dict[str, Any]:
    """An order as JSON; paths are absolute, so that it can be followed from elsewhere.

    Args:
        order: a frozen dataclass of words, paths and truths.
        instead: what is told in place of its own fields, and besides them.
    """
    own = {one.name: _told(getattr(order, one.name)) for one in fields(order) if one.name not in instead}
    own.pop(_STREAM, None)
    return {**own, **instead}


def read_order(kind: type[Order], told: Mapping[str, Any], **instead: Any) -> Order:
    """Read what `tell_order` wrote.

    Args:
        kind: the class of the order; what it has and was not told keeps its default.
        told: the JSON.
        instead: fields that are made otherwise.
    """
    known = {
        one.name: _read(one.type, told[one.name])
        for one in fields(kind)  # type: ignore[arg-type]  # every order is a dataclass
        if one.name in told and one.name not in instead
    }
    return kind(**known, **instead)


def told_map(path: Path | None, rules: AnyMap | None) -> dict[str, Any]:
    """What an order tells of its map: the text itself, because a file or a name may mean another one by then.

    Args:
        path: the file to import.
        rules: the map that was given; one without a text cannot be kept, and the import cannot go on by its number.
    """
    if rules is None:
        return {"map": None}
    kept = {"map": rules.text, _LABEL: rules.label}
    return {**kept, "path": _told(path) if rules.text else None}


def map_of(told: Mapping[str, Any]) -> KeptMap | None:
    """The map that an order kept; None where it had none."""
    return KeptMap(told.get(_LABEL) or "the map", told["map"]) if told.get("map") else None


def decides_alike(mine: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether the same comes of each row under two orders that were told."""
    return all(told.get(name) == value for name, value in mine.items() if name not in _WHERE)


def _told(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value.absolute())
    return list(value) if isinstance(value, tuple) else value


def _read(kind: Any, value: Any) -> Any:
    if value is not None and Path in get_args(kind):
        return Path(value)
    return tuple(value or ()) if get_origin(kind) is tuple else value
