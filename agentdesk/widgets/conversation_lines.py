"""A conversation as rows of styled spans for one width: the layout without the widget.

Law: every line of a message is either shown or counted by a row that says how to see it; what is said is safe
text before it is measured. Time is linear in the text, whatever the text is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.domain.events import Event
from agentdesk.domain.file_names import say_size
from agentdesk.domain.mentions import MENTION
from agentdesk.domain.quotes import Part, PartKind, split_quotes
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import block, cells, clip, line, most_cells
from agentdesk.domain.when import say_day, stamp
from agentdesk.widgets.spans import Row, Span

LONG_TEXT: Final = 200
"""Rows of one message that are shown before the rest is folded."""
SHORT_QUOTE: Final = 2
"""A quote of so few lines is context for the answer below it: it stays open."""
SHORT_SIGNATURE: Final = 4
MANY_EVENTS: Final = 5
"""So many events in a row are folded to the first and the last."""
MEASURE: Final = 100
"""Cells in which the head of a message is laid out; further away its time would not be seen beside its author."""
RULE: Final = "▎"
NOTE_RULE: Final = "║"
"""Before every line of an internal note: told from what a customer says without colour."""
UNDONE: Final = "↶ "
"""Before what was taken back, as in the history."""
FOUND: Final = "▶ "
CHANNELS: Final = {"email": "e-mail", "api": "API", "sms": "SMS", "other": ""}
_KINDS: Final = {"customer": "customer", "agent": "reply", "system": "desk"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows, where the last message begins, and where each of them does, by its number."""

    rows: list[Row]
    newest: int
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """What everything of a conversation is laid out on.

    Attributes:
        now: what "today" is.
        zone: whose clock the times are written for.
        width: cells there are.
        is_unfolded: whether quotes, signatures, long texts and many events are shown whole.
        found: the number of the message that was looked for; it is marked.
        files: what came with each message, by its number: rows with `name, size`.
    """

    now: datetime
    zone: ZoneInfo
    width: int
    is_unfolded: bool = False
    found: int | None = None
    files: Mapping[int, Sequence[Any]] = field(default_factory=dict)


def lay_out(messages: Sequence[Any], history: Sequence[Any], paper: Paper) -> Layout:
    """Messages and events in the order they happened, newest last, with a rule wherever a day begins.

    Args:
        messages: Rows with `id, at, author, author_kind, visibility, channel, body, from_id, recipient`.
        history: Rows with `at, change_id, event, sentence, reason, undone_by`; events of messages are left out.
        paper: What it is laid out on.
    """
    rows: list[Row] = []
    starts: dict[int, int] = {}
    newest, day = 0, None
    for kind, run in groupby(_in_order(messages, history), key=lambda item: _run_of(item, paper.zone)):
        if rows:
            rows.append(() if kind[0] == day else _day(kind[0], paper))
        day = kind[0]
        items = [one for _, one in run]
        if kind[1] == "event":
            rows.extend(_events(items, paper))
            continue
        newest = starts[items[0].id] = len(rows)
        rows.append(_heading(items[0], paper))
        rows.extend(_body(items[0], paper))
        rows.extend(_flags(items[0], paper))
        rows.extend(_files(items[0], paper))
    return Layout(rows, newest, starts)


def _run_of(item: tuple[str, Any], zone: ZoneInfo) -> tuple[date, str, int]:
    """What stands together: the events of a day, and each message by itself."""
    kind, one = item
    return one.at.astimezone(zone).date(), kind, 0 if kind == "event" else one.id


def _day(day: date, paper: Paper) -> Row:
    today = paper.now.astimezone(paper.zone).date()
    told = f"────── {say_day(day, today)} "
    return (
        Span(clip(told, paper.width), "faint"),
        Span("─" * max(min(paper.width, MEASURE) - cells(told), 0), "rule"),
    )


def wrap(text: str, width: int) -> list[str]:
    """Rows of at most `width` cells in every terminal, broken at spaces where there are any; no character is lost but spaces.

    Args:
        text: One safe line.
        width: Cells, at least 2.
    """
    if len(text) <= width // 2 or (len(text) <= width and text.isascii()) or most_cells(text) <= width:
        return [text]
    rows: list[str] = []
    start, size = 0, len(text)
    while start < size:
        end = _fitting(text, start, width)
        if end < size and text[end] != " ":
            gap = text.rfind(" ", start + 1, end)
            end = gap if gap > start and text[start:gap].strip() else end
        rows.append(text[start:end].rstrip())
        start = end
        while start < size and text[start] == " ":
            start += 1
    return rows


def _fitting(text: str, start: int, width: int) -> int:
    """The end of the longest piece from `start` that fits; a mark stays with its letter."""
    piece = text[start : start + width]
    if piece.isascii():
        return start + len(piece)
    room, end = width, start
    for sign in text[start : start + 4 * width]:
        room -= most_cells(sign)
        if room < 0:
            break
        end += 1
    return max(end, start + 1)


