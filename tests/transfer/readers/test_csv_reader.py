import csv
import io
import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agentdesk.domain.errors import AgentDeskError
from agentdesk.transfer import refusals
from agentdesk.transfer.readers.csv_reader import MAX_FIELD, Table
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.rows import Fault
from tests.transfer.tables import SHARED, open_table, read_table

H = b"name,email,city\n"
ANN = b"Ann,ann@example.com,Ulm\n"
ANN_CELLS = ["Ann", "ann@example.com", "Ulm"]


def outcome(data: bytes, **options) -> list:
    """Line and cells of each row, line and message of each fault."""
    return [
        (one.line, one.message) if isinstance(one, Fault) else (one.line, one.cells)
        for one in open_table(data, **options).rows()
    ]


ACCEPTED = {
    "C01 a mark": b"\xef\xbb\xbf" + H + ANN,
    "C02 UTF-16 LE with a mark": b"\xff\xfe" + (H + ANN).decode().encode("utf-16-le"),
    "C02 UTF-16 BE with a mark": b"\xfe\xff" + (H + ANN).decode().encode("utf-16-be"),
    "C15 no-break space, blanks and case in the header": "\u00a0Name ,E-MAIL,  city\n".encode() + ANN,
    "C21 semicolon": (H + ANN).replace(b",", b";"),
    "C22 tab": (H + ANN).replace(b",", b"\t"),
    "C22 pipe": (H + ANN).replace(b",", b"|"),
    "C24 CR alone": (H + ANN).replace(b"\n", b"\r"),
    "C25 mixed line ends": H.replace(b"\n", b"\r\n") + ANN,
    "C26 a final Ctrl-Z": H + ANN + b"\x1a",
    "C26 a final Ctrl-Z on a line": H + ANN + b"\x1a\r\n",
    "no line end at the end": H + ANN.rstrip(),
    "blank lines at the end": H + ANN + b"\n  \n\t\n",
    "a comma after each row": H.replace(b"\n", b",\n") + ANN.replace(b"\n", b",\n"),
    "a comma after the header only": H.replace(b"\n", b",\n") + ANN,
    "empty cells beyond the header": H + ANN.replace(b"\n", b",,,\n"),
    "blanks before quotes": b'"name", "email", "city"\n"Ann", "ann@example.com", "Ulm"\n',
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED)
def test_one_plain_table_in_many_dresses(data):
    table = open_table(data)
    [row] = table.rows()
    assert (row.line, [cell for cell in row.cells if cell]) == (2, ANN_CELLS)
    assert [key.replace("-", "") for key in table.header.keys if key] == ["name", "email", "city"]


ROWS = {
    "C06 a line in another encoding": (
        H + ANN * 99 + b"M\xfcller,m@example.com,Ulm\n" + ANN,
        (101, "name: 'M\ufffdller' cannot be read as utf-8 (byte 0xFC); correct it or name the --encoding"),
    ),
    "C07 NUL": (H + b"A\0nn,a@example.com,Ulm\n", (2, "name: 'A\\x00nn' holds a NUL character")),
    "C09 junk after a quote": (
        H + b'"Ann"junk,a@b.cd,Ulm\n',
        (2, "'\"Ann\"junk,a@b.cd,Ulm' has text after a closing quote"),
    ),
    "C10 a quote inside": (H + b'Ann "X" Lee,a"b,5" pipe\n', (2, ['Ann "X" Lee', 'a"b', '5" pipe'])),
    "C11 short": (H + b"Ann,a@example.com\n", (2, "2 of 3 columns")),
    "C12 long": (H + b"Ann,a@example.com,Ulm,,x\n", (2, "5 of 3 columns")),
    "C14 a value under no name": (
        b"name,,city\nAnn,x,Ulm\n",
        (2, "column 2: 'x' has a value, but the column has no name"),
    ),
    "C14 nothing under no name": (b"name,,city\nAnn,,Ulm\n", (2, ["Ann", "", "Ulm"])),
    "C27 a line end in quotes": (H + b'"A\r\nnn",a,"b\nc"\n', (2, ["A\r\nnn", "a", "b\nc"])),
    "C31 formulas": (H + b"=cmd|'/c calc'!A1,+SUM(1),\t@x\n", (2, ["=cmd|'/c calc'!A1", "+SUM(1)", "\t@x"])),
    "C34 scripts": (H + "👩‍👩‍👧,﷽,e\u0301\n".encode(), (2, ["👩‍👩‍👧", "﷽", "e\u0301"])),
    "C37 numbers stay text": (H + "007,1e5,１２\n".encode(), (2, ["007", "1e5", "１２"])),
}


