"""B8: an import of contacts as a whole process against the plainest fast load, also as a whole process."""

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.contacts import write_contacts
from bench.harness import AGENTDESK, PYTHON, Measured, compare, process, process_with_peak
from bench.sizes import Size

TURNS = 5
MANY = 1_000_000
"""Contacts from which on the budget is another, and two turns must do."""


def import_contacts(size: Size) -> Iterator[Measured]:
    """With validation, matching, journal, full text and rejects; and the dry run."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "contacts.csv"
        write_contacts(file, size.contacts, random.Random(11))
        budget, turns = ("<= 1.2", 2) if size.contacts >= MANY else ("<= 1.5", TURNS)
        yield from _measure(file, f"import of {size.contacts:,} contacts", budget, turns, [])
        yield from _measure(file, f"dry run of {size.contacts:,} contacts", "<= 0.6", turns, ["--dry-run"])


def _measure(file: Path, work: str, budget: str, turns: int, options: list[str]) -> Iterator[Measured]:
    ours: list[float] = []
    yard: list[float] = []
    peaks: list[int] = []
    alone: list[float] = []
    bare: list[float] = []
    for turn in range(turns):
        store = file.with_name(f"desk-{turn}.db")
        process(AGENTDESK, "--store", str(store), "init")()
        argv = (AGENTDESK, "--store", str(store), "import", "contacts", str(file), "--json", *options)
        ms, peak, printed = process_with_peak(*argv, "--rejects", str(store.with_suffix(".rejects")))
        ours.append(ms)
        peaks.append(peak)
        alone.append(json.loads(printed)["seconds"] * 1000)
        plain = process(PYTHON, "-m", "bench.contacts", str(file), str(store.with_suffix(".plain")))
        yard.append(plain())
        if not options:  # a process of its own: what this one holds would count as the peak of the next
            bare.append(float(process_with_peak(PYTHON, "-m", "bench.bare_rows", str(store))[2]))
        for path in file.parent.glob(f"{store.stem}.*"):
            path.unlink()
    note = f"csv + executemany; peak {max(peaks)} MB (budget 64); {median(alone):.0f} ms without start-up"
    yield compare("B8", work, budget, (ours, yard), note)
    if bare:
        yield compare("B8", f"{work}, inside", "", (alone, bare), "the same rows in the same tables, bare")
