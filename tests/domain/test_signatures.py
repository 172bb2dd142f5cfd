"""A signature stands below a line of two dashes, once, and is short enough to be folded."""

import pytest

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.placeholders import UnknownPlaceholderError
from agentdesk.domain.quotes import PartKind, split_quotes
from agentdesk.domain.signatures import checked_signature, length_above, signed


def test_a_signed_text_is_read_as_a_text_with_a_signature() -> None:
    longest = checked_signature("\n".join(f"line {one}" for one in range(10)))
    parts = split_quotes(signed("Hello\n", longest))
    assert [one.kind for one in parts] == [PartKind.TEXT, PartKind.SIGNATURE]
    assert signed("Hello\n", longest).startswith("Hello\n\n-- \nline 0\n")


@pytest.mark.parametrize("text", ["Hello", "Hello\n\n-- \nAna, otherwise", "-- \nAna"])
def test_nothing_is_signed_twice_or_without_a_signature(text: str) -> None:
    assert signed(text, "") == text
    once = signed(text, "Ana")
    assert once.count("-- \n") == 1
    assert signed(once, "Ana") == once


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("", ""),
        ("Hello", "Hello"),
        ("\n\n-- \nAna", ""),
        ("Hello\n\n-- \nAna", "Hello"),
        ("a -- b\n", "a -- b\n"),
    ],
)
def test_writing_goes_on_above_it(text: str, above: str) -> None:
    assert text[: length_above(text)] == above


def test_what_people_paste_is_kept_without_the_dashes_and_the_blanks_around() -> None:
    assert checked_signature("\n-- \nAna  \nAcme\n\n") == "Ana\nAcme"


@pytest.mark.parametrize("text", ["", " \n", "-- ", "\n" + "x\n" * 11, "x" * 201])
def test_no_signature_and_one_that_nobody_would_read_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        checked_signature(text)


def test_a_placeholder_that_means_nothing_is_refused() -> None:
    with pytest.raises(UnknownPlaceholderError, match=r"agent\.name"):
        checked_signature("{{agent.nam}}")
