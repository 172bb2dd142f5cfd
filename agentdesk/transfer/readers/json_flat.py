"""A JSON object becomes named cells: keys inside keys are joined by dots, values of a list by ` ::: `.

Of a list of objects each key becomes a cell, with the values of all of them: `emails.type`; the key `value` is the list
itself, `emails`. What an interface wraps around the fields of a record (`properties`, `attributes`) is taken off.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

JOIN: Final = " ::: "
"""What stands between several values of one cell; the reader of contacts knows it from Google."""

_WRAPPINGS: Final = ("properties", "attributes", "fields")
_ITSELF: Final = "value"


def flatten(value: dict[str, Any]) -> dict[str, str]:
    """Return the cells of an object by name, in its order; names that meet are joined like values of a list.

    Args:
        value: as `json_reader` yields it.
    """
    for wrapping in _WRAPPINGS:
        inner = value.get(wrapping)
        if isinstance(inner, dict) and not inner.keys() & value.keys():
            value = {key: one for key, one in value.items() if key != wrapping} | inner
    cells: dict[str, str] = {}
    for name, text in _cells("", value):
        cells[name] = f"{cells[name]}{JOIN}{text}" if cells.get(name) else text
    return cells


def cell_text(value: Any) -> str:
    """Return a value without parts as text; nothing for null."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _cells(path: str, value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        name = " ".join(key.split()) or "unnamed"
        name = f"{path}.{name}" if path else name
        if isinstance(inner, dict):
            yield from _cells(name, inner)
        elif isinstance(inner, list):
            yield from _list_cells(name, inner)
        else:
            yield name, cell_text(inner)


def _list_cells(name: str, values: list[Any]) -> Iterator[tuple[str, str]]:
    if not any(isinstance(one, dict | list) for one in values):
        yield name, JOIN.join(text for one in values if (text := cell_text(one)))
    elif all(isinstance(one, dict) for one in values):
        flat = [flatten(one) for one in values]
        for key in dict.fromkeys(key for one in flat for key in one):
            yield name if key == _ITSELF else f"{name}.{key}", JOIN.join(one.get(key, "") for one in flat)
    else:
        yield name, json.dumps(values, ensure_ascii=False)
