"""Hostile and broken mail, case by case (M01 to M34): one by one taken, told, or put aside whole."""

import base64
from datetime import UTC, datetime

import pytest

from agentdesk import services
from agentdesk.transfer.mail.parse import Mail, parse_mail
from agentdesk.transfer.mail.parts import NO_TEXT, MailRefusedError
from agentdesk.transfer.mail.scan import MAX_DEPTH, MAX_PARTS
from agentdesk.transfer.mail.words import MAX_HEADER
from tests.transfer.mail.mails import (
    ANN,
    BEN,
    ENVELOPE,
    bring_in,
    counts,
    mail,
    messages,
    threads,
    tickets,
    write_box,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HTML = {"content_type": "text/html"}
MIXED = {"content_type": "multipart/mixed; boundary=b"}


def read(data: bytes) -> Mail:
    return parse_mail(data, None, NOW)


def flags(found: Mail) -> list[str]:
    return found.extra.get("flags", [])


def refusal(data: bytes) -> str:
    with pytest.raises(MailRefusedError) as refused:
        read(data)
    return str(refused.value)


def part(kind: str, body: str | bytes, name: str = "", *, more: str = "") -> bytes:
    placed = f"\nContent-Disposition: attachment; filename={name}" if name else ""
    told = body if isinstance(body, bytes) else body.encode()
    return f"--b\nContent-Type: {kind}{placed}{more}\n\n".encode() + told + b"\n"


def test_m01_a_mailbox_without_an_envelope_line_is_one_mail(desk, tmp_path):
    path = tmp_path / "x.mbox"
    path.write_bytes(mail("1") + b"\n" + mail("2"))
    assert counts(bring_in(desk, path)) == (1, 0, 0, 0, 0)


def test_m02_the_word_from_in_a_text_parts_nothing(desk, tmp_path):
    body = "Dear all,\n\nFrom Monday on we are shut.\n\nFrom Ann Thu Jan 1 2026\n\nFrom me\nTo: you"
    assert counts(bring_in(desk, write_box(tmp_path / "x.mbox", mail("1", body), mail("2")))) == (
        2,
        0,
        0,
        0,
        0,
    )
    assert messages(desk)[0]["body"] == body


def test_m03_a_quoted_from_is_written_as_it_was(desk, tmp_path):
    bring_in(desk, write_box(tmp_path / "x.mbox", mail("1", "a\n>From here\n>>From there\n> From you")))
    assert messages(desk)[0]["body"] == "a\nFrom here\n>From there\n> From you"


def test_m04_a_last_mail_that_was_cut_is_kept_and_says_so(desk, tmp_path):
    whole = mail("2", part("text/plain", "So far") + part("text/plain", "x" * 500), **MIXED)
    path = write_box(tmp_path / "x.mbox", mail("1"))
    path.write_bytes(path.read_bytes() + ENVELOPE + whole[:-400])
    assert counts(bring_in(desk, path)) == (2, 0, 0, 0, 0)
    assert "its parts are not closed: it may have been cut short" in messages(desk)[-1]["flags"]


def test_m05_an_empty_file_holds_no_mail(desk, tmp_path):
    (tmp_path / "x.mbox").touch()
    result = bring_in(desk, tmp_path / "x.mbox")
    assert counts(result) == (0, 0, 0, 0, 0)
    assert "x.mbox holds no mail: there is nothing to import." in result.notes


def test_m06_a_text_without_headers_is_put_aside(desk, tmp_path):
    (tmp_path / "x.eml").write_bytes(b"\nJust a text.\n")
    result = bring_in(desk, tmp_path / "x.eml")
    assert counts(result) == (0, 0, 0, 0, 1)
    assert b"it has no headers" in (tmp_path / "x.rejects.mbox").read_bytes()


def test_m07_what_is_missing_is_told(desk, tmp_path):
    bring_in(desk, write_box(tmp_path / "x.mbox", mail(None, From="", Date="", Subject="")))
    (one,) = messages(desk)
    assert one["author_name"] == "unknown sender"
    assert one["flags"] == ["no From", "no date, the time of the mailbox was taken", "no Message-ID"]
    assert (tickets(desk)[0]["subject"], tickets(desk)[0]["customer_id"]) == ("(no subject)", None)


def test_m08_of_two_senders_and_two_ids_the_first_counts():
    found = read(b"From: other@x.example\nMessage-ID: <0@x.example>\n" + mail("1"))
    assert (found.sender.key, found.key) == ("other@x.example", "<0@x.example>")
    assert {"2 from headers, the first was taken", "2 message-id headers, the first was taken"} <= {
        *flags(found)
    }


def test_m09_a_message_id_that_comes_twice_is_one_message(desk, tmp_path):
    box = write_box(tmp_path / "x.mbox", mail("1"), mail("1"), mail("1", "Something else"))
    result = bring_in(desk, box)
    assert counts(result) == (1, 0, 0, 1, 1)
    assert "another text" in result.reasons[0]
    assert "<1@x.example>" in result.reasons[0]
    assert b"Something else" in (tmp_path / "x.rejects.mbox").read_bytes()
    assert [one["body"] for one in messages(desk)] == ["Hello"]
    assert any("came twice" in flag for flag in messages(desk)[0]["flags"])


def test_m10_bytes_in_a_subject_are_read_and_kept():
    found = read(mail(Subject="Gr\xfc\xdfe \x80".encode("latin-1")))
    assert (found.subject, found.extra["original"]["subject"]) == ("Grüße €", r"Gr\xfc\xdfe \x80")
    assert "subject: bytes above ASCII, read as cp1252" in flags(found)
    assert read(mail(Subject="Grüße €")).subject == "Grüße €"


def test_m11_a_word_in_an_unknown_alphabet_is_shown_as_it_came():
    found = read(mail(Subject="a =?x-unknown?Q?b=20c?= d"))
    assert found.subject == "a =?x-unknown?Q?b=20c?= d"
    assert flags(found) == ["subject: an encoded word that cannot be read, shown as it came"]


def test_m12_broken_base64_is_read_as_far_as_it_goes():
    assert read(mail(Subject="=?utf-8?B?SGVsbG8?= =?utf-8?B?IQ")).subject == "Hello =?utf-8?B?IQ"
    assert read(mail(Subject="=?utf-8?B?w7w?= =?utf-8?b?w7w=?=")).subject == "üü"
    body = base64.b64encode(b"All is well.").decode().rstrip("=") + "!"
    assert read(mail(body=body, content_transfer_encoding="base64")).text == "All is well."
    assert read(mail(body="!!!", content_transfer_encoding="base64")).text == "!!!"


def test_m13_utf_7_is_never_read():
    found = read(mail(body="+ADw-b+AD4-", content_type="text/plain; charset=utf-7"))
    assert found.text == "+ADw-b+AD4-"
    assert any("utf-7" in flag for flag in flags(found))


@pytest.mark.parametrize(
    "codec", ["rot13", "unicode_escape", "idna", "zip", "punycode", "raw_unicode_escape"]
)
def test_m14_codecs_that_are_no_alphabet_are_never_asked(codec):
    body = r"uryyb \u0041 xn--mnchen-3ya"
    found = read(mail(body=body, content_type=f"text/plain; charset={codec}", Subject=f"=?{codec}?Q?uryyb?="))
    assert (found.text, found.subject) == (body, f"=?{codec}?Q?uryyb?=")


def test_m15_quoted_printable_with_broken_signs_is_shown():
    found = read(mail(body="a=C3=BC =ZZ b=", content_transfer_encoding="quoted-printable"))
    assert found.text.startswith("aü =ZZ b")
    assert "quoted-printable with broken signs, shown as they came" in flags(found)


def test_m16_uuencoded_text_stays_text():
    body = "begin 644 x.txt\n#0V%T\n`\nend"
    for coding in ("7bit", "x-uuencode"):
        found = read(mail(body=body, content_transfer_encoding=coding))
        assert (found.text, found.files) == (body, [])
    assert read(mail(body="=ybegin line=128 size=3 name=x\nabc")).text.startswith("=ybegin")


@pytest.mark.parametrize("kind", ["garbage", ";;;=", "text", "text/plain/x; =", "\x00\x01", '"', "multipart"])
def test_m17_a_type_that_is_none_is_text(kind):
    assert read(mail(content_type=kind)).text == "Hello"


def test_m18_boundaries_that_are_missing_doubled_or_open_lose_no_text():
    for kind in ("multipart/mixed", "multipart/mixed; boundary=", "multipart/mixed; boundary=none"):
        assert read(mail(body="--b\n\nHello\n--b--", content_type=kind)).text == "--b\n\nHello\n--b--"
    doubled = read(mail(body=b"--b\n--b\n\nHello\n--b\n\nthere\n--b--", **MIXED))
    assert doubled.text == "Hello\n\nthere"
    assert read(mail(body=b"--b\n\nHello", **MIXED)).text == "Hello"


def nested(depth: int) -> bytes:
    body = b"Hello"
    for number in range(depth):
        body = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (number, number) + body
    return body


def test_m19_parts_a_thousand_deep_are_put_aside():
    assert "nested" in refusal(mail(body="").rstrip() + b"\n" + nested(1000))
    assert "nested" in refusal(mail(body="").rstrip() + b"\n" + nested(MAX_DEPTH + 5))
    assert "nested" not in str(flags(read(mail(body="").rstrip() + b"\n" + nested(20))))


def test_m20_mails_two_thousand_deep_are_put_aside():
    assert "nested" in refusal(mail(body="").rstrip() + b"\n" + b"Content-Type: message/rfc822\n\n" * 2000)


def test_m21_five_thousand_brackets_are_a_name():
    found = read(mail(From="(" * 5000 + "ann@x.example", To=")" * 5000 + ANN))
    assert (found.text, found.others) == ("Hello", ["ann@x.example"])


def test_m22_fifty_thousand_parts_are_put_aside():
    assert "parts" in refusal(mail(body=b"--b\n\n" * 50_000, **MIXED))
    assert "parts" in refusal(mail(body=b"--b\n\n" * (MAX_PARTS + 1), **MIXED))


def test_m23_twenty_thousand_quotes_are_cut():
    found = read(mail(To='"' * 20_000))
    assert flags(found) == [f"to has 20,000 characters, the first {MAX_HEADER:,} were read"]


def test_m24_a_subject_of_a_megabyte_is_put_aside_and_one_of_fifty_kilobytes_is_cut():
    assert "headers" in refusal(mail(Subject="word " * 200_000))
    found = read(mail(Subject="word " * 10_000))
    assert len(found.subject) <= MAX_HEADER
    assert "subject has" in flags(found)[0]


def test_m25_twenty_thousand_encoded_words_are_put_aside_and_a_thousand_are_read():
    assert "headers" in refusal(mail(Subject="=?utf-8?q?=c3=bc?= " * 20_000))
    assert read(mail(Subject="=?utf-8?q?=c3=bc?= " * 800)).subject == "ü" * 800


def test_m26_of_five_thousand_addresses_the_first_are_kept():
    found = read(mail(To=",".join(f"a{number}@x.example" for number in range(5000))))
    assert 500 < len(found.others) <= 1000
    assert "to has" in flags(found)[0]


def test_m27_a_hundred_thousand_headers_are_put_aside():
    assert "headers" in refusal(b"X-A: b\n" * 100_000 + mail())


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ('"../../etc/passwd"', "passwd"),
        ("/etc/x", "x"),
        ('"C:\\\\x\\\\y.pdf"', "y.pdf"),
        ("a\0.pdf", "a.pdf"),
        ("CON", "_CON"),
        ("x;\n filename*0*=utf-8''%2e%2e%2f;\n filename*1*=r%C3%A9.txt", "ré.txt"),
        ("=?utf-8?q?r=C3=A9.txt?=", "ré.txt"),
    ],
)
def test_m28_a_file_keeps_a_name_that_can_be_written(told, safe):
    (file,) = read(mail(body=part("x/y", "data", told), **MIXED)).files
    assert file.name.replace("�", "").startswith(safe)
    assert not {*file.name} & {*'/\\\0:"'}
    assert len(file.name.encode()) <= 150


