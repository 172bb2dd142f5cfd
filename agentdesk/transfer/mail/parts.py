"""The parts of a mail: which of them are its text, and which are files that go with it.

A mail within a mail is a file. Of alternatives the plain text is taken where it says anything, else the page.
"""

import re
from binascii import a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Final

from agentdesk.domain.file_names import NAMELESS, safe_file_name
from agentdesk.transfer.html_text import html_to_text
from agentdesk.transfer.mail.charsets import decode
from agentdesk.transfer.mail.params import read_params
from agentdesk.transfer.mail.scan import MAX_DEPTH, MAX_PARTS, too_deep, too_many_parts
from agentdesk.transfer.mail.words import Flags, Headers, read_base64, read_text

MAX_TEXT: Final = 1_000_000
"""Characters of a text; the whole of a longer one is a file of its mail."""
NO_TEXT: Final = "[This mail has no text.]"

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_BAD_HEX: Final = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_ENDINGS: Final = {
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
}


class MailRefusedError(ValueError):
    """A mail that is not taken; `str()` is the reason."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that goes with a mail."""

    name: str
    media_type: str
    data: bytes


@dataclass(slots=True)
class Content:
    """What a mail says, and what goes with it."""

    texts: list[str] = field(default_factory=list)
    files: list[MailFile] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """One part that holds something itself."""

    message: Message
    headers: Headers
    kind: str
    charset: str
    name: str
    is_file: bool
    alternative: int
    """Number of the set of alternatives it is one of; 0 for none."""


def read_content(message: Message, flags: Flags) -> Content:
    """The text and the files of a mail.

    Raises:
        MailRefusedError: it has too many parts, or parts too deep in one another.
    """
    parts = list(_leaves(message, flags))
    content = Content()
    chosen = _choose(parts, flags)
    for part in parts:
        data = _bytes_of(part, flags)
        if id(part) in chosen:
            _add_text(content, part, data, flags)
        elif not (part.alternative and part.kind in ("text/plain", "text/html") and not part.is_file):
            content.files.append(_file(part, data, len(content.files) + 1))
    return content


def _leaves(message: Message, flags: Flags) -> Iterator[_Part]:
    """Parts that hold something, in order; a mail within a mail is not looked into."""
    left: list[tuple[Message, int, int]] = [(message, 1, 0)]
    count = alternatives = 0
    while left:
        part, depth, alternative = left.pop()
        count += 1
        if count > MAX_PARTS:
            raise MailRefusedError(too_many_parts(count))
        if depth > MAX_DEPTH:
            raise MailRefusedError(too_deep(depth))
        kind = part.get_content_type().lower()
        if part.is_multipart() and not kind.startswith("message/"):
            if kind == "multipart/alternative":
                alternatives += 1
                alternative = alternatives
            inner = part.get_payload()
            left += [(one, depth + 1, alternative) for one in reversed(inner) if isinstance(one, Message)]  # type: ignore[arg-type]
        else:
            yield _describe(part, kind, alternative, flags, is_whole=part is message)


def _describe(part: Message, kind: str, alternative: int, flags: Flags, *, is_whole: bool) -> _Part:
    headers = Headers(part, flags)
    told, types = read_params(headers.raw("content-type"), flags)
    placed, places = read_params(headers.raw("content-disposition"), flags)
    if told and not _TYPE.fullmatch(told.lower()):
        flags.say("a Content-Type that cannot be read, taken as text")
    name = places.get("filename") or types.get("name", "")
    is_text = kind in ("text/plain", "text/html")
    is_file = placed.lower() == "attachment" or (bool(name) and not is_whole) or not is_text
    if is_whole and not is_text and kind.startswith("text/"):
        is_file = placed.lower() == "attachment"
    if kind.startswith("multipart/"):  # one that has no parts: whatever stands there is text
        flags.say("parts are announced, and there are none")
        kind, is_file = "text/plain", False
    return _Part(part, headers, kind, types.get("charset", ""), name, is_file, alternative)


