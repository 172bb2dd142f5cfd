"""Names of agents, queues, customers and organizations as SQL.

Agents and queues are few, so a name must be known; customers and organizations are looked for.
"""

from collections.abc import Callable, Sequence
from typing import Any

from agentdesk.domain.identity import name_key, normalise_email
from agentdesk.domain.near import suggest
from agentdesk.domain.query.ast import Match
from agentdesk.domain.query.errors import QueryError, shown
from agentdesk.domain.query.words import MYSELF
from agentdesk.queries.conditions import texts
from agentdesk.queries.conditions.scope import NOTHING, Scope
from agentdesk.queries.people import named

_AGENTS = "SELECT id, handle, name FROM agent ORDER BY handle"
_QUEUES = "SELECT id, name FROM queue ORDER BY name_key"
_POLICIES = "SELECT id, name FROM sla_policy ORDER BY name_key, number"


def agent(scope: Scope, column: str, typed: list[str], node: Match) -> str:
    """The column holds one of these agents; `me` is the one who looks.

    Raises:
        QueryError: a name nobody has.
    """
    return _one_of(scope, column, agents(scope, typed, node.at))


def agents(scope: Scope, typed: Sequence[str], at: int) -> list[int]:
    """The ids of these agents; `me` is the one who looks, and nobody where the desk itself does.

    Raises:
        QueryError: a name nobody has.
    """
    mine = [scope.read.agent_id] if any(text.lower() == MYSELF for text in typed) else []
    others = [text for text in typed if text.lower() != MYSELF]
    found = _known(scope, "agent", _AGENTS, others, at) if others else []
    return list(dict.fromkeys(one for one in (*mine, *found) if one is not None))


def queue(scope: Scope, column: str, typed: list[str], node: Match) -> str:
    """The column holds one of these queues.

    Raises:
        QueryError: a name no queue has.
    """
    return _one_of(scope, column, _known(scope, "queue", _QUEUES, typed, node.at))


def policy(scope: Scope, column: str, typed: list[str], node: Match) -> str:
    """The column holds any version of these policies.

    Raises:
        QueryError: a name no policy has.
    """
    return _one_of(scope, column, _known(scope, "policy", _POLICIES, typed, node.at))


def customer(scope: Scope, column: str, typed: list[str], _node: Match) -> str:
    """The column holds a customer with this id, e-mail address, number elsewhere, or words in their name."""
    return _either(column, [_customer(scope, text) for text in typed])


def organization(scope: Scope, column: str, typed: list[str], _node: Match) -> str:
    """The column holds an organization whose name contains the text."""
    listed = [
        "SELECT organization.id FROM organization WHERE "
        + texts.like(scope, "organization.name_key", name_key(text) or text)
        for text in typed
    ]
    return _either(column, listed)


_SURVIVORS = "SELECT coalesce(customer.merged_into_id, customer.id) FROM customer"
"""Who was merged still names the one it was merged into."""


def _customer(scope: Scope, text: str) -> str:
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        mark = scope.bind(int(text))
        return f"{_SURVIVORS} WHERE customer.id = {mark} OR {_external(scope, text)}"
    email = normalise_email(text) if "@" in text else None
    if email is not None:
        mark = scope.bind(email)
        return f"SELECT customer_id FROM contact_point WHERE kind = 'email' AND normalised = {mark}"
    if not any(char.isalnum() for char in text):
        return f"{_SURVIVORS} WHERE {_external(scope, text)}"
    words = scope.read.matching("customer", scope.name(scope.read.search_term(text)))
    return f"{_SURVIVORS} WHERE {words} OR {_external(scope, text)}"


def _external(scope: Scope, text: str) -> str:
    return f"customer.external_id = {scope.bind(text)}"


def _known(scope: Scope, kind: str, sql: str, typed: Sequence[str], at: int) -> list[int]:
    rows = scope.read.tuples(sql)
    names: Callable[[tuple[Any, ...]], Sequence[str]] = lambda row: [str(name) for name in row[1:]]  # noqa: E731  typed
    found: list[int] = []
    for text in typed:
        rows_found = named(text, rows, names)
        if not rows_found:
            known = [(name, str(row[1])) for row in rows for name in names(row)]
            raise QueryError(at, f"there is no {kind} {shown(text)}", suggest(text, known))
        found += [int(row[0]) for row in rows_found]
    return list(dict.fromkeys(found))


def _one_of(scope: Scope, column: str, ids: list[int]) -> str:
    return scope.one_of(column, list(ids)) if ids else NOTHING


def _either(column: str, selects: list[str]) -> str:
    parts = [f"{column} IN ({select})" for select in selects]
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"
