"""Kill -9 at any point of an import of records, go on by its number: the store is exactly that of one quiet run."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from agentdesk.transfer.contacts.importing import ContactImport, import_contacts
from agentdesk.transfer.records import run
from agentdesk.transfer.records.importing import import_records
from agentdesk.transfer.records.order import RecordImport
from agentdesk.transfer.result import ImportResult
from tests.transfer.killing import open_place
from tests.transfer.records.conftest import PEOPLE
from tests.transfer.resuming import Job, on_copies

ROWS = 200
STEP = 10
MAIL = ("jo@example.com", "bo@example.com", "nobody@example.com")
FILES = {
    "orders": "number,email,date,amount\n"
    + "".join(f"{n % 170},{MAIL[n % 3]},2026-01-05,EUR {n}\n" for n in range(ROWS)),
    "feedback": "id,kind,email,date,score\n"
    + "".join(f"{n % 180},csat,{MAIL[n % 3]},2026-01-05,{n % 7}\n" for n in range(ROWS)),
    "organizations": "id,name,domain,tier\n"
    + "".join(
        f"{n % 170 or ''},{f'Company {n % 150}' if n % 11 else ''},c{n % 40}.example,gold\n"
        for n in range(ROWS)
    ),
}
EARLIER = {
    "orders": "number,email,date,amount\n" + "".join(f"{n},{MAIL[0]},2026-01-04,EUR 1\n" for n in range(30)),
    "feedback": "id,kind,email,date,score\n1,csat,jo@example.com,2026-01-04,1\n",
    "organizations": "id,name,domain,tier\n"
    + "".join(f"{n},Former {n},c{n}.example,\n" for n in range(1, 30)),
}
"""What the desk has before: some of it is changed, and organizations are renamed."""


def bring(kind: str, place: str, path: Path) -> ImportResult:
    with closing(open_place(place)) as desk:
        return import_records(desk, RecordImport(kind, path))


def prepare(kind: str, place: str, folder: Path) -> None:
    for name, text in (("people", PEOPLE), ("before", EARLIER[kind]), ("file", FILES[kind])):
        (folder / f"{name}.csv").write_text(text)
    with closing(open_place(place)) as desk:
        import_contacts(desk, ContactImport(folder / "people.csv"))
    bring(kind, place, folder / "before.csv")


def job(kind: str) -> Job:
    return Job(partial(prepare, kind), partial(bring, kind), "file.csv")


@pytest.fixture(autouse=True)
def steps(monkeypatch):
    monkeypatch.setattr(run, "ROWS_AT_ONCE", STEP)


@pytest.mark.parametrize("kind", FILES)
def test_an_import_of_records_that_was_killed_and_gone_on_with_ends_as_one_quiet_run(tmp_path, kind):
    assert on_copies(tmp_path, job(kind), 4, 1) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("kind", FILES)
def test_an_import_of_records_killed_at_two_hundred_random_points_ends_as_one_quiet_run(tmp_path, kind):
    assert on_copies(tmp_path, job(kind), 200, 2) >= 200
