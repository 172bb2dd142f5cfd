import csv
import io
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rejects import default_rejects_path
from agentdesk.transfer.rows import Fault
from tests.transfer.tables import read_contacts
from tests.transfer.workbooks import workbook

DIRTY = (
    b"name;email;notes\n"
    b"Ann;ann@example.com;\n"
    b'Bob;bob at example;"he said ""hi""\nand; left"\n'
    b"Cem;cem@example.com\n"
    b'"Dan;dan@example.com;x\n'
    b'"Eve"x;eve@example.com;x\n'
    b"Fay;fay@example.com;x;y\n"
    b"Gus;gus@example.com;\n"
)


def run(path: Path, **options) -> tuple[int, list[Fault], Path]:
    with open_contacts(path, **options) as file:
        faults, good = [], 0
        with file.rejects() as rejects:
            for one in file.records():
                if isinstance(one, Fault):
                    rejects.add(one)
                    faults.append(one)
                else:
                    good += 1
    assert rejects.count == len(faults)
    return good, faults, rejects.path


def regular_rows(path: Path, delimiter: str | None = None) -> list[list[str]]:
    """All rows of a file that every program reads alike: no broken quote, and as many cells in each."""
    text = path.read_bytes().decode()
    if delimiter is None:
        delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert len({len(row) for row in rows}) == 1
    return rows


