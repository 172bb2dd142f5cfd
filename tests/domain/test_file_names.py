"""Whatever a file is called, it is written where it should be and under a name that shows what it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.file_names import MAX_BYTES, numbered, safe_file_name, say_size


@pytest.mark.parametrize(
    ("called", "written"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/tmp/x", "x"),
        ("C:\\x", "x"),
        ("C:x", "C_x"),
        ("..%2f", "%2f"),
        ("a\0.pdf", "a.pdf"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("LPT1 .log", "_LPT1 .log"),
        ("console.txt", "console.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        ("~root", "root"),
        ("name. . ", "name"),
        ("folder/", "folder"),
        ("..", "file"),
        ("", "file"),
        (None, "file"),
        ("e\u0301.txt", "é.txt"),
        ("\x1b]0;pwn\x07.sh", "]0;pwn.sh"),
    ],
)
def test_names_that_would_leave_the_folder_or_mislead_are_made_plain(called: str, written: str) -> None:
    assert safe_file_name(called) == written


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_file_name("é" * 400 + ".pdf")
    assert name.endswith("é.pdf")
    assert len(name.encode()) <= MAX_BYTES
    assert len(numbered(name, 12).encode()) <= MAX_BYTES
    assert numbered("a.tar.gz", 2) == "a.tar (2).gz"
    assert numbered("README", 2) == "README (2)"


@given(st.text(max_size=300) | st.from_regex(r"[./\\~ \-]{0,6}(con|nul|a)[ .]{0,4}\w{0,4}", fullmatch=True))
def test_any_name_becomes_one_safe_name_and_stays_it(called: str) -> None:
    name = safe_file_name(called)
    assert name
    assert safe_file_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not set(name) & set('/\\<>:"|?*\0\r\n')
    assert not name.startswith((".", "-", " ", "~"))
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= MAX_BYTES


def test_sizes_read_as_people_say_them() -> None:
    assert [say_size(one) for one in (0, 999, 14_200, 2_300_000)] == ["0 B", "999 B", "14 kB", "2.3 MB"]
