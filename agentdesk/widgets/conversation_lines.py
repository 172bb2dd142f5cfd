"""A conversation as rows of styled spans for one width: the layout without the widget.

Law: every line of a message is either shown or counted by a row that says how to see it; what is said is safe
text before it is measured. Time is linear in the text, whatever the text is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from agentdesk.domain.mentions import MENTION
from agentdesk.domain.quotes import Part, PartKind, split_quotes
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import block, cells, clip, line
from agentdesk.domain.when import stamp


class Span(NamedTuple):
    """Text in one style; the style is the tail of a component class of the view."""

    text: str
    style: str


Row = tuple[Span, ...]

LONG_TEXT: Final = 200
"""Rows of one message that are shown before the rest is folded."""
SHORT_QUOTE: Final = 2
"""A quote of so few lines is context for the answer below it: it stays open."""
SHORT_SIGNATURE: Final = 4
RULE: Final = "▎"
CHANNELS: Final = {"email": "e-mail", "api": "API", "sms": "SMS", "other": ""}
_KINDS: Final = {"customer": "customer", "agent": "reply", "system": "desk"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows, and where the last message begins."""

    rows: list[Row]
    newest: int


def lay_out(
    messages: Sequence[Any],
    history: Sequence[Any],
    *,
    now: datetime,
    zone: ZoneInfo,
    width: int,
    is_unfolded: bool = False,
) -> Layout:
    """Messages and events in the order they happened, newest last.

    Args:
        messages: Rows with `at, author, author_kind, visibility, channel, body, from_id, recipient`.
        history: Rows with `at, actor, event, sentence, reason, fields`; events of messages are left out.
        now: What "today" is.
        zone: Whose clock the times are written for.
        width: Cells there are.
        is_unfolded: Whether quotes, signatures and long texts are shown whole.
    """
    rows: list[Row] = []
    newest = 0
    was_event = False
    for kind, item in _in_order(messages, history):
        if rows and not (kind == "event" and was_event):
            rows.append(())
        was_event = kind == "event"
        if was_event:
            rows.extend(_event(item, now, zone, width))
        else:
            newest = len(rows)
            rows.append(_heading(item, now, zone, width))
            rows.extend(_body(item, width, is_unfolded=is_unfolded))
    return Layout(rows, newest)


def wrap(text: str, width: int) -> list[str]:
    """Rows of at most `width` cells, broken at spaces where there are any; no character is lost but spaces.

    Args:
        text: One safe line.
        width: Cells, at least 2.
    """
    if len(text) <= width // 2 or (len(text) <= width and text.isascii()) or cells(text) <= width:
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
        room -= cells(sign)
        if room < 0:
            break
        end += 1
    return max(end, start + 1)


def _in_order(messages: Sequence[Any], history: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    items = [(one.at, 1, "message", one) for one in messages]
    items += [(one.at, 0, "event", one) for one in history if not str(one.event).startswith("message.")]
    items.sort(key=lambda item: item[:2])
    return ((kind, one) for _, _, kind, one in items)


def _heading(message: Any, now: datetime, zone: ZoneInfo, width: int) -> Row:
    is_internal = message.visibility == "internal"
    recipient = line(message.recipient)
    internal = f"➥ forwarded to {recipient}" if recipient else "✎ internal note"
    kind = internal if is_internal else _KINDS.get(message.author_kind, message.author_kind)
    channel = "" if is_internal else CHANNELS.get(message.channel, message.channel)
    at = stamp(message.at, now, zone)
    if message.from_id is not None:
        at += f" · from {ticket_ref(message.from_id)}"
    author = line(message.author) or ("customer" if message.author_kind == "customer" else "desk")
    # The name is what people look for: the channel gives way to it, then the kind, but never that it is internal.
    for told in ((kind, channel, at), (kind, at), (kind, at) if is_internal else (at,)):
        about = " · ".join(part for part in told if part)
        if cells(author) + 2 + cells(about) <= width:
            break
    room = max(8, width - cells(about) - 2)
    return (Span(clip(author, room), "internal" if is_internal else "name"), Span("  " + about, "faint"))


def _body(message: Any, width: int, *, is_unfolded: bool) -> Iterator[Row]:
    is_internal = message.visibility == "internal"
    style = "internal" if is_internal else "customer" if message.author_kind == "customer" else "faint"
    rule = Span(f"{RULE} " if style != "faint" else "  ", style)
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


def _event(item: Any, now: datetime, zone: ZoneInfo, width: int) -> Iterator[Row]:
    told = f"{stamp(item.at, now, zone)}  {say_event(item)}"
    for place, row in enumerate(wrap(line(told), max(2, width - 3))):
        yield (Span("── " if place == 0 else "   ", "rule"), Span(row, "faint"))


def say_event(item: Any) -> str:
    """An event in one sentence, with its reason: `ana set the status: status open → pending · asked for the bill`."""
    return f"{item.sentence} · {item.reason}" if item.reason else str(item.sentence)
