"""Which encoding a file is in: what its mark says, what the caller says, or strict UTF-8; never a silent guess.

A few undecodable lines in UTF-8 text cost those rows only; more than that, or a bad header, cost the file.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from agentdesk.transfer.file_kinds import find_magic, find_structure, is_binary, reads_as
from agentdesk.transfer.refusals import (
    EncodingRefusedError,
    NoMarkError,
    NoTableError,
    NotTextError,
    UnknownEncodingError,
    WideTextError,
)

MAX_BAD_SHARE: Final = 0.05
"""Share of the first lines that may be undecodable before the whole file counts as another encoding."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Codecs of Python that turn text into other text, or that can hide characters from a check of the bytes.
_REFUSED: Final = frozenset(
    {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
)
_NEED_MARK: Final = ("utf-16", "utf-32")
"""Codecs that read the order of the bytes off the mark; the others name it themselves."""
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The verdict.

    Attributes:
        name: a Python codec; `utf-8-sig` when the text is UTF-8 with a mark.
        errors: how the codec keeps bytes it cannot decode, so that the rows that hold them can be told.
    """

    name: str
    errors: str = "surrogateescape"


def find_encoding(label: str, head: bytes, given: str | None = None, *, structure: str = "") -> Encoding:
    """Decide the encoding of a file from its first bytes.

    Args:
        label: how messages name the file.
        head: the first bytes, or all of them.
        given: what the caller says; it wins.
        structure: what the file is, where the caller reads more than tables.

    Raises:
        UnknownEncodingError: `given` is no text encoding.
        NotTextError: a workbook or another binary file.
        NoTableError: vCards, JSON or another text that is no table.
        NoMarkError: `given` needs a mark at the beginning, and the file has none.
        WideTextError: UTF-16 or UTF-32 without a mark.
        EncodingRefusedError: not UTF-8; the message suggests what fits.
    """
    if magic := find_magic(head):
        raise NotTextError(label, magic)
    if (found := find_structure(head)) and found != structure:
        raise NoTableError(label, found)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if given:
        name = _codec_name(given)
        if name in _NEED_MARK and head and marked != name:
            raise NoMarkError(label, name, _wide(head))
        return _verdict("utf-8-sig" if name == "utf-8" and marked == "utf-8-sig" else name)
    if marked and marked != "utf-8-sig":
        return _verdict(marked)
    if wide := _wide(head):
        raise WideTextError(label, wide)
    if is_binary(head):
        raise NotTextError(label)
    _check_utf8(label, head)
    return _verdict(marked or "utf-8")


def _verdict(name: str) -> Encoding:
    # The codecs of two and four bytes a character cannot keep a broken unit; they mark it instead.
    return Encoding(name, "replace" if name.startswith(("utf-16", "utf-32")) else "surrogateescape")


def _codec_name(given: str) -> str:
    try:
        codec = codecs.lookup(given.strip())
    except (LookupError, ValueError) as error:
        raise UnknownEncodingError(given) from error
    if not codec._is_text_encoding or codec.name in _REFUSED:  # noqa: SLF001  the one way to tell rot13 from text
        raise UnknownEncodingError(given)
    return codec.name


def _wide(head: bytes) -> str:
    """Name the wide encoding that a pattern of zero bytes gives away; empty for none."""
    sample = head[:4096]
    quarter = len(sample) // 4
    if sample.count(0) < max(quarter, 2):
        return ""
    zeros = [sample[place::4].count(0) > quarter * 0.7 for place in range(4)]
    shapes = {
        (True, True, True, False): "utf-32-be",
        (False, True, True, True): "utf-32-le",
        (True, False, True, False): "utf-16-be",
        (False, True, False, True): "utf-16-le",
    }
    name = shapes.get((zeros[0], zeros[1], zeros[2], zeros[3]), "")
    return name if name and reads_as(sample, name) else ""


def _check_utf8(label: str, head: bytes) -> None:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(
            head
        )  # a character cut by the end of the head is no fault
    except UnicodeDecodeError as error:
        offset = error.start
    else:
        return
    lines = _LINE_END.split(head)
    bad = [line for line in lines if not _decodes(line, "utf-8")]
    if lines[0] not in bad and 0 < len(bad) < MAX_BAD_SHARE * len(lines):
        return
    number = len(_LINE_END.findall(head, 0, offset)) + 1
    raise EncodingRefusedError(label, offset, number, guess_encoding(b"\n".join(bad)))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def guess_encoding(sample: bytes) -> str:
    """Name the encoding that fits bytes best, as a suggestion to a person; empty when nothing fits.

    Args:
        sample: lines that are not UTF-8.
    """
    sample = sample[:65536]
    if _is_western(sample):
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to load and only a refusal needs it

    codecs_to_try = list(_EAST_ASIAN + (_OTHER_SCRIPTS if _WHOLE_WORD.search(sample) else _LATIN))
    best = from_bytes(sample, cp_isolation=codecs_to_try).best()
    if best:
        return best.encoding
    return next((name for name in codecs_to_try if _decodes(sample, name)), "")


_EAST_ASIAN: Final = ("cp932", "euc_jp", "gb18030", "big5", "cp949")
_OTHER_SCRIPTS: Final = ("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874")
_LATIN: Final = ("cp1250", "cp1254", "cp1257")
# A word without one plain letter is hardly written in Latin script.
_WHOLE_WORD: Final = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{3,}(?![A-Za-z\x80-\xff])")


def _is_western(sample: bytes) -> bool:
    """Whether mostly plain letters with a few of Western Europe, or its typographic marks, is what it reads as."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = [char for char in text if char > "\x7f"]
    plain = sum(char.isascii() and char.isalpha() for char in text)
    usual = sum(char.isalpha() or char in "€‚„…‘’“”•–—™©®°«»·\xa0" for char in high)  # noqa: RUF001  the very marks
    return len(high) <= plain and usual >= 0.95 * len(high)
