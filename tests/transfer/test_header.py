import pytest

from agentdesk.transfer.header import MAX_COLUMNS, parse_header
from agentdesk.transfer.refusals import RepeatedHeaderError, TooManyColumnsError


def test_names_are_trimmed_and_keys_folded():
    header = parse_header("f", ["\u00a0First  Name ", "STRASSE", "Straße 2"])
    assert header.names == ("First Name", "STRASSE", "Straße 2")
    assert header.keys == ("first name", "strasse", "strasse 2")


def test_nameless_columns_are_not_repeats_and_need_no_cells_at_the_end():
    header = parse_header("f", ["a", "", "b", "", ""])
    assert (header.width, header.required, header.blanks) == (5, 3, (1, 3, 4))


def test_a_thousand_columns_are_taken_and_one_more_is_refused():
    assert parse_header("f", [str(number) for number in range(MAX_COLUMNS)]).width == MAX_COLUMNS
    with pytest.raises(TooManyColumnsError, match="1,001"):
        parse_header("f", [str(number) for number in range(MAX_COLUMNS + 1)])


def test_a_repeated_name_is_refused_with_both_positions():
    with pytest.raises(RepeatedHeaderError, match=r"columns 1 and 3 are both named 'E-mail'"):
        parse_header("f", ["e-mail", "name", "E-mail"])


@pytest.mark.parametrize(
    ("cells", "is_rejects"),
    [
        (["name", "line", "error"], True),
        (["name", "Line", "Error "], True),
        (["line", "error"], False),
        (["line", "name"], False),
    ],
)
def test_the_columns_of_a_rejects_file_are_recognised_at_the_end_only(cells, is_rejects):
    header = parse_header("f", cells)
    assert header.is_rejects is is_rejects
    assert len(header.names) == len(cells) - 2 * is_rejects