def _choose(parts: list[_Part], flags: Flags) -> set[int]:
    """Which parts are the text."""
    chosen: set[int] = set()
    texts = [part for part in parts if not part.is_file]
    for number in dict.fromkeys(part.alternative for part in texts):
        some = [part for part in texts if part.alternative == number]
        plain = [part for part in some if part.kind != "text/html"]
        pages = [part for part in some if part.kind == "text/html"]
        if number == 0:
            chosen |= {id(part) for part in some}
        elif plain and (not pages or any(_bytes_of(part, Flags()).strip() for part in plain)):
            chosen |= {id(part) for part in plain}
        else:
            chosen |= {id(part) for part in pages}
    if any(id(part) in chosen and part.kind == "text/html" for part in texts):
        flags.say("text taken from HTML")
    return chosen


def _bytes_of(part: _Part, flags: Flags) -> bytes:
    """What a part holds, its transfer encoding undone."""
    if part.message.is_multipart():  # a mail within a mail, or a report of a server
        return _inner_bytes(part.message)
    coding = part.headers.raw("content-transfer-encoding").lower().split(";")[0].split("(")[0].strip()
    raw = _raw_payload(part.message)
    if coding == "base64":
        data = read_base64(raw)
        if data is None or (raw.strip() and not data):
            flags.say("base64 that cannot be read, shown as it came")
            return raw
        return data
    if coding in ("quoted-printable", "quoted printable", "qp"):
        if _BAD_HEX.search(raw):
            flags.say("quoted-printable with broken signs, shown as they came")
        return a2b_qp(raw)
    return raw


def _raw_payload(message: Message) -> bytes:
    """The bytes as they came: the library decodes by a transfer encoding, so it is shown none."""
    kept = message.get_all("content-transfer-encoding", [])
    del message["content-transfer-encoding"]
    try:
        data = message.get_payload(decode=True)
    finally:
        for value in kept:
            message["content-transfer-encoding"] = value
    return data if isinstance(data, bytes) else b""


def _inner_bytes(message: Message) -> bytes:
    inner = message.get_payload()
    assert isinstance(inner, list)
    return b"\n".join(_whole(one) for one in inner if isinstance(one, Message))


def _whole(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except UnicodeError:  # characters where the library expects bytes
        return message.as_string().encode("utf-8", "surrogateescape")


def _add_text(content: Content, part: _Part, data: bytes, flags: Flags) -> None:
    text, fault = decode(data, part.charset)
    if fault:
        flags.say(f"text {fault}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.kind == "text/html":
        text, is_whole = html_to_text(text)
        if not is_whole:
            flags.say("the HTML is too large or too deep to be laid out; it is kept as a file")
            content.files.append(MailFile("message.html", "text/html", data))
    if len(text) > MAX_TEXT:
        flags.say(
            f"the text has {len(text):,} characters, the first {MAX_TEXT:,} are shown; all of it is a file"
        )
        content.files.append(MailFile("message.txt", "text/plain", text.encode()))
        text = text[:MAX_TEXT]
    if text.strip():
        content.texts.append(text.strip("\n"))


def _file(part: _Part, data: bytes, number: int) -> MailFile:
    kind = part.kind if _TYPE.fullmatch(part.kind) else "application/octet-stream"
    name = part.name or _name_of(part, kind)
    safe = safe_file_name(name)
    return MailFile(f"{NAMELESS}-{number}{_ENDINGS.get(kind, '')}" if safe == NAMELESS else safe, kind, data)


def _name_of(part: _Part, kind: str) -> str:
    """What a file without a name is called: a mail by its subject."""
    inner = part.message.get_payload() if part.message.is_multipart() else ()
    if kind == "message/rfc822" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        subject = read_text(Headers(inner[0], Flags()).raw("subject"), "subject", Flags())
        return f"{subject[:80].strip() or 'mail'}.eml"
    return ""
