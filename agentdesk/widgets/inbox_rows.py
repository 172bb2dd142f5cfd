"""How an escalation and a notice look: as a row of a list, and whole beside it with every step of the chain."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.escalation import ack_words, in_chains, short_span
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import block, line
from agentdesk.domain.when import say_when, stamp
from agentdesk.widgets.columns import Cell, Column
from agentdesk.widgets.conversation_lines import wrap
from agentdesk.widgets.spans import Row, Span

_STATES = {"requested": "waiting", "accepted": "here"}
_ROOMY = 96
"""From this many cells on there is room for what other columns say too."""
Now = Callable[[], datetime]


def escalation_columns(now: Now, *, by_me: bool = False, of_me: bool = False) -> list[Column[Any]]:
    """The columns of a list of escalations.

    Args:
        now: the instant that overdue is told against.
        by_me: whether I asked; who asked then needs no room.
        of_me: whether I was asked; whom then needs no room, unless there is plenty.
    """
    who: Column[Any] = Column("FROM", 10, lambda row: Cell(row.asked_by or "the desk", "muted"), drop=2)
    whom: Column[Any] = Column(
        "TO", 12, lambda row: Cell(row.to, "muted"), most=22, from_width=_ROOMY if of_me else 0, drop=1
    )
    return [
        Column("", 1, lambda row: _sign(row, now()), gap=1),
        Column("TICKET", 7, lambda row: Cell(ticket_ref(row.ticket_id), "muted")),
        Column(
            "ASK",
            18,
            lambda row: Cell(row.ask, "strong" if row.state == "requested" else "text"),
            flexible=True,
        ),
        *([] if by_me else [who]),
        whom,
        Column("STATE", 9, lambda row: Cell(row.state, _STATES.get(row.state, "faint")), from_width=_ROOMY),
        Column("ANSWER", 14, lambda row: due(row, now()), most=18),
    ]


def notice_columns(now: Now, zone: ZoneInfo) -> list[Column[Any]]:
    """The columns of the notices."""
    return [
        Column("TICKET", 7, lambda row: Cell(row.ref, "muted")),
        Column("WHAT", 30, lambda row: Cell(row.words, "strong"), flexible=True),
        Column("ABOUT", 20, lambda row: Cell(row.subject, "muted"), from_width=100, most=50),
        Column("WHEN", 15, lambda row: Cell(stamp(row.created_at, now(), zone), "faint")),
    ]


def _sign(row: Any, now: datetime) -> Cell:
    if _is_late_answer(row, now):
        return Cell("▲", "late")
    if row.state != "requested":
        return Cell("▪", "muted")
    return Cell("▲", "late") if row.is_overdue(now) else Cell("◇", "soon")


def _is_late_answer(row: Any, now: datetime) -> bool:
    """Whether what was accepted was needed before now."""
    return row.state == "accepted" and row.needed_by is not None and row.needed_by < now


def due(row: Any, now: datetime) -> Cell:
    """By when something is owed: the first answer, then what was asked for."""
    if words := ack_words(row.state, row.ack_due_at, now):
        return Cell(words, "late" if row.is_overdue(now) else "soon")
    if row.state == "accepted" and row.needed_by is not None:
        far = short_span(row.needed_by, now)
        is_late = _is_late_answer(row, now)
        return Cell(f"needed {far} ago" if is_late else f"needed in {far}", "late" if is_late else "muted")
    return Cell(row.state, "faint")


def escalation_rows(row: Any, steps: Sequence[Any], now: datetime, zone: ZoneInfo, width: int) -> list[Row]:
    """One escalation whole: what is asked by whom and until when, what came of it, and the chain."""
    about = f"escalation {row.id} · {row.kind} · {row.reason_code.replace('_', ' ')}"
    rows: list[Row] = [
        *_title(row, width),
        *((Span(text, "faint"),) for text in wrap(about, width)),
        (),
        *(
            (Span(text, "text"),)
            for part in block(row.ask).splitlines()
            for text in wrap(part, width) or [""]
        ),
        (),
        *_facts(row, now, zone, width),
    ]
    if row.outcome:
        rows += [(), *((Span(text, "customer"),) for text in wrap(line(row.outcome), width))]
    chain = [(depth, one) for depth, one in in_chains(steps)]
    if len(chain) > 1:
        rows += [(), (Span("EVERY STEP ON THIS TICKET", "faint"),), *_chain(chain, row.id)]
    return rows


def _title(row: Any, width: int) -> Iterator[Row]:
    """The reference, and beside it the subject in as many lines as it takes."""
    ref = f"{ticket_ref(row.ticket_id)}  "
    for place, text in enumerate(wrap(line(row.subject) or "(no subject)", max(width - len(ref), 10))):
        yield (Span(ref if place == 0 else " " * len(ref), "muted"), Span(text, "subject"))


def _facts(row: Any, now: datetime, zone: ZoneInfo, width: int) -> Iterator[Row]:
    level = f" ({row.level})" if row.level and row.level != row.to else ""
    yield (
        Span("asked by  ", "faint"),
        Span(line(row.asked_by or "the desk"), "name"),
        Span(f", {say_when(row.created_at, now, zone)}", "muted"),
    )
    for place, text in enumerate(wrap(f"{line(row.to)}{level}", max(width - 10, 10))):
        yield (Span("asked of  " if place == 0 else " " * 10, "faint"), Span(text, "name"))
    if row.state != "requested":
        yield (Span("state     ", "faint"), Span(row.state, "text"))
    elif row.ack_due_at is not None:
        yield (
            Span("answer    ", "faint"),
            Span(ack_words(row.state, row.ack_due_at, now), "late" if row.is_overdue(now) else "soon"),
            Span(f", {stamp(row.ack_due_at, now, zone)}", "muted"),
        )
    if row.needed_by is not None:
        is_late = row.needed_by < now
        yield (
            Span("needed    ", "faint"),
            Span(say_when(row.needed_by, now, zone), "late" if is_late else "text"),
        )


def _chain(chain: Sequence[tuple[int, Any]], number: int) -> Iterator[Row]:
    for depth, one in chain:
        mark = "▸ " if one.id == number else "  "
        told = f"{'  ' * depth}{one.id}  {line(one.asked_by or 'the desk')} → {line(one.to)}"
        yield (Span(mark, "here"), Span(told, "text"), Span(f"  {one.state}", "muted"))


def notice_rows(row: Any, now: datetime, zone: ZoneInfo, width: int) -> list[Row]:
    """One notice whole."""
    return [
        *_title(row, width),
        (Span(say_when(row.created_at, now, zone), "faint"),),
        (),
        *((Span(text, "text"),) for text in wrap(line(row.words), width)),
    ]
