"""A query text as a `Query`: what the tree of the grammar means.

Any text gives a `Query` or a `QueryError`, never anything else. The grammar is loaded when a text needs it: a blank
one and the questions of the built-in views do not.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from agentdesk.domain.fields import Entity
from agentdesk.domain.query.ast import Node, Not, Phrase, Query, Reference, Word, all_of, any_of
from agentdesk.domain.query.errors import QueryError, nearest, shown
from agentdesk.domain.query.prepared import PREPARED
from agentdesk.domain.query.terms import Piece, field_term
from agentdesk.domain.query.words import MAX_DEPTH, MAX_TERMS, ORDERS

if TYPE_CHECKING:
    from lark import Token, Tree

    Branch = Tree[Token]

__all__ = ["MAX_DEPTH", "MAX_TERMS", "SHORTEST_PREFIX", "parse"]
SHORTEST_PREFIX: Final = 3
"""A prefix of two letters reads a large part of the index; see `bench/`."""
_REFERENCE = re.compile(r"(?:[Tt]-|#)(\d{1,18})", re.ASCII)
_UNSEARCHABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPED = re.compile(r'\\(["\\])')
_KEPT: Final = 256
"""Questions that are not read again: the views of a console are asked all day."""


def parse(text: str, entity: Entity = "ticket") -> Query:
    """Read a query.

    Args:
        text: as people type it; blank means everything.
        entity: whose fields it may name.

    Raises:
        QueryError: one sentence with the column (from 1), the problem and the nearest known word.
    """
    if not text.strip():
        return Query()
    if entity == "ticket" and text in PREPARED:
        return PREPARED[text]
    return _read(text, entity)


@lru_cache(_KEPT)
def _read(text: str, entity: Entity) -> Query:
    from agentdesk.domain.query.grammar import read_tree  # noqa: PLC0415  see above

    if hostile := _UNSEARCHABLE.search(text):
        raise QueryError(hostile.start(), "this character cannot be searched for", "Take it out.")
    tree = read_tree(text)
    orders = list(tree.find_data("order"))
    if len(orders) > 1:
        at = max(_at(one.children[0]) for one in orders)
        raise QueryError(at, "there is more than one sort:", "Keep one.")
    condition = _any(cast("Branch", tree.children[0]), entity, is_top=True)
    return Query(condition, *(_order(orders[0], entity) if orders else (None, False)))


def _any(tree: "Branch", entity: Entity, *, is_top: bool = False) -> Node | None:
    """Parts joined by OR; None where all there is is an order."""
    parts: list[Node] = []
    for place, part in enumerate(tree.children[::2]):
        node = _all(cast("Branch", part), entity, is_top=is_top)
        if node is not None:
            parts.append(node)
        elif len(tree.children) > 1:
            word, side = (tree.children[2 * place - 1], "after") if place else (tree.children[1], "before")
            raise QueryError(_at(word), f"{word} needs a condition {side} it")
    return any_of(parts) if parts else None


def _all(tree: "Branch", entity: Entity, *, is_top: bool) -> Node | None:
    nodes = [
        _one(one, entity)
        for one in tree.children
        if not isinstance(one, str) and not (is_top and one.data == "order")
    ]
    return all_of(nodes) if nodes else None


def _one(tree: "Branch", entity: Entity) -> Node:
    match tree.data:
        case "negation":
            return Not(_one(cast("Branch", tree.children[1]), entity), _at(tree.children[0]))
        case "group":
            inner = _any(cast("Branch", tree.children[1]), entity)
            assert inner is not None  # an order in here is refused below
            return inner
        case "order":
            at = _at(tree.children[0])
            raise QueryError(at, "sort: orders the whole list", "Put it outside of parentheses and NOT.")
        case "term":
            return field_term(_name(tree.children[0]), _pieces(tree), entity, _at(tree.children[0]))
        case "phrase":
            token = cast("Token", tree.children[0])
            return Phrase(_searchable(_unquoted(token), token), _at(token))
        case _:
            return _word(cast("Token", tree.children[0]), entity)


def _word(token: "Token", entity: Entity) -> Node:
    text, at = str(token), _at(token)
    reference = _REFERENCE.fullmatch(text) if entity == "ticket" else None
    if reference:
        return Reference(int(reference[1]), at)
    letters = sum(char.isalnum() for char in _searchable(text, token))
    if text.endswith("*") and letters < SHORTEST_PREFIX:
        raise QueryError(at, f"{shown(text)} is too short a beginning", "Give three letters before *.")
    return Word(text, at)


def _searchable(text: str, token: "Token") -> str:
    if not any(char.isalnum() for char in text):
        raise QueryError(_at(token), f"{shown(text)} has no letter or digit to search for")
    return text


def _order(tree: "Branch", entity: Entity) -> tuple[str, bool]:
    first, *more = _pieces(tree)
    typed = first.text.lower()
    name = typed.removeprefix("-")
    if more:
        raise QueryError(more[0].at, "a list has one order", "Keep one.")
    if name not in ORDERS[entity]:
        problem = f"{shown(typed)} is no order" if typed else "sort: needs an order"
        raise QueryError(first.at, problem, nearest(name, ORDERS[entity]))
    return name, typed.startswith("-")


def _pieces(tree: "Branch") -> tuple[Piece, ...]:
    """The values after a colon; an empty one stands where its colon or comma ends."""
    found: list[Piece] = []
    tokens = cast("list[Token | None]", tree.children)
    for lead, token in zip(tokens[::2], tokens[1::2], strict=True):
        if token is None:
            assert lead is not None
            found.append(Piece("", lead.end_pos or 0))
        elif token.type == "QUOTED":
            found.append(Piece(_unquoted(token), _at(token), is_quoted=True))
        else:
            found.append(Piece(str(token), _at(token)))
    return tuple(found)


def _unquoted(token: "Token") -> str:
    return _ESCAPED.sub(r"\1", token[1:-1])


def _name(token: object) -> str:
    return str(token)[:-1].lower().replace("-", "_")


def _at(token: object) -> int:
    return cast("Token", token).start_pos or 0
