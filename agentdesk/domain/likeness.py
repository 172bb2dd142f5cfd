"""How alike two names or addresses are: keys that likely twins share, and what two names have in common, in words.

Nothing here decides who somebody is; `identity` does. A key is only where to look, and what is found is weighed by
`duplicates`.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from agentdesk.domain.identity import name_key


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES: Final = _words("mr mrs ms miss mx dr prof herr frau m mme mlle sr sra don dona hr fr ing jr")
_PROVIDERS: Final = _words(
    "gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac gmx web t-online freenet aol mail proton "
    "protonmail yandex qq 163 126 sina naver orange free laposte wanadoo libero btinternet comcast verizon att"
)
"""Whose addresses say nothing of where somebody works: the part of the domain before its ending."""
_ROLES: Final = _words(
    "info office sales support contact admin mail hello service kontakt post help billing team noreply"
)
"""Mailboxes that no one person has."""
_ALIKE: Final = 88.0
_FEWEST_DIGITS: Final = 7


class Likeness(NamedTuple):
    """What two names have in common.

    Attributes:
        weight: from 0 to 1; below 0 where they are names of different people.
        words: as it reads in a list of reasons; empty where nothing is to say.
    """

    weight: float
    words: str


@lru_cache(1 << 12)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in Latin letters without accents and titles, sorted: `Doe, Jo` and `Dr. Jo Doe` are one."""
    from anyascii import anyascii  # noqa: PLC0415  only whoever looks for twins needs it

    key = name_key(name)
    plain = key if key.isascii() else anyascii(key).lower()
    words = "".join(char if char.isalnum() else " " for char in plain.replace("'", "")).split()
    return tuple(sorted(word for word in words if word not in _TITLES) or sorted(words))


@lru_cache(1 << 15)
def sound_of(word: str) -> str:
    """How a word sounds to an English ear, as the Metaphone code; a word without letters is its own."""
    from jellyfish import metaphone  # noqa: PLC0415  as above

    return metaphone(word) or word


def sound_key(name: str) -> str:
    """What two names share that sound alike, in any order of their words; lone initials in the middle do not count."""
    words = name_words(name)
    long = [word for word in words if len(word) > 1]
    return " ".join(sorted(map(sound_of, long if len(long) > 1 else words)))


def initials_key(name: str) -> str:
    """The first letters of a name, sorted: where slips of spelling are looked for."""
    return "".join(sorted(word[0] for word in name_words(name)))


def compare_names(one: str, other: str) -> Likeness:
    """What two names have in common; a missing one, or an address in its place, says nothing."""
    if _is_no_name(one) or _is_no_name(other):
        return (
            Likeness(0.15, "one has no name") if _is_no_name(one) != _is_no_name(other) else Likeness(0, "")
        )
    if name_key(one) == name_key(other):
        return Likeness(0.5, "same name")
    mine, theirs = name_words(one), name_words(other)
    if mine == theirs:
        return Likeness(0.47, "same name but for order, script or title")
    return _nearly(one, other, mine, theirs)


def _nearly(one: str, other: str, mine: Sequence[str], theirs: Sequence[str]) -> Likeness:
    from rapidfuzz import fuzz  # noqa: PLC0415  as above

    is_alike = fuzz.ratio(" ".join(mine), " ".join(theirs)) >= _ALIKE
    sounds = sound_key(one) == sound_key(other)
    if is_alike and sounds:
        return Likeness(0.45, "name sounds alike and is spelled nearly so")
    if is_alike:
        return Likeness(0.42, "name is spelled nearly alike")
    if sounds:
        return Likeness(0.38, "name sounds alike")
    few, many = sorted((set(mine), set(theirs)), key=len)
    if len(few) > 1 and few < many:
        return Likeness(0.35, "one name is part of the other")
    if _fits_initials(few, many) or _fits_initials(many, few):
        return Likeness(0.3, "name fits the initials")
    return Likeness(-1, "names differ")


def _fits_initials(short: set[str], long: set[str]) -> bool:
    """Whether `J Doe` may be `Jo Doe`: every word is there, or its first letter is, and one whole word is the same."""
    rest, wanted = sorted(long - short), sorted(short - long)
    if not (short & long) or not wanted or len(rest) != len(wanted):
        return False
    return all(len(mine) == 1 and theirs.startswith(mine) for mine, theirs in zip(wanted, rest, strict=True))


def _is_no_name(name: str) -> bool:
    return "@" in name or not any(char.isalpha() for char in name)


def email_core(address: str) -> str:
    """An address without dots and plus-tag in its mailbox: what many providers deliver to one person."""
    local, _, domain = address.rpartition("@")
    plain = local.partition("+")[0].replace(".", "") or local
    return f"{plain}@{'gmail.com' if domain == 'googlemail.com' else domain}"


def email_stem(address: str) -> str:
    """An address without the ending of its domain too, `jo@acme` of `jo@acme.co.uk`; empty for a shared mailbox."""
    local, _, domain = email_core(address).rpartition("@")
    return "" if local in _ROLES else f"{local}@{_house(domain)}"


def work_domain(address: str) -> str:
    """The domain of an address where it is one of a house; empty for a provider that gives addresses to everybody."""
    domain = address.rpartition("@")[2]
    return "" if _house(domain) in _PROVIDERS else domain


def number_tail(number: str) -> str:
    """The last eight digits of a telephone number; empty for a short one, which many places have."""
    digits = "".join(filter(str.isdecimal, number))
    return digits[-8:] if len(digits) >= _FEWEST_DIGITS else ""


def _house(domain: str) -> str:
    labels = domain.split(".")
    ending = 2 if len(labels) > 2 and len(labels[-2]) <= 3 else 1
    return (labels[:-ending] or labels)[-1]
