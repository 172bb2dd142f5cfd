"""Whether two customers may be one person: what speaks for it, in words, and how much all of it weighs.

Independent hints add up as chances do: each leaves a doubt, and the doubts are multiplied. Nothing is ever decided by
it: somebody looks, and merges or says that they are two.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Final

from agentdesk.domain.identity import name_key
from agentdesk.domain.likeness import compare_names, email_core, email_stem, number_tail, work_domain

LEAST: Final = 60
"""What is offered unless told otherwise."""
_MOST: Final = 99
_DIFFERENT_NAMES: Final = 0.6
"""How much of the score is left where the names are those of different people."""
_SAME_NUMBER: Final = ((2, 0.55), (5, 0.4), (20, 0.2))
_CROWD: Final = 0.05


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer, as far as likeness cares.

    Attributes:
        emails: normalised.
        phones: normalised.
        ids: external ids, and what other fields hold that are called an id; folded.
        is_rare_name: nobody else beside the other one has this name.
    """

    id: int
    name: str
    organization_id: int | None
    organization: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    ids: tuple[str, ...]
    is_rare_name: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a name is known."""
        return not (self.emails or self.phones or self.ids)


@dataclass(frozen=True, slots=True)
class Reason:
    """One hint: its weight from 0 to 1, and its words."""

    weight: float
    words: str


Sharers = Callable[[str], int]
"""How many customers have a telephone number that ends like this one."""


def compare(one: Profile, other: Profile, sharers: Sharers) -> tuple[int, tuple[str, ...]]:
    """How likely two customers are one person.

    Returns:
        The score from 0 to 99, and the reasons, the weightiest first.
    """
    names = compare_names(one.name, other.name)
    hints = [*_addresses(one, other), *_numbers(one, other, sharers), *_ids(one, other)]
    if names.weight > 0:
        hints += [Reason(names.weight, names.words), *_surroundings(one, other, names.weight)]
    hints.sort(key=lambda hint: -hint.weight)
    score = 1 - prod(1 - hint.weight for hint in hints)
    words = [hint.words for hint in hints]
    if names.weight < 0:
        score *= _DIFFERENT_NAMES
        words.append(names.words)
    return min(round(100 * score), _MOST), tuple(words)


def _addresses(one: Profile, other: Profile) -> Iterator[Reason]:
    """The closest pair of addresses alone: a second one says little more."""
    pairs = [(mine, theirs) for mine in one.emails for theirs in other.emails]
    if close := next(((a, b) for a, b in pairs if email_core(a) == email_core(b)), None):
        yield Reason(0.75, f"same address but for dots or a tag, {close[0]} and {close[1]}")
    elif near := next(((a, b) for a, b in pairs if email_stem(a) and email_stem(a) == email_stem(b)), None):
        yield Reason(0.45, f"same address but for its ending, {near[0]} and {near[1]}")


def _numbers(one: Profile, other: Profile, sharers: Sharers) -> Iterator[Reason]:
    same = [number for number in one.phones if number in other.phones and number_tail(number)]
    if same:
        count = min(map(sharers, same))
        number = min(same, key=sharers)
        crowd = f" (of {count} customers)" if count > 2 else ""
        yield Reason(_weight_of_number(count), f"same phone {number}{crowd}")
        return
    tails = {number_tail(number): number for number in other.phones if number_tail(number)}
    if near := next((number for number in one.phones if number_tail(number) in tails), None):
        yield Reason(
            min(0.4, _weight_of_number(sharers(near))),
            f"phone {near} and {tails[number_tail(near)]} end alike",
        )


def _weight_of_number(count: int) -> float:
    return next((weight for most, weight in _SAME_NUMBER if count <= most), _CROWD)


def _ids(one: Profile, other: Profile) -> Iterator[Reason]:
    if same := next((each for each in one.ids if each in other.ids), None):
        yield Reason(0.7, f"same id {same} elsewhere")


def _surroundings(one: Profile, other: Profile, likeness: float) -> Iterator[Reason]:
    """What makes a like name weigh more; what belongs together counts once."""
    domains = _domains(one) & _domains(other)
    if one.organization_id is not None and one.organization_id == other.organization_id:
        yield Reason(0.35, f"same organization {one.organization}")
    elif domains:
        yield Reason(0.3, f"both write from {min(domains)}")
    if likeness < 0.5:
        return
    if one.is_bare or other.is_bare:
        yield Reason(0.25, "of one only the name is known")
    elif one.is_rare_name and other.is_rare_name and " " in name_key(one.name):
        yield Reason(0.15, "nobody else has this name")


def _domains(one: Profile) -> set[str]:
    return {domain for domain in map(work_domain, one.emails) if domain}


def groups(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The smallest id of the group that each customer belongs to, where pairs hang together."""
    leads: dict[int, int] = {}

    def lead(one: int) -> int:
        while leads.setdefault(one, one) != one:
            leads[one] = leads[leads[one]]
            one = leads[one]
        return one

    for one, other in pairs:
        low, high = sorted((lead(one), lead(other)))
        leads[high] = low
    return {one: lead(one) for one in leads}
