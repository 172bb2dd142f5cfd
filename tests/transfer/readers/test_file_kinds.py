"""What is no table is told by its bytes; what may be one is let through."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.readers.encodings import find_encoding
from agentdesk.transfer.readers.file_kinds import find_magic, find_structure, is_binary
from agentdesk.transfer.refusals import FileRefusedError, NotTextError

TEXT = "name,email\nJörg Łódź 山田 Иван,j@example.com\n"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [400, 5000])
def test_random_bytes_are_no_text(seed, size):
    with pytest.raises(NotTextError, match="is not a text file"):
        find_encoding("f", random.Random(seed).randbytes(size))


def test_zero_bytes_do_not_make_a_program_wide_text():
    with pytest.raises(NotTextError, match="is not a text file"):
        find_encoding("f", b"\x01\0\0\0\x3e\0\0\0" * 200)


@pytest.mark.parametrize(
    "codec", ["cp1252", "cp1251", "koi8_r", "shift_jis", "gb18030", "iso2022_jp", "euc_jp", "utf-8"]
)
def test_text_of_any_encoding_is_not_binary(codec):
    assert not is_binary((TEXT * 20).encode(codec, "ignore"))


def test_a_table_with_a_few_damaged_bytes_is_still_a_table():
    assert not is_binary(b"name,email\nA\0nn,a@x.com\nB\xf6b,b@x.com\n")


@pytest.mark.parametrize("text", ["[x],name\n1,2\n", "{name},email\na,b\n", '"[id]",b\n', "BEGIN,END\n1,2\n"])
def test_a_header_of_odd_names_is_no_other_kind_of_file(text):
    assert find_structure(text.encode()) == ""
    assert find_magic(text.encode()) == ""


@given(st.binary(max_size=300), st.sampled_from([None, "utf-16", "utf-32", "cp1252", "utf-16-le"]))
def test_any_bytes_are_read_or_refused_with_a_sentence(data, given_codec):
    try:
        told = find_encoding("f", data, given_codec).name
    except FileRefusedError as refusal:
        told = str(refusal)
    assert told
