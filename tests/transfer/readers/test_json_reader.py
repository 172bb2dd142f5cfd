"""The shapes of JSON files, their lines, and the law: every object is a record or a fault, whatever the bytes are."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.readers.json_reader import LINES, LIST, MEMBER, OBJECTS
from agentdesk.transfer.refusals import EmptyFileError, FileRefusedError, NoObjectsError
from agentdesk.transfer.rows import Fault
from tests.transfer.readers.test_json_cases import read, reader
from tests.transfer.tables import SHARED

PEOPLE = [{"name": "Ann", "tags": ["a", "b"]}, {"name": "Bo", "at": {"city": "Ulm"}}]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("shape", "around"),
    [
        (LIST, lambda people: people),
        (MEMBER, lambda people: {"users": people}),
        (MEMBER, lambda people: {"count": 2, "next_page": None, "users": people, "meta": {"more": False}}),
    ],
)
def test_a_list_is_read_by_itself_and_inside_an_object(shape, around, indent):
    found = reader(json.dumps(around(PEOPLE), indent=indent))
    assert found.shape == shape
    assert [one.value for one in found.objects()] == PEOPLE
    assert found.notes == []


def test_objects_follow_each_other_in_lines_or_written_out():
    lines = reader("\n".join(map(json.dumps, PEOPLE)))
    assert (lines.shape, [one.value for one in lines.objects()]) == (LINES, PEOPLE)
    written_out = reader("\n".join(json.dumps(one, indent=2) for one in PEOPLE))
    assert (written_out.shape, [one.value for one in written_out.objects()]) == (OBJECTS, PEOPLE)


@pytest.mark.parametrize(
    "record",
    [
        {"name": "Ann", "email": "a@x.example"},
        {"id": 1, "comments": [{"body": "x"}]},
        {"ticket": {"id": 1}, "conversations": [{"body": "x"}]},
    ],
)
def test_an_object_that_is_no_wrapping_is_one_record(record):
    assert read(json.dumps(record, indent=1)) == ([record], [])


def test_of_two_lists_the_first_is_read_unless_the_other_is_named():
    text = json.dumps({"users": PEOPLE, "groups": [{"name": "Gold"}], "none": []})
    found = reader(text)
    assert [one.value for one in found.objects()] == PEOPLE
    assert found.notes == ["The file also holds 'groups', 'none', not read: --member names the list to read."]
    assert read(text, member="groups") == ([{"name": "Gold"}], [])


def test_lines_count_as_an_editor_counts_them():
    found = reader('\r\n{\r\n "users": [\r {"a":\n 1},\n\n{"b": 2}, nonsense,\n{"c": }]}\nmore')
    assert [one.line for one in found.objects()] == [4, 7, 7, 8, 9]


def test_what_is_around_the_list_and_broken_refuses_the_file():
    with pytest.raises(FileRefusedError, match="line 2: a key and a colon"):
        list(reader('{"users": [{"a": 1}],\n 7}').objects())
    with pytest.raises(FileRefusedError, match="line 2: this is no JSON"):
        list(reader('{"users": [{"a": 1}],\n "b": }').objects())


def test_a_list_that_is_cut_off_is_told():
    found = reader('[{"a": 1},\n{"b": "cut')
    kinds = [type(one) for one in found.objects()]
    assert kinds[1] is Fault
    assert found.notes == ["The file ends before its list does: it may have been cut off."]


def test_an_empty_file_and_a_bare_value_are_refused():
    with pytest.raises(EmptyFileError):
        reader(" \n")
    with pytest.raises(NoObjectsError, match="something else"):
        reader("7")
    assert read("[]") == read('{"users": []}') == ([], [])


def test_a_list_of_any_length_is_read_with_a_megabyte_at_hand(tmp_path):
    line = json.dumps({"name": "Ann", "notes": "x" * 90, "tags": ["a", {"b": [1, 2.5, None]}]})
    found = reader("[" + ",\n".join([line] * 30_000) + "]")
    assert sum(not isinstance(one, Fault) for one in found.objects()) == 30_000
    assert len(found._text.text) < 1_500_000


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_every_json_file_of_the_shared_data_is_read_or_refused_with_a_sentence():
    for path in sorted([*SHARED.rglob("*.json"), *SHARED.rglob("*.jsonl")]):
        told = read_or_refuse(path.read_bytes())
        if isinstance(told, str):
            assert "\n" not in told
        else:
            assert len(told) > 0


JSONISH = st.lists(
    st.sampled_from(
        [*'{}[],:"\\\n \t', '"a"', "1", "null", '{"a": 1}', "\\u0000", "NaN", "\x00", "ü", "x", '"b": ', "[{"]
    ),
    max_size=40,
).map("".join)


@given(
    st.binary(max_size=200)
    | JSONISH.map(str.encode)
    | JSONISH.map(lambda text: b'[{"a": 1},' + text.encode())
)
def test_any_bytes_become_records_and_faults_or_one_refusal(data):
    found = read_or_refuse(data)
    if not isinstance(found, str):
        assert all(one.line >= 1 for one in found)
        assert all(one.raw for one in found if isinstance(one, Fault))


def read_or_refuse(data: bytes) -> list | str:
    try:
        return list(reader(data).objects())
    except FileRefusedError as refusal:
        return str(refusal) or "refused without a word"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]).filter(lambda c: c != "\0")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('abc {["\\', max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.text("xyz", max_size=2), VALUES, max_size=3), max_size=5),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_what_json_writes_is_what_is_read(objects, is_ascii, indent):
    assert read(json.dumps(objects, ensure_ascii=is_ascii, indent=indent)) == (objects, [])
    lines = "\n".join(json.dumps(one, ensure_ascii=is_ascii) for one in objects)
    if len(objects) > 1:
        assert read(lines) == (objects, [])
