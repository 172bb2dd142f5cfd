"""Words of a made-up language, as often as words are in any: the second half as often as the first, and so on (Zipf)."""

import random
from collections.abc import Sequence
from itertools import accumulate, product

from bench.desk_rows import WORDS

VOCABULARY = 60_000
PLANTED = 40
"""From this rank on stand the words that subjects are made of, so that a question finds tickets too."""
COMMON, MID, RARE = range(33, 87), range(430, 1_430), range(14_000, 50_000)
"""Ranks of words that are in 5 to 13 %, in 0.3 to 1 % and in hardly any of the messages."""
LENGTH = 50
"""Words of a message: about 300 letters."""


def vocabulary() -> Sequence[str]:
    """Every word, the most common first."""
    syllables = [f"{first}{second}" for first, second in product("bdfgklmnprstvz", "aeiou")]
    made = ("".join(parts) for parts in product(syllables, repeat=3))
    words = [word for word, _ in zip(made, range(VOCABULARY), strict=False)]
    random.Random(3).shuffle(words)
    words[PLANTED : PLANTED + len(WORDS)] = WORDS
    return words


class Speaker:
    """Says messages."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._words = vocabulary()
        self._shares = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def message(self) -> str:
        """One text."""
        return " ".join(self._rng.choices(self._words, cum_weights=self._shares, k=LENGTH))
