"""One JSON array, an object a line, so that two exports of a changed store differ in the lines of what changed."""

from typing import BinaryIO

from agentdesk.transfer.exporters.protocol import Sheet, Style
from agentdesk.transfer.exporters.to_jsonl import objects


def write(sheet: Sheet, out: BinaryIO, style: Style) -> None:  # noqa: ARG001  a program starts no formula
    """Write the array."""
    opening = "[\n"
    for lines in objects(sheet):
        out.write((opening + ",\n".join(lines)).encode())
        opening = ",\n"
    out.write(b"[]\n" if opening == "[\n" else b"\n]\n")
