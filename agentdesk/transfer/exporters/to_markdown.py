"""Rows as one pipe table of Markdown, a line each; no character of a stranger means anything in it.

What people read of tickets and messages are their threads: see `transfer.threads`.
"""

import re
from typing import BinaryIO, Final

from agentdesk.domain.safe_text import line
from agentdesk.transfer.exporters.cells import flattened
from agentdesk.transfer.exporters.protocol import Sheet, Style

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>|~#!&])")


def write(sheet: Sheet, out: BinaryIO, style: Style) -> None:  # noqa: ARG001  no spreadsheet runs it
    """Write the head and every row."""
    out.write(_row([inline(column.key) for column in sheet.columns]).encode())
    out.write(_row([":--"] * len(sheet.columns)).encode())
    for block in flattened(sheet, is_raw=True):
        rows = zip(*block, strict=True)
        out.write("".join(_row([inline(cell) for cell in row]) for row in rows).encode())


def inline(value: object) -> str:
    """One safe line that Markdown prints as it stands."""
    return _SPECIAL.sub(r"\\\1", line(value))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
