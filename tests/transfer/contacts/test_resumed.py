from datetime import timedelta
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import NotFoundError
from agentdesk.models import ImportBatch
from agentdesk.services.undo import redo_change, undo_batch
from agentdesk.transfer.batch_run import OvertakenError
from agentdesk.transfer.contacts.plans import resume_contacts
from agentdesk.transfer.process import is_alive, this_process
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.unfinished import ResumeError
from tests.transfer.stock import bring_in, content, counts, customers, write_table

ROWS = [{"name": f"P{n}", "email": f"p{n}@x.example" if n != 3 else "p3@@x"} for n in range(6)]
ROWS += [{"name": "P1", "email": "p1@x.example", "phone": "+49 30 1234567"}]


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_table(tmp_path / "people.csv", ROWS)


def stop_at(rows: int, error: type[BaseException] = KeyboardInterrupt):
    def told(done: int, _total: int | None) -> None:
        if done >= rows:
            raise error

    return told


def stopped(desk, path: Path, rows: int = 4, **options) -> int:
    with pytest.raises(KeyboardInterrupt):
        bring_in(desk, path, stop_at(rows), **options)
    with desk.read() as read:
        return int(read.value("SELECT max(id) FROM import_batch"))


def seem_running(desk, batch: int, **process) -> None:
    """As a process leaves it that could not say that it ends."""
    with desk.change() as change:
        row = change.get(ImportBatch, batch)
        row.state = "running"
        row.details = {**row.details, "process": {**row.details["process"], **process}}


def batches(desk) -> list[tuple]:
    with desk.read() as read:
        return read.tuples("SELECT id, state, rows FROM import_batch ORDER BY id")


@pytest.mark.parametrize("by_number", [True, False])
def test_what_was_stopped_goes_on_and_ends_as_if_it_had_not_been(desk, path, by_number):
    number = stopped(desk, path)
    result = resume_contacts(desk, number) if by_number else bring_in(desk, path)
    assert counts(result) == (5, 0, 0, 1, 1)
    assert "Import 1 went on after row 4, where it had stopped." in result.notes
    assert result.reasons[0].startswith("line 5: email: 'p3@@x'")
    assert Path(result.rejects_file).read_text(encoding="utf-8").count("\n") == 2
    assert batches(desk) == [(1, "done", 7)]
    assert customers(desk)[1]["phone"] == "+49 30 1234567"
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM import_chunk") == 0


def test_rows_that_were_dealt_with_are_not_dealt_with_again(desk, path):
    number = stopped(desk, path)
    with desk.change() as change:
        services.edit_customer(change, 1, {"name": "Pat"})
    resume_contacts(desk, number)
    assert customers(desk)[0]["name"] == "Pat"


def test_who_is_still_at_it_is_not_disturbed(desk, path):
    number = stopped(desk, path)
    seem_running(desk, number)
    for again in (lambda: resume_contacts(desk, number), lambda: bring_in(desk, path)):
        with pytest.raises(ResumeError, match=r"is still running \(process "):
            again()
    assert batches(desk) == [(1, "running", 4)]


@pytest.mark.parametrize("process", [{"pid": 2**22 + 1}, {"started": "long ago"}])
def test_a_process_that_is_gone_is_known_to_be(desk, path, process):
    number = stopped(desk, path)
    seem_running(desk, number, **process)
    assert counts(bring_in(desk, path)) == (5, 0, 0, 1, 1)
    assert batches(desk) == [(number, "done", 7)]


def test_a_process_of_another_machine_is_waited_for_until_it_was_quiet_for_long(desk, path, clock):
    number = stopped(desk, path)
    seem_running(desk, number, host="elsewhere")
    with pytest.raises(ResumeError, match="on elsewhere"):
        bring_in(desk, path)
    desk.clock = FixedClock(clock.instant + timedelta(minutes=11))
    assert counts(bring_in(desk, path)) == (5, 0, 0, 1, 1)


