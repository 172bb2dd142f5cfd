"""A file of contacts as they come, and the plainest fast way to load it: the yardstick of every import."""

import csv
import random
import re
import sys
from contextlib import closing
from pathlib import Path

from agentdesk.store.sqlite import driver

HEADER = (
    "name", "email", "phone", "organization", "title", "external_id", "language", "city", "country", "notes", "tags", "tier",
)  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def write_contacts(path: Path, rows: int, rng: random.Random) -> None:
    """`rows` contacts of 12 columns: 5 % repeat an earlier address, 1 % have a broken one."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            person = rng.randrange(max(number, 1)) if rng.random() < 0.05 else number
            email = f"broken{number}@@example" if rng.random() < 0.01 else f"Person{person}@example.com"
            writer.writerow(
                (
                    f"Person Number {person}", email, f"+1555{person:07d}", f"Company {person % 5000}", "Buyer",
                    f"ext-{person}", "en", "London", "GB", f"Note about {person}", "import", "gold" if person % 50 == 0 else "",
                )
            )  # fmt: skip


def yardstick_import(source: Path, store: Path) -> None:
    """Standard-library csv and one upserting executemany in one WAL transaction, unique on the folded address."""
    with (
        closing(driver().connect(str(store), isolation_level=None)) as db,
        source.open(newline="", encoding="utf-8") as file,
    ):
        db.execute("PRAGMA journal_mode=WAL")
        columns = ", ".join(HEADER)
        db.execute(f"CREATE TABLE person (id INTEGER PRIMARY KEY, key TEXT UNIQUE, {columns})")
        reader = csv.reader(file)
        next(reader)
        updates = ", ".join(f"{name} = excluded.{name}" for name in HEADER)
        db.execute("BEGIN")
        db.executemany(
            f"INSERT INTO person (key, {columns}) VALUES ({', '.join('?' * (len(HEADER) + 1))}) "
            f"ON CONFLICT (key) DO UPDATE SET {updates}",
            ((row[1].strip().lower(), *row) for row in reader if _EMAIL.fullmatch(row[1])),
        )
        db.execute("COMMIT")


if __name__ == "__main__":
    yardstick_import(Path(sys.argv[1]), Path(sys.argv[2]))
