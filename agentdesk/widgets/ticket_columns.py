"""How a ticket looks as a row: which columns, what each says, and which colour means what."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol

from agentdesk.domain.attention import BAND_SIGNS, METRIC_WORDS, Band, Placed, band, due_words
from agentdesk.domain.references import ticket_ref
from agentdesk.widgets.columns import Cell, Column

_PRIORITY = {"urgent": Cell("!!", "late"), "high": Cell("!", "soon")}
_STATUS = {"new": "here", "open": "text", "pending": "waiting", "on_hold": "internal"}
_BAND_STYLES: Final = {
    Band.BREACHED: "late",
    Band.CRITICAL: "late",
    Band.AT_RISK: "soon",
    Band.RUNNING: "muted",
    Band.PAUSED: "faint",
}
CLOCK_SIGNS: Final = {one: (sign, _BAND_STYLES[one]) for one, sign in BAND_SIGNS.items()}
"""What stands for a band, and its style."""
REF_WIDTH = 6


class Listed(Placed, Protocol):
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
        Column("NEXT DUE", 8, lambda row: clock(row, now())),
        Column("CLOCK", 11, lambda row: Cell(which_clock(row), "faint"), drop=7, from_width=84),
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


def which_clock(row: Listed) -> str:
    """What the nearest clock waits for: `first reply`; nothing where nothing is promised, and once it is solved."""
    if row.status in ("solved", "closed"):
        return ""
    return METRIC_WORDS.get(row.next_metric, row.next_metric)


def clock(row: Listed, now: datetime) -> Cell:
    """The nearest clock as `due_words` has it, in the style of its band."""
    is_done = row.status in ("solved", "closed")
    style = "faint" if is_done else _BAND_STYLES.get(band(row, now), "faint")
    return Cell(due_words(row, row.status, now), style)
