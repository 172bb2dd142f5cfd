"""The map of a foreign ticket file: which column is which field, how dates are written, what foreign words mean.

It is TOML, read whole and checked before the file is: a key that is not known is refused with the nearest one,
and a word of another system means only what the map says.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.transfer.foreign_time import ISO, TimeReader, is_format
from agentdesk.transfer.map_parts import (
    MapError,
    check_keys,
    read_columns,
    read_flag,
    read_text,
    read_texts,
    refuse_unknown,
)
from agentdesk.transfer.message_rules import MessageRules, SaidRules, parse_messages, parse_said
from agentdesk.transfer.ticket_fields import (
    EXTERNAL_ID,
    FIELDS,
    OPTIONAL_WORDS,
    RENAMED,
    WORDS,
    fold_word,
    words_of,
)

__all__ = ["FileRules", "MapError", "TicketMap", "load_map", "parse_map", "refuse_unknown"]

CONSTANT: Final = "="
"""`channel = "=phone"` gives every ticket that word; anything else names a column."""
ORDERS: Final = ("auto", "file", "reversed", "time")
_SECTIONS: Final = ("file", "ticket", "events", "messages", "beside", "values", "known_by")
_FLAGS: Final = ("skip_missing", "late_solved_is_closed")
_FILE: Final = (
    "dates", "zone", "dst", "empty", "delimiter", "encoding", "source", "ignore", "system", "inside", *_FLAGS
)  # fmt: skip
BESIDE: Final = ("customer", "assignee", "queue", "organization")
"""Fields whose numbers a list beside the tickets may give names to."""
_EVENTS: Final = ("at", "by", "order")


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
        ignore: columns that are not kept; `comments.*` means all that begin so.
        system: what the other system is called; its numbers for people and groups become names such as `Zammad group 7`,
            and its ids of customers count within it alone.
        inside: the key around each record, where its fields stand one level below.
        skip_missing: columns that the file has not are passed over, not refused.
        late_solved_is_closed: a solved instant after the closing is not believed.
    """

    dates: str = ISO
    zone: str = "UTC"
    dst: str = ""
    empty: frozenset[str] = frozenset({""})
    delimiter: str | None = None
    encoding: str | None = None
    source: str = "import"
    ignore: tuple[str, ...] = ()
    system: str = ""
    inside: str = ""
    skip_missing: bool = False
    late_solved_is_closed: bool = False

    def times(self) -> TimeReader:
        """A reader of its instants."""
        return TimeReader(self.dates, ZoneInfo(self.zone), self.dst)


