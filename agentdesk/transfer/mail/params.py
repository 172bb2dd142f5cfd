"""`type; name=value; ...` of a mail's header, with values in several pieces and in other alphabets (RFC 2231)."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from agentdesk.transfer.mail.charsets import decode
from agentdesk.transfer.mail.words import Flags, read_text

MAX_PIECES: Final = 200
_PLAIN: Final = -1
"""Place of a value that is written in one piece; pieces win over it."""
_PARAM: Final = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))')
_PIECE: Final = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*?)")


def read_params(raw: str, flags: Flags) -> tuple[str, dict[str, str]]:
    """What stands before the first semicolon, and the parameters by their names in lower case."""
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for count, found in enumerate(_PARAM.finditer(raw)):
        if count >= MAX_PIECES:
            flags.say(f"a header with more than {MAX_PIECES} parameters, the others were passed over")
            break
        named = _PIECE.fullmatch(found[1].lower())
        if named is not None:
            value = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3].strip()
            place = int(named[2]) if named[2] else 0 if named[3] else _PLAIN
            pieces.setdefault(named[1], {}).setdefault(place, (bool(named[3]), value))
    return raw.partition(";")[0].strip(), {name: _join(some, name, flags) for name, some in pieces.items()}


def _join(pieces: dict[int, tuple[bool, str]], name: str, flags: Flags) -> str:
    """The value of one parameter; only pieces that follow one another count."""
    listed = [pieces[place] for place in range(len(pieces)) if place in pieces]
    listed = listed or [pieces[_PLAIN]] if _PLAIN in pieces else listed
    if not any(is_extended for is_extended, _ in listed):
        return read_text("".join(value for _, value in listed), name, flags)
    charset, data = "", b""
    for place, (is_extended, value) in enumerate(listed):
        if is_extended and place == 0 and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)  # noqa: PLW2901  the alphabet stands before the first piece
        octets = value.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(octets) if is_extended else octets
    text, fault = decode(data, charset)
    if fault:
        flags.say(f"{name}: {fault}")
    return " ".join(text.split())
