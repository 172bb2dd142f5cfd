"""Queries as SQL: the same tickets as by looking at each one, on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk.desk import Desk
from agentdesk.domain.attention import Band, band
from agentdesk.domain.query import QueryError, ast, parse
from agentdesk.domain.query.words import FLAGS, THINGS
from agentdesk.domain.vocabulary import UNSOLVED, Priority, Status
from agentdesk.queries import customers, tickets
from agentdesk.queries.conditions import texts
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import SORTS, key_of, page
from agentdesk.store.reader import Reader
from tests.domain.query.strategies import trees
from tests.queries.world import NOW, ZONE, World, build, meaning

TIMES = ["today", "yesterday", "2026-03-01", "-7d", "4h", "-90m"]
SIGNS = [">", ">=", "<", "<="]
QUERIES = [
    "", "vat", '"vat refund"', "vat refund", "-vat", "NOT (vat OR refund)", "pri*", "invoice*", "cafe", "don't", "a-b",
    "42", "1003", "T-1003", "#1004 OR T-1005", "is:open", "-is:open", "is:breached", "is:at_risk", "is:unread", "is:customer_last", "is:unanswered", "-is:unread", "is:mentioned", "mentions:me,cleo",
    "mentions:none", "escalated_to:ben", "-escalated_to:none", "is:escalated_to_me", "is:linked", "-is:linked",
    "is:mine", "is:snoozed", "is:spam", "has:note", "-has:note", "has:reply", "has:attachment", "has:draft",
    "status:open,new", "status:solved", "status:>=solved", "priority:>=high", "priority:<high", "priority:>urgent",
    "priority:low..normal", "impact:high", "impact:none", "assignee:me,none", "assignee:ben", "queue:billing,none",
    "customer:ana@x.test", "customer:2", 'customer:"bo refund"', "customer:none", "tag:vat,old", "tag:none",
    "-tag:vip", "category:hard_", "category:100%", "category:none", "category:überweisung", "reopens:>1", "reopens:1..2",
    "due:none", "-due:<4h", "due:>=today", "created:-7d..today", "created:2026-02", "updated:>yesterday",
    "is:open assignee:me -tag:vat (vat OR priority:>=high) sort:-created",
]  # fmt: skip


def leaves() -> st.SearchStrategy[ast.Node]:
    words = st.sampled_from(["vat", "refund", "pri*", "cafe", "don't", "a-b", "42", "1003", "bo"])
    times = st.sampled_from(TIMES)
    instants = st.sampled_from(["due", "created", "updated", "wake", "solved"])

    def match(name: str, values: list[str | None]) -> st.SearchStrategy[ast.Node]:
        return st.builds(
            ast.Match, st.just(name), st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple)
        )

    return st.one_of(
        st.builds(ast.Word, words),
        st.builds(ast.Phrase, st.sampled_from(["vat refund", "Printer", "café naïve"])),
        st.builds(ast.Reference, st.integers(1000, 1070)),
        st.builds(ast.Is, st.sampled_from(sorted(FLAGS["ticket"]))),
        st.builds(ast.Has, st.sampled_from(sorted(THINGS["ticket"]))),
        match("status", list(Status)),
        match("priority", list(Priority)),
        match("impact", ["high", "low", None]),
        match("assignee", ["me", "ben", "cleo", None]),
        match("queue", ["Support", "Billing", None]),
        match("tags", ["vat", "vip", "gone", None]),
        match("mentions", ["me", "ben", "cleo", None]),
        match("escalated_to", ["me", "ben", "lea", None]),
        match("category", ["bill", "hard_w", "0%", "_", "%", None]),
        match("customer", ["ana@x.test", "bo@x.test"]),
        match("reopens", ["0", "2"]),
        st.builds(ast.Match, instants, st.lists(times, min_size=1, max_size=2).map(tuple)),
        st.builds(ast.Compare, instants, st.sampled_from(SIGNS), times),
        st.builds(ast.Between, instants, times, st.one_of(st.none(), times)),
        st.builds(ast.Compare, st.just("priority"), st.sampled_from(SIGNS), st.sampled_from(list(Priority))),
        st.builds(ast.Compare, st.just("status"), st.sampled_from(SIGNS), st.sampled_from(list(Status))),
        st.builds(ast.Compare, st.just("reopens"), st.sampled_from(SIGNS), st.sampled_from(["0", "1"])),
    )


ORDER = [Band.BREACHED, Band.CRITICAL, Band.AT_RISK, Band.RUNNING, Band.PAUSED, Band.NONE]


def found(read: Reader, text: str) -> list[int]:
    return tickets.ids(read, compile_query(read, text, ZONE).where)


def _place(row: tickets.TicketRow) -> int:
    is_open = row.status in UNSOLVED
    return min(list(Band).index(band(row, NOW)), 3) if is_open else 3


@given(trees(leaves()))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_finds_what_looking_at_every_ticket_finds(filled: tuple[Desk, World], node: ast.Node) -> None:
    desk, world = filled
    with desk.read() as read:
        text = str(ast.Query(node))
        expected = meaning(world, node)
        where = compile_query(read, text, ZONE).where
        assert tickets.ids(read, where) == expected
        assert tickets.count(read, where) == len(expected)
        listed = page(read, where, SORTS["attention"], limit=1000)
        assert sorted(row.id for row in listed) == expected
        order = [(_place(row), row.attention_key) for row in listed]
        assert order == sorted(order)


def test_both_databases_find_the_same(desk: Desk) -> None:
    world = build(desk)
    with desk.read() as read:
        for text in QUERIES:
            if "customer:" in text and "@" not in text and "none" not in text:
                assert found(read, text), text
            elif "2026-02" not in text and "café" not in text and not _folds(read, text):
                assert found(read, text) == meaning(world, parse(text).condition), text
            key = SORTS["priority"]
            assert len(page(read, compile_query(read, text, ZONE).where, key, limit=100)) == len(
                found(read, text)
            )


def _folds(read: Reader, text: str) -> bool:
    """PostgreSQL's `simple` dictionary keeps accents and cuts words in its own way."""
    return not read.is_sqlite and any(word in text for word in ("cafe", "don't", "a-b"))


