import pytest

from agentdesk.transfer.readers.csv_dialect import find_delimiter, parse_delimiter, parse_sep_line
from agentdesk.transfer.refusals import BadDelimiterError


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("name,email\n", ","),
        ("name;email\n", ";"),
        ("name\temail, private\tcity\n", "\t"),
        ("Name, Vorname;E-Mail;Ort\n", ";"),
        ('"a;b;c;d",e\n', ","),
        ('"say ""a;b;c;d""",e\n', ","),
        ("name|email\n", "|"),
        ("email\n", ","),
        ("a,b;c\n", ","),
    ],
)
def test_the_delimiter_is_what_parts_the_unquoted_names(header, delimiter):
    assert find_delimiter(header) == delimiter


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [
        ("sep=;\r\n", ";"),
        ("SEP=\t\n", "\t"),
        ('"sep=|"\r', "|"),
        ("sep=\n", None),
        ("sep=;;\n", None),
        ("separator\n", None),
    ],
)
def test_a_sep_line_names_the_delimiter(line, delimiter):
    assert parse_sep_line(line) == delimiter


@pytest.mark.parametrize(
    ("given", "delimiter"), [("tab", "\t"), ("\\t", "\t"), ("Semicolon", ";"), ("^", "^")]
)
def test_the_caller_may_use_a_word(given, delimiter):
    assert parse_delimiter(given) == delimiter


@pytest.mark.parametrize("given", ["", ";;", '"', "\n", "\0", "a", "7"])
def test_what_cannot_part_cells_is_refused(given):
    with pytest.raises(BadDelimiterError):
        parse_delimiter(given)
