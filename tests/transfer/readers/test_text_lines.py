from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.readers.encodings import Encoding
from agentdesk.transfer.readers.text_lines import MAX_LINE, TextLines
from agentdesk.transfer.refusals import LineTooLongError

UTF8 = Encoding("utf-8")


def lines_of(chunks, encoding=UTF8) -> list[str]:
    return [line for block in TextLines("f", chunks, encoding) for line in block.lines]


@given(st.text(alphabet="ab\r\né\x0b\x85\u2028"), st.lists(st.integers(0, 40)))
def test_lines_do_not_depend_on_the_chunks(text, cuts):
    data = text.encode()
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunks = [data[start:end] for start, end in pairwise(edges)]
    lines = lines_of(chunks)
    assert "".join(lines) == text
    assert (
        len(lines) == len(text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n"))
        or not text
    )
    assert all(line.rstrip("\r\n").count("\n") == 0 for line in lines)


def test_only_cr_lf_and_crlf_end_a_line():
    assert lines_of([b"a\rb\nc\r\nd\x0be\xc2\x85f\xe2\x80\xa8g"]) == [
        "a\r",
        "b\n",
        "c\r\n",
        "d\x0be\x85f\u2028g",
    ]


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "shift_jis"])
def test_undecodable_bytes_are_kept_and_their_block_is_suspect(codec):
    blocks = list(TextLines("f", [b"ok\n", b"b\x81\xff\n", b"fine\n"], Encoding(codec)))
    assert [block.is_suspect for block in blocks] == [False, True, False]
    assert blocks[1].lines[0].encode(codec, "surrogateescape") == b"b\x81\xff\n"


def test_a_broken_unit_of_utf16_is_marked():
    data = "ann\n".encode("utf-16-le") + b"\x00\xd8\x41\x00\n\x00"
    blocks = list(TextLines("f", [data], Encoding("utf-16-le", "replace")))
    assert blocks[0].is_suspect
    assert "\ufffd" in blocks[0].lines[1]


def test_a_mark_and_a_final_ctrl_z_are_dropped():
    text = TextLines("f", ["\ufeffa\n".encode(), b"b\n\x1a\x1a"], UTF8)
    assert [line for block in text for line in block.lines] == ["a\n", "b\n"]
    assert text.had_ctrl_z


def test_a_line_without_end_is_given_up_while_it_is_read():
    served = 0

    def endless():
        nonlocal served
        yield b"name\n"
        while True:
            served += 1
            yield b"x" * 1_000_000

    with pytest.raises(LineTooLongError, match="line 2"):
        lines_of(endless())
    assert served <= MAX_LINE // 1_000_000 + 1
