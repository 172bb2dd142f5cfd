"""What happens to promises while their tickets wait.

Law: a promise to the customer stands while the ticket waits; only a public reply, solving or an edit ends it. So
whoever sets a ticket aside is told before which promise falls due meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.when import stamp

Due = tuple[datetime, int]
"""When something was promised for, and the number of the ticket."""


def promises_stand(due: Sequence[Due], now: datetime, zone: ZoneInfo) -> str:
    """That they stand: `The promise of 04:55 stands.`, or `3 promises stand, the first is T-7 at 04:55.`."""
    at, ticket_id = min(due)
    if len(due) == 1:
        return f"The promise of {stamp(at, now, zone)} stands."
    return f"{len(due)} promises stand, the first is {ticket_ref(ticket_id)} at {stamp(at, now, zone)}."


def due_before(due: Sequence[Due], until: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Which promises fall due before a wake-up, in words; empty where none does.

    Args:
        due: every promise of the tickets that are set aside.
        until: when they wake.
        now: the present instant.
        zone: the team's time zone.
    """
    early = [one for one in due if one[0] < until]
    if not early:
        return ""
    at, ticket_id = min(early)
    told = stamp(at, now, zone)
    if len(early) > 1:
        return f"{len(early)} promises fall due before the wake-up, the first is {ticket_ref(ticket_id)} at {told}."
    if at < now:
        return f"The promise of {told} is late already, and stays so."
    return f"The promise of {told} falls due before it wakes."
