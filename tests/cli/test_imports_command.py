import csv
import gzip
import json
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk.desk import Desk
from agentdesk.domain.identity import name_key
from agentdesk.models import ImportBatch
from agentdesk.settings import load
from tests.transfer.workbooks import workbook, zipped

CONTACTS = """name,email,phone,company
Jo Doe,jo@example.com,,Acme
Bo Ek,no-address,,
Cy Fox,cy@example.com,+46 8 123 456 78,
Cy Fox,cy@example.com,+46 8 123 456 78,
"""
KEYS = {
    *("batch", "kind", "source", "encoding", "delimiter", "rows", "created", "updated", "unchanged"),
    *("duplicates", "rejected", "rejects_file", "dry_run", "seconds"),
}
COUNTS = ("created", "updated", "unchanged", "duplicates", "rejected")


@pytest.fixture
def contacts(home):
    path = home / "contacts.csv"
    path.write_text(CONTACTS)
    return path


def test_import_prints_one_object_whose_counts_reconcile(office, contacts):
    answer = office("import", "contacts", str(contacts), "--json")
    told = answer.json
    assert answer.code == 3
    assert set(told) >= KEYS
    assert told["rows"] == sum(told[name] for name in COUNTS) == 4
    assert (told["created"], told["duplicates"], told["rejected"]) == (1, 1, 1)
    assert "undo with" in answer.err


def test_rejects_say_which_line_and_why(office, contacts):
    told = office("import", "contacts", str(contacts), "--json").json
    with Path(told["rejects_file"]).open(newline="") as file:
        rejected = list(csv.DictReader(file))
    assert [(one["name"], one["line"]) for one in rejected] == [("Bo Ek", "3")]
    assert "no-address" in rejected[0]["error"]


def test_the_first_reasons_are_told_with_their_lines_and_how_many_more_there_are(office, home):
    path = home / "many.csv"
    path.write_text("name,email\nJo,jo@example.com\n" + "".join(f"P{n},no{n}\n" for n in range(7)))
    rehearsed = office("import", "contacts", str(path), "--dry-run", "--json")
    done = office("import", "contacts", str(path), "--json")
    for told in (rehearsed.err, done.err):
        lines = [line for line in told.splitlines() if line.startswith("line ")]
        assert [line.partition(":")[0] for line in lines] == [f"line {n}" for n in range(3, 8)]
        assert lines[0].startswith("line 3: email: 'no0' ")
        assert "Rejected rows: 7, 2 more than these" in told
    assert "no file of rejected rows" in rehearsed.err
    assert rehearsed.json["rejects_file"] is None
    assert done.json["rejects_file"] in done.err


def test_an_import_that_came_to_no_end_is_told_with_the_ways_on(office, contacts):
    office("import", "contacts", str(contacts))
    with closing(Desk.open(load())) as desk, desk.change() as change:
        row = change.get(ImportBatch, 1)
        row.state = "running"
        row.details = {**row.details, "process": {**row.details["process"], "pid": 2**22 + 1}}
    for words in (("list",), ("show", "1")):
        err = office("import", *words).err
        assert "Import 1 came to no end: go on with `agentdesk import resume 1`, or take it back with" in err


def test_a_table_without_rows_is_no_failure_and_is_told(office, home):
    path = home / "head.csv"
    path.write_text("name,email\n")
    for options in ((), ("--dry-run",)):
        answer = office("import", "contacts", str(path), *options, "--json")
        assert (answer.code, answer.json["rows"]) == (0, 0)
        assert "head.csv holds a header and no rows" in answer.err


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_an_empty_file_and_a_folder_are_refused_in_one_sentence(office, home, options):
    empty = home / "empty.csv"
    empty.write_text("")
    for path, reason in ((empty, "is empty"), (home, "is a directory")):
        answer = office("import", "contacts", str(path), *options)
        assert answer.code == 1
        (sentence,) = answer.err.strip().splitlines()
        assert reason in sentence
        assert str(path) in sentence


def test_dry_run_has_the_same_numbers_and_writes_nothing(office, contacts):
    before = office("customer", "list", "--json").out
    rehearsed = office("import", "contacts", str(contacts), "--dry-run", "--json")
    assert office("customer", "list", "--json").out == before
    done = office("import", "contacts", str(contacts), "--json").json
    assert rehearsed.json["dry_run"] is True
    assert [rehearsed.json[name] for name in COUNTS] == [done[name] for name in COUNTS]


