"""An open console does what is due, as `agentdesk tick` does: many may, and each thing is done once."""

from contextlib import suppress
from typing import Final

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError

EVERY: Final = 60.0
"""Seconds between two rounds; where nothing is due a round is a few reads of indexes."""


def go_round(desk: Desk) -> None:
    """Do what is due, in a thread; what cannot be done now, as while an import writes, is left to the next round."""
    from agentdesk.tick import is_anything_due, tick  # not before the first paint

    with suppress(AgentDeskError):
        if is_anything_due(desk):
            for _ in tick(desk):
                pass
