"""What people type into a search box, taken apart; and where its words stand in a text.

Laws: no text is an error; a text is cut into words as the full-text index cuts it, so that what is marked is what was
found; marks never overlap and rise.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
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
_PLAIN = re.compile(r"[a-z0-9]+")
"""The same of text in small ASCII letters, in a third of the time."""


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
    words = _words_of(text)
    spans: set[tuple[int, int]] = set()
    for part in found.parts:
        asked = _asked(part)
        for at in _places(words, asked, part):
            spans |= {(start, end) for start, end, _ in words[at : at + len(asked)]}
    return sorted(spans)


def _first(text: str, found: Wanted) -> int:
    """Where the first of the parts begins in `text`; 0 where none is in it."""
    words = _words_of(text)
    places = [next(_places(words, _asked(part), part), None) for part in found.parts]
    return min((words[at][0] for at in places if at is not None), default=0)


def _asked(part: Part) -> list[str]:
    return [fold(one) for one in _WORD.findall(part.text)]


def _words_of(text: str) -> list[tuple[int, int, str]]:
    """Start, end and folded form of every word."""
    if text.isascii():  # folded at once; of the fifty texts on a page nearly all are
        return [(*one.span(), one[0]) for one in _PLAIN.finditer(text.lower())]
    return [(*one.span(), fold(one[0])) for one in _WORD.finditer(text)]


def _places(words: Sequence[tuple[int, int, str]], asked: Sequence[str], part: Part) -> Iterator[int]:
    """At which words a part begins that consists of the words `asked`."""
    if not asked:
        return
    *before, last = asked
    size = len(before)
    for at in range(size, len(words)):
        word = words[at][2]
        if (word == last or (part.is_beginning and word.startswith(last))) and before == [
            one for _, _, one in words[at - size : at]
        ]:
            yield at - size


def excerpt(text: str, found: Wanted) -> str:
    """One line of `text` around the first part in it, with an ellipsis where something is left out."""
    flat = " ".join(text.split())
    start = max(0, _first(flat, found) - BEFORE)
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


def beginning(word: str) -> str:
    """A word as the beginning of one, where it is long enough: `cast*` for `cast`."""
    return f"{word}*" if word.isalnum() and _is_long(word) else word


def _is_long(word: str) -> bool:
    return sum(sign.isalnum() for sign in word) >= BEGINNING
