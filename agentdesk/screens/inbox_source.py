"""The lists of the inbox, each read in one snapshot: what is asked of me, what I asked, what nobody answered, notices."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from agentdesk.desk import Desk
from agentdesk.domain.escalation import LEADING
from agentdesk.queries import notices
from agentdesk.queries.escalations import EscalationRow, Scope, escalations, list_escalations
from agentdesk.queries.notices import NoticeRow
from agentdesk.screens.short_list import ShortList
from agentdesk.store.reader import Reader

NOTICES: Final = "notices"
TITLES: Final = {
    Scope.MINE.value: "Asked of me",
    Scope.ASKED.value: "I asked",
    Scope.UNACKNOWLEDGED.value: "Unanswered",
    NOTICES: "Notices",
}
InboxRow = EscalationRow | NoticeRow


def pages_for(desk: Desk) -> list[str]:
    """The pages of an agent: what nobody has answered is for leads to look after."""
    return [page for page in TITLES if page != Scope.UNACKNOWLEDGED or desk.actor.role in LEADING]


@dataclass(frozen=True, slots=True)
class InboxSource:
    """One page of the inbox."""

    desk: Desk
    name: str

    @contextmanager
    def look(self) -> Iterator[ShortList]:
        """One snapshot."""
        with self.desk.read() as read:
            yield ShortList(read_page(read, self.name), self.id_of)

    def id_of(self, row: InboxRow) -> int:
        """Its number."""
        return row.id


def read_page(read: Reader, name: str) -> list[Any]:
    """The rows of a page."""
    return notices.notices(read) if name == NOTICES else list_escalations(read, Scope(name))


def read_counts(desk: Desk) -> dict[str, int]:
    """How much each page holds."""
    with desk.read() as read:
        return {name: len(read_page(read, name)) for name in pages_for(desk)}


def read_steps(desk: Desk, ticket_id: int) -> list[EscalationRow]:
    """Every step of the chains of a ticket."""
    with desk.read() as read:
        return escalations(read, ticket_id)
