"""The worked examples through `sla due` and `sla elapsed`, on one store."""

import json
from pathlib import Path

import pytest

from tests.cli.desk_by_commands import CALENDARS

GOLDEN = Path(__file__).resolve().parents[2] / ".." / "shared" / "golden" / "sla.json"
KNOWN = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {"cases": [], "calendars": {}}


def paused(pauses):
    return [word for start, end in pauses for word in ("--pause", f"{start}/{end}")]


def golden(kind):
    found = [pytest.param(case, id=case["id"]) for case in KNOWN["cases"] if case["kind"] == kind]
    return found or [
        pytest.param(None, marks=pytest.mark.skip(reason="../shared/golden/sla.json is not here"))
    ]


@pytest.mark.parametrize("case", golden("due"))
def test_a_golden_deadline_is_printed(examples, case):
    start, target = case["start"], f"{case['target_minutes']}m"
    line = ["sla", "due", "--calendar", case["calendar"], "--start", start, "--target", target]
    answer = examples(*line, *paused(case["pauses"]))
    assert (answer.code, answer.err) == (0, "")
    assert answer.json == {"due_at": case["expected_due"]}


@pytest.mark.parametrize("case", golden("elapsed"))
def test_golden_minutes_are_printed(examples, case):
    start, end = case["start"], case["end"]
    line = ["sla", "elapsed", "--calendar", case["calendar"], "--start", start, "--end", end]
    answer = examples(*line, *paused(case["pauses"]), "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json == {"minutes": case["expected_minutes"]}


@pytest.mark.skipif(not GOLDEN.exists(), reason="../shared/golden/sla.json is not here")
def test_the_calendars_of_the_golden_file_are_those_of_the_examples():
    told = {
        name: (one["tz"], one["week"], tuple(one["holidays"])) for name, one in KNOWN["calendars"].items()
    }
    assert told == CALENDARS


@pytest.mark.parametrize(
    ("calendar", "start", "target", "due"),
    [
        pytest.param("UK", "2026-03-02T10:00+00:00", "4h", "2026-03-02T14:00:00Z", id="G01"),
        pytest.param("UK", "2026-03-02T16:00Z", "2h", "2026-03-03T10:00:00Z", id="G02"),
        pytest.param("UK", "2026-03-06T18:30Z", "60m", "2026-03-09T10:00:00Z", id="G03"),
        pytest.param("UK", "2026-12-24T16:00Z", "240m", "2026-12-29T12:00:00Z", id="G04"),
        pytest.param("UK", "2026-03-02T17:00Z", "30m", "2026-03-03T09:30:00Z", id="G05"),
        pytest.param("UK", "2026-03-02T15:00Z", "PT2H", "2026-03-02T17:00:00Z", id="G06"),
        pytest.param("DE", "2026-03-06T11:30+01:00", "6h", "2026-03-07T09:30:00Z", id="G07"),
        pytest.param("UK", "2026-03-03T08:30+09:00", "1h", "2026-03-03T10:00:00Z", id="G08"),
        pytest.param("A7", "2026-03-28T20:00Z", "12h", "2026-03-29T08:00:00Z", id="G09"),
        pytest.param("A7", "2026-10-24T20:00+01:00", "12h", "2026-10-25T07:00:00Z", id="G10"),
        pytest.param("NY", "2026-03-06T16:30-05:00", "2h", "2026-03-09T14:00:00Z", id="G11"),
        pytest.param("NIGHT", "2026-03-08T00:00-05:00", "4h", "2026-03-08T09:00:00Z", id="G12 spring"),
        pytest.param("NIGHT", "2026-11-01T00:00-04:00", "4h", "2026-11-01T08:00:00Z", id="G12 autumn"),
        pytest.param("GAP", "2026-03-08T00:00-05:00", "30m", "2026-03-08T08:00:00Z", id="G13"),
        pytest.param("UK", "2026-03-02T09:00Z", "8h", "2026-03-02T17:00:00Z", id="G14, G15 without pause"),
        pytest.param("UK", "2026-03-02T09:00Z", "60m", "2026-03-02T10:00:00Z", id="G16, G19 urgent"),
        pytest.param("A7", "2026-03-02T10:00Z", "360m", "2026-03-02T16:00:00Z", id="G22"),
        pytest.param("UK", "2026-03-02T10:00Z", "3h", "2026-03-02T13:00:00Z", id="G25 75 %"),
        pytest.param("UK", "2026-03-02T10:00Z", "216m", "2026-03-02T13:36:00Z", id="G25 90 %"),
        pytest.param("UK", "2026-05-01T16:30+01:00", "1h", "2026-05-05T08:30:00Z", id="G26"),
        pytest.param("UK", "2026-03-06T16:59Z", "1m", "2026-03-06T17:00:00Z", id="G27"),
        pytest.param("NY", "2026-10-30T17:00-04:00", "1h", "2026-11-02T14:30:00Z", id="G29"),
    ],
)
def test_a_worked_example_is_due_when_it_says(examples, calendar, start, target, due):
    answer = examples("sla", "due", "--calendar", calendar, "--start", start, "--target", target)
    assert answer.json == {"due_at": due}


@pytest.mark.parametrize(
    ("target", "pauses", "due"),
    [
        pytest.param("8h", [("2026-03-02T11:00Z", "2026-03-03T10:00Z")], "2026-03-03T16:00:00Z", id="G14"),
        pytest.param(
            "480m",
            [
                ("2026-03-02T10:30Z", "2026-03-02T11:30Z"),
                ("2026-03-02T10:00Z", "2026-03-02T11:00Z"),
                ("2026-03-02T16:30Z", "2026-03-03T09:30Z"),
            ],
            "2026-03-03T11:30:00Z",
            id="G28",
        ),
        pytest.param("8h", [("2026-03-02T10:00Z", "2026-03-02T10:00Z")], "2026-03-02T17:00:00Z", id="empty"),
    ],
)
def test_pauses_do_not_count_and_overlapping_ones_count_once(examples, target, pauses, due):
    line = ["sla", "due", "--calendar", "UK", "--start", "2026-03-02T09:00Z", "--target", target]
    assert examples(*line, *paused(pauses)).json == {"due_at": due}


@pytest.mark.parametrize(
    ("calendar", "start", "end", "pauses", "minutes"),
    [
        pytest.param("UK", "2026-03-02T10:00Z", "2026-03-02T13:15Z", [], 195, id="G01"),
        pytest.param("UK", "2026-03-06T18:30Z", "2026-03-09T09:20Z", [], 20, id="G03"),
        pytest.param("24x7", "2026-03-06T18:30Z", "2026-03-09T09:20Z", [], 3770, id="G03 calendar time"),
        pytest.param("UK", "2026-03-02T15:00Z", "2026-03-03T08:59Z", [], 120, id="G06 in time"),
        pytest.param("UK", "2026-03-02T15:00Z", "2026-03-03T09:01Z", [], 121, id="G06 late"),
        pytest.param("24/7", "2026-03-06T16:30-05:00", "2026-03-09T10:00-04:00", [], 3870, id="G11 span"),
        pytest.param("NIGHT", "2026-03-08T00:00-05:00", "2026-03-08T12:00-04:00", [], 300, id="G12 spring"),
        pytest.param("NIGHT", "2026-11-01T00:00-04:00", "2026-11-01T12:00-05:00", [], 420, id="G12 autumn"),
        pytest.param("GAP", "2026-03-08T00:00-05:00", "2026-03-08T12:00-04:00", [], 150, id="G13"),
        pytest.param(
            "UK",
            "2026-03-02T09:00Z",
            "2026-03-03T15:30Z",
            [("2026-03-02T11:00Z", "2026-03-03T10:00Z")],
            450,
            id="G14",
        ),
        pytest.param("UK", "2026-03-02T11:00Z", "2026-03-03T10:00Z", [], 420, id="G14 paused"),
        pytest.param("UK", "2026-03-02T09:00Z", "2026-03-03T15:30Z", [], 870, id="G15 on hold"),
        pytest.param("UK", "2026-03-02T09:00Z", "2026-03-02T10:30Z", [], 90, id="G16, G17"),
        pytest.param("UK", "2026-03-02T09:00Z", "2026-03-02T10:15Z", [], 75, id="G18"),
        pytest.param("UK", "2026-03-02T09:00Z", "2026-03-02T12:00Z", [], 180, id="G21 first"),
        pytest.param("UK", "2026-03-02T09:00Z", "2026-03-04T11:30Z", [], 1110, id="G21 full"),
        pytest.param("24x7", "2026-03-02T09:00Z", "2026-03-04T11:30Z", [], 3030, id="G21 calendar time"),
        pytest.param(
            "UK",
            "2026-03-02T09:00Z",
            "2026-03-04T11:30Z",
            [("2026-03-02T12:00Z", "2026-03-04T10:00Z")],
            270,
            id="G21 active",
        ),
        pytest.param("UK", "2026-03-02T09:00Z", "2026-03-02T11:00Z", [], 120, id="G23, G24"),
        pytest.param("UK", "2026-03-07T10:00Z", "2026-03-07T10:00Z", [], 0, id="nothing"),
        pytest.param("UK", "2026-03-02T10:00:30Z", "2026-03-02T10:02:29.9Z", [], 1, id="rest dropped"),
    ],
)
def test_a_worked_example_used_the_minutes_it_says(examples, calendar, start, end, *, pauses, minutes):
    line = ["sla", "elapsed", "--calendar", calendar, "--start", start, "--end", end]
    assert examples(*line, *paused(pauses)).json == {"minutes": minutes}
