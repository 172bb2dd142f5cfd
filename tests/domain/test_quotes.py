"""Quotes and signatures are told apart from what is new, and nothing is ever lost."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.quotes import PartKind, split_quotes

TALON = Path(__file__).resolve().parents[3] / "shared" / "data" / "mail" / "talon" / "standard_replies"


def of_kind(text: str, kind: PartKind) -> str:
    return "\n".join("\n".join(part.lines) for part in split_quotes(text) if part.kind is kind)


def new_text(text: str) -> str:
    return of_kind(text, PartKind.TEXT).strip()


lines = st.sampled_from(
    [
        "Hello",
        "> quoted",
        ">> deeper",
        "",
        "-- ",
        "On Mon, Apr 2, 2012 at 6:26 PM, Megan One <x@example.com> wrote:",
        "-----Original Message-----",
        "From: a@example.com",
        "Sent: today",
        "Subject: x",
        "Sent from my iPhone",
    ]
)


@given(st.lists(lines | st.text(max_size=40).filter(lambda text: "\n" not in text), max_size=30))
def test_no_line_is_lost_and_none_is_moved(told: list[str]) -> None:
    text = "\n".join(told)
    assert [line for part in split_quotes(text) for line in part.lines] == text.split("\n")


@given(st.lists(lines, max_size=30))
def test_a_message_is_never_hidden_whole(told: list[str]) -> None:
    text = "\n".join(told)
    assert not text.strip() or new_text(text)


def test_marked_lines_and_their_introduction_are_one_quote() -> None:
    text = "Hello\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Megan One <x@example.com> wrote:\n\n> Hi\n> there\n"
    assert new_text(text) == "Hello"
    assert of_kind(text, PartKind.QUOTE).startswith("On Mon")


def test_an_introduction_that_was_wrapped_is_recognised() -> None:
    text = "Fine.\n\nOn Mon, 2 Mar 2026 at 10:00, A Person With A Long Name\n<long@example.com> wrote:\n> a\n"
    assert new_text(text) == "Fine."


def test_answers_between_quotes_stay_visible() -> None:
    text = "> First?\nYes.\n> Second?\nNo."
    assert [(part.kind.value, len(part.lines)) for part in split_quotes(text)] == [
        ("quote", 1),
        ("text", 1),
        ("quote", 1),
        ("text", 1),
    ]


def test_a_signature_ends_at_the_quote_below_it() -> None:
    text = "Hello\n-- \nAna\nSupport\n\n> old"
    assert of_kind(text, PartKind.SIGNATURE) == "-- \nAna\nSupport\n"
    assert of_kind(text, PartKind.QUOTE) == "> old"


def test_a_long_tail_after_two_dashes_is_text() -> None:
    text = "See:\n--\n" + "\n".join(f"row {number}" for number in range(40))
    assert of_kind(text, PartKind.SIGNATURE) == ""


def test_a_forwarded_complaint_is_shown() -> None:
    text = "-----Original Message-----\nFrom: a@example.com\nSent: Monday\nSubject: broken\n\nIt is broken."
    assert "It is broken." in new_text(text)


def test_a_sentence_about_a_sender_is_no_header_block() -> None:
    text = "From: where did you get this?\nI never ordered it."
    assert new_text(text) == text


def mail_text(path: Path) -> str:
    mail = message_from_bytes(path.read_bytes(), policy=policy.compat32)
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    return raw.decode(part.get_content_charset("utf-8"), "replace").replace("\r\n", "\n")


@pytest.mark.skipif(not TALON.is_dir(), reason="the mail corpus is not beside the project")
@pytest.mark.parametrize("name", [path.name for path in sorted(TALON.glob("*.eml"))])
def test_what_mail_programs_quote_is_folded(name: str) -> None:
    text = mail_text(TALON / name)
    assert new_text(text) == "Hello"
    quoted = of_kind(text, PartKind.QUOTE)
    assert any(word in quoted for word in ("Hi", "manager"))


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Gesendet mit der Mail-App",
        "Von meinem iPad gesendet",
        "Envoyé depuis mon appareil Galaxy",
        "Enviado do meu iPhone",
        "Inviato da Libero Mail",
        "Verzonden vanaf mijn telefoon",
        "Skickat från min iPhone",
        "Wysłane z iPhone'a",
        "发自我的iPhone",
        "iPhoneから送信",
    ],
)
def test_the_line_a_telephone_adds_is_a_signature_in_many_languages(line: str) -> None:
    assert [part.kind for part in split_quotes(f"It works.\n{line}")] == [PartKind.TEXT, PartKind.SIGNATURE]


def test_a_sentence_that_only_begins_so_stays_text() -> None:
    text = "Sent from my office to yours it took three days, and then the box was open, wet, and quite empty."
    assert [part.kind for part in split_quotes(f"Hello,\n{text}")] == [PartKind.TEXT]