def test_clean_file_is_a_plain_success(office, home):
    path = home / "clean.csv"
    path.write_text("name,email\nBo Ek,bo@example.com\n")
    assert office("import", "contacts", str(path)).code == 0
    assert office("import", "contacts", str(path), "--json").json["unchanged"] == 1


def test_import_is_listed_shown_and_taken_back(office, contacts):
    before = [one["email"] for one in office("customer", "list", "--json").json]
    number = str(office("import", "contacts", str(contacts), "--json").json["batch"])
    assert [str(one["batch"]) for one in office("import", "list", "--json").json] == [number]
    assert office("import", "show", number, "--json").json["rows"] == 4
    after = [one["email"] for one in office("customer", "list", "--json").json]
    assert office("import", "undo", number).code == 0
    assert [one["email"] for one in office("customer", "list", "--json").json] == before
    assert office("import", "undo", number).code == 1
    assert office("redo").code == 0
    assert [one["email"] for one in office("customer", "list", "--json").json] == after


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["import", "contacts", "nowhere.csv"], 1, "nowhere.csv"),
        (["import", "contacts", "{file}", "--source", "nothing"], 1, "google"),
        (["import", "contacts", "{file}", "--match", "colour"], 1, "email"),
        (["import", "contacts", "{file}", "--on-match", "hope"], 2, "skip"),
        (["import", "tickets", "{file}"], 1, "--write-map"),
        (["import", "tickets", "{file}", "--map", "nowhere.toml"], 1, "nowhere.toml"),
        (["import", "contacts", "{file}", "--as", "ben"], 1, "ben"),
    ],
)
def test_import_that_cannot_be_is_refused_in_one_sentence(office, contacts, words, code, told):
    answer = office(*[word.replace("{file}", str(contacts)) for word in words])
    assert answer.code == code
    assert told in answer.err
    assert answer.err.count("\n") == 1


def test_tickets_of_another_system_come_in_by_a_map(office, home):
    (home / "old.csv").write_text(
        "number,title,opened_at,state\nA1,No invoice,02/03/2026 09:00,New\nA2,Late,02/03/2026 10:00,Odd\n"
    )
    (home / "map.toml").write_text(
        '[file]\nsource = "old"\ndates = "%d/%m/%Y %H:%M"\nzone = "UTC"\n'
        '[ticket]\nexternal_id = "number"\nsubject = "title"\ncreated_at = "opened_at"\nstatus = "state"\n'
        '[values.status]\n"New" = "new"\n"Odd" = "open"\n'
    )
    answer = office("import", "tickets", str(home / "old.csv"), "--map", str(home / "map.toml"), "--json")
    assert answer.code == 0, answer.err
    assert json.loads(answer.out)["created"] == 2
    assert len(office("ticket", "list", "created:2026-03-02", "--json").json) == 2


@pytest.fixture
def stop_watching(monkeypatch):
    """Ctrl-C at the moment when so many rows have been told."""

    def stop_at(rows):
        def told(done, total):
            if done >= rows and done != total:  # at the end of reading a file, all of it is told
                raise KeyboardInterrupt

        @contextmanager
        def watched(_session, _doing):
            yield told

        monkeypatch.setattr("agentdesk.cli.import_progress.watched", watched)
        monkeypatch.setattr("agentdesk.cli.imports.watched", watched)

    return stop_at


def test_a_stopped_import_says_how_far_it_came_and_the_two_ways_on(office, home, stop_watching, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 2)
    path = home / "many.csv"
    path.write_text("name,email\n" + "".join(f"P{n},p{n}@example.com\n" for n in range(9)))
    before = len(office("customer", "list", "--json").json)
    stop_watching(4)
    answer = office("import", "contacts", str(path))
    number = office("import", "list", "--json").json[0]["batch"]
    assert (answer.code, answer.out) == (130, "")
    assert answer.err == (
        f"Stopped after 4 rows; they are in the desk. Go on with `agentdesk import resume {number}`, or take them back "
        f"with `agentdesk import undo {number}`.\n"
    )
    assert len(office("customer", "list", "--json").json) == before + 4
    stop_watching(99)
    again = office("import", "contacts", str(path), "--json")
    assert (again.json["batch"], again.json["created"]) == (number, 9)
    assert f"Import {number} went on after row 4, where it had stopped." in again.err
    assert office("import", "undo", str(number)).code == 0
    assert len(office("customer", "list", "--json").json) == before


