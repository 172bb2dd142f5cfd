"""Text to tree, by recursive descent: OR binds least, then AND (or nothing), then NOT and `-`.

Any text gives a `Query` or a `QueryError`, never anything else; depth and length are bounded so that no input can
exhaust the stack or the database.
"""

import re
from dataclasses import dataclass, field

from agentdesk.domain.fields import Entity
from agentdesk.domain.query.ast import Node, Not, Phrase, Query, Reference, Word, all_of, any_of
from agentdesk.domain.query.errors import QueryError, nearest, shown
from agentdesk.domain.query.terms import field_term
from agentdesk.domain.query.tokens import Token, tokenize
from agentdesk.domain.query.words import ORDERS

MAX_DEPTH = 40
MAX_TERMS = 100
SHORTEST_PREFIX = 3
"""A prefix of two letters reads a large part of the index; see `bench/`."""
_REFERENCE = re.compile(r"(?:[Tt]-|#)(\d{1,18})", re.ASCII)


def parse(text: str, entity: Entity = "ticket") -> Query:
    """Read a query.

    Args:
        text: as people type it; blank means everything.
        entity: whose fields it may name.

    Raises:
        QueryError: one sentence with the column (from 1), the problem and the nearest known word.
    """
    tokens, order = _take_order(tokenize(text), entity)
    terms = [token for token in tokens if token.kind in ("word", "phrase", "field")]
    if len(terms) > MAX_TERMS:
        raise QueryError(terms[MAX_TERMS].at, f"more than {MAX_TERMS} conditions", "Make it two queries.")
    if not tokens:
        return Query(None, *order)
    walk = _Walk(tokens, entity, len(text))
    condition = walk.any()
    if (left := walk.peek()) is not None:
        raise QueryError(left.at, "this parenthesis closes nothing", "Take it out.")
    return Query(condition, *order)


def _take_order(tokens: list[Token], entity: Entity) -> tuple[list[Token], tuple[str | None, bool]]:
    kept: list[Token] = []
    order: tuple[str | None, bool] = (None, False)
    depth = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.kind, 0)
        if token.kind != "field" or token.text != "sort":
            kept.append(token)
            continue
        if depth > 0 or (kept and kept[-1].kind == "not"):
            raise QueryError(
                token.at, "sort: orders the whole list", "Put it outside of parentheses and NOT."
            )
        if order[0] is not None:
            raise QueryError(token.at, "there is more than one sort:", "Keep one.")
        order = _order(token, entity)
    return kept, order


def _order(token: Token, entity: Entity) -> tuple[str, bool]:
    typed = token.values[0].text.lower()
    name = typed.removeprefix("-")
    if len(token.values) > 1:
        raise QueryError(token.values[1].at, "a list has one order", "Keep one.")
    if name not in ORDERS[entity]:
        problem = f"{shown(typed)} is no order" if typed else "sort: needs an order"
        raise QueryError(token.values[0].at, problem, nearest(name, ORDERS[entity]))
    return name, typed.startswith("-")


@dataclass(slots=True)
class _Walk:
    """The tokens and where the reading stands."""

    tokens: list[Token]
    entity: Entity
    end: int
    place: int = 0
    depth: int = field(default=0)

    def peek(self) -> Token | None:
        """The next token, or None at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def any(self) -> Node:
        """Conditions joined by OR."""
        parts = [self.all()]
        while (token := self.peek()) is not None and token.kind == "or":
            self.place += 1
            parts.append(self.all(after=token))
        return any_of(parts)

    def all(self, after: Token | None = None) -> Node:
        """Conditions side by side, or joined by AND."""
        parts: list[Node] = []
        while (token := self.peek()) is not None and token.kind not in ("or", ")"):
            if token.kind == "and":
                if not parts:
                    break
                self.place += 1
                parts.append(self.one(after=token))
            else:
                parts.append(self.one(after=after))
        if not parts:
            raise self._missing(after)
        return all_of(parts)

    def one(self, after: Token | None = None) -> Node:
        """One condition, perhaps negated, or a group."""
        token = self.peek()
        if token is None or token.kind in (")", "or", "and"):
            raise self._missing(after)
        self.place += 1
        if token.kind in ("not", "("):
            return self._deeper(token)
        if token.kind == "field":
            return field_term(token, self.entity)
        return _text(token, self.entity)

    def _deeper(self, token: Token) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(token.at, f"more than {MAX_DEPTH} levels of nesting", "Make it simpler.")
        node = Not(self.one(after=token), token.at) if token.kind == "not" else self._group(token)
        self.depth -= 1
        return node

    def _group(self, opening: Token) -> Node:
        node = self.any() if (token := self.peek()) is None or token.kind != ")" else None
        if node is None:
            raise QueryError(opening.at, "there is nothing between the parentheses", "Take them out.")
        closing = self.peek()
        if closing is None:
            raise QueryError(opening.at, "the parenthesis is not closed", "Close it with ).")
        self.place += 1
        return node

    def _missing(self, after: Token | None) -> QueryError:
        token = self.peek()
        if after is not None and after.kind in ("and", "or", "not"):
            return QueryError(after.at, f"{after.text} needs a condition after it")
        if token is not None and token.kind in ("and", "or"):
            return QueryError(token.at, f"{token.text} needs a condition before it")
        opened = max((one.at for one in self.tokens[: self.place] if one.kind == "("), default=self.end)
        if token is None and opened < self.end:
            return QueryError(opened, "the parenthesis is not closed", "Close it with ).")
        return QueryError(token.at if token else self.end, "this parenthesis closes nothing", "Take it out.")


def _text(token: Token, entity: Entity) -> Node:
    reference = _REFERENCE.fullmatch(token.text) if token.kind == "word" and entity == "ticket" else None
    if reference:
        return Reference(int(reference[1]), token.at)
    if not any(char.isalnum() for char in token.text):
        raise QueryError(token.at, f"{shown(token.text)} has no letter or digit to search for")
    if token.kind == "phrase":
        return Phrase(token.text, token.at)
    letters = sum(char.isalnum() for char in token.text)
    if token.text.endswith("*") and letters < SHORTEST_PREFIX:
        raise QueryError(
            token.at, f"{shown(token.text)} is too short a beginning", "Give three letters before *."
        )
    return Word(token.text, token.at)
