import pytest

from agentdesk.transfer.encodings import find_encoding, guess_encoding
from agentdesk.transfer.refusals import (
    EncodingRefusedError,
    NoMarkError,
    NotTextError,
    UnknownEncodingError,
    WideTextError,
)
from tests.transfer.tables import SHARED

TABLE = "name,city\nAnn,Köln\nBob,Łódź\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig"),
        (TABLE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "utf-16"),
        (TABLE.encode("utf-32"), "utf-32"),
        (b"", "utf-8"),
    ],
)
def test_a_mark_or_strict_utf8_decides(data, name):
    assert find_encoding("f", data).name == name


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_refused_with_its_name(codec):
    with pytest.raises(WideTextError, match=f"--encoding {codec}"):
        find_encoding("f", "name,email\nAnn,ann@example.com\n".encode(codec))


@pytest.mark.parametrize(
    ("text", "codec", "guesses"),
    [
        ("name,city\nJörg Müller €,Köln\n", "cp1252", {"cp1252"}),
        ("name,city\nJosé,Málaga\nFrançois,“Paris”\n", "cp1252", {"cp1252"}),
        ("名前,メール\n山田太郎,yamada@example.jp\n", "shift_jis", {"cp932", "shift_jis"}),
        ("Имя,Почта\nИван Петров,ivan@example.ru\n", "cp1251", {"cp1251"}),
        ("nazwa\nZażółć gęślą jaźń\n", "cp1250", {"cp1250"}),
    ],
)
def test_another_encoding_is_refused_with_place_and_suggestion(text, codec, guesses):
    data = text.encode(codec)
    offset = next(at for at, byte in enumerate(data) if byte > 127)
    with pytest.raises(EncodingRefusedError) as caught:
        find_encoding("f", data)
    assert caught.value.guess in guesses
    assert caught.value.offset == offset
    assert caught.value.line == data[:offset].count(b"\n") + 1
    assert f"--encoding {caught.value.guess}" in str(caught.value)


def test_a_few_bad_lines_do_not_refuse_the_file():
    assert find_encoding("f", b"name\n" + b"Ann\n" * 100 + b"M\xfcller\n").name == "utf-8"


def test_a_bad_header_refuses_the_file():
    with pytest.raises(EncodingRefusedError, match="line 1"):
        find_encoding("f", b"pr\xe9nom\n" + b"Ann\n" * 100)


def test_a_character_cut_by_the_end_of_the_head_is_no_fault():
    assert find_encoding("f", "name\nKöln ".encode() + "ö".encode()[:1]).name == "utf-8"


def test_the_caller_wins():
    assert find_encoding("f", "Müller".encode("cp1252"), "windows-1252").name == "cp1252"
    assert find_encoding("f", "Müller".encode("utf-8-sig"), "utf8").name == "utf-8-sig"


@pytest.mark.parametrize(
    "name", ["rot13", "zip", "utf-7", "unicode_escape", "idna", "no such thing", "a\0b", ""]
)
def test_what_is_no_encoding_of_text_is_refused(name):
    if name:
        with pytest.raises(UnknownEncodingError):
            find_encoding("f", b"a", name)
    else:
        assert find_encoding("f", b"a", name).name == "utf-8"


@pytest.mark.parametrize("magic", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"%PDF-1.7"])
def test_a_workbook_is_refused_by_name(magic):
    with pytest.raises(NotTextError, match="Save it as CSV"):
        find_encoding("f", magic)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
@pytest.mark.parametrize("codec", ["big5", "cp949", "euc_jp", "gb18030", "shift_jis"])
def test_a_suggestion_for_east_asian_text_can_decode_it(codec):
    sample = b"\n".join(
        line
        for line in (SHARED / "encodings_cjk" / f"{codec}.txt").read_bytes().split(b"\n")
        if not line.isascii()
    )
    assert guess_encoding(sample)


@pytest.mark.parametrize(("codec", "guess"), [("utf-16", "utf-16-le"), ("utf-32", "utf-32-be")])
def test_an_encoding_that_needs_a_mark_is_refused_without_one(codec, guess):
    with pytest.raises(NoMarkError, match="Repeat without --encoding"):
        find_encoding("f", TABLE.encode(), codec)
    with pytest.raises(NoMarkError, match=f"--encoding {guess}"):
        find_encoding("f", ("name,email\n" * 9).encode(guess), codec)
    assert find_encoding("f", TABLE.encode(codec), codec).name == codec
