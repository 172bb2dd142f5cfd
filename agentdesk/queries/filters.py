"""A query as a condition: portable SQL over one table, every value bound, every name resolved or refused.

A query that asks for unsolved tickets says `ticket.is_open` bare and at the top, because the partial indexes of
the queue carry exactly that predicate.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from agentdesk.domain.attention import Band
from agentdesk.domain.fields import Entity
from agentdesk.domain.query import ast
from agentdesk.domain.query.errors import QueryError
from agentdesk.domain.query.parser import parse
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.queries import customers, tickets
from agentdesk.queries.conditions import states, texts, values
from agentdesk.queries.conditions.scope import Scope
from agentdesk.queries.tickets import Sort, Where
from agentdesk.store.reader import Reader

EVERY_BAND = frozenset(Band)
_ORDERS: dict[Entity, dict[str, Sort]] = {"ticket": tickets.SORTS, "customer": customers.SORTS}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list needs: which rows, and in which order where the query names one."""

    where: Where
    sort: Sort | None = None
    descending: bool = False


def compile_query(
    read: Reader, text: str, zone: ZoneInfo, *, entity: Entity = "ticket", prefix: str = "q"
) -> Filter:
    """The filter that a query text stands for.

    Args:
        read: whose agents, queues and present the query is about.
        text: as people type it.
        zone: whose midnights bound `today`.
        entity: the table it is over.
        prefix: of the parameter names, so that several filters fit into one statement.

    Raises:
        QueryError: the text is no query, or names an agent or queue that does not exist.
    """
    query = parse(text, entity)
    scope = Scope(read, zone, entity, prefix)
    scope.is_open = entity == "ticket" and query.condition is not None and _is_unsolved(query.condition)
    conditions = [] if query.condition is None else _all(scope, query.condition)
    if entity == "customer" and (query.condition is None or not _asks_for_merged(query.condition)):
        conditions.append("customer.merged_into_id IS NULL")
    filters = (*scope.filters, *(scope.ranges if scope.is_open else ()))
    sql = " AND ".join(dict.fromkeys(conditions)) or "1 = 1"
    bands = _bands(query.condition) if scope.is_open else EVERY_BAND
    where = Where(sql, scope.params, filters, scope.is_open, bands)
    sort = None if query.sort is None else _ORDERS[entity][query.sort]
    if sort is not None and sort.open_only and not where.is_open:
        at = max(text.lower().find("sort:"), 0)
        raise QueryError(at, f"sort:{query.sort} is an order of unsolved tickets", "Add is:open.")
    return Filter(where, sort, query.descending)


def _all(scope: Scope, node: ast.Node) -> list[str]:
    """Conditions that hold together; at the top of a query they are joined bare."""
    match node:
        case ast.And(parts):
            return [condition for part in parts for condition in _all(scope, part)]
        case ast.Or(parts) if scope.is_open and states.is_from_a_band_up(_bands(node)):
            return states.within(scope, _bands(node))
        case ast.Or(parts):
            return [f"({' OR '.join(_one(scope, part) for part in parts)})"]
        case ast.Not(of):
            return [f"({_one(scope, of)}) IS NOT TRUE"]
        case _:
            return _term(scope, node)


def _one(scope: Scope, node: ast.Node) -> str:
    conditions = _all(scope, node)
    return conditions[0] if len(conditions) == 1 else f"({' AND '.join(conditions)})"


def _term(scope: Scope, node: ast.Node) -> list[str]:
    match node:
        case ast.Word(text):
            return [texts.word(scope, text)]
        case ast.Phrase(text):
            return [texts.phrase(scope, text)]
        case ast.Reference(number):
            return [f"ticket.id = {scope.bind(number)}"]
        case ast.Is(flag):
            return states.state(scope, flag)
        case ast.Has(thing):
            return [states.thing(scope, thing)]
        case ast.Match() | ast.Compare() | ast.Between():
            return values.condition(scope, node)
        case _:
            raise TypeError(node)


def _is_unsolved(node: ast.Node) -> bool:
    match node:
        case ast.And(parts):
            return any(_is_unsolved(part) for part in parts)
        case ast.Is(flag):
            return flag in states.UNSOLVED_ONLY
        case ast.Or():
            return states.is_from_a_band_up(_bands(node))
        case ast.Match("status", wanted):
            return set(wanted) <= set(UNSOLVED)
        case _:
            return False


def _bands(node: ast.Node | None) -> frozenset[Band]:
    """The only bands that an unsolved ticket which meets the condition can be in."""
    match node:
        case ast.And(parts):
            return frozenset.intersection(*map(_bands, parts))
        case ast.Or(parts):
            return frozenset.union(*map(_bands, parts))
        case ast.Is(flag) if flag in states.BANDS:
            return frozenset({Band(flag)})
        case _:
            return EVERY_BAND


def _asks_for_merged(node: ast.Node) -> bool:
    match node:
        case ast.And(parts) | ast.Or(parts):
            return any(_asks_for_merged(part) for part in parts)
        case ast.Not(of):
            return _asks_for_merged(of)
        case ast.Is(flag):
            return flag == "merged"
        case ast.Match(name) | ast.Compare(name) | ast.Between(name):
            return name == "merged_into"
        case _:
            return False
