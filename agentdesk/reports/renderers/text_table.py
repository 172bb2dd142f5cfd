"""A table as lines of text that fit a width: titles get shorter, then words take a second line; figures are never cut.

On a page too narrow for the columns each row becomes a small paragraph of its own, so that nothing is lost.
"""

from collections.abc import Callable, Sequence

from agentdesk.domain.safe_text import cells, pad
from agentdesk.reports.document import Column, Table
from agentdesk.reports.renderers.wrapping import wrap

INDENT = "  "
GAP = 2
NARROWEST = 8
"""A wide column is not made narrower than this."""


def table_lines(
    table: Table, texts: Callable[[Sequence[object]], list[str]], width: int, rule: str
) -> list[str]:
    """The head, the rows and the total of a table.

    Args:
        table: what to draw; its caption and notes are not drawn here.
        texts: turns the cells of a row of this table into safe lines.
        width: terminal cells of the page.
        rule: the character of the line above the total.
    """
    rows = [texts(row) for row in table.rows]
    total = texts(table.total) if table.total else None
    body = [*rows, total] if total else rows
    titles = [column.title for column in table.columns]
    short = [column.short or column.title for column in table.columns]
    room = width - len(INDENT)
    layouts = (
        (titles, GAP, True),
        (short, GAP, True),
        (titles, GAP, False),
        (short, GAP, False),
        (short, 1, False),
    )
    for heads, gap, is_whole in layouts:
        sizes = _fit([heads, *body], table.columns, room, gap)
        if sizes and (not is_whole or all(_fits(row, sizes) for row in body)):
            lines = [_row_line(heads, sizes, table.columns, gap)]
            lines += [text for row in rows for text in _row_lines(row, sizes, table.columns, gap)]
            if total:
                lines += [INDENT + rule * (sum(sizes) + gap * (len(sizes) - 1))]
                lines += [_row_line(total, sizes, table.columns, gap)]
            return lines
    return [line for row in body for line in _paragraph(row, titles, width)]


def _fit(rows: Sequence[Sequence[str]], columns: Sequence[Column], room: int, gap: int) -> list[int]:
    """The width of each column; empty where they do not fit even with all wide columns clipped."""
    sizes = [max(cells(row[place]) for row in rows) for place in range(len(columns))]
    excess = sum(sizes) + gap * (len(sizes) - 1) - room
    while excess > 0:
        wide = [place for place, column in enumerate(columns) if column.wide and sizes[place] > NARROWEST]
        if not wide:
            return []
        sizes[max(wide, key=lambda place: (sizes[place], -place))] -= 1
        excess -= 1
    return sizes


def _fits(row: Sequence[str], sizes: Sequence[int]) -> bool:
    """Whether every cell has room in two lines."""
    return all(
        cells(text) <= size or len(wrap(text, size)) <= 2 for text, size in zip(row, sizes, strict=True)
    )


def _row_lines(row: Sequence[str], sizes: Sequence[int], columns: Sequence[Column], gap: int) -> list[str]:
    """A row, and below it what did not fit into its wide columns; what needs a third line is clipped."""
    first, second = list(row), [""] * len(row)
    for place, (text, size, column) in enumerate(zip(row, sizes, columns, strict=True)):
        if column.wide and cells(text) > size and len(broken := wrap(text, size)) > 1:
            first[place], second[place] = broken[0], " ".join(broken[1:])
    lines = [_row_line(first, sizes, columns, gap)]
    return [*lines, _row_line(second, sizes, columns, gap)] if any(second) else lines


def _row_line(row: Sequence[str], sizes: Sequence[int], columns: Sequence[Column], gap: int) -> str:
    parts = [
        pad(text, size, right=column.is_right) for text, size, column in zip(row, sizes, columns, strict=True)
    ]
    return (INDENT + (" " * gap).join(parts)).rstrip()


def _paragraph(row: Sequence[str], titles: Sequence[str], width: int) -> list[str]:
    """A row as `its name: title value, title value`, wrapped."""
    named = next((place for place, title in enumerate(titles) if title), 0) + 1
    pairs = [f"{title} {text}".strip() for title, text in zip(titles[named:], row[named:], strict=True)]
    return wrap(
        f"{' '.join(row[:named])}: {', '.join(filter(None, pairs))}", width, first=INDENT, rest=INDENT * 2
    )
