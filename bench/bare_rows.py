"""The rows that an import wrote, written once more by `executemany` alone: what the tables themselves cost."""

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from agentdesk.store import sqlite
from agentdesk.store.store import Store

TABLES = ("organization", "customer", "contact_point", "tag", "change", "journal")
_LEARN = "INSERT INTO customer_text (rowid, name, email, phone) SELECT id, name, email, phone FROM customer"


def write_bare(imported: Path) -> float:
    """Milliseconds of one transaction into a new store of the same schema, full text included."""
    place = imported.with_suffix(".bare")
    Store.open(str(place)).close()
    with closing(sqlite.driver().connect(str(imported))) as db:
        rows = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    with closing(sqlite.driver().connect(str(place), isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        for table in TABLES:
            db.execute(f"DELETE FROM {table}")
        start = time.perf_counter()
        _write(db, rows)
        return (time.perf_counter() - start) * 1000


def _write(db: Any, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    db.execute("BEGIN")
    for table, listed in rows.items():
        if listed:
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed)
    db.execute(_LEARN)
    db.execute("COMMIT")


if __name__ == "__main__":
    print(write_bare(Path(sys.argv[1])))
