"""Kill -9 at any point of an import: the finished result is exactly that of one quiet run."""

import random
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.transfer.killing import bring, is_done, killed_after, outcome, prepare, time_of

PATIENCE = 5
"""How often one import is killed at most."""


def drill(place: str, path: Path, rng: random.Random, most: float) -> int:
    """Kill it and begin again until it is done; how often it was killed."""
    kills = 0
    while kills < PATIENCE:
        if killed_after(rng.uniform(0, most), lambda: bring(place, path)):
            return kills
        kills += 1
        if is_done(place):
            return kills
    bring(place, path)
    return kills


def on_copies(tmp_path: Path, times: int, seed: int) -> int:
    start, rng = tmp_path / "start", random.Random(seed)
    start.mkdir()
    prepare(str(start / "desk.db"), start)

    def copied(name: str) -> tuple[str, Path]:
        folder = tmp_path / name
        shutil.copytree(start, folder)
        return str(folder / "desk.db"), folder / "people.csv"

    quiet = copied("quiet")
    seconds = time_of(lambda: bring(*quiet))
    expected = outcome(*quiet)
    kills = 0
    while kills < times:
        place, path = copied("killed")
        kills += drill(place, path, rng, seconds * 1.1)
        assert outcome(place, path) == expected
        shutil.rmtree(path.parent)
    return kills


def test_an_import_that_was_killed_ends_as_if_it_had_never_been_disturbed(tmp_path):
    assert on_copies(tmp_path, 8, 1) >= 8


@pytest.mark.slow
def test_an_import_killed_at_two_hundred_random_points_ends_as_if_it_had_never_been_disturbed(tmp_path):
    assert on_copies(tmp_path, 200, 2) >= 200


def test_an_import_that_was_killed_on_postgresql_ends_as_if_it_had_never_been_disturbed(
    postgres_shelf, postgres_template, tmp_path
):
    found, seconds = [], 0.0
    for name in ("quiet", "killed"):
        folder = tmp_path / name
        folder.mkdir()
        lent = postgres_shelf.lend(postgres_template)
        path = prepare(lent.url, folder)
        if name == "quiet":
            seconds = time_of(partial(bring, lent.url, path))
        else:
            assert drill(lent.url, path, random.Random(3), seconds * 0.7)
        found.append(outcome(lent.url, path))
        postgres_shelf.take_back(lent)
    assert found[0] == found[1]
