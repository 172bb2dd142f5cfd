"""A large desk made of plain SQL, kept in build/ between runs: tickets, messages, customers, journal."""

import random
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from agentdesk.domain.instants import to_store
from agentdesk.store import sqlite
from agentdesk.store.store import Store
from bench.desk_rows import INSERTS, NOW, Batch
from bench.words import Speaker

__all__ = ["NOW", "big_desk", "spoken_desk"]
AT = to_store(NOW)
BATCH = 20_000
MESSAGES = 5
"""Of each ticket, in the desk that is searched."""
Said = Callable[[str], Sequence[str]]
"""The messages of a ticket, from the one it has anyway."""
_ready: set[Path] = set()


def big_desk(tickets: int) -> Path:
    """The store with that many tickets, made if it is not there, with the indexes of today."""
    return _kept(_place(f"bench-{tickets}"), lambda path: write_desk(path, tickets))


def spoken_desk(messages: int) -> Path:
    """The store with that many messages as long and as various as people's, made if it is not there."""

    def write(path: Path) -> Path:
        speaker = Speaker(random.Random(5))
        return write_desk(path, messages // MESSAGES, lambda _: [speaker.message() for _ in range(MESSAGES)])

    return _kept(_place(f"bench-spoken-{messages}"), write)


def _place(name: str) -> Path:
    """A schema has its own desks: one of another would lack tables."""
    return Path("build") / f"{name}-schema-{sqlite.SCHEMA_VERSION}.db"


def _kept(path: Path, write: Callable[[Path], Path]) -> Path:
    if path in _ready:
        return path
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        write(path.with_suffix(".part")).rename(path)
    _renew_indexes(path)
    _ready.add(path)
    return path


def write_desk(path: Path, tickets: int, said: Said = lambda body: (body,)) -> Path:
    """A new store with that many tickets."""
    _fill(_fresh(path), tickets, said)
    return path


def _fresh(path: Path) -> Path:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    Store.open(str(path)).close()
    return path


def _fill(path: Path, tickets: int, said: Said) -> None:
    customers = max(tickets // 5, 10)
    with closing(sqlite.connect(path, read_only=False)) as db:
        db.execute("PRAGMA synchronous=OFF")
        db.execute("BEGIN")
        _people(db, customers)
        db.execute("INSERT INTO change (id, at, origin, summary) VALUES (1, ?, 'demo', 'bench')", (AT,))
        db.execute(INSERTS["calendar"], (AT, AT))
        db.execute(INSERTS["policy"], (AT, AT))
        _tickets(db, tickets, customers, said)
        for name in ("ticket", "message", "customer"):
            db.execute(f"INSERT INTO {name}_text({name}_text) VALUES ('rebuild')")
        db.execute("COMMIT")
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _people(db: Any, customers: int) -> None:
    stamps = (AT, AT)
    db.executemany(
        INSERTS["agent"],
        ((n, *stamps, 1, f"agent{n}", f"Agent {n}", "agent" if n > 1 else "admin", 1) for n in range(1, 21)),
    )
    db.executemany(
        INSERTS["queue"], ((n, *stamps, 1, f"Queue {n}", f"queue {n}", "", 1) for n in range(1, 11))
    )
    db.executemany(
        INSERTS["customer"],
        (
            (n, *stamps, f"Customer {n}", f"customer {n}", f"c{n}@example.com")
            for n in range(1, customers + 1)
        ),
    )


def _tickets(db: Any, count: int, customers: int, said: Said) -> None:
    rng = random.Random(7)
    for first in range(0, count, BATCH):
        batch = Batch()
        for place in range(first, min(first + BATCH, count)):
            batch.add(rng, place, count, customers)
        db.executemany(INSERTS["ticket"], batch.tickets)
        db.executemany(INSERTS["clock"], batch.clocks)
        db.executemany(INSERTS["journal"], batch.journal)
        told = ((*rest, one) for *rest, body in batch.messages for one in said(body))
        db.executemany(INSERTS["message"], told)


def _renew_indexes(path: Path) -> None:
    """Give a kept desk the indexes a new one has."""
    model = _fresh(path.with_suffix(".model"))
    with closing(sqlite.connect(model, read_only=True)) as db:
        wanted = _indexes(db)
    for old in model.parent.glob(f"{model.name}*"):
        old.unlink()
    with closing(sqlite.connect(path, read_only=False)) as db:
        present = _indexes(db)
        for name in present:
            if present[name] != wanted.get(name):
                db.execute(f"DROP INDEX {name}")
        missing = [sql for name, sql in wanted.items() if present.get(name) != sql]
        for sql in missing:
            db.execute(sql)
        if missing:
            db.execute("ANALYZE")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _indexes(db: Any) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
