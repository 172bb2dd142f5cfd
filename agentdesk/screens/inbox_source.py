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
from agentdesk.store.reader import Reader
from agentdesk.widgets.paging import Fetch

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
class InboxLook:
    """One state of a page; a page is short enough to be held whole."""

    rows: list[Any]

    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def page(self, fetch: Fetch[Any]) -> list[Any]:
        """The rows of a fetch in list order."""
        if fetch.is_backwards:
            end = len(self.rows) if fetch.after is None else self._place(fetch.after.id)
            stop = max(end - fetch.skip, 0)
            return self.rows[max(stop - fetch.limit, 0) : stop]
        start = (0 if fetch.after is None else self._place(fetch.after.id) + 1) + fetch.skip
        return self.rows[start : start + fetch.limit]

    def locate(self, row_id: int) -> tuple[int, Any] | None:
        """Where a row stands; None once it left the page."""
        return next(((at, row) for at, row in enumerate(self.rows) if row.id == row_id), None)

    def ids(self) -> list[int]:
        """Every row."""
        return [one.id for one in self.rows]

    def _place(self, row_id: int) -> int:
        found = self.locate(row_id)
        return -1 if found is None else found[0]


@dataclass(frozen=True, slots=True)
class InboxSource:
    """One page of the inbox."""

    desk: Desk
    name: str

    @contextmanager
    def look(self) -> Iterator[InboxLook]:
        """One snapshot."""
        with self.desk.read() as read:
            yield InboxLook(read_page(read, self.name))

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
