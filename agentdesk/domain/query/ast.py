"""A query as a tree, and the tree as text again: `parse(str(query)) == query`.

A node remembers where it stood (`at`, from 0) so that later errors can name the place; equality ignores it.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Operator = Literal[">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class Word:
    """One word anywhere in the text; a trailing `*` stands for any ending."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """One ticket by its number."""

    id: int
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A state with a name of its own: `is:breached`."""

    flag: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Has:
    """Something the ticket carries: `has:note`."""

    thing: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Match:
    """A field that equals one of the values; None among them is the empty field."""

    name: str
    values: tuple[str | None, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A field above or below a value."""

    name: str
    operator: Operator
    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Between:
    """A field from `low` to `high`, both inside; None is no limit, never both."""

    name: str
    low: str | None
    high: str | None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Everything the inner condition leaves out."""

    of: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Every part is true; two parts or more, none of them an `And`."""

    parts: tuple["Node", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Some part is true; two parts or more, none of them an `Or`."""

    parts: tuple["Node", ...]
    at: int = field(default=0, compare=False)


Node: TypeAlias = Word | Phrase | Reference | Is | Has | Match | Compare | Between | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """What to find and in which order; no condition is everything, no order is the list's own."""

    condition: Node | None = None
    sort: str | None = None
    descending: bool = False

    def __str__(self) -> str:
        """The query as text that parses to the same query."""
        parts = [] if self.condition is None else [_write(self.condition, inside=False)]
        if self.sort is not None:
            parts.append(f"sort:{'-' if self.descending else ''}{self.sort}")
        return " ".join(parts)


def all_of(parts: list[Node]) -> Node:
    """The parts joined by and, flat; one part stays itself."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else (part,))
    return flat[0] if len(flat) == 1 else And(tuple(flat), flat[0].at)


def any_of(parts: list[Node]) -> Node:
    """The parts joined by or, flat; one part stays itself."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else (part,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat), flat[0].at)


def _write(node: Node, *, inside: bool = True) -> str:
    match node:
        case And(parts):
            text = " ".join(_write(part) for part in parts)
            return f"({text})" if inside else text
        case Or(parts):
            return f"({' OR '.join(_write(part) for part in parts)})"
        case Not(of):
            return f"NOT {_write(of)}"
        case Word() | Phrase() | Reference() | Is() | Has():
            return _write_word(node)
        case Match() | Compare() | Between():
            return f"{node.name}:{_write_values(node)}"


def _write_word(node: Word | Phrase | Reference | Is | Has) -> str:
    match node:
        case Word(text):
            return text
        case Phrase(text):
            return quote(text)
        case Reference(number):
            return f"T-{number}"
        case Is(flag):
            return f"is:{flag}"
        case Has(thing):
            return f"has:{thing}"


def _write_values(node: Match | Compare | Between) -> str:
    match node:
        case Match(_, values):
            return ",".join(write_value(value) for value in values)
        case Compare(_, operator, value):
            return f"{operator}{write_value(value)}"
        case Between(_, low, high):
            return f"{low or ''}..{high or ''}"


def quote(text: str) -> str:
    """Text between quotes, with quotes and backslashes inside escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_value(value: str | None) -> str:
    """A value as a query writes it: quoted wherever it would read as something else."""
    if value is None:
        return "none"
    return value if is_plain(value) else quote(value)


def is_plain(value: str) -> bool:
    """Whether a value means itself without quotes."""
    special = any(char in '(),"\\' or char.isspace() for char in value)
    return (
        bool(value)
        and not special
        and value[0] not in "<>="
        and ".." not in value
        and value.lower() != "none"
    )
