"""What was asked of an import, as its batch keeps it, so that it can be gone on with from anywhere."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, TypeVar, get_args, get_origin

Order = TypeVar("Order")
MAP_LABEL: Final = "map_label"
_WHERE: Final = ("path", "rejects", "dry_run", MAP_LABEL)
"""What says where things lie and what they are called; all else decides what comes of a row."""
_STREAM: Final = "stdin"


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
