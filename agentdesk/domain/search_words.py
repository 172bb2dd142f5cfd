"""What people type into a search box, taken apart; and where its words stand in a text.

Laws: no text is an error; a text is cut into words as the full-text index cuts it, so that what is marked is what was
found; marks never overlap and rise.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

BEGINNING: Final = 3
"""Letters from which on a beginning is looked for: shorter ones are in every text."""
MAX_PARTS: Final = 32
BEFORE: Final = 40
WIDTH: Final = 160
"""Characters of an excerpt before the first mark, and in all."""

_PIECE = re.compile(r'"([^"]*)(?:"|\Z)|([^\s"]+)')
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


@dataclass(frozen=True, slots=True)
class Part:
    """A word, the beginning of one, or words that stand side by side."""

    text: str
    is_phrase: bool = False
    is_beginning: bool = False

    def __str__(self) -> str:
        """As it is typed."""
        return f'"{self.text}"' if self.is_phrase else f"{self.text}{'*' if self.is_beginning else ''}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Parts that must all be there."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        """As it is typed."""
        return " ".join(map(str, self.parts))


def wanted(text: str, *, is_typing: bool = False) -> Wanted:
    """What a text asks for.

    Args:
        text: words, `"a phrase"`, `begin*`; a star after fewer than three letters is passed over.
        is_typing: the last word may still go on, unless a space follows it.
    """
    parts = []
    for phrase, word in _PIECE.findall(text.replace("\0", " ")):
        flat = " ".join(phrase.split()) or word.rstrip("*")
        if any(sign.isalnum() for sign in flat):
            is_beginning = word.endswith("*") and _is_long(flat)
            parts.append(Part(flat, bool(phrase), is_beginning))
    parts = parts[:MAX_PARTS]
    if is_typing and parts and text.endswith(parts[-1].text) and _is_long(parts[-1].text):
        parts[-1] = Part(parts[-1].text, parts[-1].is_phrase, not parts[-1].is_phrase)
    return Wanted(tuple(parts))


def marks(text: str, found: Wanted) -> list[tuple[int, int]]:
    """Where the parts stand in `text`: starts and ends, in order."""
    words = [(one.start(), one.end(), fold(one.group())) for one in _WORD.finditer(text)]
    spans: set[tuple[int, int]] = set()
    for part in found.parts:
        asked = [fold(one) for one in _WORD.findall(part.text)]
        for at in range(len(words) - len(asked) + 1):
            here = [word for _, _, word in words[at : at + len(asked)]]
            if asked and _fits(here, asked, is_beginning=part.is_beginning):
                spans |= {(start, end) for start, end, _ in words[at : at + len(asked)]}
    return sorted(spans)


def excerpt(text: str, found: Wanted) -> str:
    """One line of `text` around the first part in it, with an ellipsis where something is left out."""
    flat = " ".join(text.split())
    places = marks(flat, found)
    start = max(0, places[0][0] - BEFORE) if places else 0
    if start > 0:  # from the beginning of a word
        start = flat.rfind(" ", 0, start + 1) + 1
    piece = flat[start : start + WIDTH]
    return f"{'…' if start else ''}{piece}{'…' if start + WIDTH < len(flat) else ''}"


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """A word as the index keeps it: small letters without accents."""
    if word.isascii():
        return word.lower()
    bare = (one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    return "".join(bare)


def _fits(here: Sequence[str], asked: Sequence[str], *, is_beginning: bool) -> bool:
    if is_beginning:
        return here[:-1] == asked[:-1] and here[-1].startswith(asked[-1])
    return here == asked


def beginning(word: str) -> str:
    """A word as the beginning of one, where it is long enough: `cast*` for `cast`."""
    return f"{word}*" if word.isalnum() and _is_long(word) else word


def _is_long(word: str) -> bool:
    return sum(sign.isalnum() for sign in word) >= BEGINNING