@pytest.mark.parametrize(("data", "expected"), ROWS.values(), ids=ROWS)
def test_what_becomes_of_one_row(data, expected):
    assert expected in outcome(data)


def test_c05_another_encoding_works_when_it_is_named():
    data = "名前,市\n山田,東京\n".encode("shift_jis")
    with pytest.raises(refusals.EncodingRefusedError):
        open_table(data)
    assert outcome(data, encoding="shift_jis") == [(2, ["山田", "東京"])]


def test_c06_the_bytes_of_an_undecodable_row_are_kept():
    _, [fault] = read_table(H + ANN * 50 + b"M\xfcller,m@example.com,Ulm\n")
    assert fault.cells[0].encode(errors="surrogateescape") == b"M\xfcller"


@pytest.mark.parametrize(
    "tail",
    [ANN * 3, ANN + b'"Bob, Jr",b@example.com,Rom\n' + ANN, b"", ANN * 60_000],
    ids=["rows", "a quoted row", "the end", "many rows"],
)
def test_c08_an_unclosed_quote_costs_its_own_line_only(tail):
    rows, [fault] = read_table(H + ANN + b'2,"Bob,b@example.com\n' + tail)
    assert (fault.line, fault.column, fault.raw) == (3, "email", '2,"Bob,b@example.com')
    assert "opened here and not closed" in fault.message
    assert [row.line for row in rows] == [2, *range(4, 4 + tail.count(b"\n"))]


def test_an_unclosed_quote_that_a_later_inch_sign_closes_hides_no_row():
    rows, [fault] = read_table(H + b'2,"Bob,b\n' + ANN + b'4,Al,size 5"\n' + ANN)
    assert fault.line == 2
    assert [row.line for row in rows] == [3, 4, 5]


def test_a_short_row_of_several_lines_is_one_fault():
    rows, [fault] = read_table(H + b'"Bob\n(the elder)",b@example.com\n' + ANN)
    assert (fault.line, fault.cells, fault.reason) == (
        2,
        ["Bob\n(the elder)", "b@example.com"],
        "2 of 3 columns",
    )
    assert [row.line for row in rows] == [4]


def test_a_quoted_row_after_an_unclosed_quote_is_not_lost():
    rows, [fault] = read_table(H + b'"Bob,b\n"Al",a,"Ulm"\n')
    assert (fault.line, [row.line for row in rows]) == (2, [3])


def test_junk_after_a_quote_of_several_lines_is_one_fault():
    rows, [fault] = read_table(H + b'"Bob\n(the elder)"junk,b@example.com,Rom\n' + ANN)
    assert (fault.line, fault.raw) == (2, '"Bob\n(the elder)"junk,b@example.com,Rom')
    assert [row.line for row in rows] == [4]


def test_a_file_of_unclosed_quotes_is_read_in_bounded_time():
    # Each line opens a quote, and inside the quote of the line before it says nothing wrong.
    bad = b'x","y\n'
    rows, faults = read_table(b"name,email\n" + bad * 20_000)
    assert len(rows) + len(faults) == 20_000
    assert not rows


def test_c28_a_cell_up_to_the_cap_is_read_and_one_beyond_costs_its_row():
    big = b"x" * MAX_FIELD
    rows, [fault] = read_table(H + big + b",a,b\n" + b"y" + big + b",a,b\n" + ANN)
    assert [(row.line, len(row.cells[0])) for row in rows] == [(2, MAX_FIELD), (4, 3)]
    assert (fault.line, fault.message) == (3, "a cell is longer than 1,048,576 characters")


