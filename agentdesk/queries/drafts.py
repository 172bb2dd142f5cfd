"""What an agent has typed and not sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agentdesk.domain.written import Written, read_written
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unsent text; `base_version` is the version of the ticket it answers."""

    ticket_id: int
    visibility: str
    body: str
    base_version: int
    saved_at: datetime
    extra: dict[str, Any]

    @property
    def written(self) -> Written:
        """The whole letter."""
        return read_written(self.body, self.visibility, self.extra)

    @property
    def mark(self) -> str:
        """Differs once somebody has saved it again."""
        return str(self.extra.get("mark", ""))

    @property
    def others(self) -> int:
        """How many texts of other consoles wait behind it."""
        return len(self.extra.get("others", ()))


_SELECT = (
    "SELECT ticket_id, visibility, body, base_version, saved_at, extra FROM draft WHERE agent_id = :agent_id"
)


def draft(read: Reader, ticket_id: int, kind: str | None = None) -> DraftRow | None:
    """The draft of the agent who looks, on one ticket: of a kind, or the one saved last."""
    params = {"agent_id": read.agent_id, "ticket_id": ticket_id, "kind": kind}
    wanted = "" if kind is None else " AND kind = :kind"
    return read.row(
        DraftRow, f"{_SELECT} AND ticket_id = :ticket_id{wanted} ORDER BY saved_at DESC LIMIT 1", params
    )


def drafts(read: Reader, ticket_id: int | None = None) -> list[DraftRow]:
    """Every draft of the agent who looks, newest first, of one ticket or of all: what a crash left behind."""
    params = {"agent_id": read.agent_id, "ticket_id": ticket_id}
    here = "" if ticket_id is None else " AND ticket_id = :ticket_id"
    return read.rows(DraftRow, f"{_SELECT}{here} ORDER BY saved_at DESC, ticket_id, kind", params)
