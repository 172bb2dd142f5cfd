"""What a list of tickets asks for: which rows, in which offered order, from where on. Reading them is `tickets.page`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from agentdesk.domain.attention import Band
from agentdesk.domain.errors import AgentDeskError


class OrderError(AgentDeskError):
    """An order that no index serves for what is asked."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition over `ticket` as SQL with named parameters; empty means every ticket.

    Attributes:
        filters: pieces of `sql` whose index would give rows out of order: a page, which is read in order and ends
            early, keeps SQLite off those; a count may use them.
        is_open: only unsolved tickets can match.
        bands: the only ones a match can be in; a page in the order of the bands looks for it in no other.
        is_few: so few match that SQLite finds them all and sorts them, rather than look for them in their order.
    """

    sql: str = "1 = 1"
    params: Mapping[str, Any] = field(default_factory=dict)
    filters: tuple[str, ...] = ()
    is_open: bool = False
    bands: frozenset[Band] = frozenset(Band)
    is_few: bool = False


class Sort(NamedTuple):
    """An offered order: the columns of its index, all in one direction.

    Attributes:
        by_band: the band goes before them.
        by: a column whose values go before them, each value a stretch of its own in the order people read them in.
        may_lack: those whose first column is empty come last, in the order of what is due.
        open_only: its index holds unsolved tickets alone.
    """

    name: str
    columns: tuple[str, ...]
    label: str
    by_band: bool = False
    by: str = ""
    may_lack: bool = False
    open_only: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether one walk over one index has it all."""
        return not (self.by_band or self.by or self.may_lack)

    def refusal(self, where: Where) -> str:
        """Why a list cannot have this order; empty where it can."""
        return "only for unsolved tickets: add is:open" if self.open_only and not where.is_open else ""


_DUE = ("attention_key",)
SORTS: dict[str, Sort] = {
    "attention": Sort("attention", _DUE, "what needs attention", by_band=True),
    "due": Sort("due", _DUE, "due"),
    "priority": Sort("priority", ("priority_rank", *_DUE), "priority"),
    "waiting": Sort("waiting", ("waiting_since",), "who waits longest", may_lack=True),
    "created": Sort("created", ("created_at",), "created"),
    "updated": Sort("updated", ("updated_at",), "last change"),
    "last_message": Sort("last_message", ("last_message_at",), "last message", may_lack=True, open_only=True),
    "id": Sort("id", (), "number"),
    "status": Sort("status", _DUE, "status", by="status", open_only=True),
    "queue": Sort("queue", _DUE, "queue", by="queue_id", open_only=True),
    "assignee": Sort("assignee", _DUE, "assignee", by="assignee_id", open_only=True),
}
"""Every order a list can have; each is served by an index."""


class Key(NamedTuple):
    """Where a page starts: the sort values and id of the row before it, and that row where the order has stretches."""

    values: tuple[Any, ...]
    id: int
    row: Any = None


def key_of(row: Any, sort: Sort) -> Key:
    """The key of the page that follows `row`."""
    values = tuple(getattr(row, column) for column in sort.columns)
    return Key(values, row.id, None if sort.is_whole else row)


def check_order(where: Where, sort: Sort) -> None:
    """Refuse an order that would have to sort a million rows by hand.

    Raises:
        OrderError: no index serves it.
    """
    if refusal := sort.refusal(where):
        raise OrderError(f"The order {sort.name} is {refusal}.")