@dataclass(frozen=True, slots=True)
class TicketMap:
    """A map that holds together by itself; whether the columns exist is seen when a file is opened.

    Attributes:
        label: how messages name it.
        file: how the file is written.
        columns: the columns of each field. Of several the first that holds something counts; a subject joins them by ` / `.
        constants: fields that are the same for every ticket, in our words.
        words: for each field, what a folded foreign word means.
        at: the column with the instant of an event; empty where one row is one ticket.
        by: the column that says who did it.
        order: how the rows of a ticket follow each other: one of `ORDERS`.
        messages: the conversation inside a record.
        said: texts of the ticket itself that are messages.
        beside: for each field, the list beside the tickets that gives its numbers names.
    """

    label: str
    file: FileRules
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    at: str = ""
    by: str = ""
    order: str = "auto"
    messages: MessageRules | None = None
    said: tuple[SaidRules, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_log(self) -> bool:
        """Whether many rows make one ticket."""
        return bool(self.at)


def load_map(path: Path) -> TicketMap:
    """Read a map from a file.

    Raises:
        MapError: it cannot be read or followed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise MapError(str(path), "", f"the map cannot be read: {reason}") from None
    return parse_map(text, path.name)


def parse_map(text: str, label: str = "the map") -> TicketMap:
    """Read a map from its text.

    Raises:
        MapError: no TOML, an unknown key or word, a required key that is missing.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapError(label, "", f"this is not TOML ({error})") from None
    check_keys(label, "", told, (*_SECTIONS, "said"))
    for name in _SECTIONS:
        if not isinstance(told.get(name, {}), dict):
            raise MapError(label, "", f"[{name}] is a section, not a value")
    rules = _file_rules(label, told.get("file", {}))
    columns, constants = _ticket(label, told.get("ticket", {}))
    events = told.get("events", {})
    check_keys(label, "[events]", events, _EVENTS)
    at, by, order = (read_text(label, "[events]", events, key) for key in _EVENTS)
    if events and not at:
        raise MapError(label, "[events]", 'at = "COLUMN" is missing: it says when each event took place')
    if (order or "auto") not in ORDERS:
        raise MapError(label, "[events] order", f"{order!r} is none of {', '.join(ORDERS)}")
    if EXTERNAL_ID not in columns:
        raise MapError(
            label, "[ticket]", 'external_id = "COLUMN" is missing: it tells which rows are one ticket'
        )
    if "created_at" not in columns and not at:
        raise MapError(label, "[ticket]", 'created_at = "COLUMN" is missing: a ticket begins at an instant')
    words = _values(label, told.get("values", {}))
    messages, said = parse_messages(label, told.get("messages", {})), parse_said(label, told.get("said", []))
    beside = told.get("beside", {})
    check_keys(label, "[beside]", beside, BESIDE)
    lists = {name: read_text(label, "[beside]", beside, name) for name in beside}
    return TicketMap(label, rules, columns, constants, words, at, by, order or "auto", messages, said, lists)


def _file_rules(label: str, told: Mapping[str, Any]) -> FileRules:
    check_keys(label, "[file]", told, _FILE)
    dates, zone, dst, source = (
        read_text(label, "[file]", told, key, default)
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
    empty = read_texts(label, "[file] empty", told.get("empty", [""]))
    return FileRules(
        dates=dates,
        zone=zone,
        dst=dst,
        empty=frozenset({"", *(one.strip() for one in empty)}),
        delimiter=read_text(label, "[file]", told, "delimiter") or None,
        encoding=read_text(label, "[file]", told, "encoding") or None,
        source=source,
        ignore=read_texts(label, "[file] ignore", told.get("ignore", [])),
        system=read_text(label, "[file]", told, "system"),
        inside=read_text(label, "[file]", told, "inside"),
        **{key: read_flag(label, "[file]", told, key) for key in _FLAGS},
    )


def _ticket(label: str, told: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    check_keys(label, "[ticket]", told, FIELDS)
    columns: dict[str, tuple[str, ...]] = {}
    constants: dict[str, str] = {}
    for name, value in told.items():
        where = f"[ticket] {name}"
        if isinstance(value, list):
            columns[name] = read_columns(label, "[ticket]", told, name)
        elif text := read_text(label, "[ticket]", told, name):
            if text.startswith(CONSTANT):
                constants[name] = _constant(label, where, name, text.removeprefix(CONSTANT).strip())
            else:
                columns[name] = (text,)
    return columns, constants


def _constant(label: str, where: str, name: str, word: str) -> str:
    if name in WORDS:
        return _ours(label, where, name, word)
    if name in (
        "subject",
        "category",
        "queue",
        "assignee",
        "customer",
        "organization",
        "waiting_for",
        "tags",
    ):
        return word
    raise MapError(label, where, "it cannot be the same for every ticket", "Name a column.")


def _values(label: str, told: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    check_keys(label, "[values]", told, (*WORDS, *RENAMED))
    words: dict[str, dict[str, str]] = {}
    for name, table in told.items():
        where = f"[values.{name}]"
        if not isinstance(table, dict):
            raise MapError(label, where, "it is a section of words, not a value")
        words[name] = {}
        for foreign in table:
            word = read_text(label, where, table, foreign)
            words[name][fold_word(foreign)] = _ours(label, where, name, word) if name in WORDS else word
    return words


def _ours(label: str, where: str, name: str, word: str) -> str:
    if word in words_of(name) or (not word and name in OPTIONAL_WORDS):
        return word
    raise MapError(label, where, f"{word!r} is none of our words", f"Allowed: {', '.join(words_of(name))}.")
