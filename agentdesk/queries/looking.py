"""Who else is at a ticket now, and until when the agent who looks has read it."""

from datetime import datetime

from agentdesk.domain.looking import HOLDS, Onlooker
from agentdesk.domain.vocabulary import Doing
from agentdesk.store.reader import Reader, instant

_WHO = (
    "SELECT looking.agent_id, agent.name, looking.doing, looking.since "
    "FROM looking JOIN agent ON agent.id = looking.agent_id "
    "WHERE looking.ticket_id = :ticket_id AND looking.agent_id <> :me AND looking.at >= :alive "
    "ORDER BY looking.since, looking.agent_id"
)
_SEEN = "SELECT at FROM ticket_seen WHERE agent_id = :me AND ticket_id = :ticket_id"


def who_else(read: Reader, ticket_id: int, me: int | None) -> list[Onlooker]:
    """Everybody else who has this ticket open, once each: those who write first, each who came first before the others."""
    params = {"ticket_id": ticket_id, "me": me or 0, "alive": read.now - HOLDS}
    rows = read.rows(Onlooker, _WHO, params)
    rows.sort(key=lambda one: one.doing != Doing.WRITING)
    once: dict[int, Onlooker] = {}
    for one in rows:
        once.setdefault(one.agent_id, one)
    return list(once.values())


def seen_at(read: Reader, ticket_id: int) -> datetime | None:
    """Until when the agent who looks has read a ticket; None if never."""
    return instant(read.value(_SEEN, {"me": read.agent_id, "ticket_id": ticket_id}))
