"""The outcomes of a whole file, kept in a private database beside the store, so that they can be paged through.

Memory does not grow with the file. Whoever only wants to see the first few takes a `Digest` instead.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from typing import Any, Final

from agentdesk.store import sqlite
from agentdesk.transfer.outcome import DUPLICATE, KINDS, REJECTED, Outcome, outcome_of

FEW: Final = 5
"""Outcomes of each kind that a digest keeps."""
CLEARED: Final = "cleared"
"""A page of its own: the changed rows that empty something."""
PAGES: Final = (*KINDS, CLEARED)
_AT_ONCE: Final = 2_000
_TABLE: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
CREATE TABLE outcome (place INTEGER PRIMARY KEY, kind TEXT, folds INTEGER, line INTEGER, clears INTEGER, told TEXT);
"""
_INDEXES: Final = """
CREATE INDEX IF NOT EXISTS by_kind ON outcome (kind, place);
CREATE INDEX IF NOT EXISTS by_fold ON outcome (folds, place) WHERE kind = 'duplicate';
CREATE INDEX IF NOT EXISTS by_clearing ON outcome (place) WHERE clears AND kind = 'changed';
"""


class Whole:
    """Everything is of interest, and kept by somebody else."""

    def wants(self, kind: str) -> bool:
        """All of it."""
        del kind
        return True

    def add(self, outcome: Outcome) -> None:
        """Nothing to do."""


class Digest:
    """The first few outcomes of each kind; where blank cells empty fields, it takes the whole book to say what is lost.

    Attributes:
        first: by kind.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.first: dict[str, list[Outcome]] = {kind: [] for kind in KINDS}

    def wants(self, kind: str) -> bool:
        """Whether more of this kind are of interest; rejected rows are told anyway."""
        return kind == REJECTED or len(self.first[kind]) < FEW

    def add(self, outcome: Outcome) -> None:
        """Hear what became of a row."""
        if len(self.first[outcome.kind]) < FEW:
            self.first[outcome.kind].append(outcome)


class PlanBook:
    """Every outcome, in the order of the file; close it at the end. Threads may read it at once."""

    def __init__(self) -> None:
        """Make the private database."""
        self._folder = tempfile.TemporaryDirectory(prefix="agentdesk-")  # 0700
        self._db = sqlite.driver().connect(
            f"{self._folder.name}/plan.db", isolation_level=None, check_same_thread=False
        )
        self._db.executescript(_TABLE)
        self._db.execute("BEGIN")
        self._lock = Lock()
        self._waiting: list[tuple[str, int | None, int, bool, str]] = []

    def close(self) -> None:
        """Throw it away."""
        with self._lock:
            self._db.close()
            self._folder.cleanup()

    def wants(self, kind: str) -> bool:
        """All of it."""
        del kind
        return True

    def add(self, outcome: Outcome) -> None:
        """Keep what became of a row."""
        self._waiting.append(
            (outcome.kind, outcome.into, int(outcome.line), outcome.clears, outcome.as_line())
        )
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def finish(self) -> None:
        """Make ready for being read."""
        self._write()
        for sql in filter(str.strip, _INDEXES.split(";")):
            self._ask(sql)
        self._keep_what_is_filled_again()

    def lines(self) -> Iterator[str]:
        """Every outcome as its line of JSON, in the order of the file."""
        last = 0
        sql = f"SELECT place, told FROM outcome WHERE place > ? ORDER BY place LIMIT {_AT_ONCE}"
        while some := self._ask(sql, last):
            for last, told in some:  # noqa: B007  the next look begins behind the last one
                yield told

    def count(self, page: str) -> int:
        """How many outcomes a page holds."""
        return int(self._ask(f"SELECT count(*) FROM outcome WHERE {_where(page)}")[0][0])

    def page(self, page: str, start: int, limit: int) -> list[Outcome]:
        """Some outcomes of one page, duplicates grouped by the row they fold into.

        Args:
            page: one of `PAGES`.
            start: how many to pass over.
            limit: how many at most.
        """
        order = "folds, place" if page == DUPLICATE else "place"
        sql = f"SELECT told FROM outcome WHERE {_where(page)} ORDER BY {order} LIMIT ? OFFSET ?"
        found = [outcome_of(told) for (told,) in self._ask(sql, limit, start)]
        return [self._without_filled(one) for one in found] if page == CLEARED else found

    def all_of(self, page: str) -> Iterator[Outcome]:
        """Every outcome of one page, as `page` gives them."""
        start = 0
        while some := self.page(page, start, _AT_ONCE):
            yield from some
            start += len(some)

    def _keep_what_is_filled_again(self) -> None:
        """A row that empties only what later rows fill again takes nothing away."""
        places, last = [], 0
        sql = (
            "SELECT place, told FROM outcome c WHERE clears AND kind = 'changed' AND place > ? "
            "AND EXISTS (SELECT 1 FROM outcome d WHERE d.kind = 'duplicate' AND d.folds = c.line) "
            f"ORDER BY place LIMIT {_AT_ONCE}"
        )
        while some := self._ask(sql, last):
            last = some[-1][0]
            places += [place for place, told in some if not self._without_filled(outcome_of(told)).clears]
        for place in places:
            self._ask("UPDATE outcome SET clears = 0 WHERE place = ?", place)

    def _without_filled(self, outcome: Outcome) -> Outcome:
        """What it empties, without what a later row about the same customer fills again."""
        sql = "SELECT told FROM outcome WHERE kind = 'duplicate' AND folds = ?"
        filled = {
            change.field
            for (told,) in self._ask(sql, outcome.line)
            for change in outcome_of(told).changes
            if change.after
        }
        kept = [one for one in outcome.changes if not (one.clears and one.field in filled)]
        return replace(outcome, changes=kept) if filled else outcome

    def _ask(self, sql: str, *values: int) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()  # type: ignore[no-any-return]

    def _write(self) -> None:
        with self._lock:
            self._db.executemany(
                "INSERT INTO outcome (kind, folds, line, clears, told) VALUES (?, ?, ?, ?, ?)", self._waiting
            )
        self._waiting = []


def _where(page: str) -> str:
    assert page in PAGES
    return "clears AND kind = 'changed'" if page == CLEARED else f"kind = '{page}'"
