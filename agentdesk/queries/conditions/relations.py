"""What other tables say of a ticket and an agent: mentions, escalations, what was read; and of two tickets.

Few rows are of one agent, so the list of their tickets is looked up first.
"""

from collections.abc import Callable, Mapping
from typing import Final

from agentdesk.domain.query.ast import Match
from agentdesk.queries.conditions import references
from agentdesk.queries.conditions.scope import NOTHING, Scope
from agentdesk.queries.escalations import ASKED_OF, ASKED_OF_ANYBODY

LINKED: Final = (
    "ticket.id IN (SELECT ticket_link.ticket_id FROM ticket_link "
    "UNION ALL SELECT ticket_link.other_id FROM ticket_link)"
)


def not_seen_by(scope: Scope, agent_id: int) -> str:
    """Something was said since the agent last looked, or they never did."""
    return (
        "NOT EXISTS (SELECT 1 FROM ticket_seen WHERE ticket_seen.ticket_id = ticket.id "
        f"AND ticket_seen.agent_id = {scope.bind(agent_id)} "
        "AND (ticket.last_message_at IS NULL OR ticket_seen.at >= ticket.last_message_at))"
    )


def mentions(scope: Scope, agent_id: int) -> str:
    """A note names the agent."""
    mark = scope.bind(agent_id)
    return f"ticket.id IN (SELECT mention.ticket_id FROM mention WHERE mention.agent_id = {mark})"


def escalated_to(scope: Scope, agent_id: int) -> str:
    """The agent is asked, by name or for a queue or level of theirs, and the work is not done."""
    return f"ticket.id IN ({ASKED_OF.replace(':me', scope.bind(agent_id))})"


def condition(scope: Scope, node: Match) -> str:
    """The condition of `mentions:ana` and `escalated_to:me`; `none` is for nobody at all.

    Raises:
        QueryError: a name no agent has.
    """
    of_one, of_anybody = _RELATIONS[node.name]
    typed = [value for value in node.values if value is not None]
    parts = [of_one(scope, one) for one in references.agents(scope, typed, node.at)]
    if None in node.values:
        parts.append(f"NOT EXISTS (SELECT 1 FROM ({of_anybody}) AS held WHERE held.ticket_id = ticket.id)")
    joined = " OR ".join(parts)
    return f"({joined})" if len(parts) > 1 else joined or NOTHING


_RELATIONS: Mapping[str, tuple[Callable[[Scope, int], str], str]] = {
    "mentions": (mentions, "SELECT mention.ticket_id FROM mention"),
    "escalated_to": (escalated_to, ASKED_OF_ANYBODY),
}
