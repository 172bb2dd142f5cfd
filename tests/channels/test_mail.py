"""A mail is what the letter says, as any mail program reads it, and no word in it becomes a header."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.channels.mail import build_mail
from agentdesk.queries.outbox import EnclosedFile, OutboxRow, WholeLetter

AT = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
SENDER = "support@desk.example"


def letter(
    body: str = "Hello", *, by: str = "agent", files: Any = (), earlier: Any = (), **named: Any
) -> WholeLetter:
    told = {
        "to_name": "Dana Kim",
        "to_address": "dana@hooli.example",
        "subject": "Re: No parcel [T-7]",
    } | named
    row = OutboxRow(
        1, "7.3.0123456789abcdef@desk.example", 3, 7, **told, state="queued", release_at=AT, handed_over_at=None, underway=""
    )  # fmt: skip
    return WholeLetter(row, body, AT, by, tuple(files), tuple(earlier))


def read(mail: bytes) -> EmailMessage:
    found = message_from_bytes(mail, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_plain_letter_reads_as_it_was_written() -> None:
    mail = read(build_mail(letter("Grüße,\n\nDana: 5 € —\n.\nFrom here"), SENDER, "Desk & Sons"))
    assert mail["From"] == "Desk & Sons <support@desk.example>"
    assert mail["To"] == "Dana Kim <dana@hooli.example>"
    assert mail["Subject"] == "Re: No parcel [T-7]"
    assert mail["Message-ID"] == "<7.3.0123456789abcdef@desk.example>"
    assert mail["Date"].datetime == AT
    assert mail["Auto-Submitted"] is None
    assert mail.get_content().splitlines() == ["Grüße,", "", "Dana: 5 € —", ".", "From here"]


def test_the_same_letter_is_the_same_bytes() -> None:
    files = [EnclosedFile("a.txt", "text/plain", b"x"), EnclosedFile("b.pdf", "application/pdf", b"%PDF")]
    assert len({build_mail(letter(files=files), SENDER, "Desk") for _ in range(3)}) == 1


def test_later_letters_name_the_earlier_ones() -> None:
    keys = [f"7.{number}.aaaaaaaaaaaaaaaa@{'long-' * 10}desk.example" for number in range(20)]
    mail = read(build_mail(letter(earlier=keys), SENDER, ""))
    assert mail["In-Reply-To"] == f"<{keys[-1]}>"
    assert str(mail["References"]).split() == [f"<{one}>" for one in (keys[0], *keys[-9:])]


def test_what_the_desk_writes_by_itself_says_so() -> None:
    assert read(build_mail(letter(by="system"), SENDER, ""))["Auto-Submitted"] == "auto-replied"


def test_files_go_with_it_under_names_that_are_safe_anywhere() -> None:
    files = [
        EnclosedFile("../../Grüße\r\nBcc: x.pdf", "application/pdf", b"%PDF\x00\xff"),
        EnclosedFile("mail.eml", "message/rfc822", b"no mail at all"),
        EnclosedFile("page.html", "text/html", b"<b>\xff</b>"),
        EnclosedFile("odd", "no/type; x=y\r\nBcc: z", b"1"),
    ]
    mail = read(build_mail(letter(files=files), SENDER, ""))
    assert mail["Bcc"] is None
    parts = list(mail.iter_attachments())
    assert [one.get_filename() for one in parts] == ["Grüße" + "Bcc_ x.pdf", "mail.eml", "page.html", "odd"]
    assert [one.get_payload(decode=True) for one in parts] == [one.data for one in files]
    assert [one.get_content_type() for one in parts] == [
        "application/pdf", "application/octet-stream", "text/html", "application/octet-stream",
    ]  # fmt: skip


def test_domains_and_mailboxes_of_any_script_are_written_as_servers_take_them() -> None:
    plain = build_mail(letter(to_address="info@bücher.example"), SENDER, "")
    assert plain.isascii()
    assert b"<info@xn--bcher-kva.example>" in plain
    assert "jörg@bücher.example" not in plain.decode()
    assert (
        "jörg@xn--bcher-kva.example"
        in build_mail(letter(to_address="jörg@bücher.example"), SENDER, "").decode()
    )


WORDS = st.text(max_size=200) | st.sampled_from(
    [
        "x\r\nBcc: evil@x.example",
        "a\rb",
        "a\nb",
        "\x00\x1b]0;x\x07",
        "\u2028\u2029\x85",
        '"; <x@y>, "',
        "=?utf-8?q?x?=",
        "Ж" * 150,
    ]
)


@given(subject=WORDS, name=WORDS, body=WORDS, called=WORDS, sender_name=WORDS)
def test_no_word_becomes_a_header(subject: str, name: str, body: str, called: str, sender_name: str) -> None:
    files = [EnclosedFile(called, "text/plain", b"x")]
    raw = build_mail(letter(body, subject=subject, to_name=name, files=files), SENDER, sender_name)
    mail = read(raw)
    assert raw.isascii()
    assert sorted(mail.keys()) == [
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]
    assert [one.addr_spec for one in mail["To"].addresses] == ["dana@hooli.example"]
    assert [one.addr_spec for one in mail["From"].addresses] == [SENDER]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
