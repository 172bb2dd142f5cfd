import json
from datetime import date
from pathlib import Path

import pytest

from agentdesk.domain.instants import from_iso
from agentdesk.domain.sla import Calendar, due_at, elapsed_minutes

GOLDEN = Path(__file__).resolve().parents[3] / ".." / "shared" / "golden" / "sla.json"
KNOWN = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {"calendars": {}, "cases": []}
CALENDARS = {
    name: Calendar.parse(one["week"], one["tz"], map(date.fromisoformat, one["holidays"]), name=name)
    for name, one in KNOWN["calendars"].items()
}


def cases(kind):
    found = [pytest.param(case, id=case["id"]) for case in KNOWN["cases"] if case["kind"] == kind]
    return found or [
        pytest.param(None, marks=pytest.mark.skip(reason="../shared/golden/sla.json is not here"))
    ]


def pauses(case):
    return [(from_iso(start), from_iso(end)) for start, end in case["pauses"]]


@pytest.mark.parametrize("case", cases("due"))
def test_a_golden_deadline_is_met_to_the_minute(case):
    calendar = CALENDARS[case["calendar"]]
    due = due_at(calendar, from_iso(case["start"]), case["target_minutes"], pauses(case))

    assert due == from_iso(case["expected_due"])
    assert due.astimezone(calendar.zone).isoformat(timespec="minutes") == case["expected_due_local"]


@pytest.mark.parametrize("case", cases("elapsed"))
def test_a_golden_span_has_its_minutes(case):
    calendar = CALENDARS[case["calendar"]]
    minutes = elapsed_minutes(calendar, from_iso(case["start"]), from_iso(case["end"]), pauses(case))

    assert minutes == case["expected_minutes"]


@pytest.mark.skipif(not GOLDEN.exists(), reason="../shared/golden/sla.json is not here")
def test_there_are_55_golden_cases():
    assert len(KNOWN["cases"]) == 55
