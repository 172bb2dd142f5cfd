"""How a ticket looks as a row: which columns, what each says, and which colour means what."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from agentdesk.domain.attention import band, span
from agentdesk.domain.references import ticket_ref
from agentdesk.widgets.columns import Cell, Column

_PRIORITY = {"urgent": Cell("!!", "late"), "high": Cell("!", "soon")}
_STATUS = {"new": "here", "open": "text", "pending": "waiting", "on_hold": "internal"}
_CLOCK = {"breached": ("▲", "late"), "at_risk": ("◆", "soon"), "running": ("▪", "muted")}
REF_WIDTH = 6


class Listed(Protocol):
    """What a row says of a ticket; `queries.tickets.TicketRow` does."""

    id: int
    subject: str
    status: str
    priority: str
    queue: str | None
    assignee: str | None
    customer: str | None
    organization: str | None
    tier: str | None
    due_at: datetime | None
    waiting_since: datetime | None
    is_escalated: bool


def ticket_columns(now: Callable[[], datetime], *, ref_width: int = REF_WIDTH) -> list[Column[Any]]:
    """The columns of the queue.

    Args:
        now: the instant clocks are told against.
        ref_width: cells of the longest reference, so that none is ever cut.
    """
    return [
        Column("", 2, lambda row: _PRIORITY.get(row.priority, Cell("")), gap=1),
        Column("TICKET", max(ref_width, REF_WIDTH), lambda row: Cell(ticket_ref(row.id), "muted")),
        Column("SUBJECT", 24, _subject, flexible=True),
        Column("CUSTOMER", 15, _customer, drop=4, most=26),
        Column("QUEUE", 10, lambda row: Cell(row.queue or "—", "faint"), drop=6, from_width=118),
        Column("STATUS", 9, _status, drop=2),
        Column("NEXT DUE", 8, lambda row: clock(row.status, row.due_at, now())),
        Column("WHO", 5, _who, drop=5),
    ]


def _subject(row: Listed) -> Cell:
    unanswered = row.waiting_since is not None and row.status in ("new", "open")
    return Cell(row.subject or "(no subject)", "strong" if unanswered else "text")


def _customer(row: Listed) -> Cell:
    name = row.customer or "—"
    told = f"{name} · {row.organization}" if row.organization and row.organization != name else name
    return Cell(told, "gold" if row.tier else "muted")


def _status(row: Listed) -> Cell:
    word = row.status.replace("_", " ")
    return Cell(f"{word} ⇡" if row.is_escalated else word, _STATUS.get(row.status, "faint"))


def _who(row: Listed) -> Cell:
    return Cell(row.assignee, "muted") if row.assignee else Cell("—", "faint")


def clock(status: str, due_at: datetime | None, now: datetime) -> Cell:
    """The promise as glyph and words: `▲ 0:12` late, `◆ 0:25`, `▪ 3d`, `‖ waits`, `· none`, `✓ done`.

    A promise stands while its ticket waits; only one of which nothing was promised says no more than that it does.
    """
    if status in ("solved", "closed"):
        return Cell("✓ done", "faint")
    if due_at is None:
        return Cell("‖ waits" if status in ("pending", "on_hold") else "· none", "faint")
    glyph, style = _CLOCK[band(due_at, now)]
    sign = "−" if due_at < now else ""  # noqa: RUF001  a minus sign, as wide as a digit
    return Cell(f"{glyph} {sign}{span(due_at - now)}", style)
