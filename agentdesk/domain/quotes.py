"""Mail text taken apart: what is new, what is quoted, what is a signature.

Law: the lines of all parts, in order, are the lines of the text; folding hides, it never loses. A text that
would be nothing but quotes is all new, so that a forwarded complaint is not hidden from its reader.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final


class PartKind(StrEnum):
    """What a run of lines is."""

    TEXT = "text"
    QUOTE = "quote"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive lines of one kind."""

    kind: PartKind
    lines: tuple[str, ...]


MAX_SIGNATURE: Final = 15
"""A longer tail after `-- ` is a list or a log that happens to start so."""
MAX_LINE: Final = 400
"""No line that introduces a quote is longer; longer ones are not looked at, so that time stays linear."""

_QUOTED = re.compile(r" {0,3}>")
_ORIGINAL = re.compile(
    r"\s*-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|message d'origine"
    r"|mensaje original|messaggio originale|oorspronkelijk bericht|原始邮件|元のメッセージ)\s*-{2,}\s*",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\*?(?:From|Sent|To|Cc|Date|Subject|Von|Gesendet|An|Betreff|De|Envoyé|Objet|От|Отправлено|Кому|Тема|Дата)\*? ?:"
)
_FIRST_HEADER = re.compile(r"\*?(?:From|Von|De|Date|От|Дата)\*? ?: ?\S")
_WROTE = re.compile(r"(?:On|Am|Le|El) .*(?:wrote|schrieb.*|écrit|escribió) ?:", re.IGNORECASE)
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b")
_MOBILE = re.compile(
    r"(?:Sent from|Gesendet (?:von|mit)|Envoyé (?:de|depuis)|Enviado desde|Enviado d[eo]|Inviato da|Verzonden (?:vanaf|met|via)"
    r"|Skickat från|Send[et]t? fra|Wysłan[eo] z|Lähetetty|Odesláno z|Get Outlook for|Sent (?:via|with)|发自我的|從我的) ?.{1,60}"
    r"|Von meinem .{1,40} gesendet|.{1,20}から送信",
    re.IGNORECASE,
)


def split_quotes(text: str) -> list[Part]:
    r"""Take a message body apart.

    Args:
        text: Lines ended by `\n`.

    Returns:
        Runs of lines in their order; the simple rules of mail programs: `>` before a line and the sentence that
        introduces it, "Original Message" and header blocks to the end, `-- ` (RFC 3676, 4.3) and "Sent from my".
    """
    lines = text.split("\n")
    kinds = _label(lines)
    if not any(kind is PartKind.TEXT and line.strip() for kind, line in zip(kinds, lines, strict=True)):
        kinds = [PartKind.TEXT] * len(lines)
    parts: list[Part] = []
    for kind, run in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        parts.append(Part(kind, tuple(line for _, line in run)))
    return parts


def _label(lines: Sequence[str]) -> list[PartKind]:
    """The kind of each line."""
    kinds = [PartKind.TEXT] * len(lines)
    end = _start_of_tail(lines)
    kinds[end:] = [PartKind.QUOTE] * (len(lines) - end)
    for at in range(end):
        if _QUOTED.match(lines[at]):
            kinds[at] = PartKind.QUOTE
    _join_blanks(lines, kinds)
    _claim_introductions(lines, kinds)
    _claim_signatures(lines, kinds)
    return kinds


def _start_of_tail(lines: Sequence[str]) -> int:
    """Where a quote without marks begins that runs to the end; the number of lines if there is none."""
    for at, line in enumerate(lines):
        if not line or len(line) > MAX_LINE:
            continue
        if _ORIGINAL.fullmatch(line) or (_FIRST_HEADER.match(line) and _is_header_block(lines, at)):
            return at
        if _WROTE.fullmatch(line.strip()) and not _is_next_quoted(lines, at):
            return at
    return len(lines)


def _is_header_block(lines: Sequence[str], at: int) -> bool:
    """Whether at least three mail headers stand together: Outlook quotes so."""
    return sum(1 for line in lines[at : at + 5] if _HEADER.match(line)) >= 3


def _is_next_quoted(lines: Sequence[str], at: int) -> bool:
    """Whether the next line with text is marked as quoted; False at the end, where nothing is to hide."""
    for line in lines[at + 1 : at + 4]:
        if line.strip():
            return bool(_QUOTED.match(line))
    return at + 1 >= len(lines)


def _join_blanks(lines: Sequence[str], kinds: list[PartKind]) -> None:
    """Blank lines between two quoted ones belong to the quote."""
    last = None
    for at, kind in enumerate(kinds):
        if kind is PartKind.QUOTE:
            if last is not None:
                kinds[last + 1 : at] = [PartKind.QUOTE] * (at - last - 1)
            last = at
        elif lines[at].strip():
            last = None


def _claim_introductions(lines: Sequence[str], kinds: list[PartKind]) -> None:
    """The sentence before a quote, in any language: it ends with a colon and holds a date or an address."""
    for start in range(1, len(lines)):
        if kinds[start] is not PartKind.QUOTE or kinds[start - 1] is PartKind.QUOTE:
            continue
        at = start - 1
        while at > 0 and not lines[at].strip() and start - at < 3:
            at -= 1
        first = _introduction(lines, at)
        if first is not None:
            kinds[first:start] = [PartKind.QUOTE] * (start - first)


def _introduction(lines: Sequence[str], at: int) -> int | None:
    """The first line of the introduction that ends in line `at`; it may have been wrapped once."""
    last = lines[at].strip()
    if not last.endswith(":") or len(last) > MAX_LINE:
        return None
    if _WROTE.fullmatch(last) or (any(sign.isdigit() for sign in last) and ("@" in last or "20" in last)):
        return at
    before = lines[at - 1].strip() if at else ""
    if not before or len(before) > MAX_LINE:
        return None
    if _WROTE.fullmatch(f"{before} {last}") or (_TIME.search(before) and "@" in last):
        return at - 1
    return None


def _claim_signatures(lines: Sequence[str], kinds: list[PartKind]) -> None:
    """From `-- ` to the next quote or the end, if it is short; and the line a telephone adds."""
    ends = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        if kinds[at] is PartKind.QUOTE:
            ends = at
        elif lines[at] in ("-- ", "--") and ends - at <= MAX_SIGNATURE:
            kinds[at:ends] = [PartKind.SIGNATURE] * (ends - at)
            ends = at
        elif len(lines[at]) < 100 and _MOBILE.fullmatch(lines[at].strip()) and _is_last(lines, at, ends):
            kinds[at] = PartKind.SIGNATURE


def _is_last(lines: Sequence[str], at: int, ends: int) -> bool:
    """Whether nothing but blank lines follows before `ends`."""
    return not any(line.strip() for line in lines[at + 1 : min(ends, at + 40)])
