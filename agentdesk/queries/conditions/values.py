"""`field:value`, `field:>value` and `field:low..high` as SQL, by the kind of the field."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from agentdesk.domain.fields import FIELDS, RELATIONS, Field, Kind
from agentdesk.domain.query.ast import Between, Compare, Match
from agentdesk.domain.query.durations import is_distance, stretch
from agentdesk.domain.vocabulary import UNSOLVED, Priority
from agentdesk.queries.conditions import references, relations, texts
from agentdesk.queries.conditions.scope import NOTHING, Scope, stamp
from agentdesk.queries.conditions.states import OPEN

Term = Match | Compare | Between
_HIGHEST = timedelta(seconds=1)


def condition(scope: Scope, node: Term) -> list[str]:
    """The conditions of one term, to be joined by and.

    Raises:
        QueryError: it names an agent or queue that does not exist.
    """
    if isinstance(node, Match) and node.name in RELATIONS[scope.table]:
        return [relations.condition(scope, node)]
    field = FIELDS[scope.table][node.name]
    column = f"{scope.table}.{field.column}"
    if field.kind == "choice":
        return _choice(scope, field, column, node)
    if isinstance(node, Match):
        parts = [f"{column} IS NULL"] if None in node.values and field.kind not in ("tags", "text") else []
        typed = [value for value in node.values if value is not None]
        if field.kind in ("tags", "text") and None in node.values:
            parts.append(_empty(scope, field, column))
        if typed:
            parts.append(_EQUALS[field.kind](scope, column, typed, node))
        return parts if len(parts) == 1 else [f"({' OR '.join(parts)})"]
    return _times(scope, column, node) if field.kind == "instant" else [_numbers(scope, column, node)]


def _empty(scope: Scope, field: Field, column: str) -> str:
    if field.kind == "text":
        return f"coalesce({column}, '') = ''"
    return f"NOT EXISTS (SELECT 1 FROM tag WHERE tag.entity = '{scope.table}' AND tag.entity_id = {scope.table}.id)"


def _choice(scope: Scope, field: Field, column: str, node: Term) -> list[str]:
    wanted = _chosen(field, node)
    known = [value for value in wanted if value is not None]
    parts = [f"{column} IS NULL"] if None in wanted else []
    if known and field.name == "priority" and scope.table == "ticket":
        parts.append(scope.one_of("ticket.priority_rank", [Priority(value).rank for value in known]))
    elif known:
        parts.append(scope.one_of(column, known))
    joined = f"({' OR '.join(parts)})" if len(parts) > 1 else (parts or [NOTHING])[0]
    is_unsolved = field.name == "status" and known and set(known) <= set(UNSOLVED)
    return [OPEN, joined] if is_unsolved and scope.table == "ticket" else [joined]


def _chosen(field: Field, node: Term) -> list[str | None]:
    if isinstance(node, Match):
        return list(dict.fromkeys(node.values))
    rank = field.choices.index
    if isinstance(node, Compare):
        at, last = rank(node.value), len(field.choices)
        kept = {">": (at + 1, last), ">=": (at, last), "<": (0, at), "<=": (0, at + 1)}[node.operator]
        return list(field.choices[slice(*kept)])
    low = rank(node.low) if node.low else 0
    high = rank(node.high) if node.high else len(field.choices) - 1
    return list(field.choices[low : high + 1])


def _numbers(scope: Scope, column: str, node: Compare | Between) -> str:
    if isinstance(node, Compare):
        return f"{column} {node.operator} {scope.bind(int(node.value))}"
    limits = [(">=", node.low), ("<=", node.high)]
    return " AND ".join(f"{column} {sign} {scope.bind(int(limit))}" for sign, limit in limits if limit)


def _times(scope: Scope, column: str, node: Compare | Between) -> list[str]:
    """A time is a stretch: after it means after its end, from it means from its start."""
    if isinstance(node, Compare):
        start, end = stretch(node.value, scope.read.now, scope.zone)
        is_point = start == end
        signs = {">": (">" if is_point else ">=", end), ">=": (">=", start), "<": ("<", start)}
        sign, limit = signs.get(node.operator, ("<=" if is_point else "<", end))
        return _limit(scope, column, sign, limit)
    found: list[str] = []
    if node.low:
        found += _limit(scope, column, ">=", stretch(node.low, scope.read.now, scope.zone)[0])
    if node.high:
        start, end = stretch(node.high, scope.read.now, scope.zone)
        found += _limit(scope, column, "<=" if start == end else "<", end)
    return found


def _limit(scope: Scope, column: str, sign: str, instant: datetime) -> list[str]:
    """One limit; a due time also limits the attention key, so that the queue's own index is walked."""
    found = [scope.limit(column, sign, instant)]
    if column == "ticket.next_due_at":
        is_upper = sign.startswith("<")
        key = stamp(instant + _HIGHEST) if is_upper else stamp(instant)
        found.append(f"ticket.attention_key {'<' if is_upper else '>='} {scope.bind(key)}")
    return found


def _same_time(scope: Scope, column: str, typed: list[str], _node: Match) -> str:
    parts = []
    for text in typed:
        start, end = stretch(text, scope.read.now, scope.zone)
        if is_distance(text):
            start, end = min(start, scope.read.now), max(start, scope.read.now)
        last = "<=" if is_distance(text) else "<"
        parts.append(f"({scope.limit(column, '>=', start)} AND {scope.limit(column, last, end)})")
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


def _same_number(scope: Scope, column: str, typed: list[str], _node: Match) -> str:
    return scope.listed(column, [int(text) for text in typed])


def _contains(scope: Scope, column: str, typed: list[str], _node: Match) -> str:
    return _either([texts.like(scope, column, text) for text in typed])


def _has_words(scope: Scope, _column: str, typed: list[str], _node: Match) -> str:
    return _either([texts.in_subject(scope, text) for text in typed])


def _tagged(scope: Scope, _column: str, typed: list[str], _node: Match) -> str:
    table = scope.table
    return (
        f"EXISTS (SELECT 1 FROM tag WHERE tag.entity = '{table}' AND tag.entity_id = {table}.id "
        f"AND {scope.listed('tag.name', list(typed))})"
    )


def _either(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


_EQUALS: Mapping[Kind, Callable[[Scope, str, list[str], Any], str]] = {
    "instant": _same_time,
    "number": _same_number,
    "text": _contains,
    "words": _has_words,
    "tags": _tagged,
    "agent": references.agent,
    "queue": references.queue,
    "customer": references.customer,
    "organization": references.organization,
    "policy": references.policy,
}