def test_m28_a_name_in_ten_thousand_pieces_is_cut():
    pieces = "".join(f';\n filename*{number}="y"' for number in range(10_000))
    found = read(mail(body=part("x/y", "data", f"x{pieces}"), **MIXED))
    assert found.files[0].name == "y" * 150
    assert any("parameters" in flag for flag in flags(found))


def test_m29_a_page_is_read_as_its_reader_sees_it():
    body = (
        "<style>p{color:red}</style><script>x()</script><p>Hello <b>there</b></p><p style='display:none'>secret</p>"
        f"<img src='data:image/png;base64,{'A' * 1_000_000}'><a href='https://evil.example/x'>Bank</a>"
        "<a href='javascript:x()'>here</a><blockquote>old</blockquote>"
    )
    found = read(mail(body=body, **HTML))
    assert found.text == "Hello there\n\nBank <https://evil.example/x>here\n\n> old"
    assert flags(found) == ["text taken from HTML"]
    deep = read(mail(body="<div>" * 200_000 + "deep", **HTML))
    assert (deep.text, [file.name for file in deep.files]) == ("deep", ["message.html"])


def test_m30_signed_and_encrypted_parts_are_listed():
    body = part("application/pgp-encrypted", "Version: 1") + part(
        "application/octet-stream", "-----BEGIN", "x.asc"
    )
    found = read(mail(body=body + b"--b--", content_type="multipart/encrypted; boundary=b"))
    assert [file.media_type for file in found.files] == [
        "application/pgp-encrypted",
        "application/octet-stream",
    ]
    assert found.text == NO_TEXT
    sealed = read(
        mail(
            body="MIIB",
            content_type="application/pkcs7-mime; name=smime.p7m",
            content_transfer_encoding="base64",
        )
    )
    assert [(file.name, file.data) for file in sealed.files] == [("smime.p7m", base64.b64decode("MIIB"))]


