"""The history of the schema, one numbered step a file."""

from typing import Any


def env_options() -> dict[str, Any]:
    """How models and store are compared: types too, full-text tables not, for they are no models."""
    return {"compare_type": True, "include_name": _include}


def _include(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and "_text" in name)
