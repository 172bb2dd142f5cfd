"""How two customers that may be one person look as a row, and in full beside the list."""

from collections.abc import Sequence
from typing import Any

from agentdesk.domain.safe_text import line
from agentdesk.widgets.columns import Cell, Column
from agentdesk.widgets.conversation_lines import wrap
from agentdesk.widgets.spans import Row, Span

_SURE, _LIKELY = 90, 75


def pair_columns() -> list[Column[Any]]:
    """Score, both names, and why."""
    return [
        Column("SCORE", 5, _score, right=True),
        Column("CUSTOMER", 16, lambda row: Cell(row.one.name), most=20),
        Column("MAY BE", 16, lambda row: Cell(row.other.name), most=20),
        Column("GROUP", 6, lambda row: Cell(str(row.found.group), "faint"), right=True, from_width=100),
        Column("WHY", 12, lambda row: Cell(", ".join(row.found.reasons), "muted"), flexible=True),
    ]


def pair_rows(row: Any, width: int) -> list[Row]:
    """Both customers and each reason, in lines of at most this many cells."""
    rows: list[Row] = []
    for one in (row.one, row.other):
        rows += [(Span(text, "subject"),) for text in wrap(line(f"{one.id} {one.name}"), width)]
        rows += [(Span(text, "muted"),) for text in wrap(_ways(one), width)]
    rows += [(Span(f"{row.found.score} of 100, for", "faint"),)]
    for reason in row.found.reasons:
        first, *others = wrap(line(reason), max(width - 2, 10))
        rows += [(Span("· ", "faint"), Span(first, "text")), *((Span(f"  {one}", "text"),) for one in others)]
    return rows


def _ways(one: Any) -> str:
    """`jo@example.com · +45 32 10 10 10 · Acme · 3 open`."""
    tickets = f"{one.open_tickets} open" if one.open_tickets else ""
    parts: Sequence[str | None] = (one.email, one.phone, one.organization, tickets)
    return " · ".join(line(part) for part in parts if part) or "no way to reach them"


def _score(row: Any) -> Cell:
    score = row.found.score
    return Cell(str(score), "strong" if score >= _SURE else "text" if score >= _LIKELY else "muted")
