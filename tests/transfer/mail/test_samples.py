"""The sample mails beside the project: what becomes of each folder, and what their mutants cannot do."""

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from agentdesk.domain.quotes import PartKind, split_quotes
from agentdesk.transfer.html_text import html_to_text
from agentdesk.transfer.mail.files import MailFiles
from agentdesk.transfer.mail.parse import Mail, parse_mail
from agentdesk.transfer.mail.parts import MailRefusedError
from tests.transfer.mail.mails import bring_in, counts, mail, messages, tickets
from tests.transfer.tables import SHARED

DATA = SHARED / "mail"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the sample mails are not beside the project")
GOLDEN = {
    # folder: new messages, duplicates, rejected, tickets, files, passed over
    "cpython": (40, 4, 2, 40, 34, 1),
    "django_mailbox": (16, 4, 0, 16, 8, 1),
    "mail_parser": (10, 0, 0, 10, 4, 2),
    "ruby_mail": (40, 5, 7, 39, 11, 1),
    "stalwart_malformed": (12, 0, 0, 12, 6, 1),
    "talon": (14, 0, 0, 14, 0, 35),
    "sample.mbox": (37, 5, 0, 37, 8, 0),
    "": (133, 53, 10, 132, 62, 41),
}


@needs_data
@pytest.mark.parametrize("name", GOLDEN)
def test_each_sample_becomes_what_it_should(desk, tmp_path, name):
    result = bring_in(desk, DATA / name, rejects=tmp_path / "rejects.mbox")
    created, updated, unchanged, duplicates, rejected = counts(result)
    files = MailFiles([str(DATA / name)])
    read = sum(1 for _ in files.mails())
    assert read == result.counts.rows
    told = (created, duplicates, rejected, result.tickets, result.attachments, len(files.passed_over))
    assert (told, updated, unchanged) == (GOLDEN[name], 0, 0)
    assert (len(messages(desk)), len(tickets(desk))) == (created, result.tickets)
    assert sum(len(one["files"]) for one in messages(desk)) == result.attachments
    again = counts(bring_in(desk, DATA / name, rejects=tmp_path / "rejects.mbox"))
    assert again == (0, 0, created, duplicates, rejected)


@needs_data
@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("talon/standard_replies/*.eml")))
def test_of_a_reply_only_what_is_new_is_shown(name):
    text = parse_mail((DATA / "talon/standard_replies" / name).read_bytes(), None, NOW).text
    parts = split_quotes(text)
    new = "\n".join("\n".join(part.lines) for part in parts if part.kind is PartKind.TEXT).strip()
    assert any(part.kind is PartKind.QUOTE for part in parts)
    assert "wrote" not in new
    assert "Test" not in new or len(new) < 60


@needs_data
@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("talon/html_replies/*.html")))
def test_of_a_reply_in_html_only_what_is_new_is_shown(name):
    page = (DATA / "talon/html_replies" / name).read_text(errors="replace")
    parts = split_quotes(html_to_text(page)[0])
    new = "\n".join("\n".join(part.lines) for part in parts if part.kind is PartKind.TEXT)
    assert new.startswith("Hi. I am fine.")
    assert "Hello! How are you?" not in new


def _seeds() -> list[bytes]:
    own = [mail("1"), mail("2", b"--b\n\nHello\n--b--", content_type="multipart/mixed; boundary=b")]
    own.append(mail("3", "<p>Hi <a href=x>y</a>", content_type="text/html; charset=utf-8"))
    if not DATA.is_dir():
        return own
    return own + [raw.plain for raw in MailFiles([str(DATA)]).mails()]


_WORDS = (
    *(b"\r", b"\n", b"\n\n", b"\0", b"\xff", b"=?utf-8?b?", b"?=", b'"', b"(", b"<", b">", b";", b"--", b"="),
    *(
        b"charset=rot13",
        b"charset*=x''",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
        b"name*0*=",
        b"%FF",
    ),
    *(
        b"Content-Type: message/rfc822\n\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Date: 0 Jan 0000 99:99 +9999\n",
    ),
    *(b"References: " + b"<a@b> " * 50, b"Content-Type: message/delivery-status\n\n\n\n", b"\x80\x81" * 20),
)


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Mails with pieces put in, taken out, doubled, swapped, and bytes changed."""
    chance, seeds = random.Random(seed), _seeds()
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data) + 1)
            to = min(len(data), at + chance.choice((1, 2, 10, 100, 1000)))
            kind = chance.randrange(5)
            if kind == 0:
                data[at:at] = chance.choice(_WORDS) * chance.choice((1, 1, 1, 3, 200))
            elif kind == 1:
                del data[at:to]
            elif kind == 2:
                data[at:at] = data[at:to] * chance.choice((1, 2, 50))
            elif kind == 3:
                other = chance.choice(seeds)
                place = chance.randrange(len(other))
                data[at:to] = other[place : place + to - at]
            else:
                data[at:to] = bytes(chance.randrange(256) for _ in range(to - at))
        yield bytes(data)


def survive(count: int, seed: int) -> tuple[int, int, float]:
    """Mails read, refused, and the longest that one took; anything raised else is a failure."""
    read = refused = 0
    longest = 0.0
    for data in mutants(count, seed):
        began = time.process_time()
        found = _read(data)
        if isinstance(found, Mail):
            _check(found)
        read, refused = read + isinstance(found, Mail), refused + isinstance(found, str)
        longest = max(longest, time.process_time() - began)
    return read, refused, longest


def _read(data: bytes) -> Mail | str:
    try:
        return parse_mail(data, None, NOW)
    except MailRefusedError as refusal:
        return str(refusal)


def _check(found: Mail) -> None:
    found.text.encode()
    found.subject.encode()
    assert "\0" not in found.text + found.subject + found.key + found.sender.told
    assert "\n" not in found.subject + found.key + found.sender.told
    assert found.text
    assert found.at <= NOW
    assert all(file.name and "/" not in file.name for file in found.files)


def test_no_mutant_raises():
    read, refused, _ = survive(400, 1)
    assert read + refused == 400
    assert read > 200


@pytest.mark.slow
def test_no_mutant_of_thousands_raises():
    read, refused, longest = survive(20_000, 2)
    assert read + refused == 20_000
    sys.stderr.write(f"{read} of 20,000 mutants read, {refused} refused, the longest took {longest:.2f} s\n")


def test_mutants_are_imported_with_counts_that_reconcile(desk, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number, data in enumerate(mutants(60, 3)):
        (folder / f"{number:03}.eml").write_bytes(b"Subject: x\nTo: y\n" + data)
    result = bring_in(desk, folder)
    created, _, _, duplicates, rejected = counts(result)
    assert created + duplicates + rejected == 60 - result.notes[0].count("passed over")
    assert len(messages(desk)) == created
    assert counts(bring_in(desk, folder))[2] == created
