"""What a search has found so far, for the line table: read in one go, more of it once the end is reached."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from agentdesk.desk import Desk
from agentdesk.domain.fields import field_named
from agentdesk.domain.search_words import Wanted
from agentdesk.queries import search
from agentdesk.queries.search import Hit
from agentdesk.queries.search_kinds import KINDS
from agentdesk.screens.short_list import ShortList

STEP: Final = 200
"""Hits that are read at a time."""
TABS: Final = {
    "All": tuple(KINDS),
    "Tickets": ("ticket",),
    "Messages": ("message",),
    "Customers": ("customer",),
    "Organizations": ("organization",),
    "Articles": ("article",),
}
SHORT: Final = {"Organizations": "Orgs", "Customers": "People"}
"""What a tab is called where there is little room."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, in what, in which order, and how many hits of it are wanted."""

    asked: Wanted
    kinds: Sequence[str] = tuple(KINDS)
    is_best: bool = False
    limit: int = STEP


@dataclass(frozen=True, slots=True)
class Hits(ShortList):
    """The hits in hand; all of them are more."""

    desk: Desk
    question: Question

    def ids(self) -> list[int]:
        """Every hit there is, also those that are not in hand."""
        with self.desk.read() as read:
            return search.keys(read, self.question.asked, self.question.kinds)


@dataclass(frozen=True, slots=True)
class SearchSource:
    """The hits of a question."""

    desk: Desk
    question: Question
    rows: Sequence[Hit]

    @contextmanager
    def look(self) -> Iterator[Hits]:
        """What is in hand; nothing is read."""
        yield Hits(self.rows, self.id_of, self.desk, self.question)

    def id_of(self, row: Hit) -> int:
        """Kind and number."""
        return row.key


@dataclass(slots=True)
class ResultWalk:
    """A way through the tickets that were found, in their order; see `ticket_source.Walk`."""

    ids: Sequence[int]
    at: int
    name: str = "Search"

    def step(self, by: int) -> int | None:
        """Go one ticket on, or back, and say which; None at the end."""
        if not 0 <= self.at + by < len(self.ids):
            return None
        self.at += by
        return self.ids[self.at]

    def place(self) -> tuple[int, int]:
        """Where the ticket stands, from 1, and of how many."""
        return self.at + 1, len(self.ids)


def read_hits(desk: Desk, question: Question) -> SearchSource:
    """Look for it."""
    with desk.read() as read:
        rows = search.search(
            read, question.asked, question.limit, kinds=question.kinds, is_best=question.is_best
        )
    return SearchSource(desk, question, rows)


def read_counts(desk: Desk, asked: Wanted) -> dict[str, int]:
    """Exactly how many hits each kind has."""
    with desk.read() as read:
        return search.counts(read, asked)


def walk_from(rows: Sequence[Hit], hit: Hit) -> ResultWalk:
    """A way through the tickets of hits that begins at one of them."""
    ids = list(dict.fromkeys(one.ticket_id for one in rows if one.ticket_id is not None))
    return ResultWalk(ids, ids.index(hit.ticket_id)) if hit.ticket_id in ids else ResultWalk([], 0)


def asks_a_field(text: str) -> str:
    """The first `field:value` in a text: search knows words alone, the queue knows fields."""
    for word in text.split():
        name, sign, value = word.removeprefix("-").partition(":")
        if sign and value and (name in ("is", "has", "sort") or field_named(name) is not None):
            return word
    return ""
