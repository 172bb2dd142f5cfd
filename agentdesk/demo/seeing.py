"""What the agents of the sample desk have read: all but the last hours, and a few tickets that nobody got round to."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from agentdesk.demo.ledger import Row

_LATELY: Final = timedelta(hours=5)
_SOON: Final = timedelta(minutes=10)
_MISSED: Final = 9
"""One ticket in so many was not read by an agent."""


def seen_rows(tickets: Sequence[Row], agents: Sequence[Row], present: datetime) -> Iterator[Row]:
    """One row for each agent and unsolved ticket that they have read."""
    for ticket in tickets:
        said = ticket["last_message_at"]
        if not ticket["is_open"] or said is None or said > present - _LATELY:
            continue
        for agent in agents:
            if (ticket["id"] + agent["id"]) % _MISSED:
                yield {"agent_id": agent["id"], "ticket_id": ticket["id"], "at": said + _SOON}
