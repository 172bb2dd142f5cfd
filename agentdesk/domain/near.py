"""Names that people probably meant: like what was typed, in any order of words, whatever the case and the accents.

The fuzzy comparison is loaded when somebody has mistyped, and not before.
"""

import unicodedata
from collections.abc import Iterable

MOST = 3
"""Names that a sentence offers."""
_ALIKE = 70.0
_SHORT, _SHORT_ALIKE = 4, 60.0
"""In a short name one wrong letter weighs more."""
_WORSE = 15.0
"""How much less alike than the best one a name may be and still be offered."""


def near_names(typed: str, known: Iterable[tuple[str, str]], *, most: int = MOST) -> list[str]:
    """What was probably meant, the likeliest first.

    Args:
        typed: as people type it.
        known: pairs of a spelling and what to offer for it; a handle and a full name may offer the same.
        most: how many to offer.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only a slip needs it

    pairs = list(known)
    wanted = _plain(typed)
    if not wanted:
        return []
    spellings = [_plain(spelling) for spelling, _ in pairs]
    alike = _SHORT_ALIKE if len(wanted) <= _SHORT else _ALIKE
    scores: dict[str, float] = {}
    for _, score, place in process.extract(
        wanted, spellings, scorer=fuzz.token_sort_ratio, limit=most * 4, score_cutoff=alike
    ):
        _keep_best(scores, pairs[place][1], score)
    if " " not in wanted:
        words = [(word, place) for place, spelling in enumerate(spellings) for word in spelling.split()]
        found = process.extract(
            wanted, [word for word, _ in words], scorer=fuzz.ratio, limit=most * 4, score_cutoff=alike
        )
        for _, score, at in found:
            _keep_best(scores, pairs[words[at][1]][1], score)
    best = max(scores.values(), default=0.0)
    ranked = sorted((-score, name) for name, score in scores.items() if score >= best - _WORSE)
    return [name for _, name in ranked[:most]]


def did_you_mean(names: Iterable[str]) -> str:
    """`Did you mean Jon Smith, Jo Smith or Jan Smit?`; empty where there is no name to offer."""
    offered = list(names)
    if not offered:
        return ""
    listed = " or ".join(filter(None, (", ".join(offered[:-1]), offered[-1])))
    return f"Did you mean {listed}?"


def suggest(typed: str, known: Iterable[tuple[str, str]], *, listed: int = 8) -> str:
    """A hint for a name of few: the likeliest ones, or the first of those there are."""
    pairs = list(known)
    if near := near_names(typed, pairs):
        return did_you_mean(near)
    names = list(dict.fromkeys(name for _, name in pairs))
    stop = ", ..." if len(names) > listed else "."
    return f"Known: {', '.join(names[:listed])}{stop}" if names else ""


def _keep_best(scores: dict[str, float], name: str, score: float) -> None:
    scores[name] = max(scores.get(name, 0.0), score)


def _plain(text: str) -> str:
    if not text.isascii():
        marks = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in marks if not unicodedata.combining(char))
    return " ".join(text.casefold().split())
