"""The hostile JSON of the corpus, J01 to J18: each is read, or told with its line, and costs nothing but itself."""

import io
import json

import pytest

from agentdesk.transfer.readers.json_reader import JsonReader
from agentdesk.transfer.readers.json_values import MAX_DEPTH
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.refusals import EncodingRefusedError, FileRefusedError
from agentdesk.transfer.rows import Fault

ANN, BO = '{"name": "Ann"}', '{"name": "Bo"}'


def reader(data: bytes | str, **options) -> JsonReader:
    data = data.encode() if isinstance(data, str) else data
    return JsonReader(open_source("-", io.BytesIO(data)), **options)


def read(data: bytes | str, **options) -> tuple[list[dict], list[Fault]]:
    found = list(reader(data, **options).objects())
    faults = [one for one in found if isinstance(one, Fault)]
    return [one.value for one in found if not isinstance(one, Fault)], faults


def fault_of(broken: str, **options) -> Fault:
    """The fault of one object among good ones: in a list, and as a line of its own."""
    values, (in_lines,) = read(f"{ANN}\n{broken}\n{BO}\n", **options)
    assert values == [{"name": "Ann"}, {"name": "Bo"}]
    assert in_lines.line == 2
    values, (in_list,) = read(f"[\n{ANN},\n{broken},\n{BO}\n]", **options)
    assert values == [{"name": "Ann"}, {"name": "Bo"}]
    assert in_list.line == 3
    assert in_list.raw == in_lines.raw == broken
    return in_lines


def test_j01_a_trailing_comma_costs_its_object_and_none_in_the_list():
    assert "is no JSON (line 2, column " in fault_of('{"name": "Cy",}').message
    found = reader(f"[{ANN},\n{BO},\n]")
    assert len(list(found.objects())) == 2
    assert found.notes == ["Line 3: the list has a comma too many or too few; its objects were read."]


def test_j02_a_byte_order_mark_is_accepted():
    assert read(b"\xef\xbb\xbf" + f"[{ANN}]".encode()) == ([{"name": "Ann"}], [])
    assert read(b"\xef\xbb\xbf" + f"{ANN}\n{BO}".encode()) == ([{"name": "Ann"}, {"name": "Bo"}], [])


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_j03_utf16_is_read_with_and_without_its_mark(codec):
    found = reader('[{"name": "Jörg"},\n{"name": "山田"}]'.encode(codec))
    assert [one.value["name"] for one in found.objects()] == ["Jörg", "山田"]
    assert found.notes == [f"Read as {codec}."]


def test_j04_a_latin_1_byte_refuses_the_file_with_its_offset_or_costs_its_object_among_many():
    with pytest.raises(EncodingRefusedError, match=r"byte offset 11, line 1.*cp1252"):
        reader(b'[{"name":"M\xfcller"}]')
    assert read(b'[{"name":"M\xfcller"}]', encoding="cp1252") == ([{"name": "Müller"}], [])
    values, (fault,) = read(f"{ANN}\n".encode() * 50 + b'{"name": "M\xfcller"}\n')
    assert (len(values), fault.line, fault.column) == (50, 51, "name")
    assert "0xFC" in fault.message


def test_j05_a_key_that_is_there_twice_costs_its_object():
    assert fault_of('{"name": "Cy", "name": "Di"}').message == (
        "name: is there twice in one object; keep one of them"
    )
    assert fault_of('{"a": {"b": 1, "b": 1}}').column == "b"


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_j06_what_is_no_number_of_json_costs_its_object(word):
    fault = fault_of(f'{{"name": "Cy", "score": {word}}}')
    assert fault.value == word
    assert "number" in fault.reason


def test_j07_deep_nesting_is_told_and_not_followed():
    _, (fault,) = read("[" * 100_000)
    assert fault.message == "is nested deeper than 100"
    _, (fault,) = read('{"a":' * 100_000)
    assert fault.message == "is nested deeper than 100"
    with pytest.raises(FileRefusedError, match="nested deeper than 100"):
        list(reader('{"a":' * 300_000).objects())
    deep = '{"a":' * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1)
    assert fault_of(deep).reason == "is nested deeper than 100"
    assert read(f"[{deep[5:-1]}]")[1] == []
    assert read('[{"a": "' + "[{" * 500 + '"}]')[1] == []  # brackets in a text nest nothing


