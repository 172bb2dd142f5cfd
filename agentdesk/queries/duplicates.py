"""Customers that may be one person, in pairs with their reasons, from one snapshot.

Only those are compared that share a key: a number, an address but for dots and tags, an id, or a name as it sounds
together with an organization or a house's domain. Keys and pairs lie in a scratch database, so that memory does not
grow with the customers. What many share is not paired each with each: see `_pairs_of`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations, pairwise

from agentdesk.domain.duplicates import LEAST, Profile, compare, groups
from agentdesk.domain.likeness import (
    email_core,
    email_stem,
    initials_key,
    name_words,
    number_tail,
    sound_key,
    work_domain,
)
from agentdesk.queries import customers
from agentdesk.queries.past import chunks
from agentdesk.queries.profiles import profile_pages, profiles
from agentdesk.queries.tickets import Where
from agentdesk.store.reader import Reader
from agentdesk.store.scratch import PairScratch

Progress = Callable[[int, int], None]
"""Told how many customers were looked at, and of how many."""
_PAIRS_AT_ONCE = 2_000
_BLOCK = 40
"""So many who share a key are compared each with each."""
_NAMESAKES = 4
"""So many with one name are compared for the name alone: of more, the name says nothing."""
_DISTINCT = "SELECT customer_id, other_id FROM distinct_pair ORDER BY customer_id, other_id"


class _Kind(IntEnum):
    """What a key is made of; kept in its lowest bits."""

    NUMBER = 0
    ADDRESS = 1
    STEM = 2
    ID = 3
    SOUND = 4
    SPELLING = 5
    NAME = 6


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two customers that may be one person.

    Attributes:
        score: from 0 to 99.
        id: the one that came first.
        other_id: the one that came later.
        reasons: in words, the weightiest first.
        group: the smallest id of all that hang together with them.
    """

    score: int
    id: int
    other_id: int
    reasons: tuple[str, ...]
    group: int

    @property
    def key(self) -> int:
        """What tells the pair from all others."""
        return self.id << 32 | self.other_id

    @property
    def why(self) -> str:
        """`86: same phone +45 32 10 10 10, name sounds alike`."""
        return f"{self.score}: {', '.join(self.reasons)}"


class Duplicates:
    """What was found, the likeliest first.

    Attributes:
        total: exactly how many pairs.
        namesakes: names that more than a few have; by the name alone these were not compared.
    """

    def __init__(self, scratch: PairScratch, namesakes: int) -> None:
        """Take a scratch whose pairs are scored."""
        self._scratch = scratch
        self._groups = groups((one, other) for _, one, other, _ in scratch.scored())
        self.total = scratch.count_scored()
        self.namesakes = namesakes

    def __iter__(self) -> Iterator[Duplicate]:
        for score, one, other, reasons in self._scratch.scored():
            yield Duplicate(score, one, other, reasons, self._groups[one])


@contextmanager
def find_duplicates(
    read: Reader, where: Where | None = None, *, least: int = LEAST, progress: Progress | None = None
) -> Iterator[Duplicates]:
    """The pairs that nobody has called distinct; they can be walked as long as the block lasts.

    Args:
        read: the snapshot.
        where: one of a pair meets it; all unless given.
        least: the lowest score that is told.
        progress: told how far it has come.
    """
    with PairScratch() as scratch:
        _add_keys(read, scratch, progress)
        namesakes = _add_pairs(scratch)
        scratch.drop_pairs((int(one), int(other)) for one, other in read.stream(_DISTINCT))
        if where is not None:
            scratch.keep_pairs_of(customers.ids(read, where))
        for some in scratch.pairs(_PAIRS_AT_ONCE):
            known = profiles(read, {one for pair in some for one in pair})
            scratch.add_scored(_scored(scratch, some, known, least))
        yield Duplicates(scratch, namesakes)


def still_open(read: Reader, found: Sequence[Duplicate]) -> list[Duplicate]:
    """Those of some pairs that nobody has merged or called distinct since they were found."""
    here = {one for pair in found for one in (pair.id, pair.other_id)}
    sql = "SELECT id FROM customer WHERE merged_into_id IS NULL AND id IN ({ids})"
    alive = {int(one) for ids in chunks(here) for (one,) in read.tuples(sql.format(ids=ids))}
    apart = {(int(one), int(other)) for one, other in read.stream(_DISTINCT)}
    return [one for one in found if {one.id, one.other_id} <= alive and (one.id, one.other_id) not in apart]


def _add_keys(read: Reader, scratch: PairScratch, progress: Progress | None) -> None:
    total, seen = customers.count(read, Where("customer.merged_into_id IS NULL", {})), 0
    for page in profile_pages(read):
        scratch.add_keys([(key, one.id) for one in page for key in _keys(one)])
        seen += len(page)
        if progress is not None:
            progress(seen, total)


def _keys(one: Profile) -> set[int]:
    found = {_key(_Kind.NUMBER, tail) for tail in map(number_tail, one.phones) if tail}
    found |= {_key(_Kind.ADDRESS, email_core(each)) for each in one.emails}
    found |= {_key(_Kind.STEM, stem) for stem in map(email_stem, one.emails) if stem}
    found |= {_key(_Kind.ID, each) for each in one.ids}
    if "@" in one.name or not (words := name_words(one.name)):
        return found
    found.add(_key(_Kind.NAME, " ".join(words)))
    around = {f"d{domain}" for domain in map(work_domain, one.emails) if domain}
    around |= {f"o{one.organization_id}"} if one.organization_id is not None else set()
    sound, initials = sound_key(one.name), initials_key(one.name)
    found |= {_key(_Kind.SOUND, f"{sound}|{each}") for each in around}
    return found | {_key(_Kind.SPELLING, f"{initials}|{each}") for each in around}


def _key(kind: _Kind, text: str) -> int:
    return (hash(text) & 0x0FFF_FFFF_FFFF_FFFF) << 3 | kind


def _add_pairs(scratch: PairScratch) -> int:
    """Pair those who share a key; returns how many names were too common."""
    namesakes = 0
    for key, ids in scratch.blocks():
        kind = _Kind(key & 7)
        if kind is _Kind.NAME and len(ids) > _NAMESAKES:
            namesakes += 1
        elif kind is not _Kind.SPELLING or len(ids) <= _BLOCK:
            scratch.add_pairs(_pairs_of(ids))
    return namesakes


def _pairs_of(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each with each; of a crowd, each with the first and with the next: so the group still hangs together."""
    if len(ids) <= _BLOCK:
        yield from combinations(ids, 2)
        return
    first = ids[0]
    yield from ((first, one) for one in ids[1:])
    yield from pairwise(ids[1:])


def _scored(
    scratch: PairScratch, pairs: Sequence[tuple[int, int]], known: dict[int, Profile], least: int
) -> Iterator[tuple[int, int, int, tuple[str, ...]]]:
    def sharers(number: str) -> int:
        return scratch.sharers(_key(_Kind.NUMBER, number_tail(number)))

    for one, other in pairs:
        score, reasons = compare(known[one], known[other], sharers)
        if score >= least:
            yield score, one, other, reasons
