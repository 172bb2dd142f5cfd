"""Kill -9 at any point of an import of records, import the file again: what is held is that of one quiet run."""

import random
import shutil
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.transfer.contacts.importing import ContactImport, import_contacts
from agentdesk.transfer.records import importing, run
from agentdesk.transfer.records.order import RecordImport
from tests.conftest import NOW, open_desk
from tests.transfer.killing import killed_after, time_of
from tests.transfer.records.conftest import PEOPLE, held, tuples

ROWS = 200
STEP = 10
MAIL = ("jo@example.com", "bo@example.com", "nobody@example.com")
FILES = {
    "orders": "number,email,date,amount\n"
    + "".join(f"{n % 170},{MAIL[n % 3]},2026-01-05,EUR {n}\n" for n in range(ROWS)),
    "feedback": "id,kind,email,date,score\n"
    + "".join(f"{n},csat,{MAIL[n % 3]},2026-01-05,{n % 6}\n" for n in range(ROWS)),
    "organizations": "id,name,tier\n" + "".join(f"{n},Company {n % 190},gold\n" for n in range(ROWS)),
}


def opened(place: str) -> Desk:
    return open_desk(place, FixedClock(NOW))


def bring(place: str, kind: str, path: Path) -> None:
    with closing(opened(place)) as desk:
        importing.import_records(desk, RecordImport(kind, path))


def outcome(place: str) -> tuple[object, ...]:
    """Every record, and what the journal says of each."""
    with closing(opened(place)) as desk:
        journal = tuples(desk, "SELECT entity, event, version, before, after FROM journal ORDER BY id")
        return held(desk), journal, tuples(desk, "SELECT count(*) FROM tag")


def drill(tmp_path: Path, kind: str, times: int, seed: int) -> None:
    start, rng = tmp_path / "start", random.Random(seed)
    start.mkdir()
    (start / "people.csv").write_text(PEOPLE)
    (start / "file.csv").write_text(FILES[kind])
    with closing(opened(str(start / "desk.db"))) as desk:
        import_contacts(desk, ContactImport(start / "people.csv"))
    quiet = shutil.copytree(start, tmp_path / "quiet")
    seconds = time_of(lambda: bring(str(quiet / "desk.db"), kind, quiet / "file.csv"))
    expected = outcome(str(quiet / "desk.db"))
    kills = 0
    while kills < times:
        folder = shutil.copytree(start, tmp_path / "killed")
        place, path = str(folder / "desk.db"), folder / "file.csv"
        for _ in range(3):
            kills += not killed_after(rng.uniform(0, seconds), partial(bring, place, kind, path))
        bring(place, kind, path)
        assert outcome(place) == expected
        shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def steps(monkeypatch):
    monkeypatch.setattr(run, "ROWS_AT_ONCE", STEP)


@pytest.mark.parametrize("kind", FILES)
def test_an_import_that_was_killed_and_repeated_ends_as_one_quiet_run(tmp_path, kind):
    drill(tmp_path, kind, 4, 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FILES)
def test_an_import_killed_at_two_hundred_random_points_ends_as_one_quiet_run(tmp_path, kind):
    drill(tmp_path, kind, 200, 2)