def test_a_quoted_cell_of_a_megabyte_and_many_lines_is_read():
    big = b"0123456789\n" * 90_000
    rows, faults = read_table(H + b'"' + big + b'",a,b\n' + ANN)
    assert not faults
    assert [(row.line, len(row.cells[0])) for row in rows] == [(2, len(big)), (90_003, 3)]


REFUSED = {
    "C13 a name twice": (b"name,Email,city, email \n", refusals.RepeatedHeaderError, "columns 2 and 4"),
    "C19 empty": (b"", refusals.EmptyFileError, "empty"),
    "C20 a mark alone": (b"\xef\xbb\xbf", refusals.EmptyFileError, "empty"),
    "blank lines alone": (b"\n  \r\n\n", refusals.EmptyFileError, "empty"),
    "sep alone": (b"sep=;\n", refusals.EmptyFileError, "empty"),
    "C29 too many columns": (
        ",".join(map(str, range(10_000))).encode(),
        refusals.TooManyColumnsError,
        "10,000",
    ),
    "C30 one endless line": (b"name\n" + b"x" * 10_400_000, refusals.LineTooLongError, "line 2"),
    "C30 one endless header": (b"x" * 10_400_000, refusals.LineTooLongError, "line 1"),
    "an unclosed quote in the header": (b'name,"email\nAnn,a\n', refusals.BrokenHeaderError, "line 1"),
    "junk in the header": (b'"name"x,email\nAnn,a\n', refusals.BrokenHeaderError, "line 1"),
    "NUL in the header": (b"na\0me,email\nAnn,a\n", refusals.BrokenHeaderError, "line 1"),
}


