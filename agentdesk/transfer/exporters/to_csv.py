"""CSV as RFC 4180 has it, in UTF-8: a heading, lines that end in CRLF, and no cell that begins a formula."""

import csv
import io
from typing import BinaryIO

from agentdesk.transfer.exporters.cells import flattened
from agentdesk.transfer.exporters.protocol import Sheet, Style


def write(sheet: Sheet, out: BinaryIO, style: Style) -> None:
    """Write the heading and every row."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if style.has_mark else "utf-8", newline="")
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.key for column in sheet.columns])
        for block in flattened(sheet, is_raw=style.is_raw):
            writer.writerows(zip(*block, strict=True))
        text.flush()
    finally:
        text.detach()
