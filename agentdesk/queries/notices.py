"""What the desk has told an agent, and how much of it they have not put away."""

from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.references import ticket_ref
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice; `words` reads after the ticket's reference."""

    id: int
    ticket_id: int
    subject: str
    kind: str
    words: str
    created_at: datetime
    seen_at: datetime | None

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.ticket_id)


UNSEEN_COUNT = "SELECT count(*) FROM notice WHERE agent_id = :me AND seen_at IS NULL"
"""Read from `ix_notice_agent` alone: every screen asks for it at every refresh."""
_SELECT = (
    "SELECT notice.id, notice.ticket_id, ticket.subject, notice.kind, notice.words, notice.created_at, notice.seen_at "
    "FROM notice JOIN ticket ON ticket.id = notice.ticket_id WHERE notice.agent_id = :me {unseen}"
    "ORDER BY notice.id DESC"
)


def notices(read: Reader, *, every: bool = False) -> list[NoticeRow]:
    """Notices to the agent who looks, newest first: those not put away, or all."""
    unseen = "" if every else "AND notice.seen_at IS NULL "
    return read.rows(NoticeRow, _SELECT.format(unseen=unseen), {"me": read.agent_id})


def unseen_count(read: Reader) -> int:
    """How many notices the agent who looks has not put away."""
    return 0 if read.agent_id is None else int(read.value(UNSEEN_COUNT, {"me": read.agent_id}))
