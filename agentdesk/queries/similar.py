"""Tickets in similar wording: those that share the rarest words of a ticket, with these words, so that anybody can judge.

It counts words and claims no more: a ticket may be about the same in other words. Each word costs one bounded look
into the full text, so the time does not grow with the desk.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from agentdesk.domain.quotes import PartKind, split_quotes
from agentdesk.domain.safe_text import block
from agentdesk.queries.past import chunks
from agentdesk.queries.ticket_detail import PARTS
from agentdesk.queries.tickets import TicketRow, by_ids
from agentdesk.store.reader import Reader

RAREST = 12
"""Words that are compared. All of them would find every ticket that says `please`, and take seconds."""
_COMMON = 300
"""Rows from which on a word says nothing."""
_SHARE = 10
"""On a small desk, a word in more than one row of so many says nothing."""
_MOST_WORDS = 80
_LONGEST = 4_000
_SUBJECT_WEIGHT = 3
_WORD = re.compile(r"[^\W_]{3,40}")
_THEIRS = "author_kind <> 'agent' AND visibility = 'public'"
"""What a customer wrote; of a ticket without one, what it was opened with."""
_SAID = f"SELECT id, body FROM message WHERE ticket_id = :id AND {_THEIRS} ORDER BY at, id LIMIT 1"
_SELF = (
    "SELECT ticket.subject, coalesce(customer.name, '') FROM ticket "
    "LEFT JOIN customer ON customer.id = ticket.customer_id WHERE ticket.id = :id"
)
_SIZE = f"SELECT count(*) FROM (SELECT 1 FROM message LIMIT {_COMMON * _SHARE}) AS rows_seen"
_WHOSE = f"SELECT id, ticket_id FROM message WHERE id IN ({{ids}}) AND {_THEIRS}"


@dataclass(frozen=True, slots=True)
class Similar:
    """A ticket, and the rare words it shares, the rarest first."""

    ticket: TicketRow
    words: tuple[str, ...]


def similar(read: Reader, ticket_id: int, limit: int = 5) -> list[Similar]:
    """The tickets, solved ones too, that share most of the rarest words; empty where none shares two.

    Args:
        read: the snapshot.
        ticket_id: whose subject and first message are compared.
        limit: how many.
    """
    words, said_id = _words_of(read, ticket_id)
    in_subjects = _but(ticket_id, read.holders("ticket", words, _COMMON))
    in_messages = _but(said_id, read.holders("message", words, _COMMON))
    size = int(read.value(_SIZE))
    weights = _weights(words, in_subjects, in_messages, size)
    shared = _shared(read, weights, in_subjects, in_messages)
    own = {int(one) for (one,) in read.tuples(f"{PARTS}SELECT id FROM part", {"id": ticket_id})}
    scores = {
        other: sum(weights[word] * factor for word, factor in held.items())
        for other, held in shared.items()
        if other not in own and (len(held) > 1 or any(_is_number(word) for word in held))
    }
    best = sorted(scores, key=lambda one: (-scores[one], -one))[:limit]
    return [
        Similar(row, tuple(sorted(shared[row.id], key=lambda word: (-weights[word], word))))
        for row in by_ids(read, best)
    ]


def _words_of(read: Reader, ticket_id: int) -> tuple[list[str], int]:
    """The words of a ticket, each once, and the number of its first message; a name is in all that its owner writes."""
    [(subject, name)] = read.tuples(_SELF, {"id": ticket_id}) or [("", "")]
    [(said_id, body)] = read.tuples(_SAID, {"id": ticket_id}) or [(0, "")]
    parts = split_quotes(block(str(body)[:_LONGEST]))
    text = [line for part in parts if part.kind is PartKind.TEXT for line in part.lines]
    words = dict.fromkeys(_WORD.findall(" ".join([subject, *text]).casefold()))
    names = _WORD.findall(name.casefold())
    return [one for one in words if one not in names][:_MOST_WORDS], int(said_id)


def _but(own: int, holders: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {word: [one for one in ids if one != own] for word, ids in holders.items()}


def _weights(
    words: Iterable[str], subjects: Mapping[str, list[int]], messages: Mapping[str, list[int]], size: int
) -> dict[str, float]:
    """How much each of the rarest words says; a word that only this ticket has says nothing about others."""
    most = min(_COMMON - 1, max(4, size // _SHARE))
    rows = {word: max(len(subjects[word]), len(messages[word])) for word in words}
    rare = sorted((count, word) for word, count in rows.items() if 1 <= count < most)[:RAREST]
    return {word: log(1 + size / count) for count, word in rare}


def _shared(
    read: Reader, words: Iterable[str], subjects: Mapping[str, list[int]], messages: Mapping[str, list[int]]
) -> dict[int, dict[str, int]]:
    """The tickets that hold the words: which words, and how much their place counts."""
    words = list(words)
    ids = {one for word in words for one in messages[word]}
    whose = {said: of for some in chunks(ids) for said, of in read.tuples(_WHOSE.format(ids=some))}
    found: dict[int, dict[str, int]] = {}
    for word in words:
        for said in messages[word]:
            if said in whose:
                found.setdefault(whose[said], {})[word] = 1
        for ticket_id in subjects[word]:
            found.setdefault(ticket_id, {})[word] = _SUBJECT_WEIGHT
    return found


def _is_number(word: str) -> bool:
    """An order, an invoice, an error: one is enough."""
    return len(word) > 3 and sum(map(str.isdigit, word)) > 2