def test_pages_join_without_gap_or_repeat(filled: tuple[Desk, World]) -> None:
    desk, _ = filled
    with desk.read() as read:
        mixed = compile_query(read, "status:open,pending,new OR priority:urgent", ZONE).where
        unsolved = compile_query(read, "is:open", ZONE).where
        for sort in SORTS.values():
            where = unsolved if sort.open_only else mixed
            for descending in (False, True):
                whole = [row.id for row in page(read, where, sort, descending=descending, limit=1000)]
                parts: list[int] = []
                after = None
                while rows := page(read, where, sort, descending=descending, after=after, limit=7):
                    parts += [row.id for row in rows]
                    after = key_of(rows[-1], sort)
                assert parts == whole


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("assignee:benn", "there is no agent “benn”. Did you mean ben?"),
        ("vat queue:suport", "Column 5: there is no queue “suport”. Did you mean Support?"),
        ("queue:zzzz", "there is no queue “zzzz”. Known: Billing, Support."),
    ],
)
def test_a_name_nobody_has_is_refused(sqlite_desk: Desk, text: str, sentence: str) -> None:
    with sqlite_desk.read() as read, pytest.raises(QueryError) as caught:
        compile_query(read, text, ZONE)
    assert str(caught.value).endswith(sentence)


def test_the_desk_itself_owns_nothing(filled: tuple[Desk, World]) -> None:
    desk, _ = filled
    with desk.store.read(desk.clock.now(), None) as read:
        assert found(read, "assignee:me") == found(read, "is:mine") == found(read, "has:draft") == []
        assert found(read, "is:unread") == found(read, "is:mentioned") == found(read, "mentions:me") == []
        assert found(read, "is:escalated_to_me") == found(read, "escalated_to:me") == []


def test_values_are_bound_and_never_run(filled: tuple[Desk, World]) -> None:
    desk, world = filled
    with desk.read() as read:
        for text in (
            'category:"\' OR 1=1 --"',
            '"\') OR 1=1 --"',
            "tag:\"x' OR '1\"",
            'customer:"\'; DROP TABLE ticket"',
        ):
            where = compile_query(read, text, ZONE).where
            assert "'1" not in where.sql
            assert "DROP" not in where.sql
            assert tickets.count(read, where) < len(world.tickets)


def test_parameters_of_two_queries_fit_into_one_statement(filled: tuple[Desk, World]) -> None:
    desk, _ = filled
    with desk.read() as read:
        one = compile_query(read, "tag:vat", ZONE, prefix="a").where
        two = compile_query(read, "tag:vip", ZONE, prefix="b").where
        assert not set(one.params) & set(two.params)


def test_customers_are_filtered_by_their_own_fields(desk: Desk) -> None:
    build(desk, size=5)
    with desk.read() as read:

        def names(text: str) -> list[str]:
            found = compile_query(read, text, ZONE, entity="customer")
            return [row.name for row in customers.page(read, found.where, limit=10)]

        assert names("") == ["Ana Café", "Bo Refund", "Čeda"]
        assert names("refund") == ["Bo Refund"]
        assert names("email:ana@") == ["Ana Café"]
        assert names("organization:none -name:bo") == ["Ana Café", "Čeda"]
        assert names("id:2,3") == ["Bo Refund", "Čeda"]
        assert names("is:merged") == names("owner:me") == names("tier:gold") == []
        assert len(names("created:today sort:-created")) == 3
        assert names("is:open") == names("has:ticket is:open")


def test_a_common_word_finds_the_same_as_a_rare_one(
    filled: tuple[Desk, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, world = filled
    monkeypatch.setattr(texts, "COMMON", 2)
    with desk.read() as read:
        for text in (
            "is:open vat",
            "is:open vat refund",
            "status:new,pending -pri*",
            'is:unread "vat refund"',
        ):
            where = compile_query(read, text, ZONE).where
            assert "EXISTS" in where.sql
            assert tickets.ids(read, where) == meaning(world, parse(text).condition)
