"""How a hit of a search looks as a row: what it is, where it is, and around the words that were found."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import line
from agentdesk.domain.search_words import Wanted, marks
from agentdesk.domain.when import briefest
from agentdesk.widgets.columns import Cell, Column

NEAR = 10
"""Characters before the first word that was found in a row."""


def hit_columns(
    asked: Callable[[], Wanted], now: Callable[[], datetime], zone: ZoneInfo, *, is_mixed: bool
) -> list[Column[Any]]:
    """The columns of a list of hits; of mixed kinds each says which it is."""
    kind: Column[Any] = Column("KIND", 7, lambda row: Cell(row.kind, "faint"), most=12)
    return [
        *([kind] if is_mixed else []),
        Column(
            "WHERE", 7, lambda row: Cell(row.ref if row.ticket_id or row.kind == "article" else "", "muted")
        ),
        Column("TITLE", 18, lambda row: _marked(_title(row), asked(), "strong"), most=44),
        Column("WHO", 14, lambda row: Cell(row.who, "muted"), from_width=104, most=22),
        Column("FOUND", 20, lambda row: _marked(_near(_said(row), asked()), asked(), "muted"), flexible=True),
        Column("WHEN", 8, lambda row: Cell(briefest(row.at, now(), zone), "faint"), drop=1),
    ]


def _title(row: Any) -> str:
    title = row.title if row.ticket_id is None else row.title.removeprefix(f"{ticket_ref(row.ticket_id)} ")
    return line(title) or "(no subject)"


def _said(row: Any) -> str:
    return line(row.excerpt)


def _near(text: str, asked: Wanted) -> str:
    """The text from shortly before the first word that was found, so that it is seen in a narrow column."""
    first = next((start for start, _ in marks(text, asked)), 0)
    start = text.rfind(" ", 0, max(first - NEAR, 0)) + 1 if first > NEAR else 0
    return f"…{text[start:]}" if start else text


def _marked(text: str, asked: Wanted, style: str) -> Cell:
    return Cell(text, style, tuple(marks(text, asked)))
