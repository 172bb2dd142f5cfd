import pytest

from agentdesk.transfer.readers.encodings import find_encoding
from agentdesk.transfer.refusals import (
    EncodingRefusedError,
    NoMarkError,
    NotTextError,
    ShiftedTextError,
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
        ("Имя,Почта\nИван Петров,ivan@example.ru\n", "koi8_r", {"koi8_r"}),
        ("Όνομα\nΓιώργος,Θέλει να του τηλεφωνήσουμε αύριο το πρωί\n", "cp1253", {"cp1253"}),
        ("Όνομα\nΓιώργος,g@example.gr\nΆννα Νικολάου,a@example.gr\n", "iso8859_7", {"iso8859_7"}),
        ("Όνομα\nΆννα Νικολάου,Θεσσαλονίκη\n", "cp1253", {"cp1253"}),
        ("Имя\nИван Петров,Москва\nМария Сидорова,Самара\n", "iso8859_5", {"iso8859_5"}),
        ("Имя\nИван Петров,Москва\nМария Сидорова,Самара\n", "cp866", {"cp866"}),
        ("שם\nדוד כהן,תל אביב\nשרה לוי,חיפה\n", "iso8859_8", {"cp1255"}),  # the same, read either way
        ("الاسم\nمحمد علي,القاهرة\nفاطمة حسن,عمان\n", "iso8859_6", {"iso8859_6"}),
        ("الاسم\nمحمد علي\nالقاهرة\n", "cp1256", {"cp1256"}),
        ("ชื่อ\nสมชาย ใจดี\n", "cp874", {"cp874"}),
        ("Ad\nAyşe Yılmaz,İstanbul\nŞükrü Öğüt\n", "cp1254", {"cp1254"}),
        ("nazwa\nŻaneta Śliwińska\nPaweł Wąsik\n", "iso8859_2", {"iso8859_2"}),
        ("Vārds\nJānis Bērziņš\nĢirts Šķēle\n", "cp1257", {"cp1257"}),
        ("Jméno\nJiří Dvořák\nŠárka Nováková\n", "cp1250", {"cp1250"}),
        ("Név\nKovács Győző\nFehérné Szűcs Dóra\n", "cp1250", {"cp1250"}),
        ("Nome\nJoão Gonçalves\nBjørn Ødegård\nJón Þórsson\nŒuvre\n", "cp1252", {"cp1252"}),
        ("姓名,城市\n王小明,北京\n李雷,上海\n", "gb18030", {"gb18030"}),
        ("姓名,城市\n王小明,臺北\n", "big5", {"big5"}),
        ("이름,도시\n김철수,서울\n박영희,부산\n", "cp949", {"cp949", "euc_kr"}),
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


def test_two_code_pages_of_one_alphabet_that_fit_alike_are_both_offered():
    with pytest.raises(EncodingRefusedError, match=r"looks like cp1253 or .*iso8859_7") as caught:
        find_encoding(
            "f",
            "Γιώργος Παπαδόπουλος,Αθήνα\nΜαρία Νικολάου,Θεσσαλονίκη\nΔημήτρης Κωνσταντίνου,Πάτρα\nΆννα,Πάτρα\n".encode(
                "cp1253"
            ),
        )
    assert "1251" not in str(caught.value)


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


SUGGESTED = {  # the codec each file is in, and the one that is suggested
    "big5": "big5",
    "big5hkscs": "shift_jisx0213, which fits poorly",  # eleven rare characters are too few to tell
    "cp949": "cp949, which fits poorly",  # syllables nobody writes
    "euc_jisx0213": "euc_jisx0213",
    "euc_jp": "euc_jp",
    "euc_kr": "euc_kr",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "iso2022_jp": "iso2022_jp",
    "iso2022_kr": "iso2022_kr",
    "johab": "johab, which fits poorly",
    "shift_jis": "cp932",
    "shift_jisx0213": "shift_jisx0213",
}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
@pytest.mark.parametrize("codec", SUGGESTED)
def test_a_suggestion_for_east_asian_text_reads_it_right_or_says_that_it_fits_poorly(codec):
    folder = SHARED / "encodings_cjk"
    data = (folder / f"{codec}.txt").read_bytes()
    with pytest.raises((EncodingRefusedError, ShiftedTextError)) as caught:
        find_encoding("f", data)
    assert f" {SUGGESTED[codec]}" in str(caught.value)
    is_right = data.decode(caught.value.guess) == (folder / f"{codec}-utf8.txt").read_text(encoding="utf-8")
    assert is_right or "fits poorly" in SUGGESTED[codec]
    assert is_right is (codec != "big5hkscs")
    assert find_encoding("f", data, codec).name == codec


def test_what_fits_as_well_is_named_beside_it():
    names = "山田太郎\n佐藤花子\n".encode("euc_jp")
    with pytest.raises(
        EncodingRefusedError, match=r"looks like euc_kr or .*euc_jp: repeat with --encoding euc_kr"
    ):
        find_encoding("f", names)
    with pytest.raises(EncodingRefusedError, match="euc_kr or"):
        find_encoding("f", names, "auto")


def test_two_code_pages_of_one_look_are_both_named():
    with pytest.raises(
        EncodingRefusedError, match="looks like cp1252 or cp1250: repeat with --encoding cp1252"
    ):
        find_encoding("f", "Kovács Győző\n".encode("cp1250"), "auto")


def test_plain_text_with_a_marked_alphabet_can_be_forced_to_stay_plain():
    data = "name\n山田\n".encode("iso2022_jp")
    with pytest.raises(
        ShiftedTextError, match="--encoding iso2022_jp; with --encoding utf-8 if that is wrong"
    ):
        find_encoding("f", data)
    assert find_encoding("f", data, "utf-8").name == "utf-8"
    assert find_encoding("f", b"name\n~{tilde and brace~}\n").name == "utf-8"


@pytest.mark.parametrize(
    ("text", "codec", "note"),
    [
        (
            "name,city\nJörg Müller €,Köln\n",
            "cp1252",
            "cp1252, which fits well. Check the names: line 2 reads: Jörg M",
        ),
        (
            "name\rBo\r名前,メール\r",
            "cp932",
            "cp932, which fits well. Check the names: line 3 reads: 名前,メール",
        ),
        (
            "name,email\nŁukasz,l@x.com\n",
            "utf-16-le",
            "utf-16-le, which fits well. Check the names: line 1 reads: ",
        ),
        (
            "name\nBo\n名前\n",
            "iso2022_jp",
            "iso2022_jp, which fits well. Check the names: line 3 reads: 名前",
        ),
    ],
)
def test_auto_takes_the_guess_and_shows_how_it_reads(text, codec, note):
    found = find_encoding("f", text.encode(codec), "auto")
    assert found.name == codec
    assert found.note.startswith(f"Guessed: read as {note}")


def test_auto_guesses_nothing_where_the_bytes_tell():
    assert find_encoding("f", TABLE.encode(), "Auto").note == ""
    assert find_encoding("f", TABLE.encode("utf-16"), "auto").note == "Read as utf-16."
    with pytest.raises(NotTextError):
        find_encoding("f", b"%PDF-1.7", "auto")


@pytest.mark.parametrize(("codec", "guess"), [("utf-16", "utf-16-le"), ("utf-32", "utf-32-be")])
def test_an_encoding_that_needs_a_mark_is_refused_without_one(codec, guess):
    with pytest.raises(NoMarkError, match="Repeat without --encoding"):
        find_encoding("f", TABLE.encode(), codec)
    with pytest.raises(NoMarkError, match=f"--encoding {guess}"):
        find_encoding("f", ("name,email\n" * 9).encode(guess), codec)
    assert find_encoding("f", TABLE.encode(codec), codec).name == codec


@pytest.mark.parametrize("named", ["utf-8", "ascii", "utf-8-sig"])
def test_an_encoding_that_is_named_and_does_not_fit_is_refused_with_what_does(named):
    data = "name,city\n山田太郎,東京都港区\n佐藤花子,大阪市北区\n鈴木一郎,名古屋市\n".encode("shift_jis")
    with pytest.raises(EncodingRefusedError, match=r"line 2.*shift_jis|cp932") as refusal:
        find_encoding("f", data, named)
    assert named in str(refusal.value)
    assert "\\udc" not in str(refusal.value)


def test_a_named_encoding_may_miss_a_few_lines():
    data = b"name\n" + b"Ann\n" * 50 + b"K\xf6ln\n"
    assert find_encoding("f", data, "utf-8").name == "utf-8"


def test_plain_utf8_is_suggested_where_another_was_named():
    with pytest.raises(EncodingRefusedError, match="repeat with --encoding utf-8"):
        find_encoding("f", "name\nKöln\n".encode(), "ascii")
