"""Routing rules, and which of them decides the queue of a ticket.

A rule is asked by the desk: it means the same whoever opens the ticket, on whichever machine. So `me` is nobody, and
the midnights that bound `today` are those of UTC, the one zone that all machines of a desk share.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from agentdesk.domain.query.at_creation import parse_rule
from agentdesk.domain.query.errors import QueryError
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import Where, count
from agentdesk.store.reader import Reader

ZONE: Final = ZoneInfo("UTC")
"""Whose midnights the conditions of a rule mean."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule; `conditions` is a query over tickets, empty for all of them."""

    id: int
    version: int
    name: str
    position: int
    conditions: str
    queue_id: int
    queue: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule and what it says of one ticket.

    Attributes:
        rule: which.
        matches: its query finds the ticket.
        wins: it decides the queue: the first that is on and matches.
        fault: why its query cannot be read any more, empty where it can.
    """

    rule: RuleRow
    matches: bool
    wins: bool
    fault: str = ""


_RULES: Final = (
    "SELECT routing_rule.id, routing_rule.version, routing_rule.name, routing_rule.position, "
    "routing_rule.conditions, routing_rule.queue_id, queue.name AS queue, "
    "(routing_rule.is_active AND queue.is_active) AS is_active "
    "FROM routing_rule JOIN queue ON queue.id = routing_rule.queue_id "
    "ORDER BY routing_rule.position, routing_rule.id"
)


def rules(read: Reader) -> list[RuleRow]:
    """Every rule in the order in which they are asked; one whose queue is closed is off."""
    return read.rows(RuleRow, _RULES)


def check_conditions(read: Reader, conditions: str) -> None:
    """Refuse conditions that cannot be read, or that no new ticket could ever meet.

    Raises:
        QueryError: they are no query over tickets, or ask for what a new ticket does not have; the sentence names the
            column.
    """
    parse_rule(conditions, asked_once=True)
    compile_query(replace(read, agent_id=None), conditions, ZONE)


def winning_rule(read: Reader, ticket_id: int) -> RuleRow | None:
    """The rule that decides the queue of a ticket; the rules after it are not asked."""
    return next((one.rule for one in _judge(read, ticket_id) if one.wins), None)


def judged_rules(read: Reader, ticket_id: int) -> list[Judged]:
    """What every rule says of a ticket as it is now, in the order in which they are asked."""
    return list(_judge(read, ticket_id))


def _judge(read: Reader, ticket_id: int) -> Iterator[Judged]:
    is_decided = False
    for rule in rules(read):
        fault = ""
        try:
            matches = _matches(read, rule, ticket_id)
        except QueryError as error:  # it names an agent or queue that is gone: no ticket waits for its repair
            matches, fault = False, str(error)
        wins = matches and rule.is_active and not is_decided
        is_decided = is_decided or wins
        yield Judged(rule, matches, wins, fault)


def _matches(read: Reader, rule: RuleRow, ticket_id: int) -> bool:
    asked = compile_query(replace(read, agent_id=None), rule.conditions, ZONE).where
    return (
        count(read, Where(f"({asked.sql}) AND ticket.id = :here_id", {**asked.params, "here_id": ticket_id}))
        > 0
    )
