r"""The grammar of a query, read by Lark: OR binds least, then AND (or nothing), then NOT and `-`.

Loaded when a question is first read, because a parsing library takes longer to import than a queue to paint. Every text
gives a tree or a `QueryError`; how deep a tree may be, how many conditions and how many values is watched token by token, so
that no input can exhaust the stack or the database.

A value follows its colon or comma without a blank, so `tag: vat` is a field without a value and a word. Inside quotes
`\"` and `\\` stand for `"` and `\`; every other backslash is one.
"""

from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Any, Final

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from agentdesk.domain.query.errors import QueryError
from agentdesk.domain.query.words import MAX_DEPTH, MAX_TERMS, MAX_VALUES

GRAMMAR: Final = r"""
start: [any]
any: all (OR all)*
all: _one (AND? _one)*
_one: negation | group | order | word | phrase | term
negation: (NOT | MINUS) _one
group: LPAR any RPAR
word: WORD
phrase: PHRASE
term: FIELD _values
order: SORT _values
_values: [PLAIN | QUOTED] (COMMA [PLAIN | QUOTED])*

LPAR: "("
RPAR: ")"
NOT.3: /NOT(?![^\s()"])/
AND.3: /AND(?![^\s()"])/
OR.3: /OR(?![^\s()"])/
MINUS.3: /-(?=\S)/
SORT.4: /sort:/i
FIELD.3: /[A-Za-z_][A-Za-z0-9_-]*:/
PLAIN.5: /(?<=[:,])[^\s(),"]+/
QUOTED.5: /(?<=[:,])"(?:\\["\\]|\\(?!["\\])|[^"\\])*+"/
COMMA.5: /(?<!\s),/
PHRASE: /"(?:\\["\\]|\\(?!["\\])|[^"\\])*+"/
WORD: /(?!(?:NOT|AND|OR)(?![^\s()"]))[^\s()"]+/
%ignore /\s+/
"""
_PARSER: Final = Lark(GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=True)
_OPENS: Final = frozenset({"LPAR", "NOT", "MINUS"})
"""Tokens that what follows is inside of."""
_NEEDS_MORE: Final = frozenset({"AND", "OR", "NOT", "MINUS"})
_VALUES: Final = frozenset({"COMMA", "PLAIN", "QUOTED"})
_TERMS: Final = frozenset({"WORD", "PHRASE", "FIELD"})


def read_tree(text: str) -> Tree[Token]:
    """The tree of a query text.

    Raises:
        QueryError: it has none, or is too large.
    """
    walk = _PARSER.parse_interactive(text)
    seen: list[Token] = []
    try:
        for token in walk.iter_parse():
            _check_size(token, walk, seen)
            seen.append(token)
        found: Tree[Token] = walk.feed_eof()  # type: ignore[no-untyped-call]  # Lark says nothing of it
    except UnexpectedCharacters as error:
        raise QueryError(error.pos_in_stream or 0, "the quote is not closed", 'Close it with ".') from None
    except UnexpectedToken as error:
        before = seen[-1] if seen else None
        raise _misplaced(error.token, before, list(_open(walk))) from None
    return found


def _check_size(token: Token, walk: InteractiveParser, seen: list[Token]) -> None:
    if token.type in _OPENS and len(list(_open(walk))) >= MAX_DEPTH:
        raise QueryError(_at(token), f"more than {MAX_DEPTH} levels of nesting", "Make it simpler.")
    if token.type in _TERMS and sum(one.type in _TERMS for one in seen) >= MAX_TERMS:
        raise QueryError(_at(token), f"more than {MAX_TERMS} conditions", "Make it two queries.")
    if token.type == "COMMA" and _values_before(seen) >= MAX_VALUES:
        raise QueryError(token.end_pos or 0, f"more than {MAX_VALUES} values", "Make it two queries.")


def _values_before(seen: list[Token]) -> int:
    """How many commas the field has already, and its first value."""
    commas = takewhile(lambda one: one.type in _VALUES, islice(reversed(seen), 2 * MAX_VALUES))
    return 1 + sum(one.type == "COMMA" for one in commas)


def _open(walk: InteractiveParser) -> Iterator[Token]:
    """What has begun and is not complete yet, from the outside in."""
    held: list[Any] = walk.parser_state.value_stack
    return (one for one in held if isinstance(one, Token) and one.type in _OPENS)


def _misplaced(token: Token, before: Token | None, opened: list[Token]) -> QueryError:
    if before is not None and before.type in _NEEDS_MORE:
        return QueryError(_at(before), f"{before} needs a condition after it")
    if token.type in ("AND", "OR"):
        return QueryError(_at(token), f"{token} needs a condition before it")
    if token.type == "RPAR" and before is not None and before.type == "LPAR":
        return QueryError(_at(before), "there is nothing between the parentheses", "Take them out.")
    if token.type == "RPAR":
        return QueryError(_at(token), "this parenthesis closes nothing", "Take it out.")
    inner = [one for one in opened if one.type == "LPAR"][-1]
    return QueryError(_at(inner), "the parenthesis is not closed", "Close it with ).")


def _at(token: Token) -> int:
    return token.start_pos or 0
