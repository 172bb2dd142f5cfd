import pytest

from agentdesk.reports.renderers import RENDERERS
from agentdesk.reports.renderers.base import MIN_WIDTH, RenderOptions
from tests.reports.tiny_document import one_of_each


@pytest.mark.parametrize("name", RENDERERS)
def test_the_same_document_gives_the_same_text_that_ends_with_a_newline(name):
    first, second = (RENDERERS[name].render(one_of_each(), RenderOptions()) for _ in range(2))

    assert first == second
    assert first.endswith("\n")


@pytest.mark.parametrize("name", RENDERERS)
def test_no_format_lets_an_escape_sequence_through(name):
    text = RENDERERS[name].render(one_of_each("\x1b[31mAcme\x07\u202e"), RenderOptions())

    assert not {"\x1b", "\x07", "\u202e"} & set(text)


@pytest.mark.parametrize("name", ["text", "md", "csv"])
def test_every_format_for_readers_says_how_many_rows_are_left_out(name):
    assert "7777" in RENDERERS[name].render(one_of_each(left_out=7777), RenderOptions())
    assert "more of" not in RENDERERS[name].render(one_of_each(), RenderOptions())


def test_a_page_is_never_narrower_than_it_can_be_read():
    assert RenderOptions(width=10).page_width == MIN_WIDTH
    assert RenderOptions(width=132).page_width == 132
