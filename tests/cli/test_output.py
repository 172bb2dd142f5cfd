import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.cli.output import Column, Format, Output
from agentdesk.cli.table import GAP, NARROWEST, fit
from agentdesk.domain.safe_text import UNSAFE, spreadsheet_unguard

COLUMNS = (Column("ref", "Ref"), Column("name", "Name"), Column("at", "When"), Column("tags"))
EVIL = "\x1b]52;c;cm0=\x07 [red]\x9b31m \u202e :smile:"


@dataclass
class Row:
    ref: str
    name: str
    at: datetime | None = None
    tags: tuple[str, ...] = ()


def printed(rows, form, *, is_terminal=False, width=80, color=False):
    stream = io.StringIO(newline="")
    Output(stream, is_terminal, width, color, UTC).emit(rows, COLUMNS, form)
    return stream.getvalue()


ROWS = st.builds(Row, st.text(min_size=1), st.text(), st.none(), st.lists(st.text()).map(tuple))


@given(st.lists(ROWS))
def test_json_gives_back_what_went_in_and_is_plain_ascii(rows):
    text = printed(rows, Format.JSON)
    assert text.isascii()
    assert [one["name"] for one in json.loads(text)] == [row.name for row in rows]


@given(st.lists(ROWS))
def test_json_lines_are_one_object_a_row(rows):
    lines = printed(rows, Format.JSONL).splitlines()
    assert [json.loads(one)["tags"] for one in lines] == [list(row.tags) for row in rows]


@given(st.lists(ROWS))
def test_csv_reads_back_and_no_cell_is_a_formula(rows):
    read = list(csv.DictReader(io.StringIO(printed(rows, Format.CSV), newline="")))
    assert [spreadsheet_unguard(one["name"]) for one in read] == [row.name for row in rows]
    assert not any(
        one["name"].lstrip()[:1] in ("=", "+", "-", "@") and not set(one["name"]) <= set("0123456789+-(). ")
        for one in read
    )


def test_a_table_without_rows_prints_nothing_and_every_other_format_stays_regular():
    assert printed([], Format.TABLE) == ""
    assert json.loads(printed([], Format.JSON)) == []
    assert printed([], Format.JSONL) == printed([], Format.IDS) == ""
    assert printed([], Format.CSV) == "ref,name,at,tags\r\n"


@given(st.lists(ROWS), st.booleans())
def test_no_control_character_reaches_a_table(rows, is_terminal):
    text = printed(rows, Format.TABLE, is_terminal=is_terminal)
    assert not {ord(char) for char in text} & (UNSAFE - {ord("\n")})


def test_hostile_text_is_shown_and_not_obeyed():
    text = printed([Row("T-1", EVIL)], Format.TABLE)
    assert "\x1b" not in text
    assert "␛" in text
    assert "[red]" in text


def test_piped_table_is_never_clipped():
    assert "x" * 500 in printed([Row("T-1", "x" * 500)], Format.TABLE, width=20)


@pytest.mark.parametrize("width", [20, 40, 79])
def test_terminal_table_fits_its_width_and_shows_where_it_was_cut(width):
    lines = printed([Row("T-1", "x" * 500)], Format.TABLE, is_terminal=True, width=width).splitlines()
    assert all(len(one) <= width for one in lines)
    assert "…" in lines[1]


def test_colour_is_for_terminals_only():
    rows = [Row("T-1", "Jo")]
    assert "\x1b[1m" in printed(rows, Format.TABLE, is_terminal=True, color=True)
    assert "\x1b" not in printed(rows, Format.TABLE, is_terminal=True)


@given(st.lists(st.integers(1, 200), min_size=1, max_size=9), st.integers(1, 300))
def test_fitted_columns_fit_or_are_all_as_narrow_as_allowed(widths, room):
    fitted = fit(widths, room)
    assert all(new <= old for new, old in zip(fitted, widths, strict=True))
    total = sum(fitted) + GAP * (len(fitted) - 1)
    assert total <= room or max(fitted) <= NARROWEST


@pytest.mark.parametrize(
    "text", ["+44 20 7946 0018", "+1 (555) 010-9999", "(030) 123-45", "-5", "-5.25", "+49-30-1234", "0049 30"]
)
def test_csv_keeps_a_number_as_it_is(text):
    (read,) = csv.DictReader(io.StringIO(printed([Row("1", text)], Format.CSV), newline=""))
    assert read["name"] == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20 x12",
        "-5 °C since Monday",
        "+A1",
        "-1+2",
        "@SUM(1)",
        "\t+1",
        "+1\n",
        "＋1",
        "+",
        "+1!A1",
    ],
)
def test_csv_guards_what_is_more_than_a_number(text):
    (read,) = csv.DictReader(io.StringIO(printed([Row("1", text)], Format.CSV), newline=""))
    assert read["name"] == "'" + text
