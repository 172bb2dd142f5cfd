"""What can only be open is told by the tree alone."""

import pytest

from agentdesk.domain.query import parse
from agentdesk.domain.query.openness import finds_open_alone


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("", False),
        ("is:open", True),
        ("assignee:me is:open sort:-created", True),
        ("priority:urgent OR tag:vat", False),
        ("is:open OR tag:vat", False),
        ("is:breached OR is:critical OR is:at_risk", True),
        ("status:pending,on_hold", True),
        ("status:pending,solved", False),
        ("-is:open", False),
        ("is:open (priority:urgent OR tag:vat)", True),
    ],
)
def test_a_question_finds_open_tickets_alone_where_it_says_so(text: str, is_so: bool) -> None:
    assert finds_open_alone(parse(text).condition) is is_so
