"""B5: pages of the queue in every offered order, deep pages, and the counts of twelve views."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.instants import to_store
from agentdesk.queries import ticket_pages, tickets, views
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import Key, Sort, Where
from agentdesk.queries.views import BUILT_IN, View
from agentdesk.store import sqlite
from agentdesk.store.reader import Reader
from agentdesk.store.store import Store
from bench.big_desk import NOW, big_desk
from bench.harness import Measured, by_turns, compare, compare_p95, timed
from bench.sizes import Size

ZONE = ZoneInfo("UTC")
TIMES = 60
COLUMNS = (
    "t.id, t.version, t.subject, t.type, t.status, t.priority, t.channel, t.category, q.name, a.handle, "
    "t.customer_id, c.name, o.name, c.tier, t.tags, t.due_at, t.next_due_at, t.next_metric, t.at_risk_at, t.critical_at, "
    "t.breach_at, t.waiting_since, t.wake_at, t.is_escalated, t.created_at, t.updated_at, t.priority_rank, "
    "t.attention_key"
)
JOINS = (
    "LEFT JOIN queue q ON q.id = t.queue_id LEFT JOIN agent a ON a.id = t.assignee_id "
    "LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN organization o ON o.id = t.organization_id"
)
TAGS, FLAG, INSTANTS = 14, 23, (15, 16, 18, 19, 20, 21, 22, 24, 25)
VIEWS = {
    'queue:"Queue 1" is:open': "is_open AND queue_id = 1",
    'queue:"Queue 2" assignee:none is:open': "is_open AND queue_id = 2 AND assignee_id IS NULL",
    "assignee:agent2 is:open": "is_open AND assignee_id = 2",
    "priority:urgent is:open": "is_open AND priority = 'urgent'",
    "status:new": "is_open AND status = 'new'",
}
"""Five views as a team saves them, and what each is by hand."""
AT = to_store(NOW)
BANDS = (
    f"t.attention_key < '{NOW:%Y%m%d%H%M%S}' AND t.breach_at < '{AT}'",
    f"t.at_risk_at <= '{AT}' AND t.critical_at <= '{AT}' AND t.breach_at >= '{AT}'",
    f"t.at_risk_at <= '{AT}' AND t.critical_at > '{AT}'",
    f"(t.at_risk_at IS NULL OR t.at_risk_at > '{AT}')",
)
"""The explainable order by hand: breached, critical, at risk, everything else."""
BUILT_IN_BY_HAND = (
    "is_open AND assignee_id = 1", "is_open AND assignee_id IS NULL", f"is_open AND at_risk_at <= '{AT}'",
    "id IN (SELECT ticket_id FROM escalation WHERE state IN ('requested', 'accepted') AND to_agent_id = 1)",
    "is_open AND id IN (SELECT ticket_id FROM mention WHERE agent_id = 1)", "is_open AND status IN ('pending', 'on_hold')", "is_open",
)  # fmt: skip


def read_pages(size: Size) -> Iterator[Measured]:
    """The first page in each order against plain SQL, and a deep one against our own first."""
    path = big_desk(size.tickets)
    store = Store.open(str(path))
    with store.read(NOW, 1) as read, closing(sqlite.connect(path, read_only=True)) as raw:
        where = compile_query(read, "is:open", ZONE).where
        for sort in tickets.SORTS.values():
            first = _page(read, where, sort, None)
            pair = by_turns(timed(first), timed(_plain_page(raw, sort)), TIMES)
            yield compare_p95("B5", f"open queue by {sort.name}", "<= 2", pair, "plain SQL, decoded by hand")
            deep = _page(read, where, sort, _deep_key(read, where, sort))
            pair = by_turns(timed(deep), timed(first), TIMES)
            yield compare("B5", f"deep in the queue by {sort.name}", "<= 1.75", pair, "our own first page")
    store.close()


def count_views(size: Size) -> Iterator[Measured]:
    """The exact counts of the built-in views and five more, in one statement against one each."""
    path = big_desk(size.tickets)
    store = Store.open(str(path))
    shown = [*BUILT_IN, *(View(f"view-{at}", query, query) for at, query in enumerate(VIEWS))]
    by_hand = (*BUILT_IN_BY_HAND, *VIEWS.values())
    with store.read(NOW, 1) as read, closing(sqlite.connect(path, read_only=True)) as raw:
        told = list(views.counts(read, shown, ZONE).values())
        assert told == _plain_counts(raw, by_hand)
        ours = timed(lambda: views.counts(read, shown, ZONE))
        pair = by_turns(ours, timed(lambda: _plain_counts(raw, by_hand)), 30)
        yield compare_p95(
            "B5", f"exact counts of {len(shown)} views", "<= 2", pair, "plain SQL, one count each"
        )
    store.close()


def _page(read: Reader, where: Where, sort: Sort, after: Key | None) -> Callable[[], object]:
    return lambda: tickets.page(read, where, sort, after=after, limit=50)


def _deep_key(read: Reader, where: Where, sort: Sort) -> Key:
    """Where the page starts that has nine tenths of the queue before it."""
    skip = tickets.count(read, where) * 9 // 10
    row = ticket_pages.page_from(read, where, sort, descending=False, after=None, skip=skip, limit=1)[0]
    return tickets.key_of(row, sort)


def _plain_page(raw: Any, sort: Sort) -> Callable[[], object]:
    order = ", ".join(f"t.{column}" for column in (*sort.columns, "id"))
    asked = "SELECT {columns} FROM ticket t {joins} WHERE t.is_open AND {told} ORDER BY {order} LIMIT 50"
    parts = [
        asked.format(columns=COLUMNS, joins=JOINS, told=told, order=order)
        for told in (BANDS if sort.by_band else ("TRUE",))
    ]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part})" for part in parts) + " LIMIT 50"
    return lambda: [_decoded(row) for row in raw.execute(sql)]


def _decoded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    cells = list(row)
    cells[TAGS] = tuple(json.loads(cells[TAGS]))
    cells[FLAG] = bool(cells[FLAG])
    for at in INSTANTS:
        if cells[at] is not None:
            cells[at] = datetime.fromisoformat(cells[at]).replace(tzinfo=UTC)
    return tuple(cells)


def _plain_counts(raw: Any, by_hand: tuple[str, ...]) -> list[int]:
    return [raw.execute(f"SELECT count(*) FROM ticket WHERE {one}").fetchone()[0] for one in by_hand]
