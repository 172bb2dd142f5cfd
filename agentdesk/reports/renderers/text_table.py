"""A table as lines of text that fit a width: words give way first, figures are never cut.

On a page too narrow for the columns each row becomes a small paragraph of its own, so that nothing is lost.
"""

import textwrap
from collections.abc import Callable, Sequence

from agentdesk.domain.safe_text import cells, pad
from agentdesk.reports.document import Column, Table

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
    for titles in ([column.title for column in table.columns], [c.short or c.title for c in table.columns]):
        sizes = _fit([titles, *body], table.columns, width - len(INDENT))
        if sizes:
            lines = [_row_line(row, sizes, table.columns) for row in ([titles] if any(titles) else []) + rows]
            if total:
                lines += [INDENT + rule * (sum(sizes) + GAP * (len(sizes) - 1))]
                lines += [_row_line(total, sizes, table.columns)]
            return lines
    return [line for row in body for line in _paragraph(row, table.columns, width)]


def _fit(rows: Sequence[Sequence[str]], columns: Sequence[Column], room: int) -> list[int]:
    """The width of each column; empty where they do not fit even with all wide columns clipped."""
    sizes = [max(cells(row[place]) for row in rows) for place in range(len(columns))]
    excess = sum(sizes) + GAP * (len(sizes) - 1) - room
    while excess > 0:
        wide = [place for place, column in enumerate(columns) if column.wide and sizes[place] > NARROWEST]
        if not wide:
            return []
        sizes[max(wide, key=lambda place: (sizes[place], -place))] -= 1
        excess -= 1
    return sizes


def _row_line(row: Sequence[str], sizes: Sequence[int], columns: Sequence[Column]) -> str:
    parts = [
        pad(text, size, right=column.is_right) for text, size, column in zip(row, sizes, columns, strict=True)
    ]
    return (INDENT + (" " * GAP).join(parts)).rstrip()


def _paragraph(row: Sequence[str], columns: Sequence[Column], width: int) -> list[str]:
    """A row as `first cell: title value, title value`, wrapped."""
    pairs = [f"{column.title} {text}".strip() for column, text in zip(columns, row, strict=True)]
    return textwrap.wrap(
        ", ".join(pairs), width, initial_indent=INDENT, subsequent_indent=INDENT * 2, break_on_hyphens=False
    )
