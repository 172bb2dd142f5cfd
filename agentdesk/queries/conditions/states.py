"""`is:` and `has:` as SQL. The bands of the queue are those of `queries/bands.py`."""

from collections.abc import Callable

from agentdesk.domain.attention import Band
from agentdesk.queries import bands
from agentdesk.queries.conditions import relations
from agentdesk.queries.conditions.scope import NOTHING, Scope

OPEN = "ticket.is_open"
BANDS = frozenset({Band.BREACHED, Band.CRITICAL, Band.AT_RISK, Band.PAUSED})
_FROM_UP = tuple(frozenset(bands.WARNED[: place + 1]) for place in range(len(bands.WARNED)))
UNSOLVED_ONLY = frozenset({"open", "customer_last", "unread", "snoozed", *BANDS})
"""Flags that only unsolved tickets can have."""
_SIMPLE: dict[str, list[str]] = {
    "open": [OPEN],
    "solved": ["NOT ticket.is_open"],
    "customer_last": [OPEN, "ticket.waiting_since IS NOT NULL"],
    "escalated": ["ticket.is_escalated"],
    "unassigned": ["ticket.assignee_id IS NULL"],
    "spam": ["ticket.is_spam"],
    "merged": ["ticket.merged_into_id IS NOT NULL"],
    "linked": [relations.LINKED],
}
_CUSTOMER: dict[str, list[str]] = {
    "open": ["EXISTS (SELECT 1 FROM ticket WHERE ticket.customer_id = customer.id AND ticket.is_open)"],
    "merged": ["customer.merged_into_id IS NOT NULL"],
    "do_not_contact": ["customer.do_not_contact"],
}
_OF_WHO_LOOKS: dict[str, Callable[[Scope, int], str]] = {
    "unread": relations.not_seen_by,
    "mentioned": relations.mentions,
    "escalated_to_me": relations.escalated_to,
}
_THINGS: dict[tuple[str, str], str] = {
    ("ticket", "attachment"): "EXISTS (SELECT 1 FROM attachment WHERE attachment.ticket_id = ticket.id)",
    ("ticket", "note"): (
        "EXISTS (SELECT 1 FROM message WHERE message.ticket_id = ticket.id AND message.visibility = 'internal')"
    ),
    ("ticket", "reply"): "ticket.reply_count > 0",
    ("ticket", "interaction"): "EXISTS (SELECT 1 FROM interaction WHERE interaction.ticket_id = ticket.id)",
    ("customer", "ticket"): "EXISTS (SELECT 1 FROM ticket WHERE ticket.customer_id = customer.id)",
    (
        "customer",
        "interaction",
    ): "EXISTS (SELECT 1 FROM interaction WHERE interaction.customer_id = customer.id)",
    ("customer", "organization"): "customer.organization_id IS NOT NULL",
}


def state(scope: Scope, flag: str) -> list[str]:
    """The conditions of `is:flag`, to be joined by and."""
    if flag == "mine":
        column = "ticket.assignee_id" if scope.table == "ticket" else "customer.owner_id"
        return [mine(scope, column)]
    if scope.table == "customer":
        return _CUSTOMER[flag]
    if flag in BANDS:
        conditions = bands.conditions(Band(flag), scope.read.now, scope.bind)
        return [OPEN, *conditions, *(_warned(scope) if flag == Band.BREACHED else ())]
    if flag in _OF_WHO_LOOKS:
        return [*([OPEN] if flag == "unread" else ()), _of_who_looks(scope, flag)]
    if flag == "snoozed":
        return [OPEN, f"ticket.wake_at > {scope.bind(scope.read.now)}"]
    return _SIMPLE[flag]


def _of_who_looks(scope: Scope, flag: str) -> str:
    return NOTHING if scope.read.agent_id is None else _OF_WHO_LOOKS[flag](scope, scope.read.agent_id)


def is_from_a_band_up(wanted: frozenset[Band]) -> bool:
    """Whether these are the worst band, the worst two, or the worst three: one range of instants holds them."""
    return wanted in _FROM_UP


def within(scope: Scope, wanted: frozenset[Band]) -> list[str]:
    """The conditions of `is:breached OR is:critical`, and of the same with `OR is:at_risk`, as one range."""
    if len(wanted) == 1:
        return state(scope, Band.BREACHED)
    critical = [] if Band.AT_RISK in wanted else [f"ticket.critical_at <= {scope.bind(scope.read.now)}"]
    return [OPEN, *_warned(scope), *critical]


def _warned(scope: Scope) -> list[str]:
    """What is breached was at risk before: a count is read from the one index that holds all three instants."""
    condition = f"ticket.at_risk_at <= {scope.bind(scope.read.now)}"
    scope.filters.append(condition)
    return [condition]


def mine(scope: Scope, column: str) -> str:
    """The column holds the agent who looks; the desk itself owns nothing."""
    return NOTHING if scope.read.agent_id is None else f"{column} = {scope.bind(scope.read.agent_id)}"


def thing(scope: Scope, name: str) -> str:
    """The condition of `has:name`."""
    if name == "draft":
        if scope.read.agent_id is None:
            return NOTHING
        mark = scope.bind(scope.read.agent_id)
        return f"EXISTS (SELECT 1 FROM draft WHERE draft.ticket_id = ticket.id AND draft.agent_id = {mark})"
    return _THINGS[(scope.table, name)]
