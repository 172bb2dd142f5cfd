from dataclasses import replace

import pytest

from agentdesk.reports.document import Column, Fact, Kind, Sentence, Table
from tests.reports.tiny_document import one_of_each


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_figure])
def test_a_column_of_figures_that_names_no_metric_cannot_be_built(kind):
    with pytest.raises(ValueError, match="unknown metric"):
        Column("how many", kind)


def test_a_sentence_cannot_name_a_metric_that_nobody_defined():
    with pytest.raises(ValueError, match="unknown metric 'guess'"):
        Sentence("7 guesses", ("guess",))


def test_a_row_must_have_a_cell_for_each_column():
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        Table("t", (Column("a"), Column("b")), (("only one",),))
    with pytest.raises(ValueError, match="3 cells under 2 columns"):
        Table("t", (Column("a"), Column("b")), (), total=("1", "2", "3"))


def test_metrics_are_listed_once_in_the_order_of_the_page():
    assert one_of_each().metrics_used == ("created", "net", "clearance", "frt", "age")


def test_a_capped_list_says_how_many_it_leaves_out():
    table = Table("t", (Column("a"),), (("x",), ("y",)), left_out=5)

    assert table.left_out_note == Sentence("5 more of 7 not shown")
    assert replace(table, hint="list a").left_out_note == Sentence("5 more of 7 not shown:", command="list a")
    assert Table("t", (Column("a"),), (("x",),)).left_out_note is None


def test_words_are_set_left_and_figures_right():
    assert not Column("name").is_right
    assert Column("when", Kind.INSTANT).is_right


def test_a_bare_fact_stands_without_its_label():
    assert Fact("zone", "Europe/London", bare=True).text == "Europe/London"
    assert Fact("calendar", "UK").text == "calendar UK"
