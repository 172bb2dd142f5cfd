"""Imports that are killed with -9 at random moments and gone on with by their number, against one that nobody disturbs."""

import json
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from agentdesk.store import sqlite
from agentdesk.transfer.result import ImportResult
from agentdesk.transfer.resuming import resume_import
from tests.transfer.killing import killed_after, open_place, time_of

PATIENCE = 4
"""How often one import is killed at most."""
_SHADOW = ("_data", "_idx", "_content", "_docsize", "_config")
_ONE_RUN = ("order", "process")
"""What a batch keeps that says where and by whom."""


@dataclass(frozen=True)
class Job:
    """An import to disturb.

    Attributes:
        prepare: makes a store and a file in a folder.
        bring: imports the file into the store.
        file: how the file is called.
    """

    prepare: Callable[[str, Path], None]
    bring: Callable[[str, Path], ImportResult]
    file: str


def stopped(place: str, file: str) -> int | None:
    """The number of the import of the file that came to no end."""
    sql = "SELECT max(id) FROM import_batch WHERE file_name = :file AND state IN ('running', 'interrupted')"
    with closing(open_place(place)) as desk, desk.read() as read:
        found = read.value(sql, {"file": file})
        return None if found is None else int(found)


def is_ended(place: str, file: str) -> bool:
    with closing(open_place(place)) as desk, desk.read() as read:
        sql = "SELECT count(*) FROM import_batch WHERE file_name = :file AND state = 'done'"
        return bool(read.value(sql, {"file": file}))


def go_on(place: str, job: Job, folder: Path) -> None:
    """Take up what was killed, or begin where nothing of it is in the store."""
    number = stopped(place, job.file)
    if number is None:
        job.bring(place, folder / job.file)
        return
    with closing(open_place(place)) as desk:
        resume_import(desk, number)


def drill(place: str, job: Job, folder: Path, rng: random.Random, most: float) -> int:
    """Kill it and go on until it is done; how often it was killed."""
    for kills in range(PATIENCE):
        if killed_after(rng.uniform(0, most), partial(go_on, place, job, folder)):
            return kills
        if is_ended(place, job.file):
            return kills + 1
    go_on(place, job, folder)
    return PATIENCE


def on_copies(tmp_path: Path, job: Job, times: int, seed: int) -> int:
    """Disturb it on copies of one store until it was killed so often; every end is that of the quiet run."""
    start, rng = tmp_path / "start", random.Random(seed)
    start.mkdir()
    job.prepare(str(start / "desk.db"), start)
    quiet = shutil.copytree(start, tmp_path / "quiet")
    place = str(quiet / "desk.db")
    seconds = time_of(lambda: job.bring(place, quiet / job.file))
    expected, kills = outcome(quiet), 0
    assert expected["batches"][-1][1] == "done"
    while kills < times:
        folder = shutil.copytree(start, tmp_path / "killed")
        kills += drill(str(folder / "desk.db"), job, folder, rng, seconds * 1.1)
        assert outcome(folder) == expected
        shutil.rmtree(folder)
    return kills


def outcome(folder: Path) -> dict[str, Any]:
    """Every row of the store with its number, and every file beside it but drafts of the killed."""
    with closing(sqlite.driver().connect(folder / "desk.db")) as store:
        names = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {
            name: sorted(map(repr, store.execute(f'SELECT * FROM "{name}"')))
            for name in names
            if name not in ("import_batch", "sqlite_sequence") and not name.endswith(_SHADOW)
        }
        batches = list(
            store.execute(
                "SELECT kind, state, file_name, rows, created, updated, unchanged, duplicates, rejected, file_hash, "
                "rejects_file, details FROM import_batch ORDER BY id"
            )
        )
    files = {
        path.name: path.read_bytes().replace(str(folder).encode(), b"")
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith((".", "desk.db"))
    }
    return {"tables": tables, "batches": [_placeless(one, folder) for one in batches], "files": files}


def _placeless(batch: tuple[Any, ...], folder: Path) -> tuple[Any, ...]:
    *told, rejects, details = batch
    kept = {name: value for name, value in json.loads(details).items() if name not in _ONE_RUN}
    return (*told, str(rejects).replace(str(folder), ""), sorted(kept.items(), key=str))
