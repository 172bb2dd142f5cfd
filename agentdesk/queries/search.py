"""Search over everything: tickets, messages, people and articles, each hit with the place that matched.

Newest first is the order the full-text index can be read in without reading all of it; the best match is looked for
among the newest hits of each kind. See the budgets in `bench/`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.search_words import Part, Wanted, excerpt, wanted
from agentdesk.queries.search_kinds import INSTANTS, KINDS, MATCHING, TICKETS, ids_sql, people
from agentdesk.store.reader import Reader

WINDOW: Final = 2_000
"""The newest hits of a kind among which the best match is looked for."""
LEARNT: Final = 1_000
"""Hits of a kind, last learnt first, that are put in the order of their instants."""
_COMMON = 5_000
"""Matching customers from which on walking the newest tickets is cheaper than looking up those of each customer."""
_REFERENCE = re.compile(r"(?:T-|#)?(\d{1,18})", re.IGNORECASE | re.ASCII)
_ONE_MORE = 8
"""More than there are kinds: kind and number of a hit in one number."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that matched.

    Attributes:
        kind: a key of `search_kinds.KINDS`; a ticket matches by its subject or its customer.
        id: of the ticket, the message, the customer, ...
        ticket_id: of the ticket, for a message too; None for what is no part of one.
        customer_id: whose ticket or message it is, or who it is.
        excerpt: one line around the first word that matched.
        who: who said it, for a message.
    """

    kind: str
    id: int
    ticket_id: int | None
    customer_id: int | None
    title: str
    excerpt: str
    who: str
    at: datetime

    @property
    def ref(self) -> str:
        """What other commands take: `T-1042`, for a message its ticket's; `KB-3`; else a number."""
        if self.ticket_id is not None:
            return ticket_ref(self.ticket_id)
        return f"KB-{self.id}" if self.kind == "article" else str(self.id)

    @property
    def key(self) -> int:
        """Kind and number in one, for lists that know a row by a number."""
        return self.id * _ONE_MORE + list(KINDS).index(self.kind)


def search(
    read: Reader,
    text: str | Wanted,
    limit: int = 50,
    *,
    kinds: Sequence[str] = ("ticket", "message", "customer"),
    is_best: bool = False,
) -> list[Hit]:
    """What matches every part of `text`, newest first; a ticket's number or reference comes before all.

    Words in quotes must stand side by side; a word that ends in `*` is a beginning.

    Args:
        read: the snapshot.
        text: as people type it, or taken apart; blank finds nothing.
        limit: how many hits.
        kinds: what to look in, of `search_kinds.KINDS`.
        is_best: the best match first, among the newest hits of each kind.
    """
    asked = _asked(text)
    if not asked.parts:
        return []
    term = _term(read, asked)
    find = _best if is_best else _newest
    found = [one for kind in kinds for one in find(read, kind, term, limit)]
    found.sort(key=lambda pair: (pair[0], pair[1].at, pair[1].kind, pair[1].id), reverse=True)
    first = _referred(read, asked) if "ticket" in kinds else []
    hits = {hit.key: hit for hit in [*first, *(hit for _, hit in found)]}
    return [_told(hit, asked) for hit in list(hits.values())[:limit]]


def counts(read: Reader, text: str | Wanted, kinds: Sequence[str] = tuple(KINDS)) -> dict[str, int]:
    """Exactly how many hits of each kind there are."""
    asked = _asked(text)
    if not asked.parts:
        return dict.fromkeys(kinds, 0)
    params = _params(read, asked)
    return {
        kind: int(read.value(f"SELECT count(*) FROM ({ids_sql(read, kind)}) AS hits", params))
        for kind in kinds
    }


def count(read: Reader, text: str | Wanted, kinds: Sequence[str] = ("ticket", "message", "customer")) -> int:
    """Exactly how many hits `search` has without a limit, newest first."""
    return sum(counts(read, text, kinds).values())


def keys(read: Reader, text: str | Wanted, kinds: Sequence[str]) -> list[int]:
    """The `Hit.key` of every hit."""
    asked = _asked(text)
    params = _params(read, asked)
    places = [(place, kind) for place, kind in enumerate(KINDS) if kind in kinds and asked.parts]
    return [
        int(one) * _ONE_MORE + place
        for place, kind in places
        for (one,) in read.tuples(ids_sql(read, kind), params)
    ]


