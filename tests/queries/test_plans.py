"""What SQLite does for the reads that a console makes all day: an index, in its order, and no sorting."""

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.query.errors import QueryError
from agentdesk.queries import past, tickets, views
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import SORTS, Key, Where
from agentdesk.queries.waiting import waiting_in
from agentdesk.store.reader import Params, Reader
from tests.queries.world import ZONE, World


class Explained(Reader):
    """A reader that keeps the plan of every statement it runs."""

    plans: list[str]

    def _execute(self, sql: str, params: Params | None) -> object:
        rows = super()._execute(f"EXPLAIN QUERY PLAN {sql}", params)
        self.plans.append("\n".join(str(row[3]) for row in rows))
        return super()._execute(sql, params)


def explained(read: Reader) -> Explained:
    one = Explained(read.connection, read.is_sqlite, read.now, read.agent_id)
    one.plans = []
    return one


def page_plan(read: Reader, where: Where, sort: str, after: Key | None = None) -> str:
    watched = explained(read)
    tickets.page(watched, where, SORTS[sort], after=after)
    return watched.plans[-1]


OPEN = [
    ("assignee:me is:open", "ix_ticket_open_mine"),
    ("assignee:none is:open", "ix_ticket_open_mine"),
    ("queue:support is:open", "ix_ticket_open_queue"),
    ("is:breached", "ix_ticket_open_attention"),
    ("is:escalated", "ix_ticket_escalated"),
    ("status:pending,on_hold", "ix_ticket_open_attention"),
    ("status:pending", "ix_ticket_open_status"),
    ("is:open", "ix_ticket_open_attention"),
    ("is:open priority:urgent", "ix_ticket_open_priority"),
    ("is:open priority:>=high -tag:vat", "ix_ticket_open_attention"),
    ("is:open due:<4h", "ix_ticket_open_attention"),
    ("is:open created:>-7d", "ix_ticket_open_attention"),
    ("is:open tag:vat", "ix_ticket_open_attention"),
    ("", "ix_ticket_attention"),
]


@pytest.mark.parametrize(("text", "index"), OPEN, ids=[text or "everything" for text, _ in OPEN])
def test_a_page_is_read_from_the_index_in_its_order(
    filled: tuple[Desk, World], text: str, index: str
) -> None:
    desk, _ = filled
    with desk.read() as read:
        where = compile_query(read, text, ZONE).where
        for after in (None, Key(("2026",), 1)):
            walk = page_plan(read, where, "attention", after).partition("LEFT-JOIN")[0]
            assert f"{index} " in walk.replace("\n", " ")
            assert "TEMP B-TREE" not in walk


@pytest.mark.parametrize(
    "text", ["is:critical", "is:at_risk", "is:breached OR is:critical OR is:at_risk", "is:open"]
)
def test_the_few_that_are_warned_of_are_found_by_their_instants(
    filled: tuple[Desk, World], text: str
) -> None:
    desk, _ = filled
    with desk.read() as read:
        watched = explained(read)
        where = compile_query(read, text, ZONE).where
        for after in (
            None,
            tickets.key_of(tickets.page(read, where, SORTS["attention"])[0], SORTS["attention"]),
        ):
            tickets.page(watched, where, SORTS["attention"], after=after, limit=100_000)
        warned = [plan for plan in watched.plans if "TEMP B-TREE" in plan]
        assert len(warned) >= 2
        assert all("ix_ticket_open_risk (at_risk_at<?)" in plan for plan in warned)


@pytest.mark.parametrize("sort", list(SORTS))
def test_every_offered_order_is_served_by_an_index(filled: tuple[Desk, World], sort: str) -> None:
    desk, _ = filled
    with desk.read() as read:
        for where in (Where(), Where("ticket.is_open", is_open=True)):
            if not SORTS[sort].refusal(where):
                watched = explained(read)
                tickets.page(watched, where, SORTS[sort], limit=100_000)
                assert all("TEMP B-TREE" not in plan for plan in watched.plans if "at_risk_at<?" not in plan)


def test_an_order_that_no_index_serves_is_refused_with_the_next_step(filled: tuple[Desk, World]) -> None:
    desk, _ = filled
    with desk.read() as read:
        with pytest.raises(QueryError, match="is an order of unsolved tickets"):
            compile_query(read, "tag:vat sort:queue", ZONE)
        with pytest.raises(tickets.OrderError, match="The order queue is only for unsolved tickets"):
            tickets.check_order(Where(), SORTS["queue"])
        assert compile_query(read, "is:open sort:queue", ZONE).sort == SORTS["queue"]


