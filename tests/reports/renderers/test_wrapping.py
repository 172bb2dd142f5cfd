from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.safe_text import cells, line
from agentdesk.reports.renderers.wrapping import wrap

texts = st.lists(st.text(max_size=40) | st.just("田中" * 15), max_size=12).map(
    lambda words: line(" ".join(words))
)


@given(texts, st.integers(20, 80), st.sampled_from(["", "  "]), st.sampled_from([None, "    "]))
def test_no_line_is_wider_than_asked_and_no_character_is_lost(text, width, first, rest):
    lines = wrap(text, width, first=first, rest=rest)

    assert all(cells(one) <= width for one in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_break_between_words_where_they_can():
    assert wrap("one two three", 8) == ["one two", "three"]


def test_a_word_that_is_too_long_is_broken():
    assert wrap("abcdefgh", 5, first="> ", rest="  ") == ["> abc", "  def", "  gh"]


def test_nothing_gives_no_lines():
    assert wrap("  ", 10, first="> ") == []
