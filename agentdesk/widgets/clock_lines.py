"""The clocks of a ticket as rows of spans: one line a clock, and the table of one that adds up on paper."""

from collections.abc import Iterable, Sequence
from typing import Final

from agentdesk.domain.safe_text import cells, clip, line, pad
from agentdesk.domain.sla import ClockState, SlaClock
from agentdesk.domain.sla.telling import SIGNS, ToldRow, began_words, state_words, title
from agentdesk.widgets.conversation_lines import wrap
from agentdesk.widgets.detail_list import LABEL, Detail
from agentdesk.widgets.spans import Row, Span

STATE_STYLES: Final = {
    ClockState.RUNNING: "text",
    ClockState.AT_RISK: "soon",
    ClockState.CRITICAL: "late",
    ClockState.DUE: "late",
    ClockState.BREACHED: "late",
    ClockState.PAUSED: "waiting",
    ClockState.MET: "muted",
    ClockState.CANCELLED: "faint",
}
HEADS: Final = ("From", "To", "Status", "Open min", "Counted", "Total", "Ends with")
_RIGHT: Final = (False, False, False, True, False, True, False)
_MARKS: Final = {"breached": "late", "due": "soon"}
_BESIDE: Final = 20
"""Cells that signs and the longest title take of a line of the list."""
_LEAST: Final = 10
"""Cells that the last column gets at least."""
_WEEKDAY: Final = len("Mon ")


def clock_line(clock: SlaClock, width: int, *, titles: int = 0) -> Row:
    """`◇ first reply  at risk, 78 of 100 min used, 22 min left, due Tue 03-03 10:22`."""
    style = STATE_STYLES[clock.state]
    name = pad(title(clock), titles) if titles else title(clock)
    head = f"{SIGNS[clock.state]} {name}  "
    return (Span(head, style), Span(fitted_words(clock, width - cells(head)), _words_style(style)))


def fitted_words(clock: SlaClock, width: int) -> str:
    """Where a clock stands in one line; what is used goes first where there is no room for all."""
    words = state_words(clock)
    if cells(words) > width:
        words = ", ".join(part for part in words.split(", ") if not part.endswith("min used"))
    return clip(words, max(width, 1))


def clock_lines(clocks: Sequence[SlaClock], width: int, *, chosen: int | None = None) -> list[Row]:
    """A line for each; the chosen one has a bar before it."""
    titles = max((len(title(one)) for one in clocks), default=0)
    rows = [clock_line(one, width - (2 if chosen is not None else 0), titles=titles) for one in clocks]
    if chosen is None:
        return rows
    return [(Span("▌ " if place == chosen else "  ", "here"), *row) for place, row in enumerate(rows)]


def clock_details(clocks: Sequence[SlaClock], width: int) -> list[Detail]:
    """A section of the clocks of a ticket, to stand above its fields; none where no policy promises anything."""
    rows = [
        Detail(f"{SIGNS[one.state]} {title(one)}", fitted_words(one, width - LABEL), "clocks")
        for one in clocks
    ]
    return [*rows, Detail("", "")] if rows else []


def short_clock_lines(clocks: Sequence[SlaClock], width: int) -> list[Row]:
    """The same in a narrow pane: what it is, and below it, indented, where it stands."""
    rows: list[Row] = []
    for one in clocks:
        style = STATE_STYLES[one.state]
        rows.append((Span(f"{SIGNS[one.state]} {title(one)}", style),))
        words = ""
        for part in state_words(one).split(", "):
            joined = f"{words}, {part}" if words else part
            if words and cells(joined) > width - 3:  # a comma follows
                rows.append((Span(f"  {words},", "muted"),))
                joined = part
            words = joined
        rows.append((Span(f"  {clip(words, width - 2)}", "muted"),))
    return rows


def table_rows(clock: SlaClock, told: Iterable[ToldRow], width: int) -> list[Row]:
    """The table of a clock under what was promised; columns close up where there is little room, and words go on below."""
    listed = [_texts(one) for one in told]
    heads, texts, gap = _fitted(listed, width)
    widths = [max(cells(one[at]) for one in (heads, *texts)) for at in range(len(heads))]

    def laid(row: Sequence[str]) -> list[str]:
        last = len(row) - 1
        return [
            text if at == last else pad(text, widths[at], right=_RIGHT[at]) + gap
            for at, text in enumerate(row)
        ]

    rows: list[Row] = [*_head(clock, width), ()]
    rows.append((Span("".join(laid(heads)), "faint"),))
    for row in texts:
        *parts, mark = laid(row)
        before = "".join(parts)
        style = "text" if row[4] == "yes" else "faint"
        for words in wrap(mark, max(width - cells(before), _LEAST)):
            rows.append((Span(before, style), Span(words, _mark_style(mark))))
            before = " " * cells(before)
    return rows


def _head(clock: SlaClock, width: int) -> list[Row]:
    """When it began; and where it stands, if a line of the list has no room for all of that."""
    told = [began_words(clock)]
    words = state_words(clock)
    if fitted_words(clock, width - _BESIDE) != words:
        told.append(words)
    return [(Span(row, "muted"),) for one in told for row in wrap(one, width)]


def _mark_style(mark: str) -> str:
    """That of a word in it: a mark may name the target too, as in `60 min breached`."""
    return next((style for word, style in _MARKS.items() if word in mark), "muted")


def _words_style(style: str) -> str:
    return style if style in ("late", "soon", "faint") else "muted"


def _texts(row: ToldRow) -> tuple[str, ...]:
    return (row.start, row.until, line(row.status), str(row.minutes), row.counted, str(row.total), row.mark)


def _fitted(rows: list[tuple[str, ...]], width: int) -> tuple[tuple[str, ...], list[tuple[str, ...]], str]:
    """Heads, rows and gap that fit: first the gaps close up, then weekdays go, then the longest head is shortened."""
    bare = [(one[0][_WEEKDAY:], one[1][_WEEKDAY:], *one[2:]) for one in rows]
    short = (*HEADS[:3], "Open", *HEADS[4:])
    choices = (
        (HEADS, rows, "   "),
        (HEADS, rows, "  "),
        (HEADS, rows, " "),
        (HEADS, bare, " "),
        (short, bare, " "),
    )
    for heads, texts, gap in choices:
        whole = sum(max(cells(one[at]) for one in (heads, *texts)) for at in range(len(heads)))
        if whole + len(gap) * (len(heads) - 1) <= width:
            break
    return heads, texts, gap
