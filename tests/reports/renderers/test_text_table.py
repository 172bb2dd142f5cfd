from agentdesk.reports.document import Column, Kind, Table
from agentdesk.reports.renderers.text_table import table_lines


def lines(table: Table, width: int) -> list[str]:
    return table_lines(table, lambda row: [str(cell) for cell in row], width, "-")


NAMES = Table(
    "t",
    (Column("name", wide=True), Column("created", Kind.COUNT, "created", short="new")),
    (("a rather long name of a customer", 12), ("田中商店", 3)),
    total=("total", 15),
)


def test_columns_stand_two_cells_apart_and_figures_end_under_each_other():
    assert lines(NAMES, 60) == [
        "  name                              created",
        "  a rather long name of a customer       12",
        "  田中商店                                3",
        "  -----------------------------------------",
        "  total                                  15",
    ]


def test_words_take_a_second_line_before_figures_give_way():
    assert lines(NAMES, 30) == [
        "  name                 created",
        "  a rather long name        12",
        "  of a customer",
        "  田中商店                   3",
        "  ----------------------------",
        "  total                     15",
    ]


def test_what_needs_a_third_line_is_clipped():
    assert lines(NAMES, 24) == [
        "  name           created",
        "  a rather long       12",
        "  name of a cu…",
        "  田中商店             3",
        "  ----------------------",
        "  total               15",
    ]


def test_heads_shorten_and_columns_move_together_when_words_have_given_all():
    assert lines(NAMES, 15) == [
        "  name      new",
        "  a rather   12",
        "  long na…",
        "  田中商店    3",
        "  -------------",
        "  total      15",
    ]
    assert lines(NAMES, 14)[0] == "  name     new"


def test_a_row_too_wide_for_the_page_becomes_a_paragraph_and_loses_nothing():
    many = Table(
        "t",
        (Column("name"), *[Column(f"figure {n}", Kind.COUNT, "created") for n in range(6)]),
        (("x", *[7] * 6),),
    )

    assert lines(many, 30) == [
        "  x: figure 0 7, figure 1 7,",
        "    figure 2 7, figure 3 7,",
        "    figure 4 7, figure 5 7",
    ]
