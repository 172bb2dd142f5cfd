"""Colleagues whose words wait on tickets that somebody is about to change, told before that happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import line

NAMED: Final = 3
"""Tickets that are named in the sentence; of more, the number is told."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody else with unsent words on a ticket, or writing there at this moment."""

    ticket_id: int
    name: str
    is_writing: bool

    @property
    def words(self) -> str:
        """`Ben`, `Ben is writing`."""
        return f"{line(self.name)} is writing" if self.is_writing else line(self.name)


def by_ticket(found: Sequence[AtWork]) -> dict[int, str]:
    """Who is at work on each ticket, in words, in the order of the tickets."""
    told: dict[int, list[str]] = {}
    for one in found:
        told.setdefault(one.ticket_id, []).append(one.words)
    return {ticket_id: ", ".join(words) for ticket_id, words in told.items()}


def sentence(told: Mapping[int, str]) -> str:
    """`2 have a colleague's draft: T-1003 (Ben), T-1005 (Ana is writing)`; empty where there is none."""
    if not told:
        return ""
    named = [f"{ticket_ref(one)} ({words})" for one, words in list(told.items())[:NAMED]]
    more = f" and {len(told) - NAMED:,} more".replace(",", " ") if len(told) > NAMED else ""
    verb = "has" if len(told) == 1 else "have"
    return f"{len(told):,}".replace(",", " ") + f" {verb} a colleague's draft: {', '.join(named)}{more}"
