"""The map of a file of records: given, or guessed from what its columns are called; words mean what the map says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from agentdesk.transfer.contact_columns import compact_name
from agentdesk.transfer.header import Header, fold_name
from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.maps.toml import (
    CONSTANT,
    FileRules,
    MapError,
    read_file_rules,
    read_sections,
    refuse_strangers,
    refuse_unknown,
    text_at,
    texts_at,
)
from agentdesk.transfer.records.kind import EXTRA, Field, Kind

DECIMAL: Final = "decimal"
_OWN: Final = frozenset({"id", "external_id", "created_at", "updated_at", "version"})
"""What only an export of a desk has in its header."""
_NUMBERS: Final = frozenset({"id", "ref", "customer_id", "ticket_id"})
"""Numbers of that desk, which mean nothing in another, and the ids of no other system."""


@dataclass(frozen=True, slots=True)
class RecordMap:
    """A map that holds together by itself; whether the columns exist is seen when a file is opened.

    Attributes:
        label: how messages name it.
        file: how the file is written.
        columns: the columns of each field.
        constants: fields that are the same in every row, as they are written.
        words: for each field, what a folded foreign word stands for; an empty text for nothing.
        decimal: the sign before the places of an amount; empty where each amount has to tell.
        is_dated: whether it says how dates are written.
        is_guessed: whether nobody gave it.
        text: its TOML, where it was read from one.
    """

    label: str
    file: FileRules
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    decimal: str = ""
    is_dated: bool = False
    is_guessed: bool = False
    text: str = field(default="", compare=False, repr=False)

    def from_source(self, source: str) -> "RecordMap":
        """The same map for the file of another system."""
        return replace(self, file=replace(self.file, source=source))


def parse_record_map(text: str, kind: Kind, label: str = "the map") -> RecordMap:
    """Read a map from its text.

    Raises:
        MapError: no TOML, an unknown key or word, a field without which nothing can be imported.
    """
    told = read_sections(text, label, ("file", kind.noun, "values"))
    about = dict(told.get("file", {}))
    decimal = text_at(label, "[file]", about, DECIMAL)
    if decimal not in ("", ".", ","):
        raise MapError(label, "[file] decimal", f"{decimal!r} is neither '.' nor ','")
    about.pop(DECIMAL, None)
    columns, constants = _fields(label, kind, told.get(kind.noun, {}))
    found = RecordMap(
        label,
        read_file_rules(label, about),
        columns,
        constants,
        _words(label, kind, told.get("values", {})),
        decimal,
        is_dated="dates" in about,
        text=text,
    )
    refuse_incomplete(kind, found, f"[{kind.noun}]")
    return found


def guess_map(kind: Kind, header: Header) -> RecordMap:
    """The map that the names of the columns amount to.

    Raises:
        MapError: nothing is called like a field without which nothing can be imported.
    """
    found = guess_columns(kind, header)
    own = [*kind.model.model_fields, *_NUMBERS] if _is_own(header) else []
    ignored = [name for name in header.names if name in own and name not in (*found.values(), EXTRA)]
    rules = RecordMap(
        header.label,
        FileRules(ignore=tuple(ignored)),
        {name: (column,) for name, column in found.items()},
        kind.infer(found),
        is_guessed=True,
    )
    refuse_incomplete(kind, rules, "")
    return rules


def guess_columns(kind: Kind, header: Header) -> dict[str, str]:
    """The column of each field, by what it is called; a column is one field at most, its likeliest."""
    ranks = [
        (aliases.index(compact), order, one.name, name)
        for order, one in enumerate(kind.fields)
        if (aliases := [compact_name(one.name), *one.aliases.split()])
        for name in header.names
        if not (name in _NUMBERS and _is_own(header))
        if (compact := compact_name(name)) in aliases
    ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, name, column in sorted(ranks):
        if name not in found and column not in taken:
            found[name] = column
            taken.add(column)
    return {one.name: found[one.name] for one in kind.fields if one.name in found}


def _is_own(header: Header) -> bool:
    return set(header.keys) >= _OWN


def refuse_incomplete(kind: Kind, rules: RecordMap, where: str) -> None:
    """Refuse a map without which no row could be taken.

    Raises:
        MapError: it does not name one of the fields that are needed.
    """
    told = {*rules.columns, *rules.constants}
    for names, why in kind.needs.items():
        if not told & set(names):
            wanted = " or ".join(f'{name} = "COLUMN"' for name in names[:4])
            hint = (
                f"Draft a map with --write-map FILE.toml, and say {wanted} in it." if rules.is_guessed else ""
            )
            reason = f"no column is called like {names[0]}" if rules.is_guessed else f"{wanted} is missing"
            raise MapError(rules.label, where, f"{reason}: {why}", hint)


def told_columns(kind: Kind, rules: RecordMap, header: Header) -> str:
    """What was understood, for whoever imports without a map."""
    read = ", ".join(f"{columns[0]} -> {name}" for name, columns in rules.columns.items())
    fixed = "".join(f", {name} = {word}" for name, word in rules.constants.items())
    used = {column for columns in rules.columns.values() for column in columns}
    kept = [name for name in header.names if name and name not in used and name not in rules.file.ignore]
    more = f"; kept as they are: {', '.join(kept)}" if kept else ""
    return f"Read as {kind.name}: {read}{fixed}{more}."


def place_of(rules: RecordMap, header: Header, where: str, column: str) -> int:
    """The index of a column.

    Raises:
        MapError: the file has none; the nearest one is told.
    """
    key = fold_name(column)
    if key not in header.keys:
        raise refuse_unknown(rules.label, where, column, [name for name in header.names if name])
    return header.keys.index(key)


def _fields(
    label: str, kind: Kind, told: Mapping[str, Any]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    known = kind.by_name
    section = f"[{kind.noun}]"
    refuse_strangers(label, section, told, known)
    columns: dict[str, tuple[str, ...]] = {}
    constants: dict[str, str] = {}
    for name, value in told.items():
        if known[name].joins and isinstance(value, list):
            columns[name] = texts_at(label, f"{section} {name}", value)
        elif text := text_at(label, section, told, name):
            if not text.startswith(CONSTANT):
                columns[name] = (text,)
            elif word := text.removeprefix(CONSTANT).strip():
                _refuse_foreign(label, f"{section} {name}", known[name], word)
                constants[name] = word
    return columns, constants


def _words(label: str, kind: Kind, told: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    known = kind.by_name
    refuse_strangers(label, "[values]", told, known)
    words: dict[str, dict[str, str]] = {}
    for name, table in told.items():
        where = f"[values.{name}]"
        if not isinstance(table, dict):
            raise MapError(label, where, "it is a section of words, not a value")
        words[name] = {fold_word(foreign): text_at(label, where, table, foreign) for foreign in table}
        for word in words[name].values():
            _refuse_foreign(label, where, known[name], word)
    return words


def _refuse_foreign(label: str, where: str, one: Field, word: str) -> None:
    if one.words and word and word not in one.words:
        raise MapError(label, where, f"{word!r} is none of our words", f"Allowed: {', '.join(one.words)}.")
