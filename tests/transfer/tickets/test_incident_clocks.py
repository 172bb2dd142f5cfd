"""Clocks over real incidents: a policy by priority breaks as often as was counted independently from the raw file."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.sla.target_words import parse_targets
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import parse_map
from tests.conftest import NOW, open_desk
from tests.transfer.tickets.ticket_maps import INCIDENT_LOG, INCIDENT_TABLE

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "incidents"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the incident logs are not beside the project")
WORDS = {"1 - Critical": "urgent", "2 - High": "high", "3 - Moderate": "normal", "4 - Low": "low"}
BUSINESS = ("Mon-Fri 08:00-18:00", "requester_wait=urgent:240m,high:480m,normal:960m,low:2400m")
AROUND_THE_CLOCK = ("Mon-Sun 00:00-24:00", "requester_wait=urgent:240m,high:480m,normal:1440m,low:4320m")


def imported(folder: Path, rules: tuple[str, str], file: str, columns: str) -> Desk:
    hours, targets = rules
    desk = open_desk(str(folder / "desk.db"), FixedClock(NOW))
    with desk.change() as change:
        services.add_calendar(change, name="Office", zone="UTC", hours=hours)
        services.add_policy(change, name="Incidents", calendar="Office", targets=parse_targets([targets]))
    order = TicketImport(DATA / file, parse_map(columns), rejects=folder / "rejects.csv")
    assert import_tickets(desk, order).counts.created == 9202
    return desk


def with_resolved_at() -> set[str]:
    with gzip.open(DATA / "servicenow_tickets_2016-03.csv.gz", "rt", encoding="utf-8") as file:
        return {row["ticket_id"] for row in csv.DictReader(file) if row["resolved_at"]}


def verdicts(desk: Desk) -> dict[str, tuple[str, bool]]:
    """Priority and breach of each incident that has a resolution of its own, by its number."""
    counted = with_resolved_at()
    with desk.read() as read:
        rows = read.tuples(
            "SELECT ticket.external_id, ticket.priority, sla_clock.breached_at IS NOT NULL FROM sla_clock "
            "JOIN ticket ON ticket.id = sla_clock.ticket_id WHERE sla_clock.metric = 'requester_wait' "
            "AND NOT sla_clock.is_running"
        )
    return {number: (priority, bool(broken)) for number, priority, broken in rows if number in counted}


def breaches(desk: Desk) -> dict[str, list[int]]:
    """Breached incidents, and all, by priority."""
    told = verdicts(desk).values()
    every, broken = Counter(one for one, _ in told), Counter(one for one, is_broken in told if is_broken)
    return {word: [broken[priority], every[priority]] for word, priority in WORDS.items()}


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    return dict(json.loads((DATA / "reference_open.json").read_text()))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A row an incident: opened, and solved in between nothing."""
    folder = tmp_path_factory.mktemp("table")
    desk = imported(folder, BUSINESS, "servicenow_tickets_2016-03.csv.gz", INCIDENT_TABLE)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Every event: what waited for the caller, came back, or changed its priority is known."""
    folder = tmp_path_factory.mktemp("log")
    desk = imported(folder, BUSINESS, "servicenow_events_2016-03.csv.gz", INCIDENT_LOG)
    yield desk
    desk.close()


def test_in_business_hours_a_policy_by_priority_breaks_as_often_as_was_counted(
    table: Desk, reference: dict[str, Any]
) -> None:
    assert breaches(table) == reference["policy_breaches_business_hours"]


@pytest.mark.slow  # the same law over hours that are simpler
def test_around_the_clock_it_breaks_as_often_as_was_counted(
    tmp_path: Path, reference: dict[str, Any]
) -> None:
    desk = imported(tmp_path, AROUND_THE_CLOCK, "servicenow_tickets_2016-03.csv.gz", INCIDENT_TABLE)
    assert breaches(desk) == reference["policy_breaches_wallclock"]
    desk.close()


def eventful() -> set[str]:
    """Incidents that another definition counts otherwise.

    They paused, came back, changed their priority, or were resolved before the instant they give for it.
    """
    found: set[str] = set()
    last: dict[str, tuple[str, str]] = {}
    with gzip.open(DATA / "servicenow_events_2016-03.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number, state, priority = row["number"], row["incident_state"], row["priority"]
            was = last.get(number, (state, priority))
            came_back = was[0] in ("Resolved", "Closed") and state not in ("Resolved", "Closed")
            said_later = state == "Resolved" and row["sys_updated_at"] != row["resolved_at"]
            if state == "Awaiting User Info" or came_back or said_later or priority != was[1]:
                found.add(number)
            last[number] = (state, priority)
    return found


def test_the_log_differs_only_where_another_definition_counts_otherwise(table: Desk, log: Desk) -> None:
    by_table, by_log, other = verdicts(table), verdicts(log), eventful()
    plain = by_table.keys() - other
    assert len(plain) > 4000
    assert {number for number in plain if by_log[number] != by_table[number]} == set()
    fewer = sum(broken for _, broken in by_table.values()) - sum(broken for _, broken in by_log.values())
    assert fewer > 0  # waiting for the caller pauses the clock (R5)
