"""An import that is killed with -9 at a random moment, again and again, against one that nobody disturbs."""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.transfer import pace
from tests.conftest import NOW, open_desk
from tests.transfer.stock import COUNTS, bring_in, customers, write_table

ROWS = 300
STEP = 20


def open_place(place: str) -> Desk:
    return open_desk(place, FixedClock(NOW))


def dirty_rows(rng: random.Random) -> list[dict[str, str]]:
    """People who are new, known, repeated and broken, some far apart."""
    rows = []
    for number in range(ROWS):
        person = rng.randrange(max(number, 1)) if rng.random() < 0.3 else number
        broken = rng.random() < 0.08
        rows.append(
            {
                "id": f"C-{person}" if person % 3 == 0 else "",
                "name": f"Person {person}",
                "email": f"broken{number}@@x" if broken else f"p{person}@x.example",
                "phone": f"+49 30 {1000000 + person % 40}" if number % 5 == 0 else "",
                "company": f"Company {person % 7}",
                "title": "" if number % 4 else f"Title {number}",
                "notes": f"Note {number}" if number % 3 else "",
                "tags": "vip" if number % 6 == 0 else "",
            }
        )
    return rows


def known_rows() -> list[dict[str, str]]:
    """Who was there before the file."""
    return [
        {
            "id": f"C-{n}" if n % 3 == 0 else "",
            "name": f"Person {n}",
            "email": f"p{n}@x.example",
            "title": "Old",
        }
        for n in range(0, ROWS, 10)
    ]


def prepare(place: str, folder: Path) -> Path:
    """A store with customers of before, and the file that is going to be imported."""
    with closing(open_place(place)) as desk:
        bring_in(desk, write_table(folder / "before.csv", known_rows()))
    return write_table(folder / "people.csv", dirty_rows(random.Random(7)))


def bring(place: str, path: Path) -> None:
    with closing(open_place(place)) as desk, patch.object(pace, "ALONE", STEP):
        bring_in(desk, path, blank="clear")


def time_of(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def killed_after(seconds: float, work: Callable[[], None]) -> bool:
    """Do it in a process of its own and kill that after so long; whether it had come to its end."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:  # noqa: BLE001  the parent looks at the status
            os._exit(1)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), "the import failed by itself"
    return status == 0


def is_done(place: str) -> bool:
    with closing(open_place(place)) as desk, desk.read() as read:
        return bool(
            read.value("SELECT count(*) FROM import_batch WHERE state = 'done' AND file_name = 'people.csv'")
        )


def outcome(place: str, path: Path) -> dict[str, object]:
    """What a finished import leaves, without ids, instants and the folder of the file."""
    rejects = path.with_suffix(".rejects.csv")
    with closing(open_place(place)) as desk, desk.read() as read:
        batches = read.tuples(
            f"SELECT file_name, state, rows, {', '.join(COUNTS)}, rejects_file, file_hash FROM import_batch ORDER BY id"
        )
        journal = read.tuples("SELECT entity, event, version, before, after FROM journal ORDER BY id")
        points = read.tuples(
            "SELECT p.kind, p.normalised, p.source, b.file_name FROM contact_point p "
            "LEFT JOIN import_batch b ON b.id = p.batch_id ORDER BY p.id"
        )
        (left,) = read.tuples("SELECT count(*) FROM import_chunk")
    with closing(open_place(place)) as desk:
        people = customers(desk)
    return {
        "people": people,
        "batches": [tuple(str(one).replace(str(path.parent), "") for one in row) for row in batches],
        "journal": sorted(str([_without_ids(one) for one in row]) for row in journal),
        "points": points,
        "chunks": left,
        "rejects": rejects.read_bytes(),
        "files": sorted(one.name for one in path.parent.iterdir() if one.suffix == ".csv"),
    }


def _without_ids(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith("{"):
        cell = json.loads(cell)
    if isinstance(cell, dict):
        return sorted(
            (key, one) for key, one in cell.items() if key == "external_id" or not f"_{key}".endswith("_id")
        )
    return cell
