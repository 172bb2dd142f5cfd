"""How well a name fits what was typed: its beginning, the beginning of a word, words inside, then what is like it.

The fuzzy comparison is loaded when nothing fits to the letter, and not before.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

Thing = TypeVar("Thing")
WHOLE, WORD, INSIDE = 300.0, 200.0, 100.0
"""A name that begins with it, words that do, and words somewhere inside."""
_SHORTEST: Final = 3
"""Letters up to which a slip cannot be told from another word."""
_ALIKE: Final = 78.0


def fitting(
    typed: str,
    things: Iterable[Thing],
    *,
    name: Callable[[Thing], str],
    about: Callable[[Thing], str] = lambda _: "",
) -> list[Thing]:
    """What fits, the best first; everything, in its order, while nothing is typed.

    Args:
        typed: words, as people type them.
        things: what to choose from.
        name: what counts most.
        about: what counts where every word is in one of the two.
    """
    listed, words = list(things), typed.casefold().split()
    if not words:
        return listed
    scored = [(_to_the_letter(words, name(one).casefold(), about(one).casefold()), one) for one in listed]
    found = [(score, one) for score, one in scored if score]
    if not found and len(typed.strip()) > _SHORTEST:
        found = _alike(words, listed, name)
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


def rank(typed: str, name: str) -> float:
    """How well a name fits words typed, to the letter: 0 where one of them is not in it."""
    words = typed.casefold().split()
    return _to_the_letter(words, name.casefold(), "") if words else 0.0


def _to_the_letter(words: Sequence[str], name: str, about: str) -> float:
    if not all(word in name or word in about for word in words):
        return 0.0
    if name.startswith(" ".join(words)):
        return WHOLE - len(name) / 100
    parts = name.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return WORD - len(name) / 100
    is_enough = sum(map(len, words)) > 1  # one letter is inside of nearly everything
    return INSIDE + sum(word in name for word in words) if is_enough else 0.0


def _alike(
    words: Sequence[str], things: Sequence[Thing], name: Callable[[Thing], str]
) -> list[tuple[float, Thing]]:
    """What is left when slips are forgiven: every word typed is nearly a word of the name."""
    from rapidfuzz import fuzz

    found = []
    for one in things:
        parts = name(one).casefold().split()
        score = min(max((fuzz.ratio(word, part) for part in parts), default=0.0) for word in words)
        if score >= _ALIKE:
            found.append((score, one))
    return found
