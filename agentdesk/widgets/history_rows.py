"""The history of a ticket as rows: one heading a day, one line an event, the fields before and after below it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.safe_text import line
from agentdesk.widgets.conversation_lines import Row, Span, wrap


def history_rows(history: Sequence[Any], now: datetime, zone: ZoneInfo, width: int) -> list[Row]:
    """Newest first, because the last thing that happened is asked for most."""
    rows: list[Row] = []
    today, day = now.astimezone(zone).date(), None
    for item in reversed(history):
        local = item.at.astimezone(zone)
        if local.date() != day:
            day = local.date()
            rows += [()] if rows else []
            name = "Today" if day == today else f"{local:%A} {local.day} {local:%B %Y}"
            rows.append((Span(name, "name"),))
        rows.extend(_event(item, f"{local:%H:%M}", width))
    return rows


def _event(item: Any, clock: str, width: int) -> Iterator[Row]:
    for place, text in enumerate(wrap(line(item.deed), max(8, width - 8))):
        yield (Span(f"{clock}  " if place == 0 else "       ", "faint"), Span(text, "text"))
    size = max((len(line(one.field)) for one in item.fields), default=0)
    for one in item.fields:
        yield from _field(one, size, width)
    if item.reason:
        for text in wrap(f"“{line(item.reason)}”", max(8, width - 8)):
            yield (Span("       ", "faint"), Span(text, "muted"))


def _field(change: Any, size: int, width: int) -> Iterator[Row]:
    """`status  open → pending`: what was is faint, what is has the eye."""
    name = f"       {line(change.field):<{size}}  "
    before, after = line(change.before), line(change.after)
    if len(name) + len(before) + len(after) + 3 <= width:
        yield (Span(name, "faint"), Span(before, "faint"), Span(" → ", "faint"), Span(after, "here"))
        return
    for place, text in enumerate(wrap(before, max(8, width - len(name) - 2))):
        yield (
            Span(name if place == 0 else " " * len(name), "faint"),
            Span(f"\N{MINUS SIGN} {text}", "faint"),
        )
    for text in wrap(after, max(8, width - len(name) - 2)):
        yield (Span(" " * len(name), "faint"), Span(f"+ {text}", "here"))
