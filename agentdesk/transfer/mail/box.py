"""A mailbox in one file (mbox) parted into its mails while it is read: one mail in memory, never the file.

A mail begins at a line `From somebody Thu Jan  1 00:00:00 1970` after a blank line, with a header after it: the word
From in a text parts nothing (safety, M02). `>From` becomes `From` again (mboxrd, M03).
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Final

from agentdesk.transfer.mail.dates import read_instant
from agentdesk.transfer.mail.scan import MAX_MAIL

_DAY: Final = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH: Final = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_WHEN: Final = (
    rb"(?:"
    + _DAY
    + rb",? +"
    + _MONTH
    + rb" +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?(?: +[-+A-Za-z0-9]{1,6}){0,2} +\d{4}"
    rb"|" + _DAY + rb",? +\d{1,2} +" + _MONTH + rb" +\d{4} +\d{1,2}:\d\d(?::\d\d)?)"
)
ENVELOPE: Final = re.compile(rb"From [^\r\n]{0,250}?(" + _WHEN + rb")[^\r\n]{0,60}\r?\n")
_FIRST_LINE: Final = rb"(?=[!-9;-~]{1,100}[ \t]*:|>From |\r?\n)"
_START: Final = re.compile(rb"(?:\A|(?<=\n)\r?\n)(?=" + ENVELOPE.pattern + _FIRST_LINE + rb")")
_LOOKED_AT: Final = 700
"""Bytes in which a start is told, at most."""
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_UNQUOTED: Final = re.compile(rb"^(>*From )", re.MULTILINE)
_YEAR: Final = re.compile(r"([A-Za-z]{3}),? +([A-Za-z]{3}) +(\d{1,2}) +([\d:]+).*?(\d{4})$")


@dataclass(slots=True)
class RawMail:
    """One mail as it lies in its file.

    Attributes:
        file: how the file is called.
        line: physical line where it begins in a mailbox; 0 where the file is the mail.
        size: its bytes.
        data: the mail as it came, with quoted `From` lines; None where it is too large to be read.
        spool: all of it, where it is too large.
        envelope: the line before it in a mailbox; empty for a file of its own.
        delivered: when its mailbox says it came.
        flags: what is to be said of it.
    """

    file: str
    line: int
    size: int
    data: bytes | None
    spool: BinaryIO | None = None
    envelope: bytes = b""
    delivered: datetime | None = None
    flags: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it is, for a sentence."""
        return f"{self.file}, line {self.line}" if self.line else self.file

    @property
    def plain(self) -> bytes:
        """The mail itself."""
        data = self.data or b""
        return _QUOTED.sub(rb"\1", data) if self.envelope and b">From " in data else data

    def chunks(self) -> Iterator[bytes]:
        """All of it as a mailbox holds it, without the envelope."""
        if self.spool is not None:
            self.spool.seek(0)
            while data := self.spool.read(1 << 18):
                yield data
        elif self.data is not None:
            yield self.data if self.envelope else _UNQUOTED.sub(rb">\1", self.data)


def is_mailbox(head: bytes) -> bool:
    """Whether a file begins as a mailbox does."""
    return ENVELOPE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def split_mailbox(file: str, chunks: Iterable[bytes]) -> Iterator[RawMail]:
    """The mails of a mailbox, in order.

    Args:
        file: how it is called.
        chunks: its bytes.
    """
    held = _Held(file)
    buffer = bytearray()
    seen = 0
    is_first = True
    for chunk in chunks:
        buffer += chunk.removeprefix(b"\xef\xbb\xbf") if is_first else chunk
        is_first = False
        begin = 0
        for found in list(_START.finditer(buffer, max(0, seen - _LOOKED_AT))):
            if found.start() or held.size:
                if mail := held.end(bytes(buffer[begin : found.start()])):
                    yield mail
                held.skip(found[0])
            begin = found.end()
        del buffer[:begin]
        if len(buffer) > MAX_MAIL + _LOOKED_AT:
            held.keep(bytes(buffer[:-_LOOKED_AT]))
            del buffer[:-_LOOKED_AT]
        seen = len(buffer)
    last = bytes(buffer)
    for blank in (b"\r\n", b"\n"):  # the line that ends the last mail
        if last.endswith(b"\n" + blank):
            last = last[: -len(blank)]
            break
    if mail := held.end(last):
        yield mail


class _Held:
    """The mail under way, and the line where it began."""

    def __init__(self, file: str) -> None:
        self.size = 0
        self._file = file
        self._line = 1
        self._lines = 0
        self._spool: BinaryIO | None = None
        self._envelope = b""

    def keep(self, data: bytes) -> None:
        """Put a piece of a mail that is too large aside."""
        self._lines += data.count(b"\n")
        if self._spool is None:
            self._spool = tempfile.TemporaryFile(prefix="agentdesk-")  # noqa: SIM115  it is closed with the mail
            line, _, data = data.partition(b"\n")
            self._envelope = line + b"\n"
        self._spool.write(data)
        self.size += len(data)

    def skip(self, blank: bytes) -> None:
        """Pass the blank line before the next mail."""
        self._line += blank.count(b"\n")

    def end(self, data: bytes) -> RawMail | None:
        """The mail, with its last piece."""
        if self._spool is not None:
            self.keep(data)
            mail = RawMail(self._file, self._line, self.size, None, self._spool, self._envelope)
        elif data.strip():
            line, _, rest = data.partition(b"\n")
            envelope = line + b"\n"
            mail = RawMail(self._file, self._line, len(rest), rest, None, envelope, _instant_of(envelope))
            self._lines = data.count(b"\n")
        else:
            return None
        self._line += self._lines
        self._lines = self.size = 0
        self._spool = None
        return mail


def _instant_of(envelope: bytes) -> datetime | None:
    found = ENVELOPE.match(envelope)
    if found is None:
        return None
    told = found[1].decode("ascii", "replace")
    turned = _YEAR.fullmatch(told)
    return read_instant(f"{turned[1]}, {turned[3]} {turned[2]} {turned[5]} {turned[4]}" if turned else told)
