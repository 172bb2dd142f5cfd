"""The line under the list counts in words that agree with the number."""

import pytest

from agentdesk.widgets.status_line import StatusLine


@pytest.mark.parametrize(
    ("total", "of", "told"),
    [
        (1, None, "1 ticket"),
        (1, 1, "1 ticket"),
        (1, 0, "1 ticket"),
        (1, 23, "1 of 23 tickets"),
        (0, None, "0 tickets"),
        (0, 1, "0 of 1 ticket"),
        (2000, 2000, "2 000 tickets"),
    ],
)
def test_one_is_one_ticket(total: int, of: int | None, told: str) -> None:
    line = StatusLine()
    line.refresh = lambda *_, **__: line  # type: ignore[assignment, method-assign]  # it is on no screen
    line.show_state(query="", order="", marked=0, total=total, of=of, told="")
    assert told in ["".join(text for text, _ in piece.parts) for piece in line._pieces]
