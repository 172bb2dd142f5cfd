"""B10: an export of contacts as a whole process against the plainest one, also as a whole process."""

import csv
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.contacts import write_contacts
from bench.harness import AGENTDESK, PYTHON, Measured, compare, process, process_with_peak
from bench.loads import MANY
from bench.sizes import Size

TURNS = 5
_SELECT = """
SELECT c.id, c.external_id, c.name, c.email,
    (SELECT group_concat(value, ' ::: ') FROM contact_point p WHERE p.customer_id = c.id AND kind = 'email' AND NOT is_primary),
    c.phone,
    (SELECT label FROM contact_point p WHERE p.customer_id = c.id AND kind = 'phone' AND is_primary),
    (SELECT group_concat(value, ' ::: ') FROM contact_point p WHERE p.customer_id = c.id AND kind = 'phone' AND NOT is_primary),
    o.name, c.title, c.language, c.time_zone, c.tier, a.handle, c.owner_since, c.owner_until, c.do_not_contact, c.warning,
    c.tags, c.notes, c.extra, c.merged_into_id, c.created_at, c.updated_at, c.version
FROM customer c LEFT JOIN organization o ON o.id = c.organization_id LEFT JOIN agent a ON a.id = c.owner_id
WHERE c.merged_into_id IS NULL ORDER BY c.id
"""
"""What an export has of a contact, as a script would ask for it; tags and extra fields left as they are kept."""


def export_contacts(size: Size) -> Iterator[Measured]:
    """Guarded, with every way to reach somebody; and how much memory a tenth of it takes."""
    with tempfile.TemporaryDirectory() as folder:
        store = _filled(Path(folder), size.contacts)
        small = _filled(Path(folder), size.contacts // 10)
        ours: list[float] = []
        yard: list[float] = []
        peaks: list[int] = []
        raw = process(PYTHON, "-m", "bench.exports", str(store), str(store.with_suffix(".plain.csv")))
        for _ in range(2 if size.contacts >= MANY else TURNS):
            ms, peak = _export(store)
            ours.append(ms)
            peaks.append(peak)
            yard.append(raw())
        note = f"raw Python; peak {max(peaks)} MB, {_export(small)[1]} MB for a tenth of the contacts"
        yield compare("B10", f"export of {size.contacts:,} contacts", "<= 1.3", (ours, yard), note)


def _filled(folder: Path, contacts: int) -> Path:
    file, store = folder / f"{contacts}.csv", folder / f"{contacts}.db"
    write_contacts(file, contacts, random.Random(11))
    argv = (
        AGENTDESK,
        "--store",
        str(store),
        "import",
        "contacts",
        str(file),
        "--json",
        "--rejects",
        str(folder / "rejects"),
    )
    _, _, printed = process_with_peak(*argv)
    assert json.loads(printed)["created"] > contacts / 2
    return store


def _export(store: Path) -> tuple[float, int]:
    ms, peak, _ = process_with_peak(
        AGENTDESK, "--store", str(store), "export", "contacts", "--out", str(store.with_suffix(".out.csv"))
    )
    return ms, peak


def yardstick_export(store: Path, out: Path) -> None:
    """One SELECT through Python's own driver into its own csv."""
    import sqlite3

    with closing(sqlite3.connect(store)) as db, out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        cursor = db.execute(_SELECT)
        writer.writerow([column[0] for column in cursor.description])
        writer.writerows(cursor)


if __name__ == "__main__":
    yardstick_export(Path(sys.argv[1]), Path(sys.argv[2]))
