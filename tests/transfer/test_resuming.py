"""What was stopped is gone on with by its number, or by importing the same again: tickets, mail and records alike."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.models import ImportBatch
from agentdesk.services.undo import redo_change, undo_batch
from agentdesk.transfer.batch_run import OvertakenError
from agentdesk.transfer.mail.importing import MailImport, import_mail
from agentdesk.transfer.records.importing import import_records
from agentdesk.transfer.records.order import RecordImport
from agentdesk.transfer.refusals import RejectsFileError, UnreadableFileError
from agentdesk.transfer.result import ImportResult, ImportStopped, Progress
from agentdesk.transfer.resuming import resume_import
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import load_map
from agentdesk.transfer.unfinished import ResumeError
from tests.transfer.mail.mails import mail, write_box
from tests.transfer.mail.stopped_files import BROKEN
from tests.transfer.stock import COUNTS

MAP = """
[file]
source = "tracker"
zone = "UTC"
[ticket]
external_id = "id"
subject = "title"
status = "state"
customer = "who"
created_at = "opened"
[values.status]
"Fresh" = "new"
"""
TICKETS = "id,title,state,who,opened\n" + "".join(
    f"{n},Printer {n},Fresh,Caller {n % 3},{'2026-01-05' if n != 2 else 'never'}\n" for n in range(6)
)
RECORDS = "id,name,tier\n" + "".join(f"{n},{f'Company {n}' if n != 2 else ''},gold\n" for n in range(6))
MAILS = (*(mail(str(n), From=f"c{n}@x.example") for n in range(5)), BROKEN)


def _silent(_done: int, _total: int | None) -> None:
    pass


@dataclass(frozen=True)
class Case:
    """One kind: how its file is written and imported."""

    file: str
    write: Callable[[Path], None]
    bring: Callable[[Desk, Path, Progress], ImportResult]
    other: Callable[[Desk, Path], ImportResult]


def _write_tickets(path: Path) -> None:
    path.write_text(TICKETS)
    path.with_name("map.toml").write_text(MAP)


def _tickets(desk: Desk, path: Path, progress: Progress = _silent, **options: Any) -> ImportResult:
    rules = load_map(path.with_name("map.toml"))
    return import_tickets(desk, TicketImport(path, rules, **options), progress)


def _records(desk: Desk, path: Path, progress: Progress = _silent, **options: Any) -> ImportResult:
    return import_records(desk, RecordImport("organizations", path, **options), progress)


def _mail(desk: Desk, path: Path, progress: Progress = _silent, **options: Any) -> ImportResult:
    return import_mail(desk, MailImport([str(path)], **options), progress)


CASES = {
    "tickets": Case("tickets.csv", _write_tickets, _tickets, lambda *one: _tickets(*one, encoding="latin-1")),
    "records": Case(
        "file.csv",
        lambda path: path.write_text(RECORDS),
        _records,
        lambda *one: _records(*one, on_match="skip"),
    ),
    "mail": Case(
        "x.mbox", lambda path: write_box(path, *MAILS), _mail, lambda *one: _mail(*one, status="closed")
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def path(tmp_path: Path, case: Case) -> Path:
    path = tmp_path / case.file
    case.write(path)
    return path


@pytest.fixture(autouse=True)
def steps(monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.tickets.importing.ROWS_AT_ONCE", 1)
    monkeypatch.setattr("agentdesk.transfer.records.run.ROWS_AT_ONCE", 1)
    monkeypatch.setattr("agentdesk.transfer.mail.run.MAILS_AT_ONCE", 1)


def stopping(rows: int) -> Progress:
    def told(done: int, total: int | None) -> None:
        if done >= rows and (total is None or done < total):
            raise KeyboardInterrupt

    return told


def stopped(desk: Desk, case: Case, path: Path) -> int:
    with pytest.raises(ImportStopped) as stop:
        case.bring(desk, path, stopping(4))
    assert (stop.value.rows, stop.value.can_resume) == (4, True)
    return stop.value.batch


def batches(desk: Desk) -> list[tuple]:
    with desk.read() as read:
        return read.tuples(f"SELECT state, {', '.join(COUNTS)} FROM import_batch ORDER BY id")


def count(desk: Desk, table: str) -> int:
    with desk.read() as read:
        return int(read.value(f"SELECT count(*) FROM {table}"))


def seem_running(desk: Desk, batch: int, **process: Any) -> None:
    with desk.change() as change:
        row = change.get(ImportBatch, batch)
        row.state = "running"
        row.details = {**row.details, "process": {**row.details["process"], **process}}


@pytest.mark.parametrize("by_number", [True, False])
def test_what_was_stopped_ends_as_one_import(desk, case, path, by_number):
    number = stopped(desk, case, path)
    result = resume_import(desk, number) if by_number else case.bring(desk, path)
    assert (result.batch, result.counts.as_columns()["rows"]) == (number, 6)
    assert batches(desk) == [("done", 5, 0, 0, 0, 1)]
    assert f"Import {number} went on after row 4, where it had stopped." in result.notes
    assert len(result.reasons) == 1
    assert Path(result.rejects_file).exists()
    assert count(desk, "import_chunk") == 0
    if by_number:
        with pytest.raises(ResumeError, match="came to its end"):
            resume_import(desk, number)


def test_who_is_still_at_it_is_not_disturbed_and_the_dead_are_known(desk, case, path):
    number = stopped(desk, case, path)
    seem_running(desk, number)
    for again in (lambda: resume_import(desk, number), lambda: case.bring(desk, path)):
        with pytest.raises(ResumeError, match=r"is still running \(process "):
            again()
    seem_running(desk, number, pid=2**22 + 1)
    assert resume_import(desk, number).counts.rows == 6


def test_who_stops_it_again_while_the_file_is_read_finds_what_came_before_told_and_kept(
    desk, case, path, monkeypatch
):
    number = stopped(desk, case, path)

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    for place in (
        "mail.reading.MailReading.read",
        "records.run.RecordReader.refuse_undated",
        "tickets.importing.decide",
    ):
        monkeypatch.setattr(f"agentdesk.transfer.{place}", stop)
    monkeypatch.setattr("agentdesk.transfer.records.run.RecordRun._portions", stop)
    seem_running(desk, number, pid=2**22 + 1)
    with pytest.raises(ImportStopped) as stopping_again:
        resume_import(desk, number)
    told = stopping_again.value
    assert (told.batch, told.rows, told.can_resume) == (number, 4, True)
    assert batches(desk)[0][0] == "interrupted"


def test_two_processes_never_write_a_row_twice(desk, case, path):
    def overtake(done: int, total: int | None) -> None:
        if done == 3:
            seem_running(desk, 1, pid=2**22 + 1)
            resume_import(desk, 1)

    with pytest.raises(OvertakenError, match="taken up or taken back by somebody else"):
        case.bring(desk, path, overtake)
    assert batches(desk) == [("done", 5, 0, 0, 0, 1)]


def test_another_way_to_import_it_is_another_import_and_the_first_ends_honestly(desk, case, path):
    number = stopped(desk, case, path)
    case.other(desk, path)
    result = resume_import(desk, number)
    first, second = batches(desk)
    assert (first[0], second[0], sum(first[1:]), sum(second[1:])) == ("done", "done", 6, 6)
    assert result.counts.unchanged or result.counts.updated


def test_a_file_that_is_gone_or_another_one_is_refused(desk, case, path, tmp_path):
    number = stopped(desk, case, path)
    moved = path.rename(tmp_path / f"moved-{path.name}")
    with pytest.raises(UnreadableFileError, match="there is no such file"):
        resume_import(desk, number)
    case.write(path)
    path.write_bytes(path.read_bytes() + b"\n\n7,x,y\n")
    with pytest.raises(ResumeError, match=f"is not the file that import {number} was reading"):
        resume_import(desk, number)
    assert resume_import(desk, number, moved).counts.rows == 6


def test_what_was_stopped_can_be_taken_back_brought_back_and_gone_on_with(desk, case, path):
    number = stopped(desk, case, path)
    with desk.change() as change:
        undone = undo_batch(change, number)
    with pytest.raises(ResumeError, match="was taken back"):
        resume_import(desk, number)
    with desk.change() as change:
        redo_change(change, undone.number)
    assert batches(desk)[0][0] == "interrupted"
    assert resume_import(desk, number).counts.rows == 6


def test_rejects_go_where_it_is_said(desk, case, path, tmp_path):
    number = stopped(desk, case, path)
    result = resume_import(desk, number, rejects=tmp_path / "out.txt")
    assert result.rejects_file == str(tmp_path / "out.txt")
    assert (tmp_path / "out.txt").exists()


def test_who_may_not_import_goes_on_with_nothing(desk, case, path):
    number = stopped(desk, case, path)
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        resume_import(desk, number)


PIPED = {
    "tickets": lambda desk, path, **told: import_tickets(
        desk, TicketImport(None, load_map(path.with_name("map.toml")), **told), stopping(4)
    ),
    "records": lambda desk, _, **told: import_records(
        desk, RecordImport("organizations", None, **told), stopping(4)
    ),
    "mail": lambda desk, _, **told: import_mail(desk, MailImport(["-"], **told), stopping(4)),
}


@pytest.mark.parametrize("kind", PIPED)
def test_what_came_from_standard_input_is_imported_again_instead(desk, tmp_path, kind):
    path = tmp_path / CASES[kind].file
    CASES[kind].write(path)
    with pytest.raises(ImportStopped) as stop:
        PIPED[kind](desk, path, stdin=io.BytesIO(path.read_bytes()), rejects=tmp_path / "rejects")
    assert not stop.value.can_resume
    with pytest.raises(
        ResumeError, match="from standard input\\) is gone on with by importing its file again"
    ):
        resume_import(desk, stop.value.batch)


def test_rows_without_a_place_for_their_rejects_are_told_before_any_is_lost(desk, case, path, tmp_path):
    nowhere = tmp_path / "nowhere" / "out.txt"
    with pytest.raises(RejectsFileError):
        case.bring(desk, path, rejects=nowhere)
    assert all(state != "done" for state, *_ in batches(desk))


# Tickets.


def test_the_map_is_kept_with_the_import(desk, tmp_path):
    case, path = CASES["tickets"], tmp_path / "tickets.csv"
    case.write(path)
    number = stopped(desk, case, path)
    path.with_name("map.toml").unlink()
    assert resume_import(desk, number).counts.rows == 6


def test_people_an_import_made_are_its_own_whatever_they_are_called_by_then(desk, tmp_path):
    case, path = CASES["tickets"], tmp_path / "tickets.csv"
    case.write(path)
    number = stopped(desk, case, path)
    with desk.change() as change:
        services.edit_customer(change, 1, {"name": "Pat"})
    people = count(desk, "customer")
    resume_import(desk, number)
    with desk.read() as read:
        owners = read.tuples(
            "SELECT customer_id, count(*) FROM ticket GROUP BY customer_id ORDER BY customer_id"
        )
    assert count(desk, "customer") == people + 1
    assert [held for _, held in owners] == [2, 2, 1]


def test_a_file_that_reads_otherwise_because_of_people_is_refused(desk, tmp_path):
    case, path = CASES["tickets"], tmp_path / "tickets.csv"
    case.write(path)
    number = stopped(desk, case, path)
    with desk.change() as change:
        for address in ("a@x.example", "b@x.example"):
            services.create_customer(change, name="Caller 1", email=address)
    with pytest.raises(
        ResumeError, match=f"Import {number} cannot go on: tickets.csv reads otherwise by now"
    ):
        resume_import(desk, number)


# Mail.


def test_one_path_does_not_say_where_several_are(desk, tmp_path):
    paths = [
        str(write_box(tmp_path / name, *mails))
        for name, mails in (("a.mbox", MAILS[:3]), ("b.mbox", MAILS[3:]))
    ]
    with pytest.raises(ImportStopped):
        import_mail(desk, MailImport(paths), stopping(4))
    with pytest.raises(ResumeError, match="Import 1 read 2 paths"):
        resume_import(desk, 1, tmp_path / "a.mbox")
    assert resume_import(desk, 1).counts.rows == 6


def test_a_path_is_told_as_it_was_named_in_the_same_folder_and_found_from_another(
    desk, tmp_path, monkeypatch
):
    write_box(tmp_path / "x.mbox", *MAILS)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ImportStopped):
        import_mail(desk, MailImport(["x.mbox"]), stopping(2))
    with pytest.raises(ImportStopped):
        resume_import(desk, 1, progress=stopping(4))
    monkeypatch.chdir("/")
    result = resume_import(desk, 1)
    assert result.reasons[0].startswith(str(tmp_path / "x.mbox"))
    assert Path(result.rejects_file).parent == tmp_path


def test_a_draft_that_was_left_by_one_that_was_killed_is_no_mail(desk, tmp_path):
    folder = tmp_path / "mails"
    folder.mkdir()
    write_box(folder / "x.mbox", *MAILS[:2])
    write_box(folder / ".x.rejects.mbox.ab_12cd3", *MAILS[2:])
    result = import_mail(desk, MailImport([str(folder)]))
    assert result.counts.rows == 2
