"""The map of a foreign ticket file: which column is which field, how dates are written, what foreign words mean.

It is TOML, read whole and checked before the file is: a key that is not known is refused with the nearest one,
and a word of another system means only what the map says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from agentdesk.transfer.map_toml import (
    CONSTANT,
    FileRules,
    MapError,
    read_file_rules,
    read_map_text,
    read_sections,
    refuse_strangers,
    refuse_unknown,
    text_at,
    texts_at,
)
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
ORDERS: Final = ("auto", "file", "reversed", "time")
_SECTIONS: Final = ("file", "ticket", "events", "values")
_EVENTS: Final = ("at", "by", "order")


@dataclass(frozen=True, slots=True)
class TicketMap:
    """A map that holds together by itself; whether the columns exist is seen when a file is opened.

    Attributes:
        label: how messages name it.
        file: how the file is written.
        columns: the columns of each field; only a subject may have several, joined by ` / `.
        constants: fields that are the same for every ticket, in our words.
        words: for each field, what a folded foreign word means.
        at: the column with the instant of an event; empty where one row is one ticket.
        by: the column that says who did it.
        order: how the rows of a ticket follow each other: one of `ORDERS`.
    """

    label: str
    file: FileRules
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    at: str = ""
    by: str = ""
    order: str = "auto"

    @property
    def is_log(self) -> bool:
        """Whether many rows make one ticket."""
        return bool(self.at)


def load_map(path: Path) -> TicketMap:
    """Read a map from a file.

    Raises:
        MapError: it cannot be read or followed.
    """
    return parse_map(read_map_text(path), path.name)


def parse_map(text: str, label: str = "the map") -> TicketMap:
    """Read a map from its text.

    Raises:
        MapError: no TOML, an unknown key or word, a required key that is missing.
    """
    told = read_sections(text, label, _SECTIONS)
    rules = read_file_rules(label, told.get("file", {}))
    columns, constants = _ticket(label, told.get("ticket", {}))
    events = told.get("events", {})
    refuse_strangers(label, "[events]", events, _EVENTS)
    at, by, order = (text_at(label, "[events]", events, key) for key in _EVENTS)
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
    return TicketMap(label, rules, columns, constants, words, at, by, order or "auto")


def _ticket(label: str, told: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    refuse_strangers(label, "[ticket]", told, FIELDS)
    columns: dict[str, tuple[str, ...]] = {}
    constants: dict[str, str] = {}
    for name, value in told.items():
        where = f"[ticket] {name}"
        if name == "subject" and isinstance(value, list):
            columns[name] = texts_at(label, where, value)
        elif text := text_at(label, "[ticket]", told, name):
            if text.startswith(CONSTANT):
                constants[name] = _constant(label, where, name, text.removeprefix(CONSTANT).strip())
            else:
                columns[name] = (text,)
    return columns, constants


def _constant(label: str, where: str, name: str, word: str) -> str:
    if name in WORDS:
        return _ours(label, where, name, word)
    if name in ("subject", "category", "queue", "assignee", "customer", "waiting_for", "tags"):
        return word
    raise MapError(label, where, "it cannot be the same for every ticket", "Name a column.")


def _values(label: str, told: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    refuse_strangers(label, "[values]", told, (*WORDS, *RENAMED))
    words: dict[str, dict[str, str]] = {}
    for name, table in told.items():
        where = f"[values.{name}]"
        if not isinstance(table, dict):
            raise MapError(label, where, "it is a section of words, not a value")
        words[name] = {}
        for foreign in table:
            word = text_at(label, where, table, foreign)
            words[name][fold_word(foreign)] = _ours(label, where, name, word) if name in WORDS else word
    return words


def _ours(label: str, where: str, name: str, word: str) -> str:
    if word in words_of(name) or (not word and name in OPTIONAL_WORDS):
        return word
    raise MapError(label, where, f"{word!r} is none of our words", f"Allowed: {', '.join(words_of(name))}.")
