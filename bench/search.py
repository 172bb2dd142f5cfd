"""B7: the first page of a search for one to three words, newest first and best first, against the bare full-text index."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from agentdesk.queries.search import search
from agentdesk.store import sqlite
from agentdesk.store.reader import Reader
from agentdesk.store.store import Store
from bench.big_desk import NOW, spoken_desk
from bench.harness import Measured, Pair, compare_p95, timed
from bench.sizes import Size
from bench.words import COMMON, MID, RARE, vocabulary

TIMES = 60
PAGE = 50
WINDOW = 2_000
ROWS = {
    "ticket": (
        "SELECT t.id, t.subject, c.name, t.last_message_at, t.created_at FROM ticket t "
        "LEFT JOIN customer c ON c.id = t.customer_id WHERE t.id IN"
    ),
    "message": (
        "SELECT m.id, m.ticket_id, t.subject, m.body, m.author_name, m.at FROM message m "
        "JOIN ticket t ON t.id = m.ticket_id WHERE m.id IN"
    ),
    "customer": "SELECT id, name, email, phone, updated_at FROM customer WHERE id IN",
}
"""What is searched, and the rows that a page of it shows."""
BUDGETS = {False: ("newest", 30), True: ("best", 60)}
"""By whether the best match comes first: its name, and milliseconds of the yardstick machine."""


def search_words(size: Size) -> Iterator[Measured]:
    """Questions of one, two and three words: common, middling and rare ones, no two alike."""
    path = spoken_desk(size.messages)
    store = Store.open(str(path))
    with store.read(NOW, 1) as read, closing(sqlite.connect(path, read_only=True)) as raw:
        for is_best, (name, budget) in BUDGETS.items():
            for count in (1, 2, 3):
                pair = _measure(read, raw, count, is_best=is_best)
                work = f"{name} {PAGE} of {size.messages:,}, {count} word{'s' if count > 1 else ''}"
                yield compare_p95(
                    "B7", work, "<= 3", pair, f"bare FTS5; {budget} ms on the yardstick machine"
                )
    store.close()


def _measure(read: Reader, raw: Any, count: int, *, is_best: bool) -> Pair:
    """Each question once by us and once bare; who comes first changes, because the second finds the pages warm."""
    ours, yard = [], []
    for at, asked in enumerate(_questions(count)):
        works: list[tuple[list[float], Callable[[], object]]] = [
            (ours, lambda asked=asked: search(read, asked, PAGE, is_best=is_best)),
            (yard, lambda asked=asked: _bare(raw, asked, is_best=is_best)),
        ]
        for told, work in works if at % 2 else works[::-1]:
            told.append(timed(work)())
    return ours, yard


def _questions(count: int) -> Iterator[str]:
    """The first word of each is common, middling or rare by turns; the others are common or middling."""
    rng, words = random.Random(count), vocabulary()
    for at in range(TIMES):
        first = (COMMON, MID, RARE)[at % 3]
        ranks = [first, *(rng.choice((COMMON, MID)) for _ in range(count - 1))]
        yield " ".join(words[rng.choice(some)] for some in ranks)


def _bare(raw: Any, asked: str, *, is_best: bool) -> list[Any]:
    found = []
    for table, rows in ROWS.items():
        match = f"FROM {table}_text WHERE {table}_text MATCH :asked"
        ids = f"SELECT rowid {match} ORDER BY rowid DESC LIMIT {WINDOW if is_best else PAGE}"
        if is_best:
            oldest = f"(SELECT min(rowid) FROM ({ids}))"
            ids = f"SELECT rowid {match} AND rowid >= {oldest} ORDER BY bm25({table}_text) LIMIT {PAGE}"
        found += raw.execute(f"{rows} (SELECT * FROM ({ids}))", {"asked": asked}).fetchall()
    return found
