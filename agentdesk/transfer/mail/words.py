"""What stands in the header of a mail, read with limits of our own: texts, addresses, ids, instants, parameters.

The library's own readers of headers can be made to take minutes or to fail (safety, 1.8): only its splitting of a
mail into headers and parts is used. Everything here takes time linear in what it is given, at most 16 KB a header.
"""

import binascii
import re
from dataclasses import dataclass, field
from email.message import Message
from typing import Final, NamedTuple

from agentdesk.domain.safe_text import NEWLINE_SIGN
from agentdesk.transfer.mail.charsets import as_it_came, codec_of, decode

MAX_HEADER: Final = 16 * 1024
"""Bytes of one header that are read; what is longer is cut, and the mail says so."""
MAX_IDS: Final = 100
"""Message-IDs of one header that are looked at: the first one and the last ones."""

_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_ID: Final = re.compile(r"<([!-;=?-~]{1,500})>")
_BARE_ID: Final = re.compile(r"[!-+\--:=?-~]{1,250}@[!-+\--:=?-~]{1,250}")
_FOLD: Final = re.compile(r"\r?\n(?=[ \t])")
_BREAK: Final = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_HEX: Final = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/=]+")
_MAX_PADS: Final = 1000


@dataclass(slots=True)
class Flags:
    """What is to be said of a mail.

    Attributes:
        flags: short sentences, each once, in order.
        original: headers that could not be read as they should, as they came, in ASCII.
    """

    flags: list[str] = field(default_factory=list)
    original: dict[str, str] = field(default_factory=dict)

    def say(self, flag: str) -> None:
        """Say something once."""
        if flag not in self.flags:
            self.flags.append(flag)


class Header(NamedTuple):
    """One header as it came.

    Attributes:
        name: in lower case.
        raw: its value, unfolded, with bytes above ASCII as surrogates; at most `MAX_HEADER`.
    """

    name: str
    raw: str


class Headers:
    """The headers of a mail or a part."""

    def __init__(self, message: Message, flags: Flags) -> None:
        """Take them as the library split them."""
        self._found: dict[str, list[str]] = {}
        self._flags = flags
        for name, value in message.raw_items():
            self._found.setdefault(str(name).lower().strip(), []).append(str(value))

    def __contains__(self, name: str) -> bool:
        """Whether there is such a header."""
        return name in self._found

    def __len__(self) -> int:
        """How many different ones there are."""
        return len(self._found)

    def raw(self, name: str) -> str:
        """The first header of a name, unfolded and cut; empty where there is none."""
        values = self._found.get(name)
        if not values:
            return ""
        if len(values) > 1 and name in ("from", "message-id", "date", "subject", "in-reply-to"):
            self._flags.say(f"{len(values)} {name} headers, the first was taken")
        return self._cut(name, values[0])

    def all(self, name: str) -> list[str]:
        """Every header of a name, unfolded and cut."""
        return [self._cut(name, value) for value in self._found.get(name, ())]

    def text(self, name: str) -> str:
        """The first header of a name as text in one line."""
        return read_text(self.raw(name), name, self._flags)

    def _cut(self, name: str, value: str) -> str:
        if len(value) > MAX_HEADER:
            self._flags.say(f"{name} has {len(value):,} characters, the first {MAX_HEADER:,} were read")
            value = value[:MAX_HEADER]
        return _FOLD.sub("", value).strip()


def read_text(raw: str, name: str, flags: Flags) -> str:
    """A header's value as text in one line: line breaks in it are shown, what cannot be read stays as it came."""
    if raw.isascii():
        text = raw
    else:
        data = raw.encode("utf-8", "surrogateescape")
        text, fault = decode(data)
        if not fault.endswith("utf-8"):  # which RFC 6532 allows
            flags.say(f"{name}: bytes above ASCII, {fault.rpartition(', ')[2]}")
            flags.original[name] = as_it_came(data)
    if "=?" in text:
        text = _read_words(text, name, flags)
    return " ".join(_BREAK.sub(NEWLINE_SIGN, text).replace("\0", "\N{REPLACEMENT CHARACTER}").split())


def _read_words(text: str, name: str, flags: Flags) -> str:
    """Encoded words (RFC 2047) read; several in a row are one text, whose characters may be cut between them."""
    parts: list[str] = []
    run: list[tuple[str, bytes, str]] = []
    end = 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        data = _word_bytes(found[2], found[3])
        if codec_of(found[1]) is None or data is None:
            parts += [_join(run, name, flags), text[end : found.end()]]
            run = []
            flags.say(f"{name}: an encoded word that cannot be read, shown as it came")
            flags.original.setdefault(name, as_it_came(text.encode("utf-8", "surrogateescape")))
        else:
            if between.strip() or not run:
                parts += [_join(run, name, flags), between]
                run = []
            run.append((found[1], data, found[0]))
        end = found.end()
    rest = text[end:]
    if "=?" in rest:
        flags.say(f"{name}: an encoded word that cannot be read, shown as it came")
        flags.original.setdefault(name, as_it_came(text.encode("utf-8", "surrogateescape")))
    return "".join((*parts, _join(run, name, flags), rest))


def _join(run: list[tuple[str, bytes, str]], name: str, flags: Flags) -> str:
    texts: list[str] = []
    at = 0
    while at < len(run):
        charset = run[at][0].lower()
        same = at
        while same < len(run) and run[same][0].lower() == charset:
            same += 1
        text, fault = decode(b"".join(data for _, data, _ in run[at:same]), charset)
        if fault:
            flags.say(f"{name}: {fault}")
            flags.original.setdefault(name, " ".join(word for _, _, word in run))
        texts.append(text)
        at = same
    return "".join(texts)


def _word_bytes(kind: str, text: str) -> bytes | None:
    if not text.isascii():
        return None
    if kind in "qQ":
        return _HEX.sub(lambda found: bytes.fromhex(found[1].decode()), text.replace("_", " ").encode())
    return read_base64(text.encode())


def read_base64(data: bytes) -> bytes | None:
    """Base64, perhaps several texts in a row, with what does not belong passed over; None where nothing is left of it."""
    kept = _NOT_BASE64.sub(b"", data)
    pieces = re.split(b"=+", kept) if kept.count(b"=") <= _MAX_PADS else [kept.replace(b"=", b"")]
    try:
        return b"".join(binascii.a2b_base64(_padded(piece)) for piece in pieces)
    except binascii.Error:
        return None


def _padded(piece: bytes) -> bytes:
    whole = piece[:-1] if len(piece) % 4 == 1 else piece
    return whole + b"=" * (-len(whole) % 4)


def read_ids(raw: str) -> list[str]:
    """The Message-IDs in a header, each once, in order, with their angle brackets; at most `MAX_IDS`."""
    text = raw.encode("utf-8", "surrogateescape").decode("ascii", "backslashreplace")
    found = [f"<{one}>" for one in _ID.findall(text)] or [f"<{one}>" for one in _BARE_ID.findall(text)[:1]]
    listed = list(dict.fromkeys(found))
    return listed if len(listed) <= MAX_IDS else [listed[0], *listed[1 - MAX_IDS :]]
