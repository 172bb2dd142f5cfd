"""What is typed into a search box, and where it stands in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.search_words import excerpt, marks, wanted


def marked(text: str, asked: str) -> list[str]:
    return [text[start:end] for start, end in marks(text, wanted(asked))]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("refund cup", "refund cup"),
        ('  "since  monday" cup', '"since monday" cup'),
        ('cup "since mon', 'cup "since mon"'),
        ("leak* le*", "leak* le"),
        ('... "" *', ""),
    ],
)
def test_words_phrases_and_beginnings_are_told_apart(typed: str, parts: str) -> None:
    assert str(wanted(typed)) == parts


@pytest.mark.parametrize(
    ("typed", "parts"), [("refu", "refu*"), ("refu ", "refu"), ("re", "re"), ('"since mon"', '"since mon"')]
)
def test_the_word_that_is_being_typed_may_go_on(typed: str, parts: str) -> None:
    assert str(wanted(typed, is_typing=True)) == parts


def test_what_was_found_is_marked_whatever_its_case_and_accents() -> None:
    assert marked("Le café, CAFÉ! cafés", "cafe") == ["café", "CAFÉ"]
    assert marked("a refund, refunded", "refund*") == ["refund", "refunded"]
    assert marked("since monday, monday since", '"since monday"') == ["since", "monday"]
    assert marked("vera@x.test wrote", "vera@x.test") == ["vera", "x", "test"]


def test_an_excerpt_begins_before_the_first_mark() -> None:
    text = "word " * 40 + "my refund, please " + "word " * 40
    line = excerpt(text, wanted("refund"))
    assert line.startswith("…word word")
    assert "my refund, please" in line


@given(st.text(), st.text(max_size=12))
def test_no_text_is_an_error_and_marks_rise_inside_it(text: str, typed: str) -> None:
    spans = marks(text, wanted(typed, is_typing=True))
    assert [at for span in spans for at in span] == sorted(at for span in spans for at in span)
    assert all(start < end <= len(text) for start, end in spans)
    line = excerpt(text, wanted(typed))
    assert len(line.splitlines()) <= 1
    assert len(line) <= 162
