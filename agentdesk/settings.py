"""What the user chose: command line over environment over file over default; frozen once read.

The file is TOML in the platform's configuration folder; an unknown key is refused with the nearest known one.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from agentdesk.domain.errors import AgentDeskError

APP = "agentdesk"
_KEYS: dict[str, type] = {
    "store": str,
    "agent": str,
    "theme": str,
    "zone": str,
    "mouse": bool,
    "keymap": dict,
    "advance": str,
    "restore": bool,
}


class ConfigError(AgentDeskError):
    """The configuration file says something we do not understand."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a face needs to know before it opens the desk."""

    store: str
    """A path or a postgresql:// URL."""
    agent: str | None = None
    """The handle to act as; None is the agent of the operating-system user."""
    theme: str = "ink"
    zone: str = ""
    """IANA zone of the team; empty is the machine's."""
    mouse: bool = True
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Command id to keys, as the user wants them."""
    config_file: Path | None = None
    advance: str = "list"
    """Where an open ticket goes that has left its list: `next`, `list` or `stay`."""
    restore: bool = True
    """Whether the console begins where it was left."""


def default_store() -> Path:
    """The one SQLite file in the platform's data folder."""
    return user_data_path(APP) / "desk.db"


def default_config() -> Path:
    """Where the configuration is looked for."""
    return user_config_path(APP) / "config.toml"


def load(
    *,
    store: str | None = None,
    agent: str | None = None,
    config: Path | None = None,
    fresh: bool = False,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Settings from the command line's words, the environment and the file.

    Raises:
        ConfigError: the file named does not exist, is no TOML, or has an unknown key or a wrong type.
    """
    path = config or default_config()
    if config is not None and not config.is_file():
        raise ConfigError(f"{config}: there is no such configuration file.")
    told = _read(path) if path.is_file() else {}
    chosen = store or environ.get("AGENTDESK_STORE") or told.get("store")
    return Settings(
        store=chosen or str(default_store()),
        agent=agent or environ.get("AGENTDESK_AGENT") or told.get("agent"),
        theme=environ.get("AGENTDESK_THEME") or told.get("theme", "ink"),
        zone=environ.get("AGENTDESK_ZONE") or told.get("zone", ""),
        mouse=told.get("mouse", True),
        keymap=told.get("keymap", {}),
        config_file=path if path.is_file() else None,
        advance=told.get("advance", "list"),
        restore=told.get("restore", True) and not fresh,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path}: {error}. Nothing was changed.") from None
    for key, value in told.items():
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            hint = f" Did you mean {near[0]}?" if near else f" Known keys: {', '.join(_KEYS)}."
            raise ConfigError(f"{path}: {key} is not a key of ours.{hint}")
        if not isinstance(value, _KEYS[key]):
            raise ConfigError(f"{path}: {key} must be {_KEYS[key].__name__}, not {value!r}.")
    return told
