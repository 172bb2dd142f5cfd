import csv
import io

from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.renderers.to_csv import HEAD, render
from tests.reports.tiny_document import one_of_each


def rows(name: str = "Acme") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(one_of_each(name), RenderOptions()))))


def test_there_is_one_head_and_every_line_fits_it():
    lines = list(csv.reader(io.StringIO(render(one_of_each(), RenderOptions()))))

    assert tuple(lines[0]) == HEAD
    assert {len(one) for one in lines} == {len(HEAD)}


def test_each_figure_has_its_metric_unit_and_raw_value():
    share = next(row for row in rows() if row["column"] == "share" and row["row"] == "1")

    assert share == {
        "section": "1",
        "table": "things",
        "row": "1",
        "label": "Acme",
        "column": "share",
        "metric": "clearance",
        "unit": "ratio",
        "value": "0.785714",
    }


def test_a_formula_in_a_name_is_defused_but_a_negative_figure_stays_a_number():
    told = rows("=HYPERLINK(1)")

    assert {row["value"] for row in told if row["column"] in {"who", "scope"}} == {
        "'=HYPERLINK(1)",
        "nobody",
        "total",
    }
    assert {row["label"] for row in told if row["row"] == "1"} == {"'=HYPERLINK(1)"}
    assert [row["value"] for row in told if row["column"] == "change"] == ["2", "-2", "0"]


def test_the_total_and_the_rows_left_out_are_told_apart_from_rows():
    text = render(one_of_each(left_out=7), RenderOptions())

    assert "1,things,total,total,count,created,tickets,5\n" in text
    assert "1,things,left out,,count,,,7\n" in text
