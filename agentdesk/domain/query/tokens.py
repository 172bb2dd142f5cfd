"""A query cut into tokens; each knows where it stood. Only quotes can be wrong here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agentdesk.domain.query.errors import QueryError

_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):")

Kind = Literal["(", ")", "not", "and", "or", "word", "phrase", "field"]
_OPERATORS: Final[Mapping[str, Kind]] = {"NOT": "not", "AND": "and", "OR": "or"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One value after a colon; quoted text always means itself."""

    text: str
    at: int
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `text` is the word, the phrase or the field's name, `values` what follows its colon."""

    kind: Kind
    text: str
    at: int
    values: tuple[Piece, ...] = ()


def tokenize(text: str) -> list[Token]:
    """Every token of a query, from left to right.

    Raises:
        QueryError: a quote is not closed, or a character can be in no text of ours.
    """
    for at, char in enumerate(text):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            raise QueryError(at, "this character cannot be searched for", "Take it out.")
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token, at = _next(text, at)
        tokens.append(token)
    return tokens


def _next(text: str, at: int) -> tuple[Token, int]:
    char = text[at]
    if char in "()":
        return Token("(" if char == "(" else ")", char, at), at + 1
    if char == '"':
        inner, after = _quoted(text, at)
        return Token("phrase", inner, at), after
    if char == "-" and at + 1 < len(text) and not text[at + 1].isspace():
        return Token("not", char, at), at + 1
    match = _FIELD.match(text, at)
    if match:
        values, after = _values(text, match.end())
        return Token("field", match[1].lower().replace("-", "_"), at, values), after
    after = _end(text, at, '()"')
    word = text[at:after]
    return Token(_OPERATORS.get(word, "word"), word, at), after


def _values(text: str, at: int) -> tuple[tuple[Piece, ...], int]:
    pieces: list[Piece] = []
    while True:
        if at < len(text) and text[at] == '"':
            inner, after = _quoted(text, at)
            pieces.append(Piece(inner, at, is_quoted=True))
        else:
            after = _end(text, at, '(),"')
            pieces.append(Piece(text[at:after], at))
        at = after
        if at >= len(text) or text[at] != ",":
            return tuple(pieces), at
        at += 1


def _end(text: str, at: int, stops: str) -> int:
    while at < len(text) and text[at] not in stops and not text[at].isspace():
        at += 1
    return at


def _quoted(text: str, at: int) -> tuple[str, int]:
    inner: list[str] = []
    place = at + 1
    while place < len(text):
        char = text[place]
        if char == '"':
            return "".join(inner), place + 1
        if char == "\\" and text[place + 1 : place + 2] in ('"', "\\"):
            place += 1
            char = text[place]
        inner.append(char)
        place += 1
    raise QueryError(at, "the quote is not closed", 'Close it with ".')
