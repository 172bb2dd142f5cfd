"""Getting everything out by command: data on stdout, how many on stderr, a file that appears whole."""

import csv
import gzip
import io
import json
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from agentdesk.domain.instants import from_iso


def test_rows_go_to_stdout_and_their_number_to_stderr(office):
    answer = office("export", "tickets", "tag:vat")
    (row,) = csv.DictReader(io.StringIO(answer.out, newline=""))
    assert (row["ref"], row["subject"], row["customer_email"]) == (
        "T-1002",
        "Parcel is late",
        "jo@example.com",
    )
    assert answer.err == "1 ticket exported.\n"
    assert from_iso(row["created_at"])


def test_text_that_begins_a_formula_is_guarded_unless_raw_is_asked_for_and_told(office):
    guarded, raw = office("export", "tickets"), office("export", "tickets", "--raw")
    assert ",'=1+1," in guarded.out
    assert ",=1+1," in raw.out
    assert "open it in no spreadsheet" in raw.err


def test_a_file_is_whole_for_its_owner_alone_and_its_name_tells_the_format(office, home):
    for name, first in (
        ("x.csv", b"id,external_id"),
        ("x.jsonl", b'{"id": 1'),
        ("x.json", b"[\n"),
        ("x.xlsx", b"PK"),
    ):
        path = home / name
        answer = office("export", "contacts", "--out", str(path))
        assert (answer.code, answer.out, answer.err) == (0, "", f"1 contact exported to {path}.\n")
        assert path.read_bytes().startswith(first)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert openpyxl.load_workbook(home / "x.xlsx").active["C2"].value == "Jo Doe"
    assert office("export", "contacts", "--out", str(home / "x.txt"), "--json").code == 0
    assert json.loads((home / "x.txt").read_text())[0]["name"] == "Jo Doe"


def test_a_name_that_ends_with_gz_gets_a_packed_file_and_an_unknown_ending_is_refused(office, home):
    for _ in range(2):
        assert office("export", "tickets", "--out", str(home / "x.csv.gz")).code == 0
        packed = (home / "x.csv.gz").read_bytes()
        assert gzip.decompress(packed).startswith(b"id,ref,external_id")
    assert office("export", "tickets", "--out", str(home / "y.jsonl.gz")).code == 0
    assert gzip.decompress((home / "y.jsonl.gz").read_bytes()).startswith(b'{"id": 1')
    for name, said in (("x.foo", "no format is called foo"), ("x.xlsx.gz", "packed by itself")):
        answer = office("export", "tickets", "--out", str(home / name))
        assert (answer.code, said in answer.err, (home / name).exists()) == (2, True, False)


def test_pages_of_tickets_not_asked_for_stay_and_are_named(office, home):
    folder = str(home / "pages")
    office("export", "tickets", "id:1001,1002", "--format", "md", "--out", folder)
    err = office("export", "tickets", "id:1002", "--format", "md", "--out", folder).err
    assert "pages of tickets that were not asked for now, left as they were: T-1001.md." in err
    assert (home / "pages" / "T-1001.md").exists()


def test_two_exports_of_one_store_are_the_same_bytes(office):
    assert office("export", "journal").out == office("export", "journal").out


def test_rows_are_a_table_in_markdown(office):
    head, _, row = office("export", "organizations", "--format", "md").out.splitlines()
    assert head.startswith("| id | external\\_id | name |")
    assert row.startswith("| 1 |  | Acme |")


def test_threads_go_to_stdout_a_file_or_a_folder(office, home):
    shown = office("export", "tickets", "--format", "md").out
    assert shown.startswith("# T-1001 Invoice is wrong\n")
    assert shown.count("\n---\n") == 2
    assert office("export", "messages", "--out", str(home / "said.md")).err.startswith(
        "3 tickets exported to"
    )
    assert (home / "said.md").read_text(encoding="utf-8") == shown
    assert office("export", "tickets", "tag:vat", "--format", "md", "--out", str(home / "threads")).code == 0
    assert [one.name for one in (home / "threads").iterdir()] == ["T-1002.md"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("export", "contacts", "--format", "xlsx"), 2, "A workbook goes to a file"),
        (("export", "desk", "--out", "-"), 2, "A whole desk goes to a file"),
        (("export", "contacts", "--out", "{home}"), 2, "is a folder"),
        (("export", "contacts", "--out", "{home}/no/x.csv"), 1, "was not written: No such file or directory"),
        (("export", "tickets", "is:opn"), 1, "is:opn is not known"),
        (("export", "contacts", "--as", "ben"), 1, "ben may not export data"),
        (("export", "people"), 2, "There is no command people"),
    ],
)
def test_a_refusal_is_one_sentence(words, code, sentence, office, home):
    answer = office(*(word.format(home=home) for word in words))
    assert answer.code == code
    assert sentence in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("export", "contacts"),
        ("export", "tickets", "--format", "md"),
        ("report", "queue", "--as-of", "2026-03-02T09:00Z"),
    ],
)
def test_a_dash_is_stdout_and_no_file(words, office, home, monkeypatch):
    monkeypatch.chdir(home)
    assert office(*words, "--out", "-").out == office(*words).out
    assert not (home / "-").exists()


def test_a_lead_may_export(office):
    assert office("export", "contacts", "--as", "ana").code == 0


def test_a_whole_desk_moves_into_a_new_store_and_out_of_it_again(office, home):
    one, two, new = (str(home / name) for name in ("one.zip", "two.zip", "new.db"))
    answer = office("export", "desk", "--out", one)
    assert (answer.code, answer.out) == (0, "")
    assert "rows of 40 tables exported to" in answer.err
    assert stat.S_IMODE((home / "one.zip").stat().st_mode) == 0o600
    answer = office("--store", new, "import", "desk", one, "--json")
    assert (answer.json["tickets"], answer.json["agents"], answer.json["schema"]) == (3, 3, 5)
    assert "ana, ben" in answer.err
    assert office("--store", new, "--as", "ana", "ticket", "show", "T-1001").code == 0
    assert office("--store", new, "export", "desk", "--out", two).code == 0
    assert (home / "one.zip").read_bytes() == (home / "two.zip").read_bytes()


def test_a_desk_is_refused_in_one_sentence_where_it_cannot_go(office, home):
    path, new = home / "one.zip", home / "new.db"
    assert office("export", "desk", "--out", str(path)).code == 0
    answer = office("import", "desk", str(path))
    assert (answer.code, answer.out) == (1, "")
    assert "is not empty" in answer.err
    assert office("export", "desk", "--out", str(path), "--as", "ana").err.endswith(
        "ana may not move a whole desk. Ask an admin to change the role.\n"
    )
    path.write_bytes(path.read_bytes()[:-9])
    answer = office("--store", str(new), "import", "desk", str(path))
    assert answer.code == 1
    assert "this is no zip, or only a part of one. Nothing was written." in answer.err
    assert not new.exists()


def typed(*words: str, **streams) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "agentdesk", *words], check=False, stderr=subprocess.PIPE, **streams
    )


def test_a_full_disk_ends_in_one_sentence(office):
    with Path("/dev/full").open("wb") as full:
        done = typed("export", "journal", stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode() == "agentdesk: stdout: No space left on device. Nothing more was done.\n"


def test_who_stops_reading_is_told_nothing(office):
    reading = subprocess.Popen(["head", "-c", "1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    done = typed("export", "journal", stdout=reading.stdin)
    reading.stdin.close()
    assert reading.wait() == 0
    assert b"Traceback" not in done.stderr
    assert b"should not have happened" not in done.stderr
