"""What a map says of ratings: the section `[rating]`, and what its words mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.maps.toml import MapError, columns_at, refuse_strangers, text_at

ASKED: Final = "asked"
"""What a word means of a customer who was asked and has not answered."""
_KEYS: Final = ("score", "comment", "theme", "scores", "scale")
_WHERE: Final = "[rating]"


@dataclass(frozen=True, slots=True)
class RatingRules:
    """The section `[rating]` of a map.

    Attributes:
        score: columns with the word or number that was given, the first that holds something.
        comment: columns with what the customer wrote.
        theme: columns with the reason that was chosen.
        scores: what each word means: a score, None for asked and not answered.
        scale: the lowest score and the highest.
    """

    score: tuple[str, ...]
    comment: tuple[str, ...]
    theme: tuple[str, ...]
    scale: tuple[int, int]
    scores: Mapping[str, int | None] = field(default_factory=dict)


def parse_rating(label: str, told: Mapping[str, Any]) -> RatingRules | None:
    """Read `[rating]`; None where there is no such section.

    Raises:
        MapError: an unknown key, no column of scores, no scale, or a word that means nothing on it.
    """
    if not told:
        return None
    refuse_strangers(label, _WHERE, told, _KEYS)
    score, comment, theme = (columns_at(label, _WHERE, told, key) for key in _KEYS[:3])
    if not score:
        raise MapError(label, _WHERE, 'score = "COLUMN" is missing')
    scale = told.get("scale")
    if not (isinstance(scale, list) and len(scale) == 2 and all(type(one) is int for one in scale)):
        raise MapError(
            label, f"{_WHERE} scale", "the lowest score and the highest are needed: scale = [1, 5]"
        )
    least, most = scale
    if least >= most:
        raise MapError(label, f"{_WHERE} scale", "is a scale without steps")
    words = told.get("scores", {})
    if not isinstance(words, dict):
        raise MapError(label, f"{_WHERE} scores", "it is a section of words, not a value")
    scores = {fold_word(word): _score(label, words, word, (least, most)) for word in words}
    return RatingRules(score, comment, theme, (least, most), scores)


def _score(label: str, words: Mapping[str, Any], word: str, scale: tuple[int, int]) -> int | None:
    text = text_at(label, f"{_WHERE} scores", words, word)
    if text == ASKED:
        return None
    if text.lstrip("-").isdecimal() and scale[0] <= int(text) <= scale[1]:
        return int(text)
    hint = f'Allowed: "{scale[0]}" to "{scale[1]}", or "{ASKED}".'
    raise MapError(label, f"{_WHERE} scores", f"{text!r} is not on the scale", hint)