@pytest.mark.parametrize("kind", ["tickets", "orders", "mail"])
def test_a_stopped_import_of_any_kind_is_gone_on_with_by_its_number(
    office, home, stop_watching, monkeypatch, kind
):
    for place in ("tickets.importing.ROWS_AT_ONCE", "records.run.ROWS_AT_ONCE", "mail.run.MAILS_AT_ONCE"):
        monkeypatch.setattr(f"agentdesk.transfer.{place}", 2)
    files = {
        "tickets": (
            "t.csv",
            "id,title,state,opened\n" + "".join(f"{n},T{n},New,2026-03-02\n" for n in range(9)),
        ),
        "orders": (
            "o.csv",
            "number,email,date\n" + "".join(f"{n},jo@example.com,2026-03-02\n" for n in range(9)),
        ),
        "mail": (
            "m.mbox",
            "".join(
                f"From x Thu Jan  1 00:00:00 2026\nFrom: c{n}@x.example\nSubject: T{n}\nMessage-ID: <{n}@x.example>\n\nHi\n\n"
                for n in range(9)
            ),
        ),
    }
    name, text = files[kind]
    (home / name).write_text(text)
    (home / "map.toml").write_text(
        '[file]\nsource = "old"\nzone = "UTC"\n[ticket]\nexternal_id = "id"\nsubject = "title"\n'
        'status = "state"\ncreated_at = "opened"\n[values.status]\n"New" = "new"\n'
    )
    (home / "jo.csv").write_text("name,email\nJo,jo@example.com\n")
    office("import", "contacts", str(home / "jo.csv"))
    with_map = ("--map", str(home / "map.toml")) if kind == "tickets" else ()
    stop_watching(4)
    answer = office("import", kind, str(home / name), *with_map)
    number = office("import", "list", "--json").json[0]["batch"]
    assert answer.code == 130
    assert answer.err.endswith(
        f"Go on with `agentdesk import resume {number}`, or take them back with `agentdesk import undo {number}`.\n"
    )
    stop_watching(99)
    again = office("import", "resume", str(number), "--json")
    assert (again.code, again.json["batch"], again.json["created"]) == (0, number, 9)


def test_a_stopped_import_of_standard_input_says_how_else_to_go_on():
    from agentdesk.cli.import_progress import _stopped
    from agentdesk.transfer.result import ImportStopped

    assert _stopped(ImportStopped(7, 2, 9)) == (
        "Stopped after 2 of 9 rows; they are in the desk. Go on by importing the file again, or take them back with "
        "`agentdesk import undo 7`."
    )


def test_a_stopped_rehearsal_says_that_nothing_was_written(office, contacts, stop_watching):
    stop_watching(1)
    answer = office("import", "contacts", str(contacts), "--dry-run")
    assert (answer.code, answer.err) == (130, "Stopped: nothing was written.\n")


def test_a_stopped_undo_takes_nothing_back(office, contacts, stop_watching):
    number = str(office("import", "contacts", str(contacts), "--json").json["batch"])
    before = office("customer", "list", "--json").json
    stop_watching(2)
    answer = office("import", "undo", number)
    assert (answer.code, answer.err) == (
        130,
        f"Stopped: nothing was taken back, import {number} stands as it did.\n",
    )
    assert office("customer", "list", "--json").json == before
    stop_watching(99)
    assert office("import", "undo", number).code == 0


