"""The user's own keys: checked whole before any is used, refused with one sentence that names file and line."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from agentdesk.commands.command import Command
from agentdesk.commands.registry import NO_KEY, PLACES, SCOPES, by_id, with_keys
from agentdesk.domain.errors import AgentDeskError

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_NAMES = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values())


class KeymapError(AgentDeskError):
    """The keymap of the configuration cannot be used."""

    def __init__(self, config: Path | None, command_id: str, sentence: str) -> None:
        from agentdesk.config_file import place_of  # noqa: PLC0415  only a fault needs it

        super().__init__(f"{place_of(config, f'keymap.{command_id}')}: {sentence}")


def check_keymap(keymap: Mapping[str, Any], config: Path | None = None) -> dict[str, str]:
    """The map to hand to Textual; an empty string takes a command's keys away.

    Raises:
        KeymapError: an unknown command, an unknown key, or one key for two commands of one place.
    """
    if fault := next(keymap_faults(keymap, config), None):
        raise fault
    return {command_id: keys if keys.strip() else NO_KEY for command_id, keys in _flat(keymap).items()}


def keymap_faults(keymap: Mapping[str, Any], config: Path | None = None) -> Iterator[KeymapError]:
    """Everything that is wrong with a map: each entry by itself, then which keys are double, each pair once."""
    flat, right = _flat(keymap), {}
    for command_id, keys in flat.items():
        found = list(_faults_of_entry(command_id, keys, config))
        yield from found
        if not found:
            right[command_id] = keys
    told = set()
    for place in PLACES if right else ():  # our own keys are never double; a test says so
        for fault in _double_keys(place, right, config):
            if str(fault) not in told:
                told.add(str(fault))
                yield fault


def _faults_of_entry(command_id: str, keys: Any, config: Path | None) -> Iterator[KeymapError]:
    known = by_id()
    if command_id not in known:
        near = _nearest(command_id, known)
        yield KeymapError(config, command_id, f"keymap.{command_id} is no command.{near}")
    elif not isinstance(keys, str):
        words = f'keymap.{command_id} must be text such as "x" or "ctrl+r,f5".'
        yield KeymapError(config, command_id, words)
    else:
        yield from _wrong_keys(known[command_id], keys, config)


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


def _wrong_keys(command: Command, keys: str, config: Path | None) -> Iterator[KeymapError]:
    for key in _split(keys):
        *modifiers, name = key.split("+") if len(key) > 1 else [key]
        if any(one not in _MODIFIERS for one in modifiers) or not _is_key(name):
            yield KeymapError(
                config, command.id, f"keymap.{command.id}: {key} is no key. `textual keys` shows their names."
            )
        elif command.priority and not modifiers and not (name[:1] == "f" and name[1:].isdigit()):
            yield KeymapError(
                config,
                command.id,
                f"keymap.{command.id}: {key} would be lost to typing. Use a chord or a function key.",
            )


def _double_keys(place: str, keymap: Mapping[str, str], config: Path | None) -> Iterator[KeymapError]:
    holders: dict[str, str] = {}
    for scope in PLACES[place]:
        for command in with_keys(SCOPES[scope].commands, keymap):
            for key in _split(command.keys):
                other = holders.setdefault(_plain(key), command.id)
                if other != command.id:
                    mine = command.id if command.id in keymap else other
                    yield KeymapError(
                        config, mine, f"{key} is the key of both {other} and {command.id}. Move one."
                    )


def _is_key(name: str) -> bool:
    return len(name) == 1 or name in _NAMES or key_to_character(name) is not None


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _plain(key: str) -> str:
    from textual.keys import _character_to_key  # noqa: PLC0415  Textual's own table of names

    return _character_to_key(key) if len(key) == 1 else key
