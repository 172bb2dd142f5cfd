"""Workbooks are read sheet by sheet as they stream in: what a person sees in a cell is what is taken, or it is told."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.readers.xlsx_parts import Look, look_of
from agentdesk.transfer.readers.xlsx_texts import Texts
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.rows import Fault, Row
from tests.transfer.tables import SHARED, read_contacts
from tests.transfer.test_rejects import run
from tests.transfer.workbooks import FORMATS, cell, workbook, zipped


def table(data: bytes, **options) -> AnyTable:
    return open_table(open_source("-", io.BytesIO(data)), **options)


def rows(data: bytes, **options) -> list[Row | Fault]:
    return list(table(data, **options).rows())


def value(xml_or_value, style: int = 0, **more) -> str | Fault:
    """The text of one cell under a header."""
    row = f"<row>{cell(xml_or_value, style=style)}{cell('x')}</row>"
    (found,) = rows(workbook([["a", "b"], row], **more))
    return found if isinstance(found, Fault) else found.cells[0]


def test_a_sheet_of_contacts_is_imported_like_a_table():
    data = workbook([["Name", "Email", "Phone"], ["Ann", "ann@x.example", "+49 30 1"], ["Bo", "bo at x", 30]])
    contacts, faults = read_contacts(data)
    assert [(one.line, one.name, one.emails, one.phones) for one in contacts] == [
        (2, "Ann", ("ann@x.example",), (("+49 30 1", ""),))
    ]
    assert [(one.line, one.column) for one in faults] == [(3, "Email")]


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        ("49301234567", 0, "49301234567"),
        ("4.9301234567E10", 0, "49301234567"),
        ("0.1000000000000000055", 0, "0.1"),
        ("4.9301234567891E+15", 0, "4930123456789100"),
        ("123.0", 0, "123"),
        ("1E+22", 0, "1e+22"),
        ("123", 6, "00123"),
        ("123456", 6, "123456"),
        ("12.5", 6, "12.5"),
        ("-7", 6, "-7"),
        ("49301234567", 7, "+49301234567"),
        ("4.9301234567E+10", 7, "+49301234567"),
        ("45292", 1, "2024-01-01"),
        ("45292.5", 1, "2024-01-01 12:00:00"),
        ("45292.25", 2, "2024-01-01 06:00:00"),
        ("45292.4458333333", 2, "2024-01-01 10:42:00"),
        ("45292.445833333331", 2, "2024-01-01 10:42:00"),
        ("46354.003453809745", 2, "2026-11-28 00:04:58.409162"),
        ("46354.003453809745", 1, "2026-11-28 00:04:58"),
        ("0.75", 3, "18:00:00"),
        ("1.5", 4, "36:00:00"),
        ("1", 1, "1900-01-01"),
        ("12.5", 5, "12.5"),
    ],
)
def test_a_number_is_what_its_cell_shows(number, style, text):
    assert value(f'<c s="{style}"><v>{number}</v></c>') == text


def test_days_count_from_1904_where_the_workbook_says_so():
    assert value(43830, 1, day='date1904="1"') == "2024-01-01"


def test_texts_of_every_kind_of_cell_are_taken():
    strings = ["Jörg", "<r><t>rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh>", "a_x000D_b"]
    assert value('<c t="s"><v>0</v></c>', strings=strings) == "Jörg"
    assert value('<c t="s"><v>1</v></c>', strings=strings) == "rich text"
    assert value('<c t="s"><v>2</v></c>', strings=strings) == "a\rb"
    assert value('<c t="b"><v>1</v></c>') == "true"
    assert value('<c t="d"><v>2024-01-01</v></c>') == "2024-01-01"
    assert value('<c t="str"><f>A1</f><v>sum</v></c>') == "sum"
    assert value("<c><f>1+1</f><v>2</v></c>") == "2"


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("<c><f>1+1</f></c>", "a: is a formula that was never computed; open the workbook"),
        ('<c t="e"><v>#N/A</v></c>', "a: '#N/A' is what a formula says that went wrong"),
        ('<c t="s"><v>7</v></c>', "a: '7' is a cell that cannot be read"),
        ("<c><v>12345678901234567890</v></c>", "a: '12345678901234567890' has more digits than a number"),
        ("<c><v>1.2345678901234567E+19</v></c>", "a: '1.2345678901234567E+19' has more digits than a number"),
        ('<c s="1"><v>1E300</v></c>', "a: '1E300' is a cell that cannot be read"),
        ('<c t="inlineStr"><is><t>a_x0000_b</t></is></c>', r"a: 'a\x00b' holds a NUL character"),
    ],
)
def test_a_cell_that_says_nothing_costs_its_row(xml, told):
    assert value(xml).message.startswith(told)


def test_all_cells_of_a_row_that_say_nothing_are_told_at_once_and_a_row_of_blanks_is_passed_over():
    error = '<c t="e"><v>#N/A</v></c>'
    opened = table(workbook([["a", "b"], [error, error], [" ", ""], ["x", "y"]]))
    fault, row = list(opened.rows())
    assert fault.message == (
        "a: '#N/A' is what a formula says that went wrong; b: '#N/A' is what a formula says that went wrong"
    )
    assert (row.line, "1 blank row passed over." in opened.notes) == (4, True)


def test_rows_and_cells_that_are_left_out_keep_the_others_in_their_places():
    sheet = ['<row r="3">' + cell("name", "B3") + cell("email", "D3") + cell("", "C3") + "</row>"]
    sheet += ['<row r="9">' + cell("a@x.example", "D9") + "</row>", '<row r="12"/>']
    found = rows(workbook(sheet))
    assert found == [Row(9, ["", "", "", "a@x.example"])]


def test_the_first_visible_sheet_with_a_row_is_read_unless_another_is_named():
    sheets = {"!Hidden": [["x"]], "Empty": [], "One": [["a"], ["1"]], "Two": [["b"], ["2"]]}
    data = workbook([], sheets=sheets)
    found = table(data)
    assert found.header.names == ("a",)
    assert found.notes == [
        "Read as the sheet 'One' of a workbook.",
        "The workbook also holds 'Empty', 'Two', not read: --member names the sheet to read.",
    ]
    assert table(data, member="two").header.names == ("b",)
    with pytest.raises(FileRefusedError, match=r"holds no 'three'. It holds 'Hidden', 'Empty', 'One', 'Two'"):
        table(data, member="three")
    with pytest.raises(FileRefusedError, match="is empty"):
        table(workbook([]))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}, "is broken"),
        (
            {"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'},
            "declares a document type",
        ),
        ({"xl/worksheets/sheet1.xml": '<w><row r="5"/><row r="4"/></w>'}, "row 4 does not follow row 5"),
        ({"xl/worksheets/sheet1.xml": '<w><row r="99999999"/></w>'}, "does not follow"),
        ({"xl/worksheets/sheet1.xml": '<w><row><c r="ZZZ1"/></row></w>'}, "wider than 16,384"),
        ({"xl/worksheets/sheet1.xml": "a" * 9_000_000}, "100 times its size"),
        ({"xl/workbook.bin": "x"}, "binary workbook"),
        ({"word/document.xml": "x"}, "Word document"),
        ({"mimetype": "x", "content.xml": "x"}, "OpenDocument"),
    ],
)
def test_a_broken_or_hostile_workbook_is_refused(parts, told):
    with pytest.raises(FileRefusedError, match=told):
        rows(workbook([["a"]], parts=parts))


def test_a_workbook_with_a_password_is_refused():
    with pytest.raises(FileRefusedError, match="one with a password"):
        table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_rejected_rows_become_csv_that_excel_opens_and_go_in_when_they_are_right(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(
        workbook(
            [
                ["Name", "Email"],
                ["Jörg", "j at x"],
                ["Bo", "bo@x.example"],
                ["Cy", '<c t="e"><v>#REF!</v></c>'],
            ]
        )
    )
    good, faults, rejects = run(path)
    assert (good, len(faults), rejects.name) == (1, 2, "people.rejects.csv")
    data = rejects.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfName,Email,line,error\r\n")
    assert [row[:3] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))][1:] == [
        ["Jörg", "j at x", "2"],
        ["Cy", "#REF!", "4"],
    ]
    rejects.write_bytes(data.replace(b"j at x", b"j@x.example").replace(b"#REF!", b"c@x.example"))
    assert run(rejects)[:2] == (2, [])


def test_shared_texts_beyond_what_is_held_come_from_a_file(monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.readers.xlsx_texts.HELD", 200)
    texts = Texts()
    many = [f"text {n} ü" for n in range(50)]
    for one in many:
        texts.add(one)
    assert [texts[n] for n in range(50)] == many
    with pytest.raises(IndexError):
        texts[50]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", (False, False, False)),
        ('"days" 0', (False, False, False)),
        ("[$-409]d\\-mmm\\-yy", (True, False, False)),
        ("mm/yy", (True, False, False)),
        ("mm:ss.0", (False, True, False)),
        ("[Red]0.00", (False, False, False)),
        ("[hh]:mm", (False, False, True)),
        (FORMATS[2], (True, True, False)),
        ("0000", (False, False, False, 4)),
        ("0000.0", (False, False, False)),
        ("\\+#;-#", (False, False, False, 0, "+")),
    ],
)
def test_a_format_tells_what_its_number_is(code, shown):
    assert look_of(code) == Look(*shown)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_the_workbook_of_the_survey_is_read():
    found = rows((SHARED / "survey/sfo_2018_data_dictionary.xlsx").read_bytes())
    faults = [one for one in found if isinstance(one, Fault)]
    assert (len(found), len(faults)) == (669, 549)
    assert {one.message for one in faults} == {"3 of 2 columns"}  # its third column has no name


CELLS = st.sampled_from(
    [
        *('<c t="s"><v>0</v></c>', '<c t="s"><v>-1</v></c>', "<c><v>x</v></c>", "<c><v>nan</v></c>"),
        *(
            '<c s="x"><v>1</v></c>',
            '<c s="1"><v>-5</v></c>',
            '<c s="3"><v>-5</v></c>',
            '<c r="B"><v>1</v></c>',
        ),
        *('<c t="?"><v>1</v></c>', '<c r="A1" t="b"><v/></c>', "<c><f/></c>", "<x/>", "plain", "", None, 7.5),
        *(
            "<c><v>inf</v></c>",
            '<c s="2"><v>1e99</v></c>',
            '<c s="-1"><v>1</v></c>',
            '<c s="1"><v>nan</v></c>',
        ),
    ]
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5))
def test_any_cells_become_rows_and_faults(body):
    data = workbook([["a", "b"], *body], strings=["shared"])
    found = rows(data)
    assert len({one.line for one in found}) == len(found) <= len(body)


@given(st.data())
def test_any_damage_to_a_workbook_ends_in_rows_or_one_refusal(data):
    whole = bytearray(workbook([["a", "b"], ["x", 1], ["y", 2]], strings=["shared"]))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        told = len(rows(bytes(whole)))
    except FileRefusedError as refusal:
        told = str(refusal)
    assert told != ""


def test_a_zip_archive_of_one_table_is_opened_and_of_several_asks_which():
    ann = b"name,email\nAnn,a@x.example\n"
    single = zipped({"__MACOSX/._a.csv": "x", "in/": "", "in/a.csv": ann, ".DS_Store": "y"})
    assert read_contacts(single)[0][0].name == "Ann"
    several = zipped({"a.csv": ann, "b.json": '[{"name": "Bo"}]', "c.xlsx": workbook([["name"], ["Cy"]])})
    with pytest.raises(
        FileRefusedError, match=r"holds 3 files: 'a.csv', 'b.json', 'c.xlsx'. Name one with --member"
    ):
        read_contacts(several)
    assert [read_contacts(several, member=name)[0][0].name for name in ("a.csv", "b.json", "c.xlsx")] == [
        "Ann",
        "Bo",
        "Cy",
    ]
    assert read_contacts(several, member="c.xlsx:people")[0][0].name == "Cy"
    with pytest.raises(FileRefusedError, match=r"holds no 'd.csv'"):
        read_contacts(several, member="d.csv")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped({}), "an empty zip archive"),
        (zipped({"a/": ""}), "it holds no file"),
        (zipped({"a.csv": b"name\n" + b"a" * 9_000_000}), "100 times its size"),
        (zipped({"a.zip": zipped({"a.csv": "name\nAnn\n"})}), "an archive in an archive"),
        (zipped({"a.csv": "name\nAnn\n"})[:-30], "is broken"),
        (zipped({"a.csv": "name\nAnn\n" * 9}).replace(b"\x08\0", b"\x63\0"), "cannot be unpacked"),
    ],
    ids=["empty", "folder alone", "bomb", "archive inside", "cut off", "unknown packing"],
)
def test_an_archive_that_is_none_or_a_bomb_is_refused(data, told):
    with pytest.raises(FileRefusedError, match=told):
        read_contacts(data)


def test_a_long_number_that_a_workbook_holds_exactly_is_taken_as_it_is():
    assert value("<c><v>123456789012345678</v></c>") == "123456789012345678"
    assert value("<c><v>4.9E+10</v></c>") == "49000000000"
    assert value("<c><v>1E+20</v></c>") == "1" + "0" * 20
