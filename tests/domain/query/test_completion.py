"""What the query bar offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.query import complete, parse
from agentdesk.domain.query.completion import explain, following, put_views, replace_token

NAMES = {
    "assignee": ["ana", "ben"],
    "queue": ["Second line"],
    "tags": ["vat", "vip"],
    "policy": ["Gold"],
    "view": ["Mine", 'A "b"'],
}
VIEWS = {"Mine": "assignee:me is:open", "Late ones": "is:breached OR due:<1h", "Straße": "tag:vat"}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("sta", ["status:"]),
        ("-sta", ["-status:"]),
        ("is:open sta", ["status:"]),
        ("status:o", ["status:open", "status:on_hold"]),
        ("status:open,o", ["status:open,open", "status:open,on_hold"]),
        ("assignee:", ["assignee:me", "assignee:none", "assignee:ana", "assignee:ben"]),
        ("tag:v", ["tag:vat", "tag:vip"]),
        ("queue:sec", ['queue:"Second line"']),
        ("is:br", ["is:breached"]),
        ("is:esc", ["is:escalated", "is:escalated_to_me"]),
        ("ment", ["mentions:"]),
        ("mentions:", ["mentions:me", "mentions:none", "mentions:ana", "mentions:ben"]),
        ("escalated_to:b", ["escalated_to:ben"]),
        ("policy:g", ["policy:Gold"]),
        ("vi", ["view:"]),
        ("view:m", ["view:Mine"]),
        ("view:a", ['view:"A \\"b\\""']),
        ("sort:cr", ["sort:created"]),
        ("sort:-cr", ["sort:-created"]),
        ("", []),
        ("zzz", []),
        ("zzz:a", []),
        ("status:open", []),
    ],
)
def test_the_token_at_the_cursor_is_completed(text: str, offered: list[str]) -> None:
    assert complete(text, names=NAMES) == offered


def test_the_token_before_the_cursor_counts() -> None:
    assert complete("sta vat", 3) == ["status:"]
    assert replace_token("sta vat", 3, "status:") == ("status: vat", 7)


@given(st.text(max_size=20), st.integers(-2, 25))
def test_completion_never_fails(text: str, cursor: int) -> None:
    assert isinstance(complete(text, cursor, names=NAMES), list)


@pytest.mark.parametrize(
    "name", ["is", "has", "sort", "status", "assignee", "queue", "tags", "due", "priority"]
)
def test_every_value_offered_is_a_query(name: str) -> None:
    offered = complete(f"{name}:", names=NAMES)
    assert offered
    for token in offered:
        parse(token)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", ["NOT", "(", "is:"]),
        ("is:open ", ["OR", "NOT", "(", "is:"]),
        ("(is:open ", ["OR", ")", "NOT", "(", "is:"]),
        ("is:open OR ", ["NOT", "(", "is:"]),
    ],
)
def test_what_can_follow_begins_with_what_joins(text: str, begins: list[str]) -> None:
    assert following(text)[: len(begins)] == begins


def test_every_word_that_can_follow_can_be_typed() -> None:
    assert {"is:", "has:", "sort:", "mentions:", "tags:"} <= set(following(""))
    assert set(following("", entity="customer")).isdisjoint({"mentions:", "assignee:"})


@pytest.mark.parametrize(
    ("token", "means"),
    [
        ("is:breached", "unsolved and past a promise"),
        ("-is:unanswered", "unsolved, and the customer spoke last"),
        ("has:note", "an internal note"),
        ("priority:", "Priority: low, normal, high, urgent"),
        ("due:", "today, -7d, <4h, 2026-03-02 or 2026-03-01..2026-03-07"),
        ("mentions:", "me, none or a name"),
        ("priority:high", ""),
        ("nothing:", ""),
        ("is:nothing", ""),
    ],
)
def test_a_word_is_explained_where_there_is_more_to_say(token: str, means: str) -> None:
    assert explain(token) == means


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("view:mine", "assignee:me is:open"),
        (" view:MINE ", " assignee:me is:open "),
        ("view:mine tag:vat", "(assignee:me is:open) tag:vat"),
        ('-view:"late ones"', "-(is:breached OR due:<1h)"),
        ("(view:mine OR view:strasse)", "((assignee:me is:open) OR (tag:vat))"),
        ("view:nothing", "view:nothing"),
        ("preview:mine", "preview:mine"),
    ],
)
def test_a_view_is_written_as_its_question(text: str, whole: str) -> None:
    assert put_views(text, VIEWS) == whole