def test_two_processes_never_write_a_row_twice(desk, path):
    number = stopped(desk, path, 2)

    def overtake(done: int, _total: int | None) -> None:
        if done == 4:
            seem_running(desk, number, pid=2**22 + 1)
            resume_contacts(desk, number)

    with pytest.raises(OvertakenError, match="taken up or taken back by somebody else"):
        resume_contacts(desk, number, progress=overtake)
    assert batches(desk) == [(1, "done", 7)]
    assert len(customers(desk)) == 5


def test_an_import_that_is_taken_back_while_it_runs_stops(desk, path):
    def take_back(done: int, _total: int | None) -> None:
        if done == 4:
            with desk.change() as change:
                undo_batch(change, 1)

    with pytest.raises(OvertakenError):
        bring_in(desk, path, take_back)
    assert customers(desk) == []
    assert batches(desk) == [(1, "undone", 4)]


def test_another_way_to_import_the_same_file_is_another_import(desk, path):
    number = stopped(desk, path)
    assert counts(bring_in(desk, path, on_match="skip")) == (2, 0, 3, 1, 1)
    assert [state for _, state, _ in batches(desk)] == ["interrupted", "done"]
    resume_contacts(desk, number)
    assert [state for _, state, _ in batches(desk)] == ["done", "done"]


def test_another_file_is_not_gone_on_with(desk, path):
    number = stopped(desk, path)
    path.write_bytes(path.read_bytes() + b",Eve,eve@x.example\n")
    with pytest.raises(ResumeError, match="is not the file that import 1 was reading"):
        resume_contacts(desk, number)


def test_a_file_that_lies_elsewhere_by_now_is_named(desk, path, tmp_path):
    number = stopped(desk, path)
    moved = path.rename(tmp_path / "moved.csv")
    result = resume_contacts(desk, number, moved)
    assert counts(result) == (5, 0, 0, 1, 1)


def test_what_came_to_an_end_or_never_was_cannot_go_on(desk, path):
    with pytest.raises(NotFoundError, match="There is no import 1"):
        resume_contacts(desk, 1)
    bring_in(desk, path)
    with pytest.raises(ResumeError, match="came to its end"):
        resume_contacts(desk, 1)
    with desk.change() as change:
        undo_batch(change, 1)
    with pytest.raises(ResumeError, match="was taken back"):
        resume_contacts(desk, 1)


def test_what_was_stopped_can_be_taken_back_brought_back_and_gone_on_with(desk, path):
    before = content(desk)
    number = stopped(desk, path)
    with desk.change() as change:
        undone = undo_batch(change, number)
    assert content(desk) == before
    with desk.change() as change:
        redo_change(change, undone.number)
    assert batches(desk) == [(1, "interrupted", 4)]
    assert counts(resume_contacts(desk, number)) == (5, 0, 0, 1, 1)


def test_rejected_rows_without_a_place_stop_an_import_before_them_and_find_one_later(desk, path, tmp_path):
    nowhere = tmp_path / "nowhere" / "people.rejects.csv"
    with pytest.raises(RejectsFileError, match="its folder does not exist"):
        bring_in(desk, path, rejects=nowhere)
    assert batches(desk) == [(1, "interrupted", 2)]
    result = resume_contacts(desk, 1, rejects=tmp_path / "out.csv")
    assert counts(result) == (5, 0, 0, 1, 1)
    assert (tmp_path / "out.csv").exists()


def test_bytes_that_cannot_be_read_go_out_as_they_came_in(desk, tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(
        b"name,email\n"
        + b"P0,p0@x.example\n" * 3
        + b"\xff\xfe,p1@x.example\nP2,p2@x.example\n" * 2
        + b"P3,p3@x.example\n" * 60
    )
    number = stopped(desk, path, 4, encoding="utf-8")
    result = resume_contacts(desk, number)
    assert Path(result.rejects_file).read_bytes().count(b"\xff\xfe") == 2


def test_a_process_knows_itself_and_the_dead():
    me = this_process()
    assert is_alive(me) is True
    assert is_alive({**me, "pid": 2**22 + 1}) is False
    assert is_alive({**me, "host": "elsewhere"}) is None
    assert is_alive({}) is None
