"""What the query bar offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.query import complete, parse
from agentdesk.domain.query.completion import replace_token

NAMES = {"assignee": ["ana", "ben"], "queue": ["Second line"], "tags": ["vat", "vip"]}


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
