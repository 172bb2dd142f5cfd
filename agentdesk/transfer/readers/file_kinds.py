"""What a file is that holds no table: told by its first bytes, before anybody asks in which encoding it is."""

import codecs
import re
from typing import Final

JSON: Final = "a file of JSON"
ZIP: Final = "a workbook or another zip archive"
VCARDS: Final = "a file of vCards (.vcf)"

_MAGIC: Final = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or one with a password"),
    (b"%PDF-", "a PDF"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF89a", "a picture"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"BZh91AY&SY", "a compressed file"),
)
_STRUCTURED: Final = (
    (re.compile(rb"BEGIN\s*:\s*VCARD|X-AGENTDESK-", re.IGNORECASE), VCARDS),
    (re.compile(rb"BEGIN:VCALENDAR", re.IGNORECASE), "a calendar (.ics)"),
    (re.compile(rb'\{\s*(?:"[^"\n]*"\s*:|\})|\[\s*["\[{\]]'), JSON),
    (re.compile(rb"<\?xml\b", re.IGNORECASE), "a file of XML"),
    (re.compile(rb"<!doctype html|<html\b", re.IGNORECASE), "a web page"),
)
_WIDE: Final = (
    ((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "utf-32"),
    ((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-16"),
    ((b"{\0", b"[\0"), "utf-16-le"),
    ((b"\0{", b"\0["), "utf-16-be"),
)
_SAMPLE: Final = 65536
# Tab, the line ends, form feed, Ctrl-Z and ESC, with which ISO-2022 changes its alphabet, are found in text.
_CONTROLS: Final = bytes({*range(32), 127} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B})
_MOSTLY: Final = 0.3
"""Share of control characters that no text has, whatever else it holds."""
_SOME: Final = 0.02
"""Share of control characters that tells binary data, where the bytes are not UTF-8 either."""
_FEW: Final = 3
"""Control characters that a damaged table may hold."""


def find_magic(head: bytes) -> str:
    """What a binary file is by the mark at its beginning; empty where there is none."""
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def find_structure(head: bytes) -> str:
    """What a text is that is no table; empty where it may be one."""
    text = head[:_SAMPLE].removeprefix(codecs.BOM_UTF8).lstrip()
    return next((kind for pattern, kind in _STRUCTURED if pattern.match(text)), "")


def find_kind(head: bytes) -> str:
    """What a file is by its first bytes, in any of the encodings that show their width; empty where it may be a table."""
    if kind := find_magic(head):
        return kind
    wide = next((codec for marks, codec in _WIDE if head.startswith(marks)), "")
    return find_structure(head[:_SAMPLE].decode(wide, "ignore").encode() if wide else head)


def is_binary(head: bytes) -> bool:
    """Whether bytes hold more control characters than any text in an encoding of single bytes or UTF-8 does."""
    sample = head[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= _FEW:
        return False
    return controls > _MOSTLY * len(sample) or (controls > _SOME * len(sample) and not _is_utf8(sample))


def reads_as(head: bytes, encoding: str) -> bool:
    """Whether bytes are whole characters of text in an encoding of several bytes a character."""
    sample = head[:4096]
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeError:
        return False
    return all(char.isprintable() or char in "\t\r\n\x0b\x0c\x1a\ufeff\xa0\u3000" for char in text)


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
