"""How a ticket looks as a row: which columns, what each says, and which colour means what."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple, Protocol

from agentdesk.domain.attention import BAND_SIGNS, METRIC_WORDS, Band, Placed, band, due_words
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.when import brief
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
    is_unread: bool
    is_their_turn: bool


class Told(NamedTuple):
    """What cells are told against.

    Attributes:
        now: the instant clocks are read at.
        zone: whose times of day are written.
        ref_width: cells of the longest reference, so that none is ever cut.
    """

    now: Callable[[], datetime]
    zone: Callable[[], tzinfo | None] = lambda: None
    ref_width: int = REF_WIDTH


def ticket_columns(told: Told, chosen: Sequence[str] = ()) -> list[Column[Any]]:
    """The columns of the queue.

    Args:
        told: what cells are told against.
        chosen: keys of `COLUMNS` in their order; the last of them gives way first. None is the usual choice, in
            which the columns that matter least give way first.
    """
    known = _columns(told)
    picked = [known[key] for key in dict.fromkeys(chosen) if key in known]
    if not picked:
        return [known[key] for key in USUAL]
    return [
        replace(one, drop=0 if one.key in _ALWAYS else at + 1, from_width=0) for at, one in enumerate(picked)
    ]


def _columns(told: Told) -> dict[str, Column[Any]]:
    """Every column by its key."""
    width = max(told.ref_width, REF_WIDTH)
    return {
        one.key: one
        for one in (
            Column("", 2, lambda row: _PRIORITY.get(row.priority, Cell("")), gap=1, key="priority", sort="priority"),
            Column("", 2, _signs, gap=1, key="signs", sort="last_message"),
            Column("TICKET", width, lambda row: Cell(ticket_ref(row.id), "muted"), key="id", sort="id"),
            Column("SUBJECT", 22, _subject, flexible=True, key="subject"),
            Column("CUSTOMER", 15, _customer, drop=4, most=26, key="customer"),
            _words("ORGANIZATION", 16, "organization", most=26),
            Column("QUEUE", 10, lambda row: Cell(row.queue or "—", "faint"), drop=6, from_width=118, key="queue", sort="queue"),
            Column("STATUS", 9, _status, drop=2, key="status", sort="status"),
            Column("NEXT DUE", 8, lambda row: clock(row, told.now()), key="due", sort="due"),
            Column("CLOCK", 11, lambda row: Cell(which_clock(row), "faint"), drop=7, from_width=84, key="clock"),
            Column("WHO", 5, _who, drop=5, most=10, key="assignee", sort="assignee"),
            Column("TAGS", 12, lambda row: Cell(" ".join(row.tags), "muted"), most=30, key="tags"),
            _words("TYPE", 9, "type"),
            _words("CATEGORY", 12, "category", most=20),
            _words("CHANNEL", 8, "channel"),
            _instant(told, "CREATED", "created_at", "created"),
            _instant(told, "CHANGED", "updated_at", "updated"),
            _instant(told, "LAST SAID", "last_message_at", "last_message"),
            _instant(told, "WAITS SINCE", "waiting_since", "waiting"),
            _instant(told, "WAKES", "wake_at", "wake", sort=""),
        )
    }  # fmt: skip


def _words(head: str, width: int, field: str, *, most: int = 0) -> Column[Any]:
    return Column(
        head,
        width,
        lambda row: Cell((getattr(row, field) or "—").replace("_", " "), "faint"),
        most=most,
        key=field,
    )


def _instant(told: Told, head: str, field: str, key: str, *, sort: str | None = None) -> Column[Any]:
    def cell(row: Any) -> Cell:
        instant = getattr(row, field)
        return Cell("—" if instant is None else brief(instant, told.now(), told.zone()), "faint")

    return Column(head, 11, cell, key=key, sort=key if sort is None else sort)


COLUMNS: Final = {
    "priority": "priority, as !! or !",
    "signs": "unread and customer spoke last",
    "id": "ticket",
    "subject": "subject",
    "customer": "customer and organization",
    "organization": "organization",
    "queue": "queue",
    "status": "status",
    "due": "next due",
    "clock": "which clock is next",
    "assignee": "assignee",
    "tags": "tags",
    "type": "type",
    "category": "category",
    "channel": "channel",
    "created": "created",
    "updated": "last change",
    "last_message": "last message",
    "waiting": "customer waits since",
    "wake": "wakes",
}
"""Every column by its key, in words."""
USUAL: Final = (
    "priority",
    "signs",
    "id",
    "subject",
    "customer",
    "queue",
    "status",
    "due",
    "clock",
    "assignee",
)
_ALWAYS: Final = ("id", "subject")
UNREAD: Final = "✦"
THEIR_TURN: Final = "←"


def _signs(row: Listed) -> Cell:
    unread = UNREAD if row.is_unread else " "
    return Cell(unread + (THEIR_TURN if row.is_their_turn else " "), "here" if row.is_unread else "muted")


def _subject(row: Listed) -> Cell:
    unanswered = row.is_their_turn and row.status in ("new", "open")
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