def tickets_of(read: Reader, hit_keys: Sequence[int]) -> list[int]:
    """The tickets that hits are, or are messages of; each once."""
    names = list(KINDS)
    by_kind: dict[str, list[int]] = {}
    for one in hit_keys:
        by_kind.setdefault(names[one % _ONE_MORE], []).append(one // _ONE_MORE)
    found = dict.fromkeys(by_kind.get("ticket", ()))
    said = by_kind.get("message", [])
    for start in range(0, len(said), 500):
        listed = ",".join(map(str, said[start : start + 500]))
        sql = f"SELECT DISTINCT ticket_id FROM message WHERE id IN ({listed}) ORDER BY ticket_id"
        found |= dict.fromkeys(int(one) for (one,) in read.tuples(sql))
    return list(found)


def _asked(text: str | Wanted) -> Wanted:
    return wanted(text) if isinstance(text, str) else text


def _term(read: Reader, asked: Wanted) -> str:
    return read.all_of([_part_term(read, one) for one in asked.parts])


def _part_term(read: Reader, part: Part) -> str:
    star = "*" if part.is_beginning else ""
    return read.phrase_term(f"{part.text}{star}")


def _params(read: Reader, asked: Wanted) -> dict[str, object]:
    match = _REFERENCE.fullmatch(str(asked))
    return {"term": _term(read, asked), "id": int(match[1]) if match else -1}


def _newest(read: Reader, kind: str, term: str, limit: int) -> list[tuple[float, Hit]]:
    """The newest hits of a kind, all of one score.

    They are the newest among the last learnt: an import may have learnt what is old after what is new.
    """
    entity, select = KINDS[kind]
    # Named in a table of its own, because PostgreSQL allows no LIMIT in some places an IN may stand.
    learnt = f"SELECT * FROM ({read.newest(entity, 'term', 'window')}) AS learnt"
    ids = (
        f"SELECT {entity}.id FROM {entity} WHERE {entity}.id IN ({learnt}){MATCHING.get(kind, '')} "
        f"ORDER BY {INSTANTS[kind]} DESC, {entity}.id DESC LIMIT :limit"
    )
    params = {"term": term, "window": max(LEARNT, limit), "limit": limit}
    hits = read.rows(Hit, f"{select}(SELECT * FROM ({ids}) AS newest)", params)
    if kind == "ticket":
        hits += _of_customers(read, term, limit)
    return [(0.0, hit) for hit in hits]


def _best(read: Reader, kind: str, term: str, limit: int) -> list[tuple[float, Hit]]:
    """The best hits of a kind, scored from 0 to 1: scores of two kinds mean nothing beside each other."""
    entity, select = KINDS[kind]
    found = read.tuples(
        f"{read.ranked(entity, 'term', 'window')} LIMIT :limit",
        {"term": term, "window": WINDOW, "limit": limit},
    )
    top = max((float(score) for _, score in found), default=0.0) or 1.0
    scores = {int(one): float(score) / top for one, score in found}
    listed = ",".join(map(str, scores)) or "NULL"
    hits = read.rows(Hit, f"{select}({listed}){MATCHING.get(kind, '')}")
    if kind == "ticket":
        hits += [hit for hit in _of_customers(read, term, limit) if hit.id not in scores]
    return [(scores.get(hit.id, 0.0), hit) for hit in hits]


def _of_customers(read: Reader, term: str, limit: int) -> list[Hit]:
    """The newest tickets of the customers that match."""
    some = read.newest("customer", "term", "limit")
    counted = f"SELECT count(*) FROM ({some}) AS matching"
    is_common = read.value(counted, {"term": term, "limit": _COMMON}) == _COMMON
    # The plus keeps SQLite off the index of customers; PostgreSQL decides by itself.
    column = "+ticket.customer_id" if is_common and read.is_sqlite else "ticket.customer_id"
    ids = f"SELECT ticket.id FROM ticket WHERE {column} IN ({people(read)}) ORDER BY ticket.id DESC LIMIT :limit"
    sql = f"{TICKETS}(SELECT * FROM ({ids}) AS newest)"
    return read.rows(Hit, sql, {"term": term, "limit": limit})


def _referred(read: Reader, asked: Wanted) -> list[Hit]:
    match = _REFERENCE.fullmatch(str(asked))
    return read.rows(Hit, f"{TICKETS}(:id)", {"id": int(match[1])}) if match else []


def _told(hit: Hit, asked: Wanted) -> Hit:
    title = hit.title if hit.ticket_id is None else f"{hit.ref} {hit.title}"
    return replace(hit, title=title, excerpt=excerpt(hit.excerpt, asked))
