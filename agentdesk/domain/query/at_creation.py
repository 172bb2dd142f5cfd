"""What a rule may ask of a ticket that has just been made: who it is from and what it is about.

A policy or a rule that asked for anything else would have no answer yet, or another one tomorrow although the ticket
is about the same thing.
"""

from typing import Final

from agentdesk.domain.query import ast
from agentdesk.domain.query.errors import QueryError, shown
from agentdesk.domain.query.parser import parse
from agentdesk.domain.query.words import MYSELF

KNOWN: Final = (
    "subject",
    "priority",
    "type",
    "impact",
    "urgency",
    "channel",
    "category",
    "queue",
    "assignee",
    "customer",
    "organization",
    "tags",
    "source",
    "external",
    "follows",
)
"""Fields that say what a new ticket is about."""
DATED: Final = ("created", "due")
"""Fields that are known of a new ticket too, but change, or mean another day tomorrow."""
_HINT: Final = f"Ask for {', '.join(KNOWN[:-1])} or {KNOWN[-1]}."


def parse_rule(text: str, *, asked_once: bool = False) -> ast.Query:
    """Read the condition of a rule over new tickets; blank is for all of them.

    Args:
        text: the condition.
        asked_once: it is asked when the ticket is made and never again, so it may look for words, which can only be
            those of the first message, and for the dates a ticket is made with.

    Raises:
        QueryError: it is no query, or asks for what a new ticket does not have.
    """
    query = parse(text)
    if query.sort is not None:
        raise QueryError(max(text.lower().find("sort:"), 0), "a condition has no order", "Take sort: out.")
    if query.condition is not None:
        _check(query.condition, asked_once=asked_once)
    return query


def _check(node: ast.Node, *, asked_once: bool) -> None:
    match node:
        case ast.And(parts) | ast.Or(parts):
            for part in parts:
                _check(part, asked_once=asked_once)
        case ast.Not(of):
            _check(of, asked_once=asked_once)
        case ast.Is(flag, at):
            _check_flag(flag, at)
        case ast.Has(thing, at):
            raise QueryError(at, f"has:{thing} is not known of a new ticket", _HINT)
        case ast.Reference(number, at):
            raise QueryError(at, f"T-{number} is one ticket, and this is for new ones", _HINT)
        case ast.Word() | ast.Phrase() if asked_once:
            return
        case ast.Word(text, at) | ast.Phrase(text, at):
            hint = f"Write subject:{ast.write_value(text)} or a tag."
            raise QueryError(at, f"{shown(text)} would be looked for in later messages too", hint)
        case _:
            _check_field(node, asked_once=asked_once)


def _check_flag(flag: str, at: int) -> None:
    if flag == "mine":
        raise QueryError(at, "is:mine differs with who looks", "Name the agent: assignee:ana.")
    if flag != "unassigned":
        raise QueryError(at, f"is:{flag} is not known of a new ticket", _HINT)


def _check_field(node: ast.Match | ast.Compare | ast.Between, *, asked_once: bool) -> None:
    if node.name not in KNOWN and not (asked_once and node.name in DATED):
        raise QueryError(
            node.at, f"{node.name} is not known of a new ticket, or changes while it lives", _HINT
        )
    names = node.values if node.name == "assignee" and isinstance(node, ast.Match) else ()
    if any(name is not None and name.lower() == MYSELF for name in names):
        raise QueryError(node.at, "me differs with who looks", "Name the agent: assignee:ana.")
