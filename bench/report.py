"""B11: the daily queue report against the rows it cannot do without."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.reports.run import run_report
from agentdesk.store import sqlite
from agentdesk.store.store import Store
from bench.big_desk import NOW, big_desk
from bench.harness import Measured, by_turns, compare, timed
from bench.sizes import Size

SINCE = "2026-02-01 00:00:00.000000"
"""The report tells thirty days of flow, what stands open, and the clocks of a day."""
SECTIONS = (
    f"SELECT event, at, entity_id, before, after FROM journal WHERE entity = 'ticket' AND at > '{SINCE}'",
    (
        "SELECT t.id, t.subject, t.status, t.priority, t.created_at, t.due_at, t.last_reply_at, q.name, a.handle, c.name "
        "FROM ticket t LEFT JOIN queue q ON q.id = t.queue_id LEFT JOIN agent a ON a.id = t.assignee_id "
        "LEFT JOIN customer c ON c.id = t.customer_id WHERE t.is_open"
    ),
    (
        "SELECT ticket_id, metric, priority_at_start, used_minutes, breached_at FROM sla_clock "
        "WHERE fulfilled_at >= '2026-03-02 00:00:00.000000' AND fulfilled_at < '2026-03-03 00:00:00.000000'"
    ),
)


def report_queue(size: Size) -> Iterator[Measured]:
    """The document, read and built."""
    path = big_desk(size.tickets)
    store = Store.open(str(path))
    zone = ZoneInfo("UTC")
    with store.read(NOW, 1) as read, closing(sqlite.connect(path, read_only=True)) as raw:
        ours = timed(lambda: run_report(read, "queue", as_of=NOW, zone=zone))
        pair = by_turns(ours, timed(lambda: _fetch(raw)), 7)
    store.close()
    yield compare(
        "B11",
        f"daily queue report, {size.tickets:,} tickets",
        "<= 2",
        pair,
        "plain SQL: 30 days, open tickets, clocks",
    )


def _fetch(raw: Any) -> None:
    for sql in SECTIONS:
        raw.execute(sql).fetchall()