HOSTILE = st.text(alphabet=st.sampled_from("=+-@'\t\r\n ,;\"ab1＝|!"), min_size=1, max_size=9)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=5, max_size=20, unique_by=lambda one: name_key(one[0])))
def test_a_list_of_customers_that_comes_back_changes_nothing(office, home, people):
    path = home / "back.csv"
    with path.open("w", newline="") as file:
        write = csv.writer(file).writerow
        write(["name", "email", "phone", "company"])
        for number, (name, company) in enumerate(people):
            write([name, f"a{number}@example.com", f"+44 20 7946 {number:04}", company])
    office("import", "contacts", str(path), "--json")
    exported = office("customer", "list", "--format", "csv").out
    assert "+44 20 7946 0000" in exported
    path.write_text(exported, newline="")
    told = office("import", "contacts", str(path), "--json").json
    assert told["rows"] == told["unchanged"] > 1
    assert (told["source"], office("customer", "list", "--format", "csv").out) == ("agentdesk", exported)


def test_rejects_that_were_worked_on_are_kept_and_the_next_name_is_told(office, contacts):
    first = Path(office("import", "contacts", str(contacts), "--json").json["rejects_file"])
    first.write_text(first.read_text().replace("no-address", "bo@example.com"))
    mended = first.read_text()
    again = office("import", "contacts", str(contacts), "--json")
    assert again.json["rejects_file"] == str(contacts.with_name("contacts.rejects-2.csv"))
    assert f"{first} is kept" in again.err
    assert first.read_text() == mended
    assert (
        office("import", "show", str(again.json["batch"]), "--json").json["rejects_file"].endswith("-2.csv")
    )


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "a calendar (.ics), which cannot"),
        ("a.xml", b'<?xml version="1.0"?><a/>\n', "XML, which cannot be imported yet"),
        ("a.csv", b"\x7fELF\x02\x01\x01" + bytes(300), "is not a text file, it is a program"),
        (
            "a.xlsx",
            b"PK\x03\x04" + bytes(300),
            "is a workbook that cannot be read: it is cut off or damaged. Copy or",
        ),
        ("a.zip", b"PK\x03\x04" + bytes(300), "was not opened: the zip archive is broken"),
        ("a.bin", bytes(range(256)) * 4, "is not a text file."),
    ],
)
def test_a_file_that_is_no_table_is_told_as_what_it_is(office, home, name, data, told):
    (home / name).write_bytes(data)
    answer = office("import", "contacts", str(home / name))
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert told in answer.err


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
def test_a_wide_encoding_that_is_not_that_of_the_file_is_refused_in_one_sentence(office, contacts, codec):
    answer = office("import", "contacts", str(contacts), "--encoding", codec)
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert f"is not {codec}" in answer.err


@pytest.mark.parametrize(
    "kind",
    [
        ("a.csv", b'[{"name": "Jo"}, {"name": "Bo", "email": "no"}]', "Read as a JSON list."),
        ("a.txt", b'{"name": "Jo"}\n{"name": "Bo", "email": "no"}\n', "Read as JSON, one object a line."),
        ("a", b"BEGIN:VCARD\nFN:Jo\nEND:VCARD\nBEGIN:VCARD\nFN:Bo\nEMAIL:no\nEND:VCARD\n", "Read as vCards."),
        (
            "a.vcf",
            workbook([["name", "email"], ["Jo"], ["Bo", "no"]]),
            "Read as the sheet 'People' of a workbook.",
        ),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: zipped({"inner": data})])
def test_every_kind_of_file_is_imported_by_what_it_holds_and_its_rejects_repair_it(office, home, kind, pack):
    name, data, note = kind
    (home / name).write_bytes(pack(data))
    answer = office("import", "contacts", str(home / name), "--json")
    told = answer.json
    assert (answer.code, told["created"], told["rejected"]) == (3, 1, 1)
    assert note in answer.err
    rejects = Path(told["rejects_file"])
    mended = (
        rejects.read_bytes().replace(b'"no"', b'"bo@x.example"').replace(b"EMAIL:no", b"EMAIL:bo@x.example")
    )
    rejects.write_bytes(mended.replace(b"Bo,no,", b"Bo,bo@x.example,"))
    again = office("import", "contacts", str(rejects), "--json")
    assert (again.code, again.json["created"]) == (0, 1)
    assert office("import", "contacts", str(home / name), "--json").json["created"] == 0


def test_a_list_of_an_object_is_named_with_member(office, home):
    (home / "a.json").write_text('{"groups": [{"title": "x"}], "users": [{"name": "Jo"}]}')
    assert (
        office("import", "contacts", str(home / "a.json"), "--member", "users", "--json").json["created"] == 1
    )
