"""How any map is read: TOML whose keys are known, where each refusal names the place and the nearest word.

A map says how a foreign file is written (`[file]`), which column is which field, and what foreign words mean.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.transfer.foreign_time import ISO, TimeReader, is_format
from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.refusals import FileRefusedError

CONSTANT: Final = "="
"""`channel = "=phone"` gives every row that word; anything else names a column."""
_FILE: Final = ("dates", "zone", "dst", "empty", "delimiter", "encoding", "source", "ignore")


class MapError(FileRefusedError):
    """A map that cannot be followed; nothing was read or written."""

    def __init__(self, label: str, where: str, reason: str, hint: str = "") -> None:
        place = f"{label}, {where}" if where else label
        super().__init__(f"{place}: {reason}." + (f" {hint}" if hint else ""))


@dataclass(frozen=True, slots=True)
class FileRules:
    """How the file is written.

    Attributes:
        dates: `iso`, `epoch`, `epoch_ms`, or a format of `strptime`.
        zone: where its clocks hang, for instants that name no offset.
        dst: `earlier` or `later` for wall times that a clock change skips or repeats; empty rejects them.
        empty: cells that mean nothing.
        delimiter: what parts cells, where the header does not tell.
        encoding: codec, where it is not UTF-8.
        source: the other system; its ids are matched within it.
        ignore: columns that are not kept.
    """

    dates: str = ISO
    zone: str = "UTC"
    dst: str = ""
    empty: frozenset[str] = frozenset({""})
    delimiter: str | None = None
    encoding: str | None = None
    source: str = "import"
    ignore: tuple[str, ...] = ()

    def times(self) -> TimeReader:
        """A reader of its instants."""
        return TimeReader(self.dates, ZoneInfo(self.zone), self.dst)


def read_map_text(path: Path) -> str:
    """The text of a map.

    Raises:
        MapError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise MapError(str(path), "", f"the map cannot be read: {reason}") from None


def read_sections(
    text: str, label: str, sections: tuple[str, ...], lists: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The sections of a map.

    Args:
        text: the map.
        label: how messages name it.
        sections: those it may have.
        lists: those that may be there several times, each in two brackets.

    Raises:
        MapError: no TOML, an unknown section, or a value where a section belongs.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapError(label, "", f"this is not TOML ({error})") from None
    refuse_strangers(label, "", told, (*sections, *lists))
    for name in sections:
        if not isinstance(told.get(name, {}), dict):
            raise MapError(label, "", f"[{name}] is a section, not a value")
    return told


def refuse_unknown(label: str, where: str, name: str, known: Iterable[str]) -> MapError:
    """The refusal of a name that is not among those known, with the nearest one."""
    names = list(known)
    folded = {fold_word(one): one for one in names}
    near = get_close_matches(fold_word(name), list(folded), n=1, cutoff=0.5)
    hint = f"Did you mean {folded[near[0]]!r}?" if near else f"Known: {', '.join(names[:40])}."
    return MapError(label, where, f"{name!r} is not known", hint)


def refuse_strangers(label: str, where: str, told: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuse keys that are not among those known.

    Raises:
        MapError: there is one.
    """
    for name in told:
        if name not in known:
            raise refuse_unknown(label, where, name, known)


def text_at(label: str, where: str, told: Mapping[str, Any], key: str, default: str = "") -> str:
    """The text of a key, without the spaces around it; `default` where the key is not there.

    Raises:
        MapError: it is no text.
    """
    value = told.get(key, default)
    if not isinstance(value, str):
        raise MapError(label, f"{where} {key}", "a text in quotes is needed")
    return value.strip() if key != "delimiter" else value


def texts_at(label: str, where: str, value: Any) -> tuple[str, ...]:
    """A list of texts.

    Raises:
        MapError: it is none.
    """
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise MapError(label, where, "a list of texts in quotes is needed")
    return tuple(value)


def columns_at(label: str, where: str, told: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """One text or a list of them; nothing where the key is not there.

    Raises:
        MapError: it is neither.
    """
    value = told.get(key, [])
    if isinstance(value, str):
        value = [value] if value.strip() else []
    return texts_at(label, f"{where} {key}", value)


def flag_at(label: str, where: str, told: Mapping[str, Any], key: str) -> bool:
    """True or false; false where the key is not there.

    Raises:
        MapError: it is neither.
    """
    value = told.get(key, False)
    if not isinstance(value, bool):
        raise MapError(label, f"{where} {key}", "true or false is needed, without quotes")
    return value


def read_file_rules(label: str, told: Mapping[str, Any]) -> FileRules:
    """The section `[file]`.

    Raises:
        MapError: an unknown key, no way of writing dates, no time zone.
    """
    refuse_strangers(label, "[file]", told, _FILE)
    dates, zone, dst, source = (
        text_at(label, "[file]", told, key, default)
        for key, default in (("dates", ISO), ("zone", "UTC"), ("dst", ""), ("source", "import"))
    )
    if not is_format(dates):
        hint = 'Write "iso", "epoch", "epoch_ms", or a format such as "%d/%m/%Y %H:%M".'
        raise MapError(label, "[file] dates", f"{dates!r} does not name a day", hint)
    try:
        ZoneInfo(zone)
    except (KeyError, OSError, ValueError):  # what it raises depends on how the name is wrong
        raise MapError(
            label, "[file] zone", f"{zone!r} is no time zone", "Write one such as Europe/London."
        ) from None
    if dst not in ("", "earlier", "later"):
        raise MapError(label, "[file] dst", f"{dst!r} is none of earlier, later")
    if not source:
        raise MapError(label, "[file] source", "it is empty", "Name the other system, or leave it out.")
    empty = texts_at(label, "[file] empty", told.get("empty", [""]))
    return FileRules(
        dates=dates,
        zone=zone,
        dst=dst,
        empty=frozenset({"", *(one.strip() for one in empty)}),
        delimiter=text_at(label, "[file]", told, "delimiter") or None,
        encoding=text_at(label, "[file]", told, "encoding") or None,
        source=source,
        ignore=texts_at(label, "[file] ignore", told.get("ignore", [])),
    )
