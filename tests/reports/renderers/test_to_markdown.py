from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.renderers.to_markdown import render
from tests.reports.tiny_document import one_of_each


def test_a_stranger_cannot_add_a_column_a_link_or_a_tag():
    text = render(one_of_each("a|b [x](y) <i>*z*</i> `q`"), RenderOptions())

    assert r"| a\|b \[x\](y) \<i\>\*z\*\</i\> \`q\` | 3 |" in text


def test_every_row_has_as_many_cells_as_the_head():
    rows = [one for one in render(one_of_each("a|b"), RenderOptions()).split("\n") if one.startswith("| ")]
    sizes = [one.replace(r"\|", "").count("|") for one in rows]

    assert sizes == [9] * 5 + [4] * 7


def test_a_sentence_that_begins_like_a_list_stays_a_sentence():
    assert "\n\\- not a list item\n" in render(one_of_each(), RenderOptions())
    assert "**3 things for 1. Acme.**" in render(one_of_each("1. Acme"), RenderOptions())


def test_the_total_is_set_in_bold():
    assert "| **total** | **5** | **0** |" in render(one_of_each(), RenderOptions())