@pytest.mark.parametrize(("data", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_refused_names_place_and_reason(data, error, words):
    with pytest.raises(error, match=re.escape(words)):
        read_table(data)


def test_c18_a_header_alone_is_a_table_without_rows():
    assert read_table(H) == ([], [])


def test_a_repeated_name_is_taken_where_the_format_allows_it():
    assert outcome(b"name,phone,Phone\nAnn,1,2\n", repeated=frozenset({"phone"})) == [(2, ["Ann", "1", "2"])]


def test_c23_sep_names_the_delimiter():
    assert outcome(b"sep=;\r\nname, first;email\r\nAnn;a,b\r\n") == [(3, ["Ann", "a,b"])]


def test_the_caller_names_the_delimiter():
    assert outcome(b"name^email\nAnn^a\n", delimiter="^") == [(2, ["Ann", "a"])]


def test_blank_lines_before_the_header_count_as_lines():
    assert outcome(b"\n\n" + H + ANN) == [(4, ANN_CELLS)]


def test_a_header_may_span_lines():
    table = open_table(b'"full\nname",email\nAnn,a\n')
    assert table.header.keys == ("full name", "email")
    assert [row.line for row in table.rows()] == [3]


def test_neither_an_empty_quoted_cell_nor_a_blank_line_is_a_row():
    assert outcome(b'name\n""\n\n   \nAnn\n') == [(5, ["Ann"])]


@pytest.mark.parametrize("blank", [b",,", b" ,\t, ", b'"","",""', b",", b",,,,", b'"\n",,', b"\xc2\xa0,,"])
def test_a_row_of_blank_cells_is_no_row_and_is_told(blank):
    table = open_table(b"name,email,city\nAnn,a@x.example,Ulm\n" + blank + b"\n,b@x.example,\n")
    rows = list(table.rows())
    assert [row.cells for row in rows] == [["Ann", "a@x.example", "Ulm"], ["", "b@x.example", ""]]
    assert rows[1].line == 4 + blank.count(b"\n")
    assert table.notes == ["1 blank row passed over."]


def test_a_row_of_tabs_alone_is_counted_and_a_blank_line_is_not():
    table = open_table(b"name\temail\n\t\n\nAnn\ta@x.example\n\t\n")
    assert [row.line for row in table.rows()] == [4]
    assert table.notes == ["2 blank rows passed over."]


def test_a_rejects_file_loses_its_two_columns():
    table = open_table(b"name,email,line,error\nAnn,a,7,because\n")
    assert table.header.names == ("name", "email")
    assert table.header.is_rejects


cells = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8)
tricky = st.text(alphabet=" a\"',;\t|\r\n\x1a\ufeff", max_size=6)


@given(
    rows=st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(cells | tricky, min_size=n, max_size=n), max_size=8)
    ),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_the_csv_module_writes_is_read_back_equal_with_the_lines_of_an_editor(
    rows, delimiter, quoting, encoding
):
    width = len(rows[0]) if rows else 1
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")
    writer.writerow([f"c{number}" for number in range(width)])
    expected = []
    for row in rows:
        line = len(re.findall("\r\n|\r|\n", buffer.getvalue())) + 1
        mark = buffer.tell()
        writer.writerow(row)
        written = buffer.getvalue()[mark:]
        assume(written.strip(" \t\r\n\x0b\x0c\x1a\xa0\ufeff"))  # a blank line is no row
        if any(map(str.strip, row)):  # nor is one of blank cells
            expected.append((line, row))
    # A Ctrl-Z at the very end would be the end-of-file mark.
    assume(not buffer.getvalue().endswith("\x1a"))
    assert outcome(buffer.getvalue().encode(encoding), delimiter=delimiter) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                b"a,b\n",
                b"a\n",
                b"a,b,c\n",
                b'"a,b\n',
                b'"a",b"\n',
                b'"a"x,b\n',
                b'a,"b\nc"\n',
                b'a,""\n',
                b'"\n',
                b'a,"b",c"\n',
            ]
        )
    )
)
def test_every_line_belongs_to_exactly_one_row_or_fault(lines):
    data = b"".join(lines)
    table = open_table(b"name,email\n" + data)
    found = sorted(table.rows(), key=lambda one: one.line)
    numbers = [one.line for one in found]
    assert len(set(numbers)) == len(numbers)
    assert numbers[:1] == [2] * bool(data) or "blank row" in str(table.notes)
    kept = "".join((getattr(one, "raw", None) or "") + ",".join(one.cells or []) for one in found)
    letters = re.sub(r"[^abcx]", "", data.decode())
    assert sorted(re.sub(r"[^abcx]", "", kept)) == sorted(letters)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_refusal(data):
    try:
        read_table(data)
        read_table(b"name,email\n" + data)
    except AgentDeskError:
        pass


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (SHARED / "csv_messy/csv-spectrum/csvs").glob("*.csv"))
)
def test_csv_spectrum_reads_as_its_answers_say(name):
    base = SHARED / "csv_messy/csv-spectrum"
    answers = json.loads((base / "json" / f"{name}.json").read_text(encoding="utf-8"))
    data = (base / "csvs" / f"{name}.csv").read_bytes()
    if name == "location_coordinates":
        pytest.skip("its answer disagrees with its table")
    table = open_table(data)
    assert [dict(zip(table.header.names, row.cells, strict=True)) for row in table.rows()] == answers


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_no_messy_file_of_other_projects_raises_anything_but_a_refusal():
    refused = []
    paths = sorted((SHARED / "csv_messy").rglob("*.csv"))
    for path in paths:
        try:
            with open_source(path) as source:
                assert all(one.line > 1 for one in Table(source).rows())
        except AgentDeskError as error:
            refused.append((path, str(error)))
    assert all(message.startswith(str(path)) for path, message in refused)
    assert len(refused) < len(paths) / 5


def test_a_byte_that_cannot_be_read_is_told_by_its_number_and_not_as_python_keeps_it():
    _, [fault] = read_table(b"name,city\n" + b"Ann,Ulm\n" * 50 + b"Bo,K\xf6ln\n")
    assert "byte 0xF6" in fault.message
    assert "\\udc" not in fault.message
