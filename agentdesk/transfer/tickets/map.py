"""The map of a foreign ticket file: which column is which field, how dates are written, what foreign words mean.

It is TOML, read whole and checked before the file is: a key that is not known is refused with the nearest one,
and a word of another system means only what the map says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from agentdesk.transfer.maps.fields import (
    EXTERNAL_ID,
    FIELDS,
    OPTIONAL_WORDS,
    RENAMED,
    WORDS,
    fold_word,
    words_of,
)
from agentdesk.transfer.maps.toml import (
    CONSTANT,
    FileRules,
    MapError,
    columns_at,
    flag_at,
    read_file_rules,
    read_map_text,
    read_sections,
    refuse_strangers,
    refuse_unknown,
    text_at,
)
from agentdesk.transfer.tickets.message_rules import MessageRules, SaidRules, parse_messages, parse_said
from agentdesk.transfer.tickets.rating_rules import RatingRules, parse_rating

__all__ = ["FileRules", "MapError", "TicketFileRules", "TicketMap", "load_map", "parse_map", "refuse_unknown"]

ORDERS: Final = ("auto", "file", "reversed", "time")
_SECTIONS: Final = ("file", "ticket", "events", "messages", "rating", "beside", "values", "known_by")
_SYSTEM: Final = ("system", "inside")
_FLAGS: Final = ("skip_missing", "late_solved_is_closed", "spaced_tags")
BESIDE: Final = ("customer", "assignee", "queue", "organization")
"""Fields whose numbers a list beside the tickets may give names to."""
_EVENTS: Final = ("at", "by", "order")


@dataclass(frozen=True, slots=True)
class TicketFileRules(FileRules):
    """How a file of tickets is written.

    Attributes:
        system: what the other system is called; its numbers for people and groups become names such as `Zammad group 7`,
            and its ids of customers count within it alone.
        inside: the key around each record, where its fields stand one level below.
        skip_missing: columns that the file has not are passed over, not refused.
        late_solved_is_closed: a solved instant after the closing is not believed.
        spaced_tags: spaces part tags.
    """

    system: str = ""
    inside: str = ""
    skip_missing: bool = False
    late_solved_is_closed: bool = False
    spaced_tags: bool = False


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
        rating: what the customer said of the help.
        beside: for each field, the list beside the tickets that gives its numbers names.
        text: its TOML, where it was read from one.
    """

    label: str
    file: TicketFileRules
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    at: str = ""
    by: str = ""
    order: str = "auto"
    messages: MessageRules | None = None
    said: tuple[SaidRules, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    rating: RatingRules | None = None
    text: str = field(default="", compare=False, repr=False)

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
    told = read_sections(text, label, _SECTIONS, lists=("said",))
    rules = _file_rules(label, told.get("file", {}))
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
    messages, said = parse_messages(label, told.get("messages", {})), parse_said(label, told.get("said", []))
    beside = told.get("beside", {})
    refuse_strangers(label, "[beside]", beside, BESIDE)
    lists = {name: text_at(label, "[beside]", beside, name) for name in beside}
    rating = parse_rating(label, told.get("rating", {}))
    return TicketMap(
        label, rules, columns, constants, words, at, by, order or "auto", messages, said, lists, rating, text
    )


def _file_rules(label: str, told: Mapping[str, Any]) -> TicketFileRules:
    own = {key: told[key] for key in (*_SYSTEM, *_FLAGS) if key in told}
    rules = read_file_rules(label, {key: value for key, value in told.items() if key not in own})
    values: dict[str, Any] = {one.name: getattr(rules, one.name) for one in fields(rules)}
    values |= {key: text_at(label, "[file]", own, key) for key in _SYSTEM}
    values |= {key: flag_at(label, "[file]", own, key) for key in _FLAGS}
    return TicketFileRules(**values)


def _ticket(label: str, told: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    refuse_strangers(label, "[ticket]", told, FIELDS)
    columns: dict[str, tuple[str, ...]] = {}
    constants: dict[str, str] = {}
    for name, value in told.items():
        where = f"[ticket] {name}"
        if isinstance(value, list):
            columns[name] = columns_at(label, "[ticket]", told, name)
        elif text := text_at(label, "[ticket]", told, name):
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
