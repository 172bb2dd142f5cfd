"""The grammar: what a query means, and the sentence when it means nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agentdesk.domain.query import QueryError, parse
from agentdesk.domain.query.ast import (
    And,
    Between,
    Compare,
    Has,
    Is,
    Match,
    Not,
    Or,
    Phrase,
    Query,
    Reference,
    Word,
)
from agentdesk.domain.query.parser import MAX_DEPTH, MAX_TERMS
from agentdesk.domain.query.words import MAX_VALUES
from tests.domain.query.strategies import queries

ALPHABET = "abT1-0#\"\\():,.<>=* \n'é" + "\ud800\0"
PIECES = [
    "is:open",
    "NOT",
    "OR",
    "AND",
    "(",
    ")",
    "-",
    '"',
    "sort:",
    "due",
    ":",
    "..",
    "<4h",
    "tag:",
    "T-1",
    ",",
    " ",
    "none",
]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("", None),
        ("   ", None),
        ("vat", Word("vat")),
        ('"two words"', Phrase("two words")),
        ("T-1042", Reference(1042)),
        ("t-1042", Reference(1042)),
        ("#1042", Reference(1042)),
        ("status:open", Match("status", ("open",))),
        ("status:open,new", Match("status", ("open", "new"))),
        ("Status:ON-HOLD", Match("status", ("on_hold",))),
        ("priority:>=high", Compare("priority", ">=", "high")),
        ("created:2026-03-01..2026-03-07", Between("created", "2026-03-01", "2026-03-07")),
        ("created:..yesterday", Between("created", None, "yesterday")),
        ("created:>-7d", Compare("created", ">", "-7d")),
        ("due:<4h", Compare("due", "<", "4h")),
        ("created:2026-03-01T08:30Z", Match("created", ("2026-03-01t08:30z",))),
        ("-tag:vat", Not(Match("tags", ("vat",)))),
        ("NOT tag:VAT", Not(Match("tags", ("vat",)))),
        ("assignee:me", Match("assignee", ("me",))),
        ("assignee:none", Match("assignee", (None,))),
        ('assignee:"none"', Match("assignee", ("none",))),
        ('queue:"Second line",billing', Match("queue", ("Second line", "billing"))),
        ("is:breached,at-risk", Or((Is("breached"), Is("at_risk")))),
        ("has:note", Has("note")),
        ("is:unanswered,Customer-Last", Or((Is("customer_last"), Is("customer_last")))),
        ("mentions:me,none", Match("mentions", ("me", None))),
        ("Escalated-To:ana", Match("escalated_to", ("ana",))),
        ('tag:"x y"z', And((Match("tags", ("x-y",)), Word("z")))),
        ("ANDY or,", And((Word("ANDY"), Word("or,")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("((a))", Word("a")),
        ("not or", And((Word("not"), Word("or")))),
        ("id:T-7", Match("id", ("7",))),
        ("ref:#7", Match("id", ("7",))),
        ("12:30", Word("12:30")),
    ],
)
def test_a_text_means(text: str, condition: object) -> None:
    assert parse(text).condition == condition


@pytest.mark.parametrize(
    ("text", "order"), [("sort:due", ("due", False)), ("vat sort:-created", ("created", True))]
)
def test_sort_orders_the_list_and_is_no_condition(text: str, order: tuple[str, bool]) -> None:
    query = parse(text)
    assert (query.sort, query.descending) == order
    assert "sort" not in str(query.condition)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "statsu:open",
            "Column 1: there is no field “statsu”. Did you mean status? Quote it to search for the text.",
        ),
        ("vat status:opn", "Column 12: status is never “opn”. Did you mean open?"),
        ("is:breachd", "Column 4: is:breachd is not known. Did you mean breached?"),
        ("sort:du", "Column 6: “du” is no order. Did you mean due?"),
        ("a (b", "Column 3: the parenthesis is not closed. Close it with )."),
        ("(a (b", "Column 4: the parenthesis is not closed. Close it with )."),
        ("a)", "Column 2: this parenthesis closes nothing. Take it out."),
        (")", "Column 1: this parenthesis closes nothing. Take it out."),
        ("a ()", "Column 3: there is nothing between the parentheses. Take them out."),
        ("(a OR)", "Column 4: OR needs a condition after it."),
        ("a OR", "Column 3: OR needs a condition after it."),
        ("OR a", "Column 1: OR needs a condition before it."),
        ("a AND AND b", "Column 3: AND needs a condition after it."),
        ("sort:due OR a", "Column 10: OR needs a condition before it."),
        ("a OR sort:due", "Column 3: OR needs a condition after it."),
        ("tag: vat", "Column 5: tags: needs a value. tags:none finds the empty ones."),
        ("a NOT", "Column 3: NOT needs a condition after it."),
        ('say "no', 'Column 5: the quote is not closed. Close it with ".'),
        ("re*", "Column 1: “re*” is too short a beginning. Give three letters before *."),
        ("a !!", "Column 3: “!!” has no letter or digit to search for."),
        ("reopens:many", "Column 9: reopens is a number, not “many”. For example reopens:3."),
        ("created:..", "Column 9: a range needs a beginning or an end. For example created:a..b."),
        (
            "a OR (sort:due b)",
            "Column 7: sort: orders the whole list. Put it outside of parentheses and NOT.",
        ),
        ("sort:due sort:created", "Column 10: there is more than one sort:. Keep one."),
    ],
)
def test_an_error_names_the_column_and_the_nearest_word(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert str(caught.value) == sentence
    assert caught.value.column == int(sentence.partition(":")[0].removeprefix("Column "))


@pytest.mark.parametrize(
    "text", ["created:foo", "due:2026-13-01", "due:<", "created:2026-02-30", "due:999999w", "due:0001-01-01"]
)
def test_a_time_that_no_calendar_has_is_refused_with_examples(text: str) -> None:
    with pytest.raises(QueryError, match="2026-03-02"):
        parse(text)


@pytest.mark.parametrize(
    "text", ["(" * 5000, "-" * 5000 + "a", "NOT " * 5000 + "a", "(" * 5000 + "a" + ")" * 5000]
)
def test_deep_nesting_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(QueryError, match=f"more than {MAX_DEPTH} levels"):
        parse(text)


def test_the_deepest_nesting_allowed_is_read() -> None:
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).condition == Word("a")


def test_too_many_conditions_are_refused() -> None:
    assert parse("a " * MAX_TERMS).condition is not None
    with pytest.raises(QueryError, match=f"more than {MAX_TERMS} conditions"):
        parse("a " * (MAX_TERMS + 1))


def test_too_many_values_are_refused_before_they_are_read() -> None:
    assert parse("tag:" + ",".join("a" * MAX_VALUES)).condition is not None
    for text in ("tag:" + ",".join("a" * 50_000), "is:open tag:" + "," * 50_000):
        with pytest.raises(QueryError, match=f"more than {MAX_VALUES} values"):
            parse(text)
    with pytest.raises(QueryError, match="Column 405: more than 200 values"):
        parse("tag:" + ",".join("a" * (MAX_VALUES + 1)))


@given(
    st.one_of(
        st.text(alphabet=ALPHABET, max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    )
)
@example('"\\')
@example("a:")
@example("-")
@example("is:,")
@settings(max_examples=400)
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    outcome: Query | QueryError
    try:
        outcome = parse(text)
    except QueryError as error:
        outcome = error
    if isinstance(outcome, Query):
        assert parse(str(outcome)) == outcome
    else:
        assert 1 <= outcome.column <= len(text) + 1
        assert "\n" not in str(outcome)


@given(queries())
def test_a_printed_query_reads_as_the_same_query(query: Query) -> None:
    assert parse(str(query)) == query


def test_customers_have_fields_of_their_own() -> None:
    assert parse("tier:gold is:open", "customer").condition == And((Match("tier", ("gold",)), Is("open")))
    with pytest.raises(QueryError, match="no field “status”"):
        parse("status:open", "customer")
