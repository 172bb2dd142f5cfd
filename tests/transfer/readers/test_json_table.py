"""JSON as a table of contacts: nothing of an object is lost, and what is rejected comes back as JSON."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.readers import json_table
from agentdesk.transfer.readers.json_flat import flatten
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.refusals import FileRefusedError, RepeatedHeaderError
from agentdesk.transfer.rows import Fault, Row
from tests.transfer.stock import bring_in
from tests.transfer.tables import SHARED, read_contacts
from tests.transfer.test_rejects import run


def table(text: str, **options):
    return open_table(open_source("-", io.BytesIO(text.encode())), **options)


def rows(text: str) -> list[Row | Fault]:
    return list(table(text).rows())


def test_keys_in_keys_lists_and_lists_of_objects_become_named_cells():
    assert flatten(
        {
            "name": " Ann ",
            "on": True,
            "age": 7,
            "size": 1.5,
            "none": None,
            "at": {"city": "Ulm", "geo": {"lat": 1}},
            "tags": ["a", 2, None, "b"],
            "emails": [{"value": "a@x", "type": "work"}, {"value": "b@x"}],
            "odd": [[1], {"a": 2}],
            "empty": [],
            "": "x",
        }
    ) == {
        "name": " Ann ",
        "on": "true",
        "age": "7",
        "size": "1.5",
        "none": "",
        "at.city": "Ulm",
        "at.geo.lat": "1",
        "tags": "a ::: 2 ::: b",
        "emails": "a@x ::: b@x",
        "emails.type": "work ::: ",
        "odd": '[[1], {"a": 2}]',
        "empty": "",
        "unnamed": "x",
    }


def test_what_an_interface_wraps_around_the_fields_is_taken_off_unless_a_name_would_be_lost():
    assert flatten({"id": 1, "properties": {"email": "a@x"}}) == {"id": "1", "email": "a@x"}
    assert flatten({"id": 1, "properties": {"id": 2}}) == {"id": "1", "properties.id": "2"}


def test_objects_are_contacts_as_rows_are():
    contacts, faults = read_contacts(
        b"""[{"full_name": "Ann", "emails": ["a@x.example", "b@x.example"], "address": {"city": "Ulm"}, "vip": true},
            {"Full_Name": "Bo", "phone": 301234567, "id": 7}, {"vip": false}]"""
    )
    assert [(one.name, one.emails, one.phones, one.external_id) for one in contacts] == [
        ("Ann", ("a@x.example", "b@x.example"), (), ""),
        ("Bo", (), (("301234567", ""),), "7"),
    ]
    assert contacts[0].extra == {"vip": "true"}
    assert contacts[0].address is not None
    assert contacts[0].address.city == "Ulm"
    assert [(one.line, one.reason) for one in faults] == [
        (2, "no name, e-mail address, phone number or external id")
    ]


def test_a_key_that_comes_up_late_is_kept_and_one_that_would_matter_rejects_its_object(monkeypatch):
    monkeypatch.setattr(json_table, "FIRST_OBJECTS", 2)
    found = table(
        '[{"name": "a"}, {"name": "b"}, {"name": "c", "shoe": 7}, {"name": "d", "email": "d@x"}, {"name": "e"}]'
    )
    assert found.header.names == ("name", "other fields")
    third, fourth, fifth = list(found.rows())[2:]
    assert third.cells[:2] == ["c", '{"shoe": "7"}']
    assert (fourth.column, fourth.reason.partition(";")[0]) == (
        "email",
        "is a key that comes up only after the first 2 objects",
    )
    assert fifth.cells[:2] == ["e", ""]
    assert found.notes == [
        "Read as a JSON list.",
        "Keys that come up only after the first 2 objects are kept as 'other fields', with how often: shoe (1).",
    ]


def test_keys_that_differ_in_case_are_one_column_and_two_in_one_object_are_told():
    first, second = rows('[{"Name": "a"}, {"name": "b", "NAME": "c"}]')
    assert first.cells[0] == "a"
    assert second.reason == "is there twice in one object"


def test_what_holds_no_object_is_refused_with_its_first_fault():
    with pytest.raises(FileRefusedError, match="no object with a key"):
        table("[]")
    with pytest.raises(
        FileRefusedError, match=r"line 2: no object can be read, the first one is no JSON \(line 2, col"
    ):
        table('[\n{"a": }]')


DIRTY = b"""[
  {"name": "Ann", "email": "ann at x",
   "tags": ["a"]},
  {"name": "Fine", "email": "fine@x.example"},
  {"name": "Bo", "email": "bo@x.example",},
  {"name": "Cy", "name": "Cy"}, 7,
  {"email": "  "}, {}
] more"""


def test_rejected_objects_come_back_as_json_are_rejected_again_and_corrected_they_go_in(tmp_path):
    (tmp_path / "people.json").write_bytes(DIRTY)
    good, faults, path = run(tmp_path / "people.json")
    assert (good, [one.line for one in faults], path.name) == (
        1,
        [2, 5, 6, 6, 7, 7, 8],
        "people.rejects.jsonl",
    )
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0]["tags"] == ["a"]
    assert list(lines[0])[-2:] == ["line", "error"]
    assert lines[1]["raw"] == '{"name": "Bo", "email": "bo@x.example",}'
    again, same, second = run(path)
    assert (again, [one.message for one in same][2:-1]) == (
        0,
        [one.message for one in faults][2:-1],
    )
    assert [json.loads(line) | {"line": 0, "error": ""} for line in second.read_text().splitlines()] == [
        line | {"line": 0, "error": ""} for line in lines
    ]
    text = path.read_text().splitlines()[:3]
    text[0] = text[0].replace("ann at x", "ann@x.example")
    text[1] = text[1].replace(",}", "}")
    text[2] = text[2].replace(r"\"name\": \"Cy\", ", "")
    path.write_text("\n".join(text))
    with open_contacts(path) as file:
        found = list(file.records())
    assert [(one.name, one.tags, one.extra) for one in found] == [
        ("Ann", ("a",), {}),
        ("Bo", (), {}),
        ("Cy", (), {}),
    ]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_every_json_answer_to_a_messy_table_has_the_rows_that_its_table_has():
    answers = sorted((SHARED / "csv_messy/csv-spectrum/json").glob("*.json"))
    for path in answers:
        if path.stem == "location_coordinates":  # one object, in no encoding of text
            continue
        expected = open_table(open_source(path.parents[1] / "csvs" / f"{path.stem}.csv"))
        found = open_table(open_source(path))
        assert found.header.names == expected.header.names
        assert [[cell.replace("\r\n", "\n") for cell in row.cells[:-1]] for row in found.rows()] == [
            [cell.replace("\r\n", "\n") for cell in row.cells] for row in expected.rows()
        ]


LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["", "a@x.example", "bad@@", "Ann", "a::: b"])
)
VALUE = LEAF | st.lists(LEAF, max_size=2) | st.dictionaries(st.sampled_from(["x", "y"]), LEAF, max_size=2)
OBJECT = st.dictionaries(
    st.sampled_from(["name", "Name", "email", "id", "z", "line", "error", "raw"]), VALUE, max_size=4
)
BROKEN = st.sampled_from(
    ['{"a": 1', "nonsense", "[1]", '{"name": NaN}', '{"a": "\\ud800"}', '{"a":1,"a":1}', "7"]
)


@given(st.lists(OBJECT.map(json.dumps) | BROKEN, min_size=1, max_size=6))
def test_every_line_is_a_row_or_a_fault_and_every_fault_comes_back(lines):
    text = '{"name": "Ann"}\n' * 8 + "\n".join(lines) + "\n"
    try:
        file = open_contacts("-", stdin=io.BytesIO(text.encode()))
    except RepeatedHeaderError:
        return
    found = list(file.records())
    assert len(found) == 8 + len(lines)
    faults = [one for one in found if isinstance(one, Fault)]
    out = io.StringIO()
    rejects = file.table.rejects(Path("none.jsonl"))
    for fault in faults:
        rejects.put(out, fault)
    again, same = read_contacts(('{"name": "Ann"}\n' + out.getvalue()).encode())
    assert (len(again), len(same)) == (1, len(faults))


@pytest.mark.parametrize(
    "told",
    [
        '"phones": ["+39 06 1", "+39 333 1"]',
        '"phoneNumbers": ["+39 06 1", "+39 333 1"]',
        '"phone_numbers": [{"value": "+39 06 1"}, {"value": "+39 333 1"}]',
        '"phones": [{"number": "+39 06 1"}, {"number": "+39 333 1"}]',
    ],
)
def test_lists_of_numbers_and_parts_of_an_address_have_their_places(told):
    address = '"address": {"street": "Via Roma 1", "city": "Roma", "zip": "00184", "country": "IT"}'
    text = f'[{{"name": "Ann", "emails": ["a@x.example"], {told}, {address}}}]'
    [found], faults = read_contacts(text.encode())
    assert not faults
    assert [number for number, _ in found.phones] == ["+39 06 1", "+39 333 1"]
    assert found.address is not None
    assert tuple(found.address) == ("Via Roma 1", "Roma", "", "00184", "IT")
    assert found.extra == {}


def test_items_of_a_list_on_one_line_are_told_by_their_number(desk, tmp_path):
    path = tmp_path / "x.json"
    path.write_text('[{"name": "Ann", "email": "a@x.example"}, {"email": "bad@@x"}, 7]', encoding="utf-8")
    result = bring_in(desk, path)
    assert [reason.partition(":")[0] for reason in result.reasons] == ["line 1, item 2", "line 1, item 3"]
    assert result.rejects_file is not None
    told = [json.loads(line) for line in Path(result.rejects_file).read_text(encoding="utf-8").splitlines()]
    assert [one["line"] for one in told] == [1, 1]
    path.write_text('[\n{"name": "Ann"},\n{"email": "bad@@x"}\n]', encoding="utf-8")
    assert bring_in(desk, path).reasons[0].startswith("line 3: ")