def test_rejects_stand_beside_the_file_with_header_dialect_line_and_error(tmp_path):
    (tmp_path / "people.csv").write_bytes(DIRTY)
    good, faults, path = run(tmp_path / "people.csv")
    assert (good, path) == (2, tmp_path / "people.rejects.csv")
    assert [fault.line for fault in faults] == [3, 5, 6, 7, 8]
    rows = regular_rows(path)
    assert rows[0] == ["name", "email", "notes", "line", "error"]
    assert rows[1][:4] == ["Bob", "bob at example", 'he said "hi"\nand; left', "3"]
    assert rows[1][4].startswith("email: 'bob at example'")
    assert rows[2] == ["Cem", "cem@example.com", "", "5", "2 of 3 columns"]
    assert rows[3] == ['"Dan', "dan@example.com", "x", "6", "name: a quote is opened here and not closed"]
    assert rows[4][:4] == ['"Eve"x', "eve@example.com", "x", "7"]
    assert rows[5] == ["Fay", "fay@example.com", "x;y", "8", "4 of 3 columns"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(found.name for found in tmp_path.iterdir()) == ["people.csv", "people.rejects.csv"]


def test_rejects_imported_unchanged_are_rejected_again(tmp_path):
    (tmp_path / "people.csv").write_bytes(DIRTY)
    _, faults, path = run(tmp_path / "people.csv")
    good, again, second = run(path)
    assert (good, len(again)) == (0, len(faults))
    assert [row[:4] for row in regular_rows(second)] == [row[:4] for row in regular_rows(path)]
    assert [fault.message for fault in run(second)[1]] == [fault.message for fault in again]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_rejects_end_their_lines_as_the_file_does(tmp_path, end):
    (tmp_path / "people.csv").write_bytes(DIRTY.replace(b"\n", end))
    path = run(tmp_path / "people.csv")[2]
    assert path.read_bytes().count(b"\r") == (DIRTY.count(b"\n") - 2 if end == b"\r\n" else 0)
    assert len(regular_rows(path)) == 6


def test_a_cell_of_a_workbook_that_said_nothing_is_rejected_until_it_is_filled(tmp_path):
    sheet = [
        ["Name", "Email", "Notes"],
        ["Ann", "ann@x.example", "<c><f>1+1</f></c>"],
        ["Bo", "bo@x.example", '<c t="e"><v>#N/A</v></c>'],
        ["Cy", '<c t="s"><v>7</v></c>', "x"],
    ]
    (tmp_path / "p.xlsx").write_bytes(workbook(sheet))
    path = run(tmp_path / "p.xlsx")[2]
    good, faults, path = run(path)
    assert (good, len(faults)) == (0, 3)
    first, *rows = path.read_text("utf-8-sig").splitlines()
    rows[0] = rows[0].replace("ann@x.example,,", "ann@x.example,2,")
    rows[1] = rows[1].replace("#N/A,", ",", 1)
    path.write_text("\n".join([first, *rows]), encoding="utf-8-sig")
    good, faults, _ = run(path)
    assert (good, [one.line for one in faults]) == (2, [4])


def test_an_emptied_error_cell_says_that_a_row_is_right_as_it_stands(tmp_path):
    path = tmp_path / "a.rejects.csv"
    path.write_bytes(
        b'name,email,notes,line,error\nCem,cem@x.com,,5,\nFay,fay@x.com,"x,y",8,\n"""Dan",,z,9,\n'
    )
    good, faults, _ = run(path)
    assert (good, faults) == (3, [])


def test_a_row_of_rejects_that_is_broken_anew_keeps_its_text_and_its_columns(tmp_path):
    path = tmp_path / "a.rejects.csv"
    path.write_bytes(
        b'name,email,line,error\nAnn,"a"b@x.com,7,"email: no, not this"\nBo,bo@x.com,8,email: x,more\nCy,9\n'
    )
    good, _, second = run(path)
    assert good == 0
    assert [row[:3] for row in regular_rows(second)[1:]] == [
        ["Ann", '"a"b@x.com', "7"],
        ["Bo", "bo@x.com,more", "8"],
        ["Cy", "9", "4"],
    ]


def test_correcting_the_rejects_and_importing_them_is_the_whole_repair(tmp_path):
    (tmp_path / "people.csv").write_bytes(DIRTY)
    _, _, path = run(tmp_path / "people.csv")
    text = path.read_bytes().decode()
    for wrong, right in (
        ("bob at example;", "bob@example.com;"),
        ("cem@example.com;;", "cem@example.com;tea;"),
        ('"""Dan"', "Dan"),
        ('"""Eve""x"', "Eve"),
        ('"x;y"', "x y"),
    ):
        text = text.replace(wrong, right, 1)
    path.write_bytes(text.encode())
    contacts, faults = read_contacts(path.read_bytes())
    assert not faults
    assert [contact.name for contact in contacts] == ["Bob", "Cem", "Dan", "Eve", "Fay"]
    assert [contact.email_keys[0].partition("@")[0] for contact in contacts] == [
        "bob",
        "cem",
        "dan",
        "eve",
        "fay",
    ]
    assert contacts[0].notes == 'he said "hi"\nand; left'
    assert not any(contact.extra for contact in contacts)


def test_undecodable_bytes_go_out_as_they_came_in(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name,email\n" + b"Ann,a@x.com\n" * 50 + b"M\xfcller,m@x.com\n")
    _, _, path = run(tmp_path / "a.csv")
    assert b"\nM\xfcller,m@x.com,52," in path.read_bytes()


@pytest.mark.parametrize(
    ("codec", "mark"), [("utf-8", b""), ("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xef\xbb\xbf")]
)
def test_the_rejects_carry_a_mark_when_the_file_did(tmp_path, codec, mark):
    (tmp_path / "a.csv").write_bytes("name,email\nJörg,nowhere\n".encode(codec))
    _, _, path = run(tmp_path / "a.csv")
    assert path.read_bytes().startswith(mark + "name,email,line,error\nJörg,nowhere,2,".encode())


def test_without_rejects_there_is_no_file(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name\nAnn\n")
    run(tmp_path / "a.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_an_import_that_fails_leaves_the_older_rejects_alone(tmp_path):
    source, older = tmp_path / "a.csv", tmp_path / "a.rejects.csv"
    source.write_bytes(b"name,email\nAnn,nowhere\n")
    older.write_text("older")
    with open_contacts(source) as file:
        rejects = file.rejects()
        rejects.add(next(iter(file.records())))
        rejects.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert older.read_text() == "older"
    assert len(list(tmp_path.iterdir())) == 2


def test_rejects_that_cannot_be_written_are_told(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name,email\nAnn,nowhere\n")
    with open_contacts(tmp_path / "a.csv") as file:
        rejects = file.rejects(tmp_path / "none" / "r.csv")
        with pytest.raises(RejectsFileError, match="--rejects"):
            rejects.add(next(iter(file.records())))


def test_the_file_that_is_imported_is_never_overwritten(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name\nAnn\n")
    with open_contacts(tmp_path / "a.csv") as file, pytest.raises(RejectsFileError, match="is imported"):
        file.rejects(tmp_path / "." / "a.csv")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("d/a.csv", "d/a.rejects.csv"),
        ("a.csv.gz", "a.rejects.csv"),
        ("a", "a.rejects.csv"),
        (None, "stdin.rejects.csv"),
    ],
)
def test_where_rejects_go_by_default(source, target):
    assert default_rejects_path(Path(source) if source else None) == Path(target)


cell = st.text(alphabet=st.sampled_from('ab @.,;"\n\r\t='), max_size=8)


@given(st.lists(st.lists(cell, min_size=1, max_size=4), max_size=12), st.sampled_from(",;\t"))
def test_no_rejected_text_is_lost_and_rejects_stay_rejected_until_they_are_corrected(
    tmp_path_factory, rows, delimiter
):
    folder = tmp_path_factory.mktemp("rejects")
    header = delimiter.join(("name", "email", "notes"))
    text = header + "\n" + "".join(delimiter.join(row) + "\n" for row in rows)
    (folder / "a.csv").write_text(text, encoding="utf-8", newline="")
    _, faults, path = run(folder / "a.csv")
    if not faults:
        return
    written = regular_rows(path, delimiter)[1:]
    for fault, row in zip(faults, written, strict=True):
        told = fault.raw if fault.cells is None else delimiter.join(fault.cells)
        assert delimiter.join(row[:3]).rstrip(delimiter) == told.rstrip(delimiter)
    good, again, _ = run(path)
    assert (good, [fault.cells[:3] for fault in again]) == (0, [row[:3] for row in written])


def test_rejects_that_say_the_same_need_no_second_file(tmp_path):
    (tmp_path / "a.csv").write_bytes(DIRTY)
    first, second = run(tmp_path / "a.csv")[2], run(tmp_path / "a.csv")[2]
    assert first == second
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_that_is_there_is_never_lost_to_rejects(tmp_path):
    (tmp_path / "a.csv").write_bytes(DIRTY)
    (tmp_path / "a.rejects.csv").write_text("mine")
    (tmp_path / "a.rejects-2.csv").symlink_to(tmp_path / "nowhere")
    path = run(tmp_path / "a.csv")[2]
    assert path.name == "a.rejects-3.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "a.rejects.csv").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 4
