"""The views of the queue and what stands above them: exact counts, what is late or due next, and whether time has moved anything."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agentdesk.domain.attention import PAUSED
from agentdesk.store.reader import Reader

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class View:
    """A tab of the queue: a query with a name and an order of its own.

    Attributes:
        id: `mine`, or `view-7` for the saved view 7.
        sort: a key of `tickets.SORTS`, with `-` in front for descending.
        columns: which columns it shows, in this order; none are those of every list.
        group_by: what its headings are; empty where it has none.
        is_shared: everybody has it.
        version: of the saved view, for whoever changes it.
    """

    id: str
    name: str
    query: str
    sort: str = "attention"
    is_saved: bool = False
    columns: tuple[str, ...] = ()
    group_by: str = ""
    is_shared: bool = False
    version: int = 0

    @property
    def number(self) -> int:
        """The id of a saved view in the store; 0 for a built-in one."""
        return int(self.id.removeprefix(_SAVED_ID)) if self.is_saved else 0


@dataclass(frozen=True, slots=True)
class Pulse:
    """The top line.

    Attributes:
        open: how many tickets are unsolved.
        late: how many of them are late.
        next_due_at: when the next promise is due.
        notices: how many notices wait for whoever looks.
    """

    open: int
    late: int
    next_due_at: datetime | None
    notices: int = 0


@dataclass(frozen=True, slots=True)
class _Saved:
    id: int
    name: str
    query: str
    sort: str
    columns: tuple[str, ...]
    group_by: str
    is_shared: bool
    version: int


BUILT_IN: tuple[View, ...] = (
    View("mine", "Mine", "assignee:me is:open"),
    View("unassigned", "Unassigned", "assignee:none is:open"),
    View("breaching", "Breaching", "is:breached OR is:critical OR is:at_risk"),
    View("escalated", "Escalated", "is:escalated_to_me"),
    View("mentions", "Mentions", "is:open is:mentioned"),
    View("waiting", "Waiting", "status:pending,on_hold"),
    View("open", "All open", "is:open"),
)
"""What every desk has before anybody saves a view."""
_SAVED_ID = "view-"
_SAVED = (
    "SELECT id, name, query, sort, columns, group_by, agent_id IS NULL AS is_shared, version FROM saved_view "
    "WHERE agent_id IS NULL OR agent_id = :agent_id ORDER BY agent_id IS NOT NULL, position, id"
)
PULSE = (
    "SELECT (SELECT count(*) FROM ticket WHERE ticket.is_open), "
    "(SELECT count(*) FROM ticket WHERE ticket.is_open AND ticket.at_risk_at <= :now AND ticket.breach_at < :now), "
    "(SELECT min(ticket.attention_key) FROM ticket "
    "WHERE ticket.is_open AND ticket.attention_key >= :stamp AND ticket.attention_key < :paused)"
)
"""The top line in one statement, each figure from an index alone; what is breached was at risk before."""
MOVED = (
    "SELECT EXISTS (SELECT 1 FROM ticket WHERE ticket.is_open AND ticket.at_risk_at <= :now AND "
    "(ticket.at_risk_at > :since OR (ticket.critical_at > :since AND ticket.critical_at <= :now) "
    "OR (ticket.breach_at >= :since AND ticket.breach_at < :now))), "
    "EXISTS (SELECT 1 FROM ticket WHERE ticket.is_open AND ticket.attention_key >= :from AND ticket.attention_key < :to)"
)
"""Whether a ticket went into another band between two instants, and whether one fell due."""


def views(read: Reader) -> list[View]:
    """The built-in views, then the saved ones: first the desk's, then those of the agent who looks, in their order."""
    saved = read.rows(_Saved, _SAVED, {"agent_id": read.agent_id if read.agent_id is not None else -1})
    return [*BUILT_IN, *map(_view, saved)]


def _view(one: _Saved) -> View:
    return View(
        f"{_SAVED_ID}{one.id}",
        one.name,
        one.query,
        one.sort,
        is_saved=True,
        columns=one.columns,
        group_by=one.group_by,
        is_shared=one.is_shared,
        version=one.version,
    )


def counts(read: Reader, wanted: Sequence[View], zone: "ZoneInfo") -> dict[str, int]:
    """How many tickets each view holds, by view id, in one statement.

    A view whose query no longer reads (an agent or queue was renamed) is left out.
    """
    from agentdesk.domain.query.errors import QueryError  # noqa: PLC0415  the names of views are shown before
    from agentdesk.queries.filters import compile_query  # noqa: PLC0415  the query language is imported

    names: list[str] = []
    selects: list[str] = []
    params: dict[str, object] = {}
    for place, view in enumerate(wanted):
        try:
            where = compile_query(read, view.query, zone, prefix=f"v{place}_").where
        except QueryError:
            continue
        names.append(view.id)
        selects.append(f"(SELECT count(*) FROM ticket WHERE {where.sql})")
        params |= where.params
    if not selects:
        return {}
    # SQLite names an unnamed column after its text; a short name keeps the statement's answer small.
    listed = ", ".join(f"{select} AS c{place}" for place, select in enumerate(selects))
    found = read.tuples(f"SELECT {listed}", params)[0]
    return dict(zip(names, map(int, found), strict=True))


def within_open(wanted: Sequence[View]) -> frozenset[str]:
    """Ids of the views that can only hold unsolved tickets."""
    from agentdesk.domain.query import QueryError, parse  # noqa: PLC0415  as above
    from agentdesk.domain.query.openness import finds_open_alone  # noqa: PLC0415  likewise

    found = set()
    for view in wanted:
        with suppress(QueryError):
            if finds_open_alone(parse(view.query).condition):
                found.add(view.id)
    return frozenset(found)


def late_and_next(read: Reader) -> Pulse:
    """The top line, read from the indexes of the queue and of the notices alone; late is what is breached."""
    from agentdesk.queries.notices import unseen_count  # noqa: PLC0415  it counts behind the first picture

    params = {"now": read.now, "stamp": _stamp(read.now), "paused": PAUSED}
    unsolved, late, key = read.tuples(PULSE, params)[0]
    due = None if key is None else datetime.strptime(key[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return Pulse(int(unsolved), int(late), due, unseen_count(read))


def has_moved(read: Reader, since: datetime) -> bool:
    """Whether time alone has moved a ticket between bands, or let one fall due, since an instant."""
    params = {"since": since, "now": read.now, "from": _stamp(since), "to": _stamp(read.now)}
    return any(read.tuples(MOVED, params)[0])


def _stamp(instant: datetime) -> str:
    from agentdesk.queries.conditions.scope import stamp  # noqa: PLC0415  as above

    return stamp(instant)
