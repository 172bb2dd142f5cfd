"""The user's own keys: checked whole before any is used, refused with one sentence that names file and line."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from agentdesk.commands.command import Command
from agentdesk.commands.registry import NO_KEY, PLACES, SCOPES, by_id, with_keys
from agentdesk.config_file import place_of
from agentdesk.domain.errors import AgentDeskError

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_NAMES = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values())


class KeymapError(AgentDeskError):
    """The keymap of the configuration cannot be used."""

    def __init__(self, config: Path | None, command_id: str, sentence: str) -> None:
        super().__init__(f"{place_of(config, f'keymap.{command_id}')}: {sentence}")


def check_keymap(keymap: Mapping[str, Any], config: Path | None = None) -> dict[str, str]:
    """The map to hand to Textual; an empty string takes a command's keys away.

    Raises:
        KeymapError: an unknown command, an unknown key, or one key for two commands of one place.
    """
    known = by_id()
    keymap = _flat(keymap)
    for command_id, keys in keymap.items():
        if command_id not in known:
            raise KeymapError(
                config, command_id, f"keymap.{command_id} is no command.{_nearest(command_id, known)}"
            )
        if not isinstance(keys, str):
            raise KeymapError(
                config, command_id, f'keymap.{command_id} must be text such as "x" or "ctrl+r,f5".'
            )
        _check_keys(known[command_id], keys, config)
    for place in PLACES:
        _check_place(place, keymap, config)
    return {command_id: keys if keys.strip() else NO_KEY for command_id, keys in keymap.items()}


def _flat(keymap: Mapping[str, Any]) -> dict[str, Any]:
    """TOML reads `ticket.reply = "x"` as a table in a table; both ways of writing it are meant."""
    flat: dict[str, Any] = {}
    for name, value in keymap.items():
        inner = _flat(value) if isinstance(value, Mapping) else None
        flat |= {name: value} if inner is None else {f"{name}.{key}": keys for key, keys in inner.items()}
    return flat


def _nearest(wanted: str, known: Mapping[str, Command]) -> str:
    near = get_close_matches(wanted, known, n=1)
    return f" Did you mean {near[0]}?" if near else " `agentdesk keys` lists them all."


def _check_keys(command: Command, keys: str, config: Path | None) -> None:
    for key in _split(keys):
        *modifiers, name = key.split("+") if len(key) > 1 else [key]
        if any(one not in _MODIFIERS for one in modifiers) or not _is_key(name):
            raise KeymapError(
                config, command.id, f"keymap.{command.id}: {key} is no key. `textual keys` shows their names."
            )
        if command.priority and not modifiers and not (name[:1] == "f" and name[1:].isdigit()):
            raise KeymapError(
                config,
                command.id,
                f"keymap.{command.id}: {key} would be lost to typing. Use a chord or a function key.",
            )


def _check_place(place: str, keymap: Mapping[str, str], config: Path | None) -> None:
    holders: dict[str, str] = {}
    for scope in PLACES[place]:
        for command in with_keys(SCOPES[scope].commands, keymap):
            for key in _split(command.keys):
                other = holders.setdefault(_plain(key), command.id)
                if other != command.id:
                    mine = command.id if command.id in keymap else other
                    raise KeymapError(
                        config, mine, f"{key} is the key of both {other} and {command.id}. Move one."
                    )


def _is_key(name: str) -> bool:
    return len(name) == 1 or name in _NAMES or key_to_character(name) is not None


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _plain(key: str) -> str:
    from textual.keys import _character_to_key  # noqa: PLC0415  Textual's own table of names

    return _character_to_key(key) if len(key) == 1 else key
