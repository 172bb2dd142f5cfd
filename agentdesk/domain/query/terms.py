"""One `field:value` term: what each kind of field accepts, and the sentence when it does not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from agentdesk.domain.fields import FIELDS, RELATIONS, Entity, Field, Kind, field_named
from agentdesk.domain.query.ast import Between, Compare, Has, Is, Match, Node, Operator, any_of
from agentdesk.domain.query.durations import EXAMPLES, stretch
from agentdesk.domain.query.errors import QueryError, nearest, shown
from agentdesk.domain.query.words import ALIASES, FLAGS, NO_VALUE, THINGS

ALWAYS_SET: Final = frozenset({"status", "priority", "type", "channel", "id"})
"""Fields that are never empty, so that `none` is one more unknown word."""
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_SOME_ZONE = ZoneInfo("UTC")
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
_SIGNS: Final = (">=", "<=", ">", "<", "=")


@dataclass(frozen=True, slots=True)
class Piece:
    """One value after a colon; quoted text always means itself."""

    text: str
    at: int
    is_quoted: bool = False


def field_term(name: str, values: Sequence[Piece], entity: Entity, at: int) -> Node:
    """The condition that `name:values` stands for.

    Raises:
        QueryError: no such field, or a value it cannot have.
    """
    if name in ("is", "has"):
        return _named(name, values, entity)
    field = RELATIONS[entity].get(name) or field_named(name, entity)
    if field is None or not field.searchable:
        known = [one.name for one in FIELDS[entity].values() if one.searchable]
        quoted = nearest(name, [*known, *RELATIONS[entity], "is", "has", "sort"])
        raise QueryError(at, f"there is no field {shown(name)}", f"{quoted} Quote it to search for the text.")
    first = values[0]
    if len(values) == 1 and not first.is_quoted and _rises(field):
        sign = next((one for one in _SIGNS if first.text.startswith(one)), "")
        rest = Piece(first.text.removeprefix(sign), first.at + len(sign))
        if sign and sign != "=":
            return Compare(field.name, cast(Operator, sign), _value(field, rest), at)
        if ".." in rest.text:
            return _between(field, rest, at)
    return Match(field.name, tuple(_value_or_none(field, piece) for piece in values), at)


def _rises(field: Field) -> bool:
    return field.is_ordered or field.kind in ("instant", "number")


def _named(name: str, values: Sequence[Piece], entity: Entity) -> Node:
    known = (FLAGS if name == "is" else THINGS)[entity]
    nodes: list[Node] = []
    for piece in values:
        typed = piece.text.lower().replace("-", "_")
        word = ALIASES.get(typed, typed)
        if word not in known:
            problem = f"{name}:{piece.text} is not known" if piece.text else f"{name}: needs a word"
            raise QueryError(piece.at, shown(problem)[1:-1], nearest(typed, known, listed=len(known)))
        nodes.append(Is(word, piece.at) if name == "is" else Has(word, piece.at))
    return any_of(nodes)


def _between(field: Field, piece: Piece, at: int) -> Node:
    low, _, high = piece.text.partition("..")
    if not low and not high:
        raise QueryError(piece.at, "a range needs a beginning or an end", f"For example {field.name}:a..b.")
    return Between(
        field.name,
        _value(field, Piece(low, piece.at)) if low else None,
        _value(field, Piece(high, piece.at + len(low) + 2)) if high else None,
        at,
    )


def _value_or_none(field: Field, piece: Piece) -> str | None:
    if not piece.is_quoted:
        plain = piece.text.removeprefix("=")
        if plain.lower() == NO_VALUE and field.name not in ALWAYS_SET and field.kind != "words":
            return None
        piece = Piece(plain, piece.at)
    return _value(field, piece)


def _value(field: Field, piece: Piece) -> str:
    if not piece.text.strip():
        raise QueryError(piece.at, f"{field.name}: needs a value", _example(field))
    return _READERS.get(field.kind, _as_typed)(field, piece)


def _example(field: Field) -> str:
    if field.choices:
        return f"One of {', '.join(field.choices)}."
    return EXAMPLES if field.kind == "instant" else f"{field.name}:none finds the empty ones."


def _as_typed(_field: Field, piece: Piece) -> str:
    return piece.text


def _choice(field: Field, piece: Piece) -> str:
    word = piece.text.lower().replace("-", "_").replace(" ", "_")
    if word not in field.choices:
        hint = nearest(word, field.choices, listed=len(field.choices))
        raise QueryError(piece.at, f"{field.name} is never {shown(piece.text)}", hint)
    return word


def _time(field: Field, piece: Piece) -> str:
    words = piece.text.lower().replace(" ", "t")
    try:
        stretch(words, _SOME_DAY, _SOME_ZONE)
    except ValueError:
        raise QueryError(piece.at, f"{field.name} cannot be {shown(piece.text)}", EXAMPLES) from None
    return words


def _number(field: Field, piece: Piece) -> str:
    digits = (
        re.sub(r"^(?:[Tt]-|#)", "", piece.text)
        if field.name in ("id", "merged_into", "follows")
        else piece.text
    )
    if not _NUMBER.fullmatch(digits):
        raise QueryError(
            piece.at, f"{field.name} is a number, not {shown(piece.text)}", f"For example {field.name}:3."
        )
    return str(int(digits))


def _words(_field: Field, piece: Piece) -> str:
    if not any(char.isalnum() for char in piece.text):
        raise QueryError(piece.at, f"{shown(piece.text)} has no letter or digit to search for")
    return piece.text


def _tag(_field: Field, piece: Piece) -> str:
    return "-".join(piece.text.split()).lower()


_READERS: Mapping[Kind, Callable[[Field, Piece], str]] = {
    "choice": _choice,
    "instant": _time,
    "number": _number,
    "words": _words,
    "tags": _tag,
}
