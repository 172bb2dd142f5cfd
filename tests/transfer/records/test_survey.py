"""A real survey: one file holds two kinds of answers for each respondent, and figures of the store are those of the file."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.importing import import_records
from agentdesk.transfer.records.mapping import parse_record_map
from agentdesk.transfer.records.order import RecordImport
from tests.transfer.records.conftest import counts, held, take_back, tuples

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "survey"
FILE = DATA / "sfo_customer_survey_2017.csv"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the survey is not beside the project")
RESPONDENTS = 2831
MAP = """
[file]
source = "sfo-2017-{kind}"
empty = ["", "Blank"]
ignore = ["WEIGHT"]

[feedback]
external_id = "RESPNUM"
kind = "={kind}"
channel = "=visit"
at = "=2017-05-15"
score = "{column}"
language = "LANG"

[values.language]
"1" = "en"
"2" = "es"
"3" = "zh"
"4" = "ja"
"""
CSAT = MAP.format(kind="csat", column="Q7ALL")
NPS = MAP.format(kind="nps", column="NETPRO") + '[values.score]\n"11" = ""\n'


@pytest.fixture
def survey(desk, tmp_path):
    def bring_in(rules, **options):
        order = RecordImport(
            "feedback",
            FILE,
            map=parse_record_map(rules, KINDS["feedback"]),
            rejects=tmp_path / "no.csv",
            **options,
        )
        return import_records(desk, order)

    return bring_in


def column(name):
    with FILE.open(encoding="utf-8", newline="") as file:
        return Counter(row[name] for row in csv.DictReader(file))


def test_one_respondent_answers_twice_and_the_figures_are_those_of_the_file(desk, survey):
    for rules in (CSAT, NPS):
        assert counts(survey(rules, dry_run=True)) == counts(survey(rules)) == (RESPONDENTS, 0, 0, 0, 0)
    satisfied, promoted = column("Q7ALL"), column("NETPRO")
    answered = sum(satisfied[str(score)] for score in range(1, 6))
    sql = (
        "SELECT count(*), count(score), sum(CASE WHEN score >= 4 THEN 1 ELSE 0 END), count(answered_at) "
        "FROM feedback WHERE kind = 'csat'"
    )
    assert tuples(desk, sql) == [(RESPONDENTS, answered, satisfied["4"] + satisfied["5"], answered)]
    sql = (
        "SELECT count(score), sum(CASE WHEN score >= 9 THEN 1 ELSE 0 END), sum(CASE WHEN score <= 6 THEN 1 ELSE 0 END) "
        "FROM feedback WHERE kind = 'nps'"
    )
    detractors = sum(promoted[str(score)] for score in range(7))
    replied = sum(promoted[str(score)] for score in range(11))
    assert tuples(desk, sql) == [(replied, promoted["9"] + promoted["10"], detractors)]
    assert (answered, replied) == (2688, 2746)
    assert round(100 * (promoted["9"] + promoted["10"] - detractors) / replied) == 40


def test_the_same_survey_again_changes_nothing_and_leaves_whole(desk, survey):
    before = held(desk)
    result = survey(CSAT)
    assert counts(survey(CSAT)) == (0, 0, RESPONDENTS, 0, 0)
    assert take_back(desk, result).left == []
    assert held(desk) == before


def test_the_dictionary_of_a_survey_is_refused_as_feedback(desk):
    with pytest.raises(MapError, match="nothing tells what kind of feedback this is"):
        import_records(desk, RecordImport("feedback", DATA / "sfo_2018_data_dictionary.xlsx"))
