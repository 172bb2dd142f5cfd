"""Lists with their highlighted row whole: columns fit every width there is, so that what is cut short ends in an ellipsis."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agentdesk.screens.import_look import import_columns, plan_columns
from agentdesk.transfer.contacts.plan_book import PAGES
from agentdesk.widgets.columns import place_columns
from agentdesk.widgets.inbox_rows import escalation_columns, notice_columns
from agentdesk.widgets.pair_columns import pair_columns

ZONE = ZoneInfo("UTC")
NARROWEST = 56
"""Cells of a list in a terminal of 60."""


def now() -> datetime:
    return datetime(2026, 3, 3, tzinfo=UTC)


LISTS: dict[str, Any] = {
    "pairs": pair_columns(),
    "imports": import_columns(now, ZONE),
    "notices": notice_columns(now, ZONE),
    **{f"plan, {page}": plan_columns(page) for page in PAGES},
    "asked of me": escalation_columns(now, of_me=True),
    "asked by me": escalation_columns(now, by_me=True),
    "asked of all": escalation_columns(now),
}


@pytest.mark.parametrize("name", LISTS)
def test_columns_fit_every_width(name: str) -> None:
    for width in range(NARROWEST, 200):
        placed = place_columns(LISTS[name], width)
        taken = sum(one.width + one.column.gap for one in placed) - placed[-1].column.gap
        assert taken <= width, (width, [one.column.head for one in placed])
