"""One JSON object a line, in plain ASCII, keys in the order of the columns."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from agentdesk.transfer.exporters.protocol import Sheet, Style


def write(sheet: Sheet, out: BinaryIO, style: Style) -> None:  # noqa: ARG001  a program starts no formula
    """Write every row."""
    out.writelines("".join(f"{line}\n" for line in lines).encode() for lines in objects(sheet))


def objects(sheet: Sheet) -> Iterator[list[str]]:
    """The rows as JSON, some at a time."""
    keys = [column.key for column in sheet.columns]
    encode = json.JSONEncoder(ensure_ascii=True).encode
    for block in sheet:
        yield [encode(dict(zip(keys, row, strict=True))) for row in zip(*block, strict=True)]
