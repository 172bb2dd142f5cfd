"""How two customers that may be one person look as a row, and in full below the list."""

from collections.abc import Sequence
from typing import Any

from agentdesk.domain.safe_text import line
from agentdesk.widgets.columns import Cell, Column

_SURE, _LIKELY = 90, 75


def pair_columns() -> list[Column[Any]]:
    """Score, both names, and why."""
    return [
        Column("SCORE", 5, _score, right=True),
        Column("CUSTOMER", 17, lambda row: Cell(row.one.name), most=30),
        Column("MAY BE", 17, lambda row: Cell(row.other.name), most=30),
        Column("GROUP", 6, lambda row: Cell(str(row.found.group), "faint"), right=True, from_width=100),
        Column("WHY", 24, lambda row: Cell(", ".join(row.found.reasons), "muted"), flexible=True),
    ]


def person_words(one: Any) -> str:
    """`12 Jo Doe · jo@example.com · +45 32 10 10 10 · Acme · 3 open`."""
    tickets = f"{one.open_tickets} open" if one.open_tickets else ""
    parts: Sequence[str | None] = (f"{one.id} {one.name}", one.email, one.phone, one.organization, tickets)
    return " · ".join(line(part) for part in parts if part)


def _score(row: Any) -> Cell:
    score = row.found.score
    return Cell(str(score), "strong" if score >= _SURE else "text" if score >= _LIKELY else "muted")