def test_m31_winmail_dat_is_listed():
    found = read(
        mail(body=part("text/plain", "Hi") + part("application/ms-tnef", "x", "winmail.dat"), **MIXED)
    )
    assert (found.text, [file.name for file in found.files]) == ("Hi", ["winmail.dat"])


@pytest.mark.parametrize(
    "date",
    [
        "32 Jan 2026 10:00:00 +0000",
        "1 Jan 99999 10:00 +0000",
        "1 Jan 2026 10:00 +9999",
        "x",
        "1 Jan 2036 10:00 +0000",
    ],
)
def test_m32_where_a_date_cannot_be_the_time_of_arrival_counts(date):
    found = read(mail(Date=date, Received="by x; Sat, 3 Jan 2026 10:00:00 +0100"))
    assert found.at == datetime(2026, 1, 3, 9, tzinfo=UTC)
    assert "the time of arrival was taken" in flags(found)[0]
    assert "the time of the import was taken" in flags(read(mail(Date=date)))[0]


def test_m32_a_date_without_a_zone_is_utc_and_says_so():
    found = read(mail(Date="1 Jan 2026 10:00:00 -0000"))
    assert (found.at.hour, flags(found)) == (10, ["the date names no zone, taken as UTC"])


def test_m33_a_line_break_in_a_header_is_shown_and_starts_nothing():
    found = read(mail(Subject=b"a\rBcc: evil@x.example"))
    assert found.subject == "a␍Bcc: evil@x.example"
    assert flags(found) == ["a bare carriage return in the header, shown as a sign"]
    folded = read(mail(Subject="=?utf-8?q?a=0D=0ABcc:_evil@x.example?="))
    assert folded.subject == "a⏎Bcc: evil@x.example"


def test_m34_headers_prove_nothing(desk, tmp_path):
    bring_in(desk, write_box(tmp_path / "a.mbox", mail("1")))
    forged = mail("2", answers="1", From=BEN, references="<1@x.example>", day=2)
    assert counts(bring_in(desk, write_box(tmp_path / "b.mbox", forged))) == (1, 0, 0, 0, 0)
    assert threads(desk) == [["1"], ["2"]]
    assert "answers a conversation that its sender had no part in" in tickets(desk)[1]["extra"]["mail"]
    assert "answers a conversation" in messages(desk)[1]["flags"][0]


def test_m34_the_address_of_an_agent_makes_nobody_an_agent(desk, tmp_path):
    with desk.change() as change:
        services.add_agent(change, handle="zed", name="Zed", email="zed@desk.example")
    bring_in(desk, write_box(tmp_path / "a.mbox", mail("1", From="Zed <zed@desk.example>")))
    (one,) = messages(desk)
    assert (one["author_kind"], one["customer_id"] is None) == ("customer", False)
    assert any("proves nothing" in flag for flag in one["flags"])
