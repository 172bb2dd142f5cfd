"""What the user chose: command line over environment over file over default; frozen once read.

The file is TOML in the platform's configuration folder; what is wrong with it is named with its line.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from agentdesk.preferences import PREFERENCES

APP = "agentdesk"


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
    """The file that was read; None where there was none."""
    keep_in: Path | None = None
    """Where a preference is written; None where it holds until the program ends."""
    told: tuple[str, ...] = ()
    """What the command line said."""
    advance: str = "next"
    preview: str = "beside"
    restore: bool = True
    clipboard: str = "auto"
    bell: bool = False
    notify: bool = False

    def source_of(self, key: str, environ: Mapping[str, str] = os.environ) -> str:
        """Where a preference comes from: a variable, `config.toml:12`, or `default`."""
        known = PREFERENCES[key]
        if key in self.told:
            return "command line"
        if known.environ and environ.get(known.environ):
            return known.environ
        from agentdesk.config_file import place_of  # noqa: PLC0415  most have no such file

        place = place_of(self.config_file, key) if self.config_file else ""
        return place if place.rpartition(":")[2].isdigit() else "default"


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
    no_mouse: bool = False,
    fresh: bool = False,
    environ: Mapping[str, str] = os.environ,
    warn: Callable[[str], None] | None = None,
) -> Settings:
    """Settings from the command line's words, the environment and the file.

    With `warn`, what is wrong with a key that only the console needs is told to it, and the default holds.

    Raises:
        ConfigError: the file named does not exist, is no TOML, has an unknown key or a value that cannot be.
    """
    path = config or default_config()
    told: dict[str, Any] = {}
    if path.is_file():
        from agentdesk.config_file import read_config  # noqa: PLC0415  most have no such file

        told = read_config(path, warn=warn)
    elif config is not None:
        from agentdesk.config_file import ConfigError  # noqa: PLC0415  most have no such file

        raise ConfigError(f"{config}: there is no such configuration file.")
    own = {key: told.get(key, PREFERENCES[key].default) for key in _OWN}
    chosen = store or environ.get("AGENTDESK_STORE") or told.get("store")
    theme, zone = (
        _from_environ(key, environ, warn) or told.get(key, PREFERENCES[key].default)
        for key in ("theme", "zone")
    )
    return Settings(
        store=chosen or str(default_store()),
        agent=agent or environ.get("AGENTDESK_AGENT") or told.get("agent") or None,
        theme=theme,
        zone=zone,
        config_file=path if path.is_file() else None,
        keep_in=path,
        told=tuple(
            key
            for key, value in (("store", store), ("agent", agent), ("mouse", no_mouse), ("restore", fresh))
            if value
        ),
        **(own | ({"mouse": False} if no_mouse else {}) | ({"restore": False} if fresh else {})),
    )


_OWN = ("mouse", "keymap", "advance", "preview", "restore", "clipboard", "bell", "notify")
"""What only the file says."""


def _from_environ(key: str, environ: Mapping[str, str], warn: Callable[[str], None] | None) -> str:
    """The value of a variable.

    Raises:
        ConfigError: it says what the key cannot be.
    """
    known = PREFERENCES[key]
    value = environ.get(known.environ, "")
    if value and (wrong := known.fault(value)):
        from agentdesk.config_file import ConfigError, is_for_console  # noqa: PLC0415  only a fault needs it

        if warn is None or not is_for_console(key):
            raise ConfigError(f"{known.environ}: {wrong}")
        warn(f"{known.environ}: {wrong} It is passed over here; the console would not open.")
        return ""
    return value
