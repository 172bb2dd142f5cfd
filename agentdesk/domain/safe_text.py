"""Text that strangers wrote becomes text that a terminal can only print.

Laws: `line`, `block` and `name` are idempotent; what they return holds no control character (a block keeps
its newlines), no bidirectional control and no lone surrogate; visible text of any script passes unchanged.
What could mislead is shown; only characters that have no picture of their own are dropped.
`spreadsheet_guard` defuses formulas, and `spreadsheet_unguard` gives back exactly what went in.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
NEWLINE_SIGN: Final = "\N{RETURN SYMBOL}"
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
TAB_STOP: Final = 8

_C0: Final = range(0x20)
_DELETE: Final = 0x7F
_C1: Final = range(0x80, 0xA0)
_SURROGATES: Final = range(0xD800, 0xE000)
_BIDI_NAMES: Final = {
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
}
# Format characters without a picture. Kept on purpose: U+200C and U+200D (Persian, Indic, emoji families)
# and the variation selectors, which choose between two pictures of one character.
_DROPPED: Final = (
    0x00AD,  # soft hyphen
    0x061C,  # Arabic letter mark
    0x180E,  # Mongolian vowel separator
    0x200B,  # zero width space
    0x200E,  # left-to-right mark
    0x200F,  # right-to-left mark
    *range(0x2060, 0x2066),  # word joiner and the invisible operators
    *range(0x206A, 0x2070),  # the deprecated shaping switches
    0xFEFF,  # byte order mark
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    *range(0x1BCA0, 0x1BCA4),  # shorthand format controls
    *range(0x1D173, 0x1D17B),  # musical format controls
    *range(0xE0000, 0xE0080),  # tags
)
# Letters and marks that print nothing: harmless in prose, but two names may differ by them alone.
_INVISIBLE_LETTERS: Final = frozenset(
    map(
        chr,
        (
            0x034F,  # combining grapheme joiner
            0x115F,  # Hangul choseong filler
            0x1160,  # Hangul jungseong filler
            0x17B4,  # Khmer inherent vowels
            0x17B5,
            0x180B,  # Mongolian free variation selectors
            0x180C,
            0x180D,
            0x180F,
            0x2800,  # braille blank
            0x3164,  # Hangul filler
            0xFFA0,  # half-width Hangul filler
        ),
    )
)


def _line_table() -> dict[int, str | None]:
    """Return what each character that may not reach a terminal becomes in one line."""
    table: dict[int, str | None] = {code: chr(0x2400 + code) for code in _C0}
    table |= dict.fromkeys((*_C1, *_SURROGATES), REPLACEMENT)
    table |= {code: f"⟨{mark}⟩" for code, mark in _BIDI_NAMES.items()}
    table |= dict.fromkeys(_DROPPED)
    table |= dict.fromkeys((0x0A, 0x0D, 0x85, 0x2028, 0x2029), NEWLINE_SIGN)
    table |= {0x09: " ", _DELETE: "\N{SYMBOL FOR DELETE}"}
    return table


_LINE: Final[Mapping[int, str | None]] = _line_table()
_BLOCK: Final[Mapping[int, str | None]] = {code: to for code, to in _LINE.items() if code not in (0x09, 0x0A)}
_NAME: Final[Mapping[int, str]] = {ord(letter): f"⟨U+{ord(letter):04X}⟩" for letter in _INVISIBLE_LETTERS}
UNSAFE: Final = frozenset(_LINE)
"""Code points that `line` never returns; a last filter before the terminal deletes them."""

_NEWLINES: Final = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
# Excel, LibreOffice and Google Sheets read these as the start of a formula, in Japanese locales also in full
# width; a leading TAB, CR or LF hides one from a naive check (CWE-1236).
_FORMULA: Final = re.compile(r"'*[\s\x00\ufeff]*(?:[=+\-@\t\r\n]|[＝＋－＠])")  # noqa: RUF001  the very characters


def line(value: object) -> str:
    """Return one printable line for a cell, a title, a toast or a row of a table.

    Args:
        value: Anything; `None` is the empty line.

    Returns:
        Text without newlines: controls are shown as pictures (`␛`, `⏎`, `⟨RLO⟩`), a tab is one space.
    """
    text = "" if value is None else str(value)
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_LINE)


def block(value: object) -> str:
    r"""Return printable text of many lines for a message body.

    Args:
        value: Anything; `None` is the empty text.

    Returns:
        Text whose only control character is `\n`: every kind of line end becomes one, tabs become spaces
        up to the next stop of eight, the rest is shown as in `line`.
    """
    text = "" if value is None else str(value)
    if text.isprintable():
        return text
    return _NEWLINES.sub("\n", text).translate(_BLOCK).expandtabs(TAB_STOP)


def name(value: object) -> str:
    """Return a `line` in which letters that print nothing are shown by their number.

    For names and addresses, where an unseen letter makes one person look like another.
    """
    text = line(value)
    if text.isascii() or _INVISIBLE_LETTERS.isdisjoint(text):
        return text
    return text.translate(_NAME)


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes; East Asian wide characters and emoji take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  the tables are only needed for other scripts

    return cell_len(text)


def most_cells(text: str) -> int:
    """Return how many cells `text` may take: terminals disagree about marks that stand beside their letter.

    Such are the vowels of Devanagari, Tamil or Burmese: no cell of their own for some, one for others.
    """
    if text.isascii():
        return len(text)
    from unicodedata import category  # noqa: PLC0415  as above

    return cells(text) + sum(category(letter) == "Mc" for letter in text)


def clip(text: str, width: int) -> str:
    """Shorten text to a width, with an ellipsis where something is missing.

    Args:
        text: One safe line.
        width: Terminal cells, from 0.

    Returns:
        Text of at most `width` cells in every terminal; a wide character, an accent or an emoji family is never
        cut in two.
    """
    if width <= 0:
        return ""
    if most_cells(text) <= width:
        return text
    if text.isascii():
        return text[: width - 1] + ELLIPSIS
    kept: list[str] = []
    room = width - 1
    for cluster in _clusters(text):
        room -= most_cells(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept) + ELLIPSIS


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Clip text and fill it with spaces to exactly `width` cells; `right` aligns it to the right edge."""
    # A joiner at the end would tie the first space to the text, and Rich would not count that space.
    clipped = clip(text, width).rstrip("\N{ZERO WIDTH JOINER}")
    filling = " " * (max(width, 0) - cells(clipped))
    return filling + clipped if right else clipped + filling


def spreadsheet_guard(text: str) -> str:
    """Put one apostrophe before text that a spreadsheet would run as a formula.

    Text that already looks guarded gets one more, so that `spreadsheet_unguard` is exact.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def spreadsheet_unguard(text: str) -> str:
    """Take back the one apostrophe `spreadsheet_guard` put there; other text is unchanged."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def _clusters(text: str) -> Iterator[str]:
    """Yield what must stay together: a character, its marks, and what a joiner ties to it."""
    start = 0
    for at in range(1, len(text)):
        if not _is_tied(text[at - 1], text[at], is_pair_open=(at - start) % 2 == 1):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _is_tied(before: str, here: str, *, is_pair_open: bool) -> bool:
    """Whether a character belongs to the one before it: a mark, a joined sign, or the second half of a flag."""
    if before == "\N{ZERO WIDTH JOINER}" or "\U0001f3fb" <= here <= "\U0001f3ff":
        return True
    if "\U0001f1e6" <= here <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff":
        return is_pair_open
    return cells(here) == 0