def _in_order(messages: Sequence[Any], history: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    items = [(one.at, 1, "message", one) for one in messages]
    items += [(one.at, 0, "event", one) for one in _events_told(history)]
    items.sort(key=lambda item: item[:2])
    return ((kind, one) for _, _, kind, one in items)


def _events_told(history: Sequence[Any]) -> Iterator[Any]:
    """The events without those of messages, and without the taking back of what stands marked as taken back itself."""
    said = [one for one in history if str(one.event).startswith("message.")]
    own = [one for one in history if not str(one.event).startswith("message.")]
    marked = {one.undone_by for one in own} - {one.undone_by for one in said}
    return (one for one in own if one.event != Event.CHANGE_UNDONE or one.change_id not in marked)


def _heading(message: Any, paper: Paper) -> Row:
    is_internal = message.visibility == "internal"
    recipient = line(message.recipient)
    internal = f"➥ forwarded to {recipient}" if recipient else "✎ internal note"
    kind = internal if is_internal else _KINDS.get(message.author_kind, message.author_kind)
    channel = "" if is_internal else CHANNELS.get(message.channel, message.channel)
    at = stamp(message.at, paper.now, paper.zone)
    if message.from_id is not None:
        at += f" · from {ticket_ref(message.from_id)}"
    author = line(message.author) or ("customer" if message.author_kind == "customer" else "desk")
    is_found = message.id == paper.found
    width = min(paper.width, MEASURE) - (cells(FOUND) if is_found else 0)
    # The name is what people look for: the channel gives way to it, then the kind, but never that it is internal.
    for about in (f"{kind} · {channel}" if channel else kind, kind, kind if is_internal else ""):
        if cells(author) + 2 + cells(about) + (2 if about else 0) + cells(at) <= width:
            break
    about = f"  {about}" if about else ""
    author = clip(author, max(8, width - cells(about) - cells(at) - 2))
    blank = " " * max(width - cells(author) - cells(about) - cells(at), 2)
    return (
        *((Span(FOUND, "here"),) if is_found else ()),
        Span(author, "internal" if is_internal else "name"),
        Span(f"{about}{blank}{at}", "faint"),
    )


def _body(message: Any, paper: Paper) -> Iterator[Row]:
    is_unfolded, width = paper.is_unfolded, paper.width
    is_internal = message.visibility == "internal"
    style = "internal" if is_internal else "customer" if message.author_kind == "customer" else "faint"
    rule = Span(f"{NOTE_RULE if is_internal else RULE} " if style != "faint" else "  ", style)
    text_style = "note" if is_internal else "text"
    shown = 0
    parts = _trimmed(split_quotes(block(message.body)))
    for part in parts:
        folded = None if is_unfolded else _folded(part)
        if folded:
            yield (Span("  ▸ " + folded, "faint"),)
            continue
        for at, text in enumerate(part.lines):
            if not is_unfolded and shown >= LONG_TEXT:
                yield (Span(f"  ▸ {len(part.lines) - at:,} more lines · H shows them", "soon"),)
                break
            for row in wrap(text, max(2, width - 2)):
                shown += 1
                if part.kind is not PartKind.TEXT:
                    yield (rule, Span(row, "faint"))
                elif is_internal and "@" in row:
                    yield (rule, *_with_mentions(row))
                else:
                    yield (rule, Span(row, text_style))


def _with_mentions(row: str) -> Iterator[Span]:
    """A row of a note with the names in it made plain to see."""
    at = 0
    for found in MENTION.finditer(row):
        if found.start() > at:
            yield Span(row[at : found.start()], "note")
        yield Span(found.group(), "mention")
        at = found.end()
    if at < len(row):
        yield Span(row[at:], "note")


def _trimmed(parts: Sequence[Part]) -> list[Part]:
    """The parts without the blank lines at their ends, which mail programs put there, and without empty ones."""
    kept: list[Part] = []
    for part in parts:
        first, last = 0, len(part.lines)
        while first < last and not part.lines[first].strip():
            first += 1
        while last > first and not part.lines[last - 1].strip():
            last -= 1
        if first < last:
            kept.append(Part(part.kind, part.lines[first:last]))
    return kept


def _folded(part: Part) -> str:
    """What stands for a part that is folded; empty for one that is shown."""
    size = len(part.lines)
    if part.kind is PartKind.QUOTE and size > SHORT_QUOTE:
        return f"{size:,} quoted lines"
    if part.kind is PartKind.SIGNATURE and size > SHORT_SIGNATURE:
        return f"signature, {size} lines"
    return ""


def _flags(message: Any, paper: Paper) -> Iterator[Row]:
    """What is to be said of how a message came in: its sender may be none, its date a guess."""
    for flag in getattr(message, "flags", ()):
        for place, row in enumerate(wrap(line(flag), max(2, paper.width - 4))):
            yield (Span("  ! " if place == 0 else "    ", "faint"), Span(row, "faint"))


def _files(message: Any, paper: Paper) -> Iterator[Row]:
    """What came with a message: f lists it, and what is safe to do with it."""
    for one in paper.files.get(message.id, ()):
        size = f"  {say_size(one.size)}"
        name = clip(line(one.name), max(paper.width - 9 - len(size), 8))
        yield (Span("  ▫ file ", "faint"), Span(name, "here"), Span(size, "faint"))


def _events(items: Sequence[Any], paper: Paper) -> Iterator[Row]:
    """Events one under the other; of many the first and the last, until all are wanted."""
    if len(items) < MANY_EVENTS or paper.is_unfolded:
        for one in items:
            yield from _event(one, paper)
        return
    yield from _event(items[0], paper)
    yield (Span("   ", "rule"), Span(f"▸ {len(items) - 2} more events · H shows them", "faint"))
    yield from _event(items[-1], paper)


def _event(item: Any, paper: Paper) -> Iterator[Row]:
    sign = "" if item.undone_by is None else UNDONE
    told = f"{stamp(item.at, paper.now, paper.zone)}  {sign}{say_event(item)}"
    for place, row in enumerate(wrap(line(told), max(2, paper.width - 3))):
        yield (Span("── " if place == 0 else "   ", "rule"), Span(row, "faint"))


def say_event(item: Any) -> str:
    """An event in one sentence, with its reason: `ana set the status: open → pending · asked for the bill`."""
    return f"{item.sentence} · {item.reason}" if item.reason else str(item.sentence)