def test_j08_a_number_of_five_thousand_digits_costs_its_object():
    assert "too large" in fault_of('{"id": ' + "9" * 5000 + "}").reason


@pytest.mark.parametrize(
    ("digits", "fits"), [(2**63, False), (2**63 - 1, True), (-(2**63), True), (-(2**63) - 1, False)]
)
def test_j09_a_whole_number_beyond_64_bits_costs_its_object(digits, fits):
    values, faults = read(f'[{{"id": {digits}}}]')
    assert values == ([{"id": digits}] if fits else [])
    assert [fault.value for fault in faults] == ([] if fits else [str(digits)])


def test_j10_half_a_character_costs_its_object():
    fault = fault_of(r'{"name": {"first": "\ud800"}}')
    assert (fault.column, fault.reason) == ("name.first", r"holds half a character (\ud800)")
    assert read(r'[{"name": "\ud83d\ude00"}]') == ([{"name": "\U0001f600"}], [])


def test_j11_a_nul_costs_its_object():
    assert fault_of(r'{"name": "a\u0000b"}').message == r"name: 'a\x00b' holds a NUL character"
    assert "holds a NUL" in fault_of(r'{"a\u0000": 1}').reason


def test_j12_a_raw_control_character_names_its_line_and_column():
    assert (
        fault_of('{"name": "a\tb"}').message == "is no JSON (line 2, column 12: invalid control character at)"
    )
    values, (fault,) = read(f'[\n{ANN},\n{{"name": "a\nb"}},\n{BO}\n]')
    assert values == [{"name": "Ann"}, {"name": "Bo"}]
    assert "line 3, column 12" in fault.message


def test_j13_numbers_and_texts_stay_what_they_are():
    assert read('[{"name": 7, "id": "007", "ok": true, "size": 1.50}]') == (
        [{"name": 7, "id": "007", "ok": True, "size": 1.5}],
        [],
    )
    _, faults = read(f'[1, "two", null, true, [3], {ANN}]')
    assert [fault.reason for fault in faults] == [
        "is a number where an object is expected",
        "is a text where an object is expected",
        "is nothing where an object is expected",
        "is true or false where an object is expected",
        "is a list where an object is expected",
    ]


def test_j14_null_an_empty_text_and_a_missing_key_stay_three_things():
    assert read('[{"a": null}, {"a": ""}, {}]')[0] == [{"a": None}, {"a": ""}, {}]


def test_j15_one_object_without_end_is_refused():
    huge = '{"name": "' + "a" * 3_000_000 + '"}'
    for text in (huge, f"[{huge}]", f'{{"users": [{huge}]}}'):
        with pytest.raises(
            FileRefusedError, match=r"line 1(, item 1)?: an object goes on for more than 1,048,576"
        ):
            list(reader(text).objects())
    values, (fault,) = read(f"{ANN}\n{huge}\n{BO}\n")
    assert (len(values), fault.line, fault.raw == huge) == (2, 2, True)


def test_j16_a_broken_line_costs_only_itself():
    lines = [json.dumps({"n": n}) for n in range(1000)]
    lines[499] = '{"n": 499'
    values, (fault,) = read("\n".join(lines))
    assert [value["n"] for value in values] == [n for n in range(1000) if n != 499]
    assert (fault.line, fault.raw) == (500, '{"n": 499')


def test_j17_blank_lines_and_line_ends_of_every_kind_are_fine():
    for end in ("\n", "\r\n", "\r"):
        found = list(reader(f"{end}{ANN}{end}{end} {end}{BO}").objects())
        assert [one.line for one in found] == [2, 5]


def test_j18_an_object_where_a_list_is_expected_is_told():
    with pytest.raises(FileRefusedError, match=r"holds an object in 'users' where a list of objects"):
        reader('{"users": {"1": {"name": "Ann"}}}')
    with pytest.raises(FileRefusedError, match=r"holds no 'people'. It holds 'users'"):
        list(reader(f'{{"users": [{ANN}]}}', member="people").objects())
