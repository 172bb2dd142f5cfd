"""Which encoding a file is in: what its mark says, what the caller says, or strict UTF-8; never a silent guess.

A caller who says `auto` gets the guess where it is not in doubt, and hears it with a line as it reads. A few undecodable lines in UTF-8 text cost those rows only; more than that, or a bad header, cost the file.
"""

import codecs
import re
from dataclasses import dataclass, replace
from typing import Final

from agentdesk.domain.safe_text import line as safe_line
from agentdesk.transfer.readers.encoding_guess import find_shifted, guess
from agentdesk.transfer.readers.file_kinds import find_magic, find_structure, is_binary, reads_as
from agentdesk.transfer.refusals import (
    EncodingRefusedError,
    FileRefusedError,
    NoMarkError,
    NoTableError,
    NotTextError,
    ShiftedTextError,
    UnknownEncodingError,
    WideTextError,
)
from agentdesk.transfer.rows import SHOWN

AUTO: Final = "auto"
"""The encoding that means: guess, and say so."""

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
        note: what a user is to hear of it; empty for UTF-8.
    """

    name: str
    errors: str = "surrogateescape"
    note: str = ""


def find_encoding(label: str, head: bytes, given: str | None = None, *, structure: str = "") -> Encoding:
    """Decide the encoding of a file from its first bytes.

    Args:
        label: how messages name the file.
        head: the first bytes, or all of them.
        given: what the caller says; it wins. `auto` takes the guess where one fits clearly best.
        structure: what the file is, where the caller reads more than tables.

    Raises:
        UnknownEncodingError: `given` is no text encoding.
        NotTextError: a workbook or another binary file.
        NoTableError: vCards, JSON or another text that is no table.
        NoMarkError: `given` needs a mark at the beginning, and the file has none.
        WideTextError: UTF-16 or UTF-32 without a mark.
        ShiftedTextError: one that changes its alphabet between plain letters.
        EncodingRefusedError: not UTF-8, or not what `given` says; the message suggests what fits.
    """
    if magic := find_magic(head):
        raise NotTextError(label, magic)
    if (found := find_structure(head)) and found != structure:
        raise NoTableError(label, found)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    is_guessed = given is not None and given.strip().casefold() == AUTO
    if given and not is_guessed:
        name = _codec_name(given)
        if name in _NEED_MARK and head and marked != name:
            raise NoMarkError(label, name, _wide(head))
        _check_named(label, head, name)
        return _verdict("utf-8-sig" if name == "utf-8" and marked == "utf-8-sig" else name)
    if marked and marked != "utf-8-sig":
        return _verdict(marked)
    try:
        _check_utf8(label, head)
    except _DoubtError as doubt:
        if is_guessed and doubt.can_be_guessed:
            return _guessed(doubt, head)
        raise doubt.refusal from None
    return _verdict(marked or "utf-8")


class _DoubtError(Exception):
    """The bytes are not plain UTF-8.

    Attributes:
        refusal: what a caller hears who leaves no guess.
        name: the codec that fits.
        fit: how well, in words.
        offset: bytes before the first one that tells.
        can_be_guessed: one codec fits clearly better than others.
    """

    def __init__(
        self,
        refusal: FileRefusedError,
        name: str,
        *,
        fit: str = "well",
        offset: int = 0,
        can_be_guessed: bool = True,
    ) -> None:
        super().__init__()
        self.refusal = refusal
        self.name = name
        self.fit = fit
        self.offset = offset
        self.can_be_guessed = can_be_guessed


def _verdict(name: str) -> Encoding:
    # The codecs of two and four bytes a character cannot keep a broken unit; they mark it instead.
    errors = "replace" if name.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return Encoding(name, errors, "" if name in {"utf-8", "utf-8-sig"} else f"Read as {name}.")


def _guessed(doubt: _DoubtError, head: bytes) -> Encoding:
    """Take the guess, and show what the first line that needed it reads as."""
    text = codecs.getincrementaldecoder(doubt.name)("replace").decode(head)
    before = codecs.getincrementaldecoder(doubt.name)("replace").decode(head[: doubt.offset])
    number = len(before.splitlines()) + (not before or before.endswith(("\r", "\n")))
    line = text.splitlines()[number - 1]
    shown = line if len(line) <= SHOWN else f"{line[:SHOWN]}..."
    note = f"Guessed: read as {doubt.name}, which fits {doubt.fit}. Check the names: line {number} reads: {safe_line(shown)}"
    return replace(_verdict(doubt.name), note=note)


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
    """Take UTF-8, with a few lines that are not.

    Raises:
        _DoubtError: it looks like another encoding.
        NotTextError: it looks like no text.
    """
    if wide := _wide(head):
        raise _DoubtError(WideTextError(label, wide), wide)
    if shifted := find_shifted(head):
        at = min(at for mark in (b"\x1b", b"~{") if (at := head.find(mark)) >= 0)
        raise _DoubtError(ShiftedTextError(label, shifted), shifted, offset=at)
    if is_binary(head):
        raise NotTextError(label)
    offset, bad = _misfit(head, "utf-8")
    if not bad:
        return
    number = len(_LINE_END.findall(head, 0, offset)) + 1
    name, _, rivals = best = guess(b"\n".join(bad))
    refusal = EncodingRefusedError(label, offset, number, name, fit=best.words, rivals=rivals)
    raise _DoubtError(refusal, name, fit=best.words, offset=offset, can_be_guessed=not best.is_doubtful)


def _check_named(label: str, head: bytes, name: str) -> None:
    """Take the encoding that was named, with a few lines that are not in it.

    Raises:
        EncodingRefusedError: most of it is something else.
    """
    if name.startswith(_NEED_MARK):  # they are told by their marks, and mark what is broken
        return
    offset, bad = _misfit(head, name)
    if not bad:
        return
    number = len(_LINE_END.findall(head, 0, offset)) + 1
    is_utf8 = not _misfit(head, "utf-8")[1]
    best = guess(b"\n".join(bad))
    other, fit, rivals = ("utf-8", "well", ()) if is_utf8 else (best.name, best.words, best.rivals)
    raise EncodingRefusedError(label, offset, number, other, fit=fit, rivals=rivals, name=name)


def _misfit(head: bytes, encoding: str) -> tuple[int, list[bytes]]:
    """Where bytes first do not fit an encoding, and the lines that do not; none where they are few enough."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(
            head
        )  # a character cut by the end of the head is no fault
    except UnicodeDecodeError as error:
        offset = error.start
    else:
        return 0, []
    lines = _LINE_END.split(head)
    bad = [line for line in lines if not _decodes(line, encoding)]
    if lines[0] not in bad and 0 < len(bad) < MAX_BAD_SHARE * len(lines):
        return 0, []
    return offset, bad


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