@pytest.mark.parametrize("text", ["is:open -tag:vat", "is:open has:note sort:-created"])
def test_only_the_rows_of_a_page_are_joined_to_names(filled: tuple[Desk, World], text: str) -> None:
    desk, _ = filled
    with desk.read() as read:
        plan = page_plan(read, compile_query(read, text, ZONE).where, "attention").splitlines()
        walked = next(
            place for place, line in enumerate(plan) if "USING INDEX ix_ticket" in line or "COVERING" in line
        )
        joined = [
            place for place, line in enumerate(plan) if "SEARCH queue" in line or "SEARCH agent" in line
        ]
        assert walked < min(joined)


def columns_read_from_tables(read: Reader, sql: str, params: Params) -> int:
    """How many column reads of the compiled statement go to a table rather than to an index."""
    steps = [(row[1], row[2], str(row[5])) for row in read.tuples(f"EXPLAIN {sql}", params)]
    tables = {cursor for step, cursor, detail in steps if step == "OpenRead" and not detail.startswith("k(")}
    return len([1 for step, cursor, _ in steps if step == "Column" and cursor in tables])


FEW = ("escalated", "mentions")
"""Views of the few tickets that another table names."""


@pytest.mark.parametrize(
    "text", ["is:escalated_to_me", "is:open is:mentioned", "mentions:ben,cleo", "is:linked"]
)
def test_the_few_tickets_that_another_table_names_are_looked_up_from_there(
    filled: tuple[Desk, World], text: str
) -> None:
    desk, _ = filled
    with desk.read() as read:
        watched = explained(read)
        tickets.count(watched, compile_query(read, text, ZONE).where)
        steps = watched.plans[-1].splitlines()
        assert [one for one in steps if one.startswith("SEARCH ticket USING INTEGER PRIMARY KEY")]
        assert not [one for one in steps if one.startswith("SCAN ticket ")]


def test_every_other_built_in_view_is_counted_from_an_index_alone(filled: tuple[Desk, World]) -> None:
    desk, _ = filled
    with desk.read() as read:
        for view in (one for one in views.BUILT_IN if one.id not in FEW):
            where = compile_query(read, view.query, ZONE).where
            sql = f"SELECT count(*) FROM ticket WHERE {where.sql}"
            assert columns_read_from_tables(read, sql, where.params) == 0, view.name
        assert columns_read_from_tables(read, "SELECT count(*) FROM ticket WHERE subject = ''", {}) > 0


def test_the_top_line_is_read_from_an_index_alone(filled: tuple[Desk, World]) -> None:
    desk, _ = filled
    with desk.read() as read:
        params = {"now": read.now, "stamp": "2026", "paused": "8"}
        assert columns_read_from_tables(read, views.PULSE, params) == 0
        passed = {"now": read.now, "since": read.now, "from": "2026", "to": "2027"}
        assert columns_read_from_tables(read, views.MOVED, passed) == 0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("is:breached", 1),
        ("is:critical", 1),
        ("is:breached,critical", 2),
        ("is:breached OR is:critical OR is:at_risk", 3),
        ("is:paused", 1),
        ("(is:breached OR is:at_risk) assignee:me is:open", 2),
        ("is:open", 4),
        ("is:breached OR is:solved", 4),
    ],
)
def test_a_page_looks_into_no_band_that_the_question_leaves_out(
    filled: tuple[Desk, World], text: str, parts: int
) -> None:
    desk, _ = filled
    with desk.read() as read:
        watched = explained(read)
        tickets.page(watched, compile_query(read, text, ZONE).where, SORTS["attention"], limit=100_000)
        assert len(watched.plans) == parts


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (f"SELECT 1 FROM journal WHERE entity = :entity AND {past.ASKED_ABOUT} AND at > '2026'", "entity_at"),
        ("SELECT 1 FROM journal WHERE ticket_id = :entity ORDER BY at, id", "ticket"),
        ("SELECT 1 FROM journal WHERE is_main AND customer_id = :entity ORDER BY id DESC", "customer"),
    ],
)
def test_the_journal_is_read_through_an_index_that_holds_only_what_is_asked_for(
    filled: tuple[Desk, World], sql: str, index: str
) -> None:
    desk, _ = filled
    with desk.read() as read:
        plan = [str(row[3]) for row in read.tuples(f"EXPLAIN QUERY PLAN {sql}", {"entity": 1})]
        assert len(plan) == 1
        assert f"ix_journal_{index} " in plan[0]


@pytest.mark.parametrize(
    ("queues", "index"),
    [([], "ix_ticket_open_mine"), ([1], "ix_ticket_open"), ([1, 2], "ix_ticket_open_mine")],
)
def test_the_next_ticket_is_read_from_an_index_in_its_order(
    filled: tuple[Desk, World], queues: list[int], index: str
) -> None:
    desk, _ = filled
    with desk.read() as read:
        plan = page_plan(read, waiting_in(queues), "attention").partition("LEFT-JOIN")[0]
        assert index in plan
        assert "TEMP B-TREE" not in plan
