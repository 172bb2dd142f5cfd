"""Real incidents of March 2016: each day of the report is as counted independently from the raw file."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.flow import Flow
from agentdesk.domain.periods import Period
from agentdesk.queries.queue_facts import queue_facts
from agentdesk.queries.queue_report import QueueFacts
from agentdesk.reports.queue import build
from agentdesk.services.undo import undo_batch
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import parse_map
from tests.conftest import NOW, open_desk
from tests.transfer.tickets.ticket_maps import INCIDENT_TABLE

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "incidents"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the incidents are not beside the project")
ZONE = ZoneInfo("UTC")
DAYS = ("2016-02-29", "2016-03-01", "2016-03-07", "2016-03-12", "2016-03-21", "2016-03-25", "2016-03-31")
BATCH = 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with one row of each incident."""
    folder = tmp_path_factory.mktemp("days")
    opened = open_desk(str(folder / "desk.db"), FixedClock(NOW))
    order = TicketImport(
        DATA / "servicenow_tickets_2016-03.csv.gz", parse_map(INCIDENT_TABLE), rejects=folder / "rejects.csv"
    )
    assert import_tickets(opened, order).counts.created == 9202
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    """What was counted by other means."""
    return json.loads((DATA / "reference_open.json").read_text())


def facts_of(desk: Desk, day: str, queue: str | None = None) -> QueueFacts:
    period = Period.of_day(date.fromisoformat(day), ZONE)
    with desk.read() as read:
        return queue_facts(
            read, zone=ZONE, as_of=period.end - timedelta(seconds=1), period=period, queue=queue
        )


@pytest.mark.parametrize("day", DAYS)
def test_a_day_opens_solves_and_holds_what_was_counted(desk: Desk, reference: dict[str, Any], day: str):
    told = {one["day"]: one for one in reference["per_day"]}
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    opening = told[before]["backlog_unresolved_eod"] if before in told else 0
    facts = facts_of(desk, day)

    closing = told[day]["backlog_unresolved_eod"]
    assert facts.period.flow == Flow(
        opening=opening,
        created=told[day]["opened"],
        solved=opening + told[day]["opened"] - closing,
        closing=closing,
    )
    assert len(facts.backlog) == closing
    assert facts.quality.solved == facts.period.flow.solved >= told[day]["resolved"]


@pytest.mark.parametrize("day", ["2016-03-01", "2016-03-21"])
def test_the_queues_of_a_day_add_up_and_each_is_the_report_of_that_queue(desk: Desk, day: str):
    facts = facts_of(desk, day)

    assert sum((one.flow for one in facts.queues), Flow()) == facts.period.flow
    assert Counter(one.queue for one in facts.backlog) == {
        one.queue: one.flow.closing for one in facts.queues if one.flow.closing
    }
    for one in facts.queues[:3]:
        alone = facts_of(desk, day, one.queue)
        assert alone.period.flow == one.flow
        assert len(alone.backlog) == one.flow.closing


def test_the_days_beside_a_day_are_those_days(desk: Desk, reference: dict[str, Any]):
    told = {one["day"]: one for one in reference["per_day"]}
    facts = facts_of(desk, "2016-03-28")

    assert facts.previous is not None
    assert facts.previous.flow == facts_of(desk, "2016-03-25").period.flow
    weekdays = ("2016-03-21", "2016-03-14", "2016-03-07", "2016-02-29")
    assert [one.flow.created for one in facts.same_weekdays] == [told[day]["opened"] for day in weekdays]
    assert [one.flow for one in facts.same_weekdays] == [facts_of(desk, day).period.flow for day in weekdays]
    assert sum(facts.daily_solves) == sum(
        facts_of(desk, (date(2016, 3, 14) + timedelta(days=place)).isoformat()).period.flow.solved
        for place in range(14)
        if place % 7 < 5
    )


def test_the_month_as_one_period_adds_up(desk: Desk, reference: dict[str, Any]):
    march = Period(datetime(2016, 3, 1, tzinfo=UTC), datetime(2016, 4, 1, tzinfo=UTC))
    with desk.read() as read:
        facts = queue_facts(read, zone=ZONE, period=march)
    told = {one["day"]: one for one in reference["per_day"]}

    assert facts.backlog == ()
    assert facts.period.flow.created == reference["opened_by_month"]["2016-03"]
    assert facts.period.flow.closing == told["2016-03-31"]["backlog_unresolved_eod"]
    assert build(facts).data["flow"]["closing"] == facts.period.flow.closing


def test_once_the_import_is_taken_back_no_day_knows_of_it(desk: Desk):
    with desk.change() as change:
        undo_batch(change, BATCH)
    facts = facts_of(desk, "2016-03-21")

    assert facts.period.flow == Flow()
    assert (facts.backlog, facts.queues, facts.scope.tickets_read) == ((), (), 0)
