"""How well bytes read as words of one alphabet: Cyrillic, Greek, Hebrew, Arabic or Thai, by code page.

What tells a code page from its neighbours is the case of the letters, where the alphabet has one: in the wrong page small
letters are followed by capitals, or there are none but capitals. Marks of Thai stand on consonants.
"""

import re
from typing import Final

SCRIPTS: Final = {
    "cp1251": "cyrillic",
    "cp1253": "greek",
    "koi8_r": "cyrillic",
    "cp1255": "hebrew",
    "cp1256": "arabic",
    "cp874": "thai",
    "iso8859_5": "cyrillic",
    "cp866": "cyrillic",
    "iso8859_7": "greek",
    "iso8859_8": "hebrew",
    "iso8859_6": "arabic",
}
"""The alphabet of each code page that is tried, the likeliest first."""
_LETTERS: Final = {
    "cyrillic": re.compile("[а-яА-Я]"),  # noqa: RUF001  the very letters
    "greek": re.compile("[ά-ώΆ-Ϋ]"),
    "hebrew": re.compile("[\u05d0-\u05ea]"),
    "arabic": re.compile("[\u0621-\u063a\u0641-\u0652]"),
    "thai": re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]"),
}
_RARE: Final = {"cyrillic": re.compile("[\u0401-\u040f\u0450-\u045f\u0490\u0491]")}
"""Letters that only some of the languages have; half of one."""
_MARKS: Final = re.compile("[«»‘’“”„…–—№·\xa0]")  # noqa: RUF001  the very marks
_WORD: Final = re.compile(r"[^\W\d_]+")
_ODD_THAI: Final = re.compile("(?<![\u0e01-\u0e2e\u0e31-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_SMALL, _LOUD = 0.96, 0.8
"""What a text is worth that has no capital, and one that has nothing else."""


def script_fit(text: str, script: str) -> float:
    """Return from 0 to 1 how much of what is not ASCII are letters of an alphabet, as its words have them.

    Args:
        text: what bytes read as.
        script: a value of `SCRIPTS`.
    """
    high = [char for char in text if char > "\x7f" and not _MARKS.match(char)]
    if not high:
        return 0.0
    rare = len(_RARE[script].findall(text)) / 2 if script in _RARE else 0
    odd = sum(sum(map(_is_odd, word, word[1:])) for word in _WORD.findall(text))
    if script == "thai":
        odd += len(_ODD_THAI.findall(text))
    return max(0.0, len(_LETTERS[script].findall(text)) + rare - odd) / len(high) * _by_case(high)


def _by_case(high: list[str]) -> float:
    capitals = sum(map(str.isupper, high))
    small = sum(map(str.islower, high))
    if capitals and not small:
        return _LOUD
    return _SMALL if small and not capitals else 1.0


def _is_odd(before: str, after: str) -> bool:
    """Whether two letters do not follow each other so in a word: a capital after a small one, ASCII beside others."""
    return (before.islower() and after.isupper()) or before.isascii() != after.isascii()
