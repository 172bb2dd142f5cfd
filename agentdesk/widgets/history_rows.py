"""The history of a ticket as rows: one heading a day, one line an event, the fields before and after below it.

What was taken back stays where it was, struck and marked; an opened entry shows all of it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import ndiff
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.domain.safe_text import block, cells, line
from agentdesk.domain.when import exact, say_day
from agentdesk.widgets.conversation_lines import UNDONE, wrap
from agentdesk.widgets.spans import Row, Span

MARGIN: Final = 9
"""Cells before what is said: the sign of the cursor, and the time."""
SHOWN: Final = 4
"""Rows of a long text before it is opened."""
_MINUS: Final = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The rows, and where each entry begins and ends, the newest first."""

    rows: list[Row]
    places: list[tuple[int, int]]


def history_rows(
    history: Sequence[Any], now: datetime, zone: ZoneInfo, width: int, *, opened: Collection[int] = ()
) -> HistoryPage:
    """Newest first, because the last thing that happened is asked for most.

    Args:
        history: rows of `queries.histories`, oldest first.
        now: what "today" is.
        zone: whose clock tells the times.
        width: cells there are.
        opened: places of entries, from the newest, that are shown whole.
    """
    rows: list[Row] = []
    places: list[tuple[int, int]] = []
    today, day = now.astimezone(zone).date(), None
    for place, item in enumerate(reversed(history)):
        local = item.at.astimezone(zone)
        if local.date() != day:
            day = local.date()
            rows += [()] if rows else []
            name = say_day(day, today)
            rows.append((Span(f"  {name[0].upper()}{name[1:]}", "name"),))
        start = len(rows)
        rows.extend(_event(item, f"{local:%H:%M}", width, is_open=place in opened, zone=zone))
        places.append((start, len(rows)))
    return HistoryPage(rows, places)


def _event(item: Any, clock: str, width: int, *, is_open: bool, zone: ZoneInfo) -> Iterator[Row]:
    is_undone = item.undone_by is not None
    deed = f"{line(item.deed)}{f' · taken back by change {item.undone_by}' if is_undone and is_open else ''}"
    sign = UNDONE if is_undone else ""
    for place, text in enumerate(wrap(sign + deed, max(8, width - MARGIN))):
        head = f"  {clock}  " if place == 0 else " " * MARGIN
        yield (Span(head, "faint"), Span(text, "struck" if is_undone else "text"))
    fields = [*item.fields, *(item.besides if is_open else ())]
    size = max((len(line(one.field)) for one in fields), default=0)
    for one in fields:
        yield from _field(one, size, width, is_open=is_open, is_undone=is_undone)
    if item.reason:
        yield from _said(f"“{line(item.reason)}”", width, "muted")
    if item.text:
        yield from _text(item.text, width, is_open=is_open)
    if is_open:
        yield from _said(_about(item, zone), width, "faint")


def _about(item: Any, zone: ZoneInfo) -> str:
    """Who wrote it down, when, by which door, and the number that an undo takes."""
    when = exact(item.at, zone)
    written = "" if item.written_at is None else f", written {exact(item.written_at, zone)}"
    return f"change {item.change_id} · {when}{written} · by {line(item.actor)}, {line(item.origin)}"


def _said(text: str, width: int, style: str) -> Iterator[Row]:
    for one in wrap(text, max(8, width - MARGIN)):
        yield (Span(" " * MARGIN, "faint"), Span(one, style))


def _text(text: str, width: int, *, is_open: bool) -> Iterator[Row]:
    """What was said: its first line, or all of it."""
    lines = [row for one in block(text).splitlines() for row in wrap(one, max(8, width - MARGIN - 2))]
    shown = lines if is_open else [one for one in lines if one.strip()][:1]
    for one in shown:
        yield (Span(" " * MARGIN + "▎ ", "faint"), Span(one, "muted"))
    if not is_open and len(lines) > 1:
        yield (Span(" " * MARGIN, "faint"), Span(f"▸ {len(lines):,} lines · enter shows them", "faint"))


def _field(change: Any, size: int, width: int, *, is_open: bool, is_undone: bool) -> Iterator[Row]:
    """`status  open → pending`: what was is faint, what is has the eye; what has lines is told line by line."""
    name = f"{' ' * MARGIN}{line(change.field):<{size}}  "
    new = "faint" if is_undone else "here"
    before, after = line(change.before), line(change.after)
    is_flat = "\n" not in f"{change.before}{change.after}"
    if is_flat and cells(name) + cells(before) + cells(after) + 3 <= width:
        yield (Span(name, "faint"), Span(before, "faint"), Span(" → ", "faint"), Span(after, new))
        return
    rows = list(_difference(str(change.before), str(change.after), max(8, width - len(name) - 2), new))
    kept = rows if is_open or len(rows) <= SHOWN + 1 else rows[:SHOWN]
    for place, row in enumerate(kept):
        yield (Span(name if place == 0 else " " * len(name), "faint"), row)
    if len(kept) < len(rows):
        more = f"▸ {len(rows) - len(kept):,} more lines · enter shows them"
        yield (Span(" " * len(name), "faint"), Span(more, "faint"))


def _difference(before: str, after: str, room: int, new: str) -> Iterator[Span]:
    """Lines that went and lines that came, in the order of the text; those that stayed are left out."""
    styles = {"- ": (_MINUS, "faint"), "+ ": ("+", new)}
    for one in ndiff(block(before).splitlines(), block(after).splitlines()):
        if one[:2] in styles:
            sign, style = styles[one[:2]]
            for text in wrap(one[2:], room):
                yield Span(f"{sign} {text}", style)
