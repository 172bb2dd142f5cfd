"""The configuration file as text: on which line a key stands, what is wrong with it, and how one key is written.

Law: comments, order and every other key stay as they are; the file is replaced whole or not at all, and nobody but its
owner may read a new one.
"""

import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from agentdesk.domain.errors import AgentDeskError
from agentdesk.preferences import PREFERENCES

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class ConfigError(AgentDeskError):
    """The configuration file says something we do not understand."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and on which line; None where that cannot be said."""

    line: int | None
    sentence: str
    key: str = ""
    """The key whose value it is about; empty where the file as a whole cannot be read."""

    def told(self, path: Path) -> str:
        """`config.toml:12: theme cannot be "inc". ...`."""
        return f"{path}{'' if self.line is None else f':{self.line}'}: {self.sentence}"


def read_config(path: Path, *, warn: Callable[[str], None] | None = None) -> dict[str, Any]:
    """What the file says.

    Args:
        path: the file.
        warn: told each fault of a key that only the console needs; that key is left out.

    Raises:
        ConfigError: it cannot be read, is no TOML, has an unknown key or a value that a key cannot have.
    """
    text = _text(path)
    found = list(faults(text))
    grave = next((one for one in found if warn is None or not is_for_console(one.key)), None)
    if grave is not None:
        raise ConfigError(grave.told(path))
    for one in found:
        assert warn is not None
        warn(f"{one.told(path)} It is passed over here; the console would not open.")
    wrong = {one.key for one in found}
    return {key: value for key, value in tomllib.loads(text).items() if key not in wrong}


def is_for_console(key: str) -> bool:
    """Whether no command depends on a key: not on which desk it is, nor on who writes, nor on the time of day."""
    return key in PREFERENCES and key not in ("store", "agent", "zone")


def faults_of(path: Path) -> list[str]:
    """Everything that is wrong with a file, each with its place."""
    try:
        return [one.told(path) for one in faults(_text(path))]
    except ConfigError as error:
        return [str(error)]


def faults(text: str) -> Iterator[Fault]:
    """What is wrong with a configuration, from above to below."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield _syntax(text, str(error))
        return
    wrong = {key: sentence for key, value in told.items() if (sentence := _wrong(key, value))}
    if wrong:
        places = lines_of(text)
        yield from (Fault(places.get(key), sentence, key) for key, sentence in wrong.items())


def lines_of(text: str) -> dict[str, int]:
    """The line on which each key begins, by its whole name: `keymap.ticket.reply`; a table's is its first line.

    A key is on the line after the longest beginning of the text that can be read and does not hold it yet: whatever
    strings, arrays and tables the file is made of, TOML itself says where one ends.
    """
    places: dict[str, int] = {}
    lines = text.splitlines()
    readable = 0
    for end in range(1, len(lines) + 1):
        try:
            told = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        for name in _names(told):
            places.setdefault(name, readable + 1)
        readable = end
    return places


def place_of(path: Path | None, name: str) -> str:
    """`config.toml:12` for a key, as far as it can be said."""
    if path is None:
        return name.partition(".")[0]
    try:
        line = lines_of(_text(path)).get(name)
    except ConfigError:
        line = None
    return f"{path}:{line}" if line else str(path)


def write_preference(path: Path, key: str, value: Any) -> None:
    """Write one key.

    Raises:
        ConfigError: the file cannot be read as it is, or cannot be written.
    """
    import tomlkit  # noqa: PLC0415  only who changes something needs it

    text = _text(path) if path.exists() else ""
    if fault := next(faults(text), None):
        raise ConfigError(fault.told(path))
    document = tomlkit.parse(text)
    document[key] = value
    written = tomlkit.dumps(document)
    if tomllib.loads(written) != {**tomllib.loads(text), key: value}:
        raise ConfigError(
            f"{path}: {key} could not be written without changing something else. Write it by hand."
        )
    try:
        _replace(path, written)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from None


def _replace(path: Path, text: str) -> None:
    """Put the text in the place of the file; who links to it keeps the link, who may read it still may."""
    whole = path.resolve()
    whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".config-", suffix=".toml", dir=whole.parent)  # its owner's alone
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if whole.exists():
            Path(name).chmod(whole.stat().st_mode & 0o777)
        Path(name).replace(whole)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ConfigError(Fault(line, "this line is not UTF-8. Save the file as UTF-8.").told(path)) from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}.") from None


def _syntax(text: str, said: str) -> Fault:
    found = _PLACE.search(said)
    line = int(found[1]) if found and found[1] else max(len(text.splitlines()), 1)
    return Fault(line, f"this is no TOML: {_PLACE.sub('', said)[:1].lower()}{_PLACE.sub('', said)[1:]}.")


def _wrong(key: str, value: Any) -> str:
    known = PREFERENCES.get(key)
    if known is not None:
        return known.fault(value)
    near = get_close_matches(key, PREFERENCES, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(PREFERENCES)}."
    return f"{key} is not a key of ours. {hint}"


def _names(told: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in told.items():
        yield f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _names(value, f"{prefix}{key}.")
