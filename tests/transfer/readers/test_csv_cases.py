"""The hostile tables of the corpus, C01 to C42, each by the door a user takes: a file, an import, and what is there then."""

import gzip
import json
import os
from pathlib import Path

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import UNSAFE, line, spreadsheet_guard, spreadsheet_unguard
from agentdesk.transfer import refusals
from agentdesk.transfer.readers.csv_reader import MAX_FIELD
from agentdesk.transfer.result import ImportResult
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import parse_map
from tests.transfer.stock import bring_in, counts, customers
from tests.transfer.tickets.ticket_maps import SMALL_LOG

H = b"name,email,city\n"
ANN = b"Ann,ann@example.com,Ulm\n"


class Door:
    """Brings tables into one desk."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.path = folder / "people.csv"
        self.result: ImportResult | None = None

    def take(self, data: bytes | str, **options) -> tuple[int, int]:
        """Import a table, first as a dry run, which has to say the same; how many came and how many were rejected."""
        self.path.write_bytes(data.encode() if isinstance(data, str) else data)
        rehearsed = counts(bring_in(self.desk, self.path, dry_run=True, **options))
        self.result = bring_in(self.desk, self.path, **options)
        assert counts(self.result) == rehearsed
        created, _, _, _, rejected = rehearsed
        return created, rejected

    def refuse(self, data: bytes | str, error: type[refusals.FileRefusedError], **options) -> str:
        """Import a table that is refused; the sentence. Nothing is there then."""
        self.path.write_bytes(data.encode() if isinstance(data, str) else data)
        with pytest.raises(error) as caught:
            bring_in(self.desk, self.path, **options)
        told = str(caught.value)
        assert customers(self.desk) == []
        assert "\n" not in told
        return told

    @property
    def people(self) -> list[dict]:
        return customers(self.desk)

    @property
    def reasons(self) -> list[str]:
        """Why rows were rejected."""
        assert self.result
        return list(self.result.reasons)

    @property
    def notes(self) -> str:
        assert self.result
        return " ".join(self.result.notes)


@pytest.fixture
def door(sqlite_desk: Desk, tmp_path: Path) -> Door:
    return Door(sqlite_desk, tmp_path)


def is_ann(door: Door) -> bool:
    [one] = door.people
    return (one["name"], one["email"], one["extra"]) == ("Ann", "ann@example.com", {"city": "Ulm"})


def test_c01_a_byte_order_mark_is_no_part_of_the_first_name(door):
    assert door.take(b"\xef\xbb\xbf" + H + ANN) == (1, 0)
    assert is_ann(door)


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_c02_utf16_is_told_by_its_mark_and_noted(door, mark, codec):
    assert door.take(mark + (H + ANN).decode().encode(codec)) == (1, 0)
    assert is_ann(door)
    assert "Read as utf-16." in door.notes


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_c03_utf16_without_a_mark_is_refused_with_its_name(door, codec):
    data = (H + ANN).decode().encode(codec)
    assert f"--encoding {codec}" in door.refuse(data, refusals.WideTextError)
    assert door.take(data, encoding=codec) == (1, 0)
    assert is_ann(door)


def test_c04_a_code_page_is_refused_with_offset_and_line_until_it_is_named(door):
    data = H + "Müller €,m@example.com,Köln\n".encode("cp1252")
    told = door.refuse(data, refusals.EncodingRefusedError)
    assert "(byte offset 17, line 2). It looks like cp1252: repeat with --encoding cp1252" in told
    assert door.take(data, encoding="cp1252") == (1, 0)
    assert door.people[0]["name"] == "Müller €"
    assert "Read as cp1252." in door.notes


def test_c04_a_guess_is_taken_where_it_is_asked_for_and_never_silently(door):
    assert door.take(H + "Müller €,m@example.com,Köln\n".encode("cp1252"), encoding="auto") == (1, 0)
    assert door.people[0]["extra"] == {"city": "Köln"}
    assert (
        "Guessed: read as cp1252, which fits well. Check the names: line 2 reads: Müller €,m@" in door.notes
    )


def test_c05_shift_jis_is_refused_until_it_is_named(door):
    data = "名前,メール,city\n山田太郎,y@example.jp,東京\n".encode("shift_jis")
    assert "--encoding cp932" in door.refuse(data, refusals.EncodingRefusedError)
    data = data.replace("名前,メール".encode("shift_jis"), b"name,email")
    assert "--encoding cp932" in door.refuse(data, refusals.EncodingRefusedError)
    assert door.take(data, encoding="shift_jis") == (1, 0)
    assert door.people[0]["name"] == "山田太郎"


def test_c06_a_line_in_another_encoding_costs_that_row_and_keeps_its_bytes(door):
    good = b"".join(b"P%d,p%d@example.com,Ulm\n" % (n, n) for n in range(700))
    assert door.take(H + good + "Müller,m@example.com,Köln\n".encode("cp1252") + ANN) == (701, 1)
    assert door.reasons[0].startswith("line 702: name: 'M\ufffdller' cannot be read as utf-8")
    assert "Müller,m@example.com,Köln".encode("cp1252") in Path(door.result.rejects_file).read_bytes()


def test_c07_a_nul_rejects_its_row(door):
    assert door.take(H + b"A\0nn,a@example.com,Ulm\n" + ANN) == (1, 1)
    assert door.reasons == ["line 2: name: 'A\\x00nn' holds a NUL character"]


def test_c08_an_unclosed_quote_is_blamed_on_its_line_and_swallows_nothing(door):
    tail = b"".join(b"P%d,p%d@example.com,Ulm\n" % (n, n) for n in range(3000))
    assert door.take(H + b'2,"Bob,b@example.com\n' + tail) == (3000, 1)
    assert door.reasons == ["line 2: email: a quote is opened here and not closed"]


def test_c09_text_after_a_closing_quote_rejects_its_row(door):
    assert door.take(H + b'"Ann"junk,a@b.cd,Ulm\n' + ANN) == (1, 1)
    assert "text after a closing quote" in door.reasons[0]


def test_c10_a_quote_inside_a_cell_is_a_quote(door):
    assert door.take(H + b'Ann "X" Lee,a@example.com,5" pipe\n') == (1, 0)
    assert (door.people[0]["name"], door.people[0]["extra"]) == ('Ann "X" Lee', {"city": '5" pipe'})


@pytest.mark.parametrize(
    ("row", "told"),
    [(b"Bo,b@example.com\n", "2 of 3 columns"), (b"Bo,b@example.com,Ulm,,x\n", "5 of 3 columns")],
)
def test_c11_c12_a_short_and_a_long_row_are_rejected_with_both_numbers(door, row, told):
    assert door.take(H + ANN + row) == (1, 1)
    assert door.reasons == [f"line 3: {told}"]


def test_c13_a_header_named_twice_refuses_the_file_and_names_both_places(door):
    told = door.refuse(b"name,Email,city, email \nAnn,a@x.com,Ulm,b@x.com\n", refusals.RepeatedHeaderError)
    assert "columns 2 and 4 are both named 'email'" in told


def test_c14_a_column_without_a_name_is_fine_while_it_is_empty(door):
    assert door.take(b"name,,city\nAnn,,Ulm\nBo,x,Ulm\n") == (1, 1)
    assert door.reasons == ["line 3: column 2: 'x' has a value, but the column has no name"]


def test_c15_spaces_and_case_in_a_header_do_not_matter(door):
    assert door.take("\u00a0NAME ,E-Mail,  city\n".encode() + ANN) == (1, 0)
    assert is_ann(door)


def test_c16_unknown_columns_are_listed_and_kept(door):
    assert door.take(b"name,Shoe size,Pet\nAnn,38,cat\n") == (1, 0)
    assert door.people[0]["extra"] == {"Shoe size": "38", "Pet": "cat"}
    assert "Kept as extra fields: Shoe size, Pet." in door.notes


def test_c17_a_table_without_people_is_refused_before_anything_is_written(door):
    told = door.refuse(b"colour,shape\nred,round\n", refusals.MissingColumnsError)
    assert "It has 'colour', 'shape'. Accepted headers are, for example, Name, First Name" in told


def test_c18_a_header_alone_is_a_table_of_no_rows(door):
    assert door.take(H) == (0, 0)
    assert door.result.as_json()["rows"] == 0


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"\n \r\n"], ids=["C19 empty", "C20 a mark alone", "blank lines"]
)
def test_c19_c20_a_file_of_nothing_is_refused(door, data):
    assert "is empty: a header row" in door.refuse(data, refusals.EmptyFileError)


@pytest.mark.parametrize("delimiter", [b";", b"\t", b"|"], ids=["C21 semicolon", "C22 tab", "pipe"])
def test_c21_c22_other_delimiters_are_found(door, delimiter):
    assert door.take((H + ANN).replace(b",", delimiter)) == (1, 0)
    assert is_ann(door)


def test_c23_a_first_line_may_name_the_delimiter(door):
    assert door.take(b"sep=;\r\nname;email;city\r\nAnn;ann@example.com;Ulm\r\n") == (1, 0)
    assert is_ann(door)


@pytest.mark.parametrize(
    "data",
    [(H + ANN).replace(b"\n", b"\r"), H.replace(b"\n", b"\r\n") + ANN, H + ANN.replace(b"\n", b"\r")],
    ids=["C24 CR", "C25 CRLF and LF", "C25 LF and CR"],
)
def test_c24_c25_every_line_end_is_one(door, data):
    assert door.take(data) == (1, 0)
    assert is_ann(door)


@pytest.mark.parametrize("tail", [b"\x1a", b"\x1a\r\n"])
def test_c26_a_final_ctrl_z_is_ignored_and_noted(door, tail):
    assert door.take(H + ANN + tail) == (1, 0)
    assert is_ann(door)
    if tail == b"\x1a":
        assert "(Ctrl-Z)" in door.notes


def test_c27_a_line_end_in_quotes_does_not_shift_the_numbers_of_lines(door):
    assert door.take(H + b'"Ann",ann@example.com,"Ulm\r\n(old)"\nBo,bad@@x,Rom\n') == (1, 1)
    assert door.people[0]["extra"] == {"city": "Ulm\r\n(old)"}
    assert door.reasons[0].startswith("line 4: email: 'bad@@x'")


def test_c28_a_cell_of_a_megabyte_is_read_and_a_longer_one_costs_its_row(door):
    big = b"x" * MAX_FIELD
    assert door.take(b"name,notes\nAnn," + big + b"\nBo,y" + big + b"\nCy,z\n") == (2, 1)
    assert [len(one["notes"]) for one in door.people] == [MAX_FIELD, 1]
    assert door.reasons == ["line 3: a cell is longer than 1,048,576 characters"]


def test_c29_ten_thousand_columns_are_refused(door):
    data = ("name," + ",".join(map(str, range(9_999)))).encode()
    assert "has 10,000 columns; at most 1,000 are read" in door.refuse(data, refusals.TooManyColumnsError)


def test_c30_one_endless_line_is_refused(door):
    assert "line 2: no line end" in door.refuse(b"name\n" + b"x" * 10_400_000, refusals.LineTooLongError)


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+SUM(1)", "-5", "@x", "=1\t", "\uff1d1"])
def test_c31_a_formula_is_stored_as_it_is_and_comes_back_through_a_guarded_table(door, text):
    for written in (text, spreadsheet_guard(text)):
        door.take(f'id,name,notes\nC-1,Ann,"{written}"\n')
        assert door.people[0]["notes"] == text.strip()
    assert spreadsheet_unguard(spreadsheet_guard(text)) == text


@pytest.mark.parametrize("text", ["A\x1b[31mnn", "\x1b]52;c;aGk=\x07Ann", "A\x9b5nn", "A\u202enn"])
def test_c32_a_name_that_would_steer_a_terminal_is_kept_and_shown_without_its_power(door, text):
    assert door.take(f"id,name\nC-1,{text}\n") == (1, 0)
    assert door.people[0]["name"] == text
    assert not UNSAFE.intersection(line(door.people[0]["name"]))


@pytest.mark.parametrize("text", ["[red]", "[/]", "[@click=app.quit]", ":smile:"])
def test_c33_markup_is_text(door, text):
    assert door.take(f"name,notes\n{text},{text}\n") == (1, 0)
    assert (door.people[0]["name"], door.people[0]["notes"]) == (text, text)


@pytest.mark.parametrize("text", ["👩‍👩‍👧", "🇩🇪🇫🇷", "Z" + "\u0335" * 50, "﷽", "山田太郎", "مرحبا שלום"])
def test_c34_every_script_is_stored_equal(door, text):
    assert door.take(f"id,name,notes\nC-1,{text},{text}\n") == (1, 0)
    assert (door.people[0]["name"], door.people[0]["notes"]) == (text, text)


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("ann@example.com", True),
        ("a@b", False),
        ("a@@b", False),
        ("a b@c", False),
        ('"x y"@c', False),
        ("x" * 300 + "@example.com", False),
        ("j\u00f6rg@m\u00fcller.example", True),
        ("a@b.c\r\nBcc: x@y.zz", False),
        ("a@b\u3002com", True),
    ],
)
def test_c35_an_address_that_is_none_costs_its_row(door, address, is_taken):
    cell = '"' + address.replace('"', '""') + '"'
    assert door.take(f"name,email\nAnn,{cell}\n") == ((1, 0) if is_taken else (0, 1))
    assert is_taken or door.reasons[0].startswith("line 2: email: ")


def test_c36_one_customer_in_other_case_or_form_is_a_duplicate_and_dots_are_not(door):
    rows = "Ann,Ann@Example.com\nANN,ann@EXAMPLE.COM\nZoe\u0308,zoe\u0308@example.com\nZo\u00eb,zo\u00eb@example.com\n"
    door.take(f"name,email\n{rows}Ann,a.nn@example.com\n")
    assert counts(door.result) == (3, 0, 0, 2, 0)


@pytest.mark.parametrize("text", ["007", "1e5", "9223372036854775808", "-1", "\uff11\uff12"])
def test_c37_an_id_is_text(door, text):
    assert door.take(f"id,name\n{text},Ann\n") == (1, 0)
    assert door.people[0]["external_id"] == text


LOG_HEAD = "id,opened,changed,state,title,prio,team,owner,who,actor,seen,parent\n"
LOG_ROW = "{id},2026-01-05 09:00,{changed},{state},Printer,{prio},,,Ann Lee,Ann,1,{parent}\n"


def log_row(**told: str) -> str:
    usual = {"id": "A", "changed": "2026-01-05 09:00", "state": "Fresh", "prio": "P3", "parent": ""}
    return LOG_ROW.format(**(usual | told))


def take_tickets(desk: Desk, path: Path, text: str, rules: str = SMALL_LOG) -> ImportResult:
    path.write_text(text, encoding="utf-8", newline="")
    return import_tickets(desk, TicketImport(path, parse_map(rules)))


def fault_of_ticket(desk: Desk, path: Path, text: str, rules: str = SMALL_LOG) -> str:
    result = take_tickets(desk, path, text, rules)
    assert (result.counts.created, result.counts.rejected) == (1, 1)
    return result.reasons[0]


@pytest.mark.parametrize(
    "text", ["03/04/2026", "2026-02-30", "0000-01-01", "44927", "1457000000000", "31.12.26"]
)
def test_c38_a_date_that_is_none_or_could_be_two_rejects_its_ticket_and_iso_is_read(
    sqlite_desk, tmp_path, text
):
    rows = log_row(changed=text) + log_row(id="B", changed="20260304")
    told = fault_of_ticket(sqlite_desk, tmp_path / "log.csv", LOG_HEAD + rows)
    assert told.startswith("line 2: changed: ")
    assert text in told


@pytest.mark.parametrize(
    "text", ["2026-03-01T24:00:00", "2026-03-29 02:30", "2026-10-25 02:30", "2026-03-01T10:00:00+25:00"]
)
def test_c39_a_time_that_is_none_or_happens_never_or_twice_rejects_its_ticket(sqlite_desk, tmp_path, text):
    rules = SMALL_LOG.replace("[file]", '[file]\nzone = "Europe/Berlin"')
    rows = log_row(changed=text) + log_row(id="B", changed="2026-12-31T23:59:60")
    told = fault_of_ticket(sqlite_desk, tmp_path / "log.csv", LOG_HEAD + rows, rules)
    assert told.startswith("line 2: changed: ")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"prio": "urgent!!"}, "prio: 'urgent!!'"),
        ({"prio": "99"}, "prio: '99'"),
        ({"state": "Lost"}, "state: 'Lost'"),
        ({"state": ""}, "state"),
    ],
)
def test_c40_a_word_of_no_meaning_rejects_its_ticket_and_says_where_to_give_it_one(
    sqlite_desk, tmp_path, told, words
):
    reason = fault_of_ticket(sqlite_desk, tmp_path / "log.csv", LOG_HEAD + log_row(**told) + log_row(id="B"))
    assert words in reason
    assert "[values." in reason


def test_c41_a_parent_that_is_missing_or_the_ticket_itself_is_kept_and_costs_no_row(sqlite_desk, tmp_path):
    text = LOG_HEAD + log_row(parent="A") + log_row(id="B", parent="no such")
    assert take_tickets(sqlite_desk, tmp_path / "log.csv", text).counts.created == 2
    with sqlite_desk.read() as read:
        extra = dict(read.tuples("SELECT external_id, extra FROM ticket"))
    assert {name: json.loads(kept)["parent"] for name, kept in extra.items()} == {"A": "A", "B": "no such"}


def test_c42_a_file_that_grows_while_it_is_read_is_refused_and_what_was_taken_is_told(door):
    door.path.write_bytes(H + b"".join(b"P%d,p%d@example.com,Ulm\n" % (n, n) for n in range(50_000)))

    def write_on(done: int, _total: int | None) -> None:
        if done < 50_000:
            with door.path.open("ab") as file:
                file.write(ANN)

    with pytest.raises(refusals.FileChangedError, match="changed while it was read"):
        bring_in(door.desk, door.path, write_on)
    with door.desk.read() as read:
        [(state, rows)] = read.tuples("SELECT state, created FROM import_batch")
    assert (state, rows) == ("interrupted", len(door.people))


def test_c42_what_is_no_file_of_ones_own_is_refused(door, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "shut").write_bytes(H)
    (tmp_path / "shut").chmod(0)
    told = {
        "pipe": "not a regular file",
        "loop": "symbolic links",
        ".": "it is a directory",
        "none": "no such file",
    }
    if os.geteuid():
        told["shut"] = "permission denied"
    for name, words in told.items():
        with pytest.raises(refusals.UnreadableFileError, match=words):
            bring_in(door.desk, tmp_path / name, rejects=tmp_path / "rejects.csv")


def test_c42_a_bomb_stops_at_a_hundred_times_its_size(door):
    data = gzip.compress(H + b"Ann,," + b"a" * 50_000_000)
    assert "100 times its size" in door.refuse(data, refusals.DecompressionRefusedError)


def test_each_case_of_the_corpus_has_its_test():
    numbers = {
        number
        for name in globals()
        for number in range(1, 43)
        if name.startswith("test_c") and f"c{number:02}_" in name
    }
    assert numbers == set(range(1, 43))
