"""Which of some tickets a colleague has unsent words on, or is writing on now."""

from collections.abc import Iterable

from agentdesk.domain.at_work import AtWork
from agentdesk.domain.looking import HOLDS
from agentdesk.queries.past import chunks
from agentdesk.store.reader import Reader

_WHO = (
    "SELECT ticket_id, name, max(is_writing) FROM ("
    "SELECT draft.ticket_id, agent.id, agent.name, 0 AS is_writing FROM draft "
    "JOIN agent ON agent.id = draft.agent_id WHERE agent.id <> :me AND draft.ticket_id IN ({ids}) "
    "UNION ALL SELECT looking.ticket_id, agent.id, agent.name, 1 FROM looking "
    "JOIN agent ON agent.id = looking.agent_id WHERE agent.id <> :me AND looking.ticket_id IN ({ids}) "
    "AND looking.doing = 'writing' AND looking.at >= :alive) AS busy "
    "GROUP BY ticket_id, id, name ORDER BY ticket_id, max(is_writing) DESC, id"
)


def at_work(read: Reader, ids: Iterable[int]) -> list[AtWork]:
    """Everybody but the agent who looks, once a ticket; by ticket, those who write first."""
    params = {"me": read.agent_id or 0, "alive": read.now - HOLDS}
    return [
        AtWork(int(ticket_id), str(name), bool(is_writing))
        for some in chunks(ids)
        for ticket_id, name, is_writing in read.tuples(_WHO.format(ids=some), params)
    ]
