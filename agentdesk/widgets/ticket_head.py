"""The head of a ticket in rows: what it is about, where it stands, what was promised and how much time is left.

Every state has a glyph and a word; the bar only repeats what the words say.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.domain.attention import METRIC_WORDS, Band, band, span
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import cells, clip, line
from agentdesk.domain.when import say_when, stamp
from agentdesk.widgets.spans import Row, Span
from agentdesk.widgets.ticket_columns import CLOCK_SIGNS

BAR: Final = 22
PRIORITY_SIGNS: Final = {"urgent": "!!", "high": "!"}
_STATUS_STYLES: Final = {"new": "here", "open": "text", "pending": "waiting", "on_hold": "internal"}
_PRIORITY_STYLES: Final = {"urgent": "late", "high": "soon"}


def head_rows(detail: Any, now: datetime, zone: ZoneInfo, width: int) -> list[Row]:
    """Subject, state and promise of a ticket in three rows."""
    return [
        (Span(clip(line(detail.subject), width), "subject"),),
        fit((Span(f"{ticket_ref(detail.id)} ", "muted"), *state_spans(detail)), width),
        promise_row(detail, now, zone, width),
    ]


def state_spans(detail: Any, *, has_customer: bool = False) -> Row:
    """Status, priority, queue, assignee and tags: `open · !! urgent · Support · ana  #vat`."""
    sign = PRIORITY_SIGNS.get(detail.priority, "")
    spans = [
        Span(detail.status.replace("_", " "), _STATUS_STYLES.get(detail.status, "muted")),
        Span(f"{sign} {detail.priority}".strip(), _PRIORITY_STYLES.get(detail.priority, "muted")),
        Span(line(detail.queue) or "no queue", "muted"),
        Span(line(detail.assignee) or "unassigned", "text" if detail.assignee else "soon"),
    ]
    if detail.is_escalated:
        spans.append(Span("▲ escalated", "soon"))
    if has_customer and detail.customer:
        tier = f" ★ {line(detail.tier)}" if detail.tier else ""
        spans.append(Span(clip(line(detail.customer), 32) + tier, "soon" if detail.tier else "text"))
    row: list[Span] = []
    for one in spans:
        row += [Span(" · ", "faint"), one] if row else [one]
    tags = " ".join(f"#{line(tag)}" for tag in detail.tags)
    return (*row, Span(f"  {tags}", "faint")) if tags else tuple(row)


def promise_row(detail: Any, now: datetime, zone: ZoneInfo, width: int) -> Row:
    """What was promised, in words, with a bar of how much of the time has gone."""
    words, style = _promise(detail, now, zone)
    share = _share_gone(detail, now)
    if share is None or width < cells(words) + 12:
        return (Span(clip(words, width), style),)
    size = max(6, min(BAR, width - cells(words) - 8))
    full = round(size * min(share, 1.0))
    percent = f"  {share:.0%}" if share <= 1 else ""  # the words say by how much it is late
    return (
        Span(words + "  ", style),
        Span("█" * full, style),
        Span("░" * (size - full), "faint"),
        Span(percent, style if share >= 0.75 else "faint"),
    )


def _promise(detail: Any, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    if detail.merged_into_id is not None:
        return (
            f"→ part of {ticket_ref(detail.merged_into_id)} since {stamp(detail.closed_at, now, zone)}",
            "here",
        )
    if detail.status in ("solved", "closed"):
        at = detail.solved_at or detail.closed_at or detail.updated_at
        how = f" · {detail.resolution_code.replace('_', ' ')}" if detail.resolution_code else ""
        return f"✓ {detail.status} {stamp(at, now, zone)}{how}", "muted"
    waiting = _waiting(detail, now, zone) if detail.status in ("pending", "on_hold") else ""
    state = band(detail, now)
    if waiting and state in (Band.NONE, Band.PAUSED):
        return f"‖ {waiting}", "waiting" if detail.status == "pending" else "internal"
    words, style = _due(detail, state, now, zone)
    return f"{words} · {waiting}" if waiting else words, style


def _waiting(detail: Any, now: datetime, zone: ZoneInfo) -> str:
    party = line(detail.waiting_for) or "the customer"
    wakes = f", wakes {say_when(detail.wake_at, now, zone)}" if detail.wake_at else ""
    return f"waiting for {party}{wakes}"


def _due(detail: Any, state: Band, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    if state is Band.NONE:
        waits = f" · customer waiting {span(now - detail.waiting_since)}" if detail.waiting_since else ""
        return f"▪ nothing promised{waits}", "muted"
    sign, style = CLOCK_SIGNS[state]
    what = METRIC_WORDS.get(detail.next_metric, detail.next_metric)
    due = detail.next_due_at
    if state is Band.BREACHED:
        late = f"{sign} {what} breached {span(now - detail.breach_at)} ago"
        is_later = due is not None and detail.breach_at - due >= timedelta(
            minutes=1
        )  # it fell out of working hours
        return f"{late}{' as work began;' if is_later else ','} was due {stamp(due, now, zone)}", style
    if state is Band.PAUSED:
        return f"{sign} {what} paused", style
    risk = f"{state.replace('_', ' ')}, " if state in (Band.CRITICAL, Band.AT_RISK) else ""
    left = "now" if due <= now else f"in {span(due - now)}"
    return f"{sign} {what} {risk}due {left}, {stamp(due, now, zone)}", style


def _share_gone(detail: Any, now: datetime) -> float | None:
    """How much of the time between the customer's question and the nearest due instant has gone; None where none runs."""
    due = detail.next_due_at
    if due is None or detail.status in ("solved", "closed"):
        return None
    start = detail.waiting_since if detail.waiting_since and detail.waiting_since < due else detail.created_at
    whole = (due - start).total_seconds()
    return (now - start).total_seconds() / whole if whole > 0 else None


def fit(row: Row, width: int) -> Row:
    """The row cut to a width; the span that does not fit ends in an ellipsis."""
    kept: list[Span] = []
    room = width
    for one in row:
        size = cells(one.text)
        if size > room:
            kept.append(Span(clip(one.text, room), one.style))
            break
        kept.append(one)
        room -= size
    return tuple(kept)
