"""A mail looked at before it is parsed: what would cost the parser more than a mail is worth is told from the bytes.

Everything is one pass of a regular expression over the bytes, so that the look itself costs next to nothing.
"""

import re
from typing import Final

from agentdesk.domain.file_names import LARGEST, say_size

MAX_MAIL: Final = LARGEST
"""Bytes of one mail, as it came."""
MAX_HEAD: Final = 256 * 1024
"""Bytes of all headers of a mail."""
MAX_PARTS: Final = 1000
MAX_DEPTH: Final = 50
"""Parts within parts."""
MAX_LINES: Final = 1_000_000
_MAX_TYPE: Final = 64 * 1024
_SAFE_DEPTH: Final = 150
"""What the parser can recurse into; text that only looks like parts may come so far."""
_BLANKS: Final = 20 * MAX_PARTS

_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_MARK: Final = re.compile(
    rb"^(?:--(?P<line>[^\r\n]{1,300})|content-type[ \t]*:(?P<type>[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*))",
    re.IGNORECASE | re.MULTILINE,
)
_BOUNDARY: Final = re.compile(rb'boundary[ \t]*=[ \t]*(?:"([^"]{1,300})"|([^\s;"]{1,300}))', re.IGNORECASE)


def head_of(data: bytes) -> bytes:
    """The headers of a mail, without the blank line after them."""
    found = _HEAD_END.search(data)
    return data[: found.start()] if found else data


def find_excess(data: bytes) -> str:
    """Why a mail is not parsed, as a sentence; empty where it may be."""
    if len(data) > MAX_MAIL:
        return too_large(len(data))
    size = len(head_of(data))
    if size > MAX_HEAD:
        return f"its headers have {say_size(size)}; at most {say_size(MAX_HEAD)} are read"
    lines = data.count(b"\n") + data.count(b"\r")
    if lines > 2 * MAX_LINES:
        return f"it has {lines:,} lines; at most {MAX_LINES:,} are read"
    return _find_nest(data)


def too_large(size: int) -> str:
    """What is said of a mail of so many bytes."""
    return f"it has {say_size(size)}; a mail has at most {say_size(MAX_MAIL)}"


def too_many_parts(count: int) -> str:
    """What is said of so many parts."""
    return f"it has {count:,} parts or more; at most {MAX_PARTS:,} are read"


def too_deep(depth: int) -> str:
    """What is said of parts so deep within parts."""
    return f"its parts are nested {depth:,} deep or more; at most {MAX_DEPTH} are read"


def _find_nest(data: bytes) -> str:
    """Parts counted and their depth, by the boundaries that are open; text that looks like a boundary costs nothing."""
    stack: list[bytes] = []
    parts = 0
    for found in _MARK.finditer(data):
        kind = found["type"]
        if kind is None:
            place = _place(stack, found["line"].rstrip(b" \t"))
            if place is not None:
                parts += 1
                del stack[place:]
        elif reason := _enter(stack, kind):
            return reason
        elif b"delivery-status" in kind.lower() and data.count(b"\n\n") + data.count(b"\n\r\n") > _BLANKS:
            return too_many_parts(_BLANKS)
        if parts > 2 * MAX_PARTS:
            return too_many_parts(parts)
        if len(stack) > _SAFE_DEPTH:
            return too_deep(len(stack))
    return ""


def _enter(stack: list[bytes], kind: bytes) -> str:
    if len(kind) > _MAX_TYPE:
        return f"a Content-Type has {say_size(len(kind))}"
    told = kind.strip().lower()
    if told.startswith(b"multipart/"):
        if re.search(rb"boundary\*", told):
            return "its boundary is written as RFC 2231 has it, which no mail program does"
        found = _BOUNDARY.search(kind)
        stack.append((found[1] or found[2]) if found else b"\0")
    elif told.startswith(b"message/"):
        stack.append(b"\0")
    return ""


def _place(stack: list[bytes], line: bytes) -> int | None:
    """How many open ones stay open after a boundary line; None where it is none."""
    for place in range(len(stack) - 1, -1, -1):
        if line == stack[place]:
            return place + 1
        if line == stack[place] + b"--":
            return place
    return None
