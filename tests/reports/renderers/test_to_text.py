from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.renderers.to_text import render
from tests.reports.tiny_document import one_of_each


def test_the_first_lines_name_the_report_its_instant_and_its_scope():
    page = render(one_of_each(), RenderOptions(width=60)).split("\n")

    assert page[0] == "TINY REPORT                       as of Wed 2026-07-01 09:00"
    assert page[1] == "Acme                                             calendar UK"
    assert page[2] == "─" * 60
    assert page[3] == "3 things for Acme."


def test_the_foot_defines_every_metric_on_the_page():
    foot = render(one_of_each(), RenderOptions()).split("─" * 80)[-1]

    assert "clearance  share: solved / (created + reopened)" in foot
    assert "age        as-of instant - creation" in foot
    assert len([one for one in foot.split("\n") if one]) == 1 + len(one_of_each().metrics_used)


def test_facts_that_do_not_fit_beside_each_other_go_on_more_lines():
    page = render(one_of_each("A" * 55), RenderOptions(width=60)).split("\n")

    assert page[1:3] == ["A" * 55, "calendar UK"]


def test_ascii_pages_hold_nothing_else_and_keep_what_can_be_kept():
    page = render(one_of_each("Jón – Þór “田”"), RenderOptions(ascii=True))

    assert page.isascii()
    assert 'Jon - ?or "?"' in page


def test_a_clipped_word_is_marked_in_ascii_too():
    page = render(
        one_of_each("A customer whose name is longer than even two lines of the page allow it to be " * 2),
        RenderOptions(width=72, ascii=True),
    )

    assert any(one.rstrip().endswith(">") or "> " in one for one in page.split("\n"))
