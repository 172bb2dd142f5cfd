"""A table as lines of text that fit a width: words give way first, figures are never cut.

On a page too narrow for the columns each row becomes a small paragraph of its own, so that nothing is lost.
"""

from collections.abc import Callable, Sequence

from agentdesk.domain.safe_text import cells, pad
from agentdesk.reports.document import Column, Table
from agentdesk.reports.renderers.wrapping import wrap

INDENT = "  "
GAP = 2
NARROWEST = 8
"""A wide column is not clipped to fewer cells than this."""


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
    for heads, gap in ((titles, GAP), (short, GAP), (short, 1)):
        sizes = _fit([heads, *body], table.columns, width - len(INDENT), gap)
        if sizes:
            lines = [_row_line(row, sizes, table.columns, gap) for row in (heads, *rows)]
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
