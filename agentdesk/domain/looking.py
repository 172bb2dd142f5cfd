"""Who is at a ticket while somebody else is: how long a sign of life holds, and how it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from agentdesk.domain.safe_text import line
from agentdesk.domain.vocabulary import Doing

BEAT: Final = 15.0
"""Seconds between two signs of life of a console that shows a ticket."""
HOLDS: Final = timedelta(seconds=45)
"""How long a sign of life means anything: a console that has missed two is gone."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody else at the ticket; `since` is when they began to do what they do."""

    agent_id: int
    name: str
    doing: str
    since: datetime

    @property
    def is_writing(self) -> bool:
        """Whether they write on it."""
        return self.doing == Doing.WRITING


def told_since(onlookers: Sequence[Onlooker], zone: tzinfo) -> str:
    """`Ben is writing on this ticket since 14:03`: for who writes on it too."""
    words = (
        f"{line(one.name)} {'is writing on this ticket' if one.is_writing else 'has this ticket open'} "
        f"since {one.since.astimezone(zone):%H:%M}"
        for one in onlookers
    )
    return ", ".join(words)


def told(onlookers: Sequence[Onlooker]) -> str:
    """`Ben is writing, Ana is here`; nothing where nobody is."""
    return ", ".join(f"{line(one.name)} is {'writing' if one.is_writing else 'here'}" for one in onlookers)
