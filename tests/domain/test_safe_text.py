import gzip
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from agentdesk.domain import safe_text
from agentdesk.domain.safe_text import block, clip, line, name, pad, spreadsheet_guard, spreadsheet_unguard

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "hostile"
BIDI = {chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
# Hypothesis alone rarely draws what matters here.
DANGEROUS = "".join(
    map(
        chr,
        (
            *range(0x20),
            *range(0x7F, 0xA1),
            0xAD,
            0x34F,
            0x3164,
            0xD800,
            0xDFFF,
            0xFEFF,
            0x180E,
            0xE0001,
            0xE007F,
            *range(0x2000, 0x2070),
        ),
    )
)
any_text = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from(DANGEROUS), st.sampled_from("aé漢👩 '="))
)


def is_harmless(text: str, allowed: str = "") -> bool:
    """Restate the law without the tables of the code under test."""
    return not any(
        (unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in allowed)
        or char in BIDI
        or 0xE0000 <= ord(char) <= 0xE007F
        for char in text
    )


@given(any_text)
def test_a_line_holds_nothing_that_acts(text):
    assert is_harmless(line(text))


@given(any_text)
def test_a_name_holds_nothing_that_acts_and_no_invisible_letter(text):
    assert is_harmless(name(text))
    assert not set(name(text)) & set("\u034f\u115f\u1160\u2800\u3164\uffa0\u180b\u180c\u180d\u180f")


@given(any_text)
def test_a_block_holds_nothing_that_acts_but_newlines(text):
    assert is_harmless(block(text), allowed="\n")


@pytest.mark.parametrize("clean", [line, block, name])
def test_cleaning_twice_changes_nothing_more(clean):
    @given(any_text)
    @example("\t\x1b[2J\u202e\r\n\x85")
    def law(text):
        assert clean(clean(text)) == clean(text)

    law()


@given(st.text(alphabet=st.characters(categories=("L", "M", "N", "P", "S", "Zs", "Co"))))
def test_visible_text_of_every_script_passes_unchanged(text):
    assert line(text) == text
    assert block(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "".join(map(chr, range(0x20, 0x7F))),
        "می\u200cخواهم",  # Persian needs the non-joiner
        "क्\u200dष",  # Indic the joiner
        "👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f 👍🏽 🇩🇪",
        "Ελληνικά кириллица 漢字 かな 한국어 עברית العربية ไทย",
        "a\u00a0b\u3000c",
    ],
)
def test_what_people_write_is_kept(text):
    assert line(text) == text
    assert block(text) == text
    assert name(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("a\x00b", "a␀b"),
        ("a\x7fb", "a␡b"),
        ("\x9b31m", "\ufffd31m"),
        ("one\r\ntwo\nthree\rfour\x85five\u2028six\u2029seven", "one⏎two⏎three⏎four⏎five⏎six⏎seven"),
        ("a\tb", "a b"),
        ("invoice\u202efdp.exe", "invoice⟨RLO⟩fdp.exe"),
        ("\u2066x\u2069", "⟨LRI⟩x⟨PDI⟩"),
        ("a\u200b\u200e\ufeff\u00ad\u2060\U000e0041b", "ab"),
        ("\ud800", "\ufffd"),
        (None, ""),
        (7, "7"),
    ],
)
def test_a_line_shows_what_would_act(text, shown):
    assert line(text) == shown


def test_a_block_keeps_its_lines_and_spreads_its_tabs():
    assert block("a\tb\r\nc\rd\x85e\u2028f\u2029g") == "a       b\nc\nd\ne\nf\ng"
    assert block("\x1b[2J\n\x07") == "␛[2J\n␇"
    assert block(None) == ""


def test_a_name_shows_letters_that_print_nothing():
    assert name("Ann\u3164") == "Ann⟨U+3164⟩"
    assert line("Ann\u3164") == "Ann\u3164"


@given(any_text, st.integers(min_value=-1, max_value=30))
def test_clipped_text_fits_and_padded_text_fills(text, width):
    text = line(text)
    clipped = clip(text, width)
    assert cell_len(clipped) <= max(width, 0)
    assert clipped == text or not clipped or text.startswith(clipped.removesuffix("…"))
    assert cell_len(pad(text, width)) == max(width, 0)
    assert cell_len(pad(text, width, right=True)) == max(width, 0)


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("hello", 5, "hello"),
        ("hello", 4, "hel…"),
        ("hello", 1, "…"),
        ("hello", 0, ""),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("चौधरी", 5, "चौधरी"),  # three letters, and two vowels that some terminals give a cell of their own
        ("चौधरी", 4, "चौध…"),
        ("चौधरी", 3, "चौ…"),
        ("चौधरी", 2, "…"),
        ("👩\u200d👧ab", 3, "👩\u200d👧…"),
        ("👍🏽ab", 3, "…"),
        ("🇩🇪🇫🇷🇮🇹", 3, "🇩🇪…"),
        ("🇩🇪🇫🇷🇮🇹", 2, "…"),
    ],
)
def test_no_character_is_cut_in_two(text, width, clipped):
    if text.startswith("👍🏽") and cell_len("👍🏽") == 2:
        clipped = "👍🏽…"
    assert clip(text, width) == clipped


def test_no_emoji_is_cut_in_two():
    source = SHARED / "emoji-test.txt.gz"
    if not source.exists():
        pytest.skip("the Unicode emoji list is not beside the project")
    rows = gzip.decompress(source.read_bytes()).decode().splitlines()
    sequences = [
        "".join(chr(int(code, 16)) for code in row.split(";")[0].split())
        for row in rows
        if row and not row.startswith("#")
    ]
    assert len(sequences) > 3000
    for emoji in sequences:
        if "\U000e0062" in emoji:  # flags spelled with tag characters lose the tags
            continue
        assert line(emoji) == emoji
        for width in range(1, 4):
            assert clip(emoji + "xxxx", width).removesuffix("…").removeprefix(emoji).strip("x") == ""


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("'=+-@\t\r\n \ufeff\x00＝＋－＠ab"))))
def test_a_guarded_cell_comes_back_as_it_was(text):
    guarded = spreadsheet_guard(text)
    assert spreadsheet_unguard(guarded) == text
    bare = guarded.lstrip(" \xa0\ufeff\x00")
    assert not bare.startswith(tuple("=+-@\t\r＝＋－＠"))


@pytest.mark.parametrize("trigger", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_each_trigger_is_guarded_at_the_start_and_after_spaces(trigger):
    for text in (f"{trigger}1", f"  {trigger}1", f"\u3000{trigger}1", f"'{trigger}1"):
        assert spreadsheet_guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "'", "'tis", "a=b", "1-2", "o'clock", "'a=b"])
def test_ordinary_cells_are_not_touched(text):
    assert spreadsheet_guard(text) == text
    assert spreadsheet_unguard(text) == text


def test_the_naughty_strings_are_harmless():
    source = SHARED / "blns.json"
    if not source.exists():
        pytest.skip("the list of naughty strings is not beside the project")
    strings = json.loads(source.read_text())
    assert len(strings) == 515
    for text in strings:
        assert is_harmless(line(text))
        assert is_harmless(name(text))
        assert is_harmless(block(text), allowed="\n")
        assert spreadsheet_unguard(spreadsheet_guard(text)) == text


def test_every_code_point_keeps_the_laws():
    everything = "".join(map(chr, range(0x110000)))
    assert is_harmless(line(everything))
    assert is_harmless(block(everything), allowed="\n")
    assert not set(map(ord, line(everything))) & safe_text.UNSAFE
