"""Real incident logs, whole: nothing is lost, and every past day comes out as counted independently."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.services.undo import undo_batch
from agentdesk.transfer.result import ImportResult
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import parse_map
from tests.conftest import NOW, open_desk
from tests.transfer.past import Past
from tests.transfer.tickets.ticket_maps import INCIDENT_LOG, INCIDENT_QUEUE, INCIDENT_TABLE

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "incidents"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the incident logs are not beside the project")
OURS = {
    "New": "new",
    "Active": "open",
    "Awaiting User Info": "pending",
    "Awaiting Evidence": "on_hold",
    "Awaiting Problem": "on_hold",
    "Awaiting Vendor": "on_hold",
    "Resolved": "solved",
    "Closed": "closed",
}
PRIORITIES = {"1 - Critical": "urgent", "2 - High": "high", "3 - Moderate": "normal", "4 - Low": "low"}


@dataclass(frozen=True, slots=True)
class Imported:
    """A desk that holds one file."""

    desk: Desk
    result: ImportResult
    past: Past


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    """What was counted from the raw log by other means."""
    return json.loads((DATA / "reference_open.json").read_text())


def _imported(folder: Path, name: str, rules: str) -> Imported:
    desk = open_desk(str(folder / "desk.db"), FixedClock(NOW))
    order = TicketImport(DATA / name, parse_map(rules), rejects=folder / "rejects.csv")
    result = import_tickets(desk, order)
    with desk.read() as read:
        past = Past.of(read, "status", "priority", "queue_id", "assignee_id", "created_at")
    return Imported(desk, result, past)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """The whole log of events."""
    found = _imported(tmp_path_factory.mktemp("log"), "servicenow_events_2016-03.csv.gz", INCIDENT_LOG)
    yield found
    found.desk.close()


@pytest.fixture(scope="module")
def first_events(log: Imported) -> dict[int, datetime]:
    """When the log of each ticket begins: the reference counts those apart that are open before."""
    first: dict[str, datetime] = {}
    for row in _rows("servicenow_events_2016-03.csv.gz"):
        event = datetime.strptime(row["sys_updated_at"], "%d/%m/%Y %H:%M").replace(tzinfo=UTC)
        first[row["number"]] = min(first.get(row["number"], event), event)
    with log.desk.read() as read:
        ids = dict(read.tuples("SELECT external_id, id FROM ticket"))
    return {ids[number]: event for number, event in first.items()}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """The same incidents, one row each."""
    found = _imported(tmp_path_factory.mktemp("table"), "servicenow_tickets_2016-03.csv.gz", INCIDENT_TABLE)
    yield found
    found.desk.close()


def test_no_event_of_the_log_is_lost(log: Imported, reference: dict[str, Any]) -> None:
    counts = log.result.counts
    assert counts.rows == reference["events"]
    assert counts.created == reference["incidents"]
    assert (counts.duplicates, counts.rejected) == (0, 0)
    assert counts.created + counts.updated + counts.unchanged == counts.rows


@pytest.mark.parametrize("when", ["2016-03-10T09:00", "2016-03-24T18:00", "2016-03-31T23:59"])
def test_the_log_as_of_an_instant_shows_every_status_as_it_was(
    log: Imported, reference: dict[str, Any], when: str
) -> None:
    told = reference["as_of"][when]
    expected: Counter[str] = Counter({"new": told["opened_without_any_event_yet"]})
    for state, count in told["by_state"].items():
        expected[OURS[state]] += count
    then = log.past.at(datetime.fromisoformat(when).replace(tzinfo=UTC))
    assert len(then) == told["opened_so_far"]
    assert Counter(one["status"] for one in then.values()) == expected


@pytest.mark.parametrize("when", ["2016-03-10T09:00", "2016-03-24T18:00", "2016-03-31T23:59"])
def test_the_log_as_of_an_instant_shows_priority_queue_and_assignee(
    log: Imported, first_events: dict[int, datetime], reference: dict[str, Any], when: str
) -> None:
    told = reference["as_of"][when]
    at = datetime.fromisoformat(when).replace(tzinfo=UTC)
    begun = {row_id for row_id, first in first_events.items() if first <= at}
    unsolved = [
        one for row_id, one in log.past.at(at).items() if one["status"] in UNSOLVED and row_id in begun
    ]
    assert len(unsolved) == told["not_resolved"]
    by_priority = {PRIORITIES[name]: count for name, count in told["not_resolved_by_priority"].items()}
    assert Counter(one["priority"] for one in unsolved) == by_priority
    assert sum(one["assignee_id"] is None for one in unsolved) == told["not_resolved_unassigned"]
    with log.desk.read() as read:
        names = dict(read.tuples("SELECT id, name FROM queue"))
    queues = Counter(names.get(one["queue_id"], "?") for one in unsolved)
    assert {name: queues[name] for name, _ in told["not_resolved_by_group_top10"]} == dict(
        told["not_resolved_by_group_top10"]
    )


def test_the_log_counts_every_return_from_solved(log: Imported, reference: dict[str, Any]) -> None:
    with log.desk.read() as read:
        counts = Counter(count for (count,) in read.tuples("SELECT reopen_count FROM ticket"))
        reopened = read.value("SELECT count(*) FROM journal WHERE event = 'ticket.reopened'")
    told = {int(number): count for number, count in reference["reopen"]["reopen_count_distribution"].items()}
    assert counts == told
    assert reopened == reference["reopen"]["state_transitions_resolved_or_closed_to_other"]


def test_the_log_ends_with_the_instants_of_its_columns(log: Imported, reference: dict[str, Any]) -> None:
    """783 incidents have no resolved_at: their solved instant is that of the event, known from the log alone."""
    rows = _rows("servicenow_tickets_2016-03.csv.gz")
    told = {row["ticket_id"]: (row["resolved_at"], row["closed_at"]) for row in rows}
    differing = Counter()
    with log.desk.read() as read:
        for number, solved, closed in read.tuples("SELECT external_id, solved_at, closed_at FROM ticket"):
            differing["solved"] += _minute(solved) != told[number][0]
            differing["closed"] += _minute(closed) != told[number][1]
            differing["without"] += told[number][0] == ""
    assert differing["closed"] == 0
    assert differing["solved"] == differing["without"] == reference["incidents_without_resolved_at"]


def _minute(text: str) -> str:
    return text[:16].replace(" ", "T")


def test_the_journal_of_each_ticket_is_one_chain(log: Imported) -> None:
    """Each row's before is what the rows before it left, and the last state is the row itself."""
    for row_id, rows in log.past.rows.items():
        state: dict[str, Any] = {}
        for _at, before, after in reversed(rows):
            assert before is None or before == {name: state[name] for name in before}
            state |= after
        current = log.past.current[row_id]
        assert state["status"] == current["status"]
        assert state["queue_id"] == current["queue_id"]


def test_the_table_gives_the_flow_and_backlog_of_every_day(
    table: Imported, reference: dict[str, Any]
) -> None:
    """Our unsolved is their backlog_unresolved, ours not closed their backlog_not_closed, both at midnight."""
    assert table.result.counts.created == reference["incidents"]
    moves: list[tuple[datetime, str | None, str]] = []
    for rows in table.past.rows.values():
        moves += [
            (at, (before or {}).get("status"), after["status"])
            for at, before, after in rows
            if "status" in after
        ]
    moves.sort(key=lambda one: one[0])
    place, unsolved, not_closed = 0, 0, 0
    for day in reference["per_day"]:
        midnight = datetime.combine(
            date.fromisoformat(day["day"]) + timedelta(days=1), datetime.min.time(), UTC
        )
        flow: Counter[str] = Counter()
        while place < len(moves) and moves[place][0] < midnight:
            _, before, after = moves[place]
            unsolved += (after in UNSOLVED) - (before in UNSOLVED)
            not_closed += (after != "closed") - (before is not None and before != "closed")
            flow["opened" if before is None else after] += 1
            place += 1
        assert unsolved == day["backlog_unresolved_eod"], day
        assert not_closed == day["backlog_not_closed_eod"], day
        assert (flow["opened"], flow["closed"]) == (day["opened"], day["closed"]), day
    assert place == len(moves)


def test_the_table_solves_at_resolved_at_or_else_at_closed_at(
    table: Imported, reference: dict[str, Any]
) -> None:
    with table.desk.read() as read:
        together = read.value("SELECT count(*) FROM ticket WHERE solved_at = closed_at")
        days = Counter(
            day
            for (day,) in read.tuples(
                "SELECT substr(solved_at, 1, 10) FROM ticket WHERE solved_at < closed_at"
            )
        )
    assert together >= reference["incidents_without_resolved_at"]
    resolved = {day["day"]: day["resolved"] for day in reference["per_day"] if day["resolved"]}
    assert sum(resolved.values()) == reference["incidents"] - reference["incidents_without_resolved_at"]
    assert sum(abs(days[day] - count) for day, count in resolved.items()) <= (
        together - reference["incidents_without_resolved_at"]
    )


def test_the_words_of_the_table_become_ours(table: Imported, reference: dict[str, Any]) -> None:
    with table.desk.read() as read:
        priorities = dict(read.tuples("SELECT priority, count(*) FROM ticket GROUP BY priority"))
        channels = dict(read.tuples("SELECT channel, count(*) FROM ticket GROUP BY channel"))
        callers = read.value("SELECT count(*) FROM customer")
    assert priorities == {
        PRIORITIES[name]: count for name, count in reference["incidents_by_priority"].items()
    }
    assert channels == {name.lower(): count for name, count in reference["incidents_by_channel"].items()}
    assert callers == len({row["requester"] for row in _rows("servicenow_tickets_2016-03.csv.gz")} - {""})


def test_the_queue_as_of_a_day_is_imported_whole(tmp_path: Path) -> None:
    name = "servicenow_queue_asof_2016-03-24T1800.csv.gz"
    found = _imported(tmp_path, name, INCIDENT_QUEUE)
    assert (found.result.counts.rows, found.result.counts.created) == (7372, 7372)
    statuses = Counter(one["status"] for one in found.past.current.values())
    assert statuses == {"solved": 4884, "closed": 906, "open": 741, "pending": 493, "new": 317, "on_hold": 31}
    found.desk.close()


@pytest.mark.parametrize(
    ("name", "rules", "rows"),
    [
        ("servicenow_events_sample_400.csv", INCIDENT_LOG, 2627),
        ("servicenow_tickets_sample_400.csv", INCIDENT_TABLE, 400),
    ],
    ids=["log", "table"],
)
def test_a_sample_comes_in_once_and_leaves_without_a_trace(
    desk: Desk, tmp_path: Path, name: str, rules: str, rows: int
) -> None:
    order = TicketImport(DATA / name, parse_map(rules), rejects=tmp_path / "rejects.csv")
    tables = ("ticket", "customer", "queue", "agent", "tag", "contact_point")
    before = _sizes(desk, tables)
    first = import_tickets(desk, order)
    again = import_tickets(desk, order)
    assert (first.counts.rows, first.counts.created, first.counts.rejected) == (rows, 400, 0)
    assert (again.counts.rows, again.counts.unchanged) == (rows, rows)
    assert first.batch is not None
    with desk.change() as change:
        undone = undo_batch(change, first.batch)
    assert undone.left == []
    assert _sizes(desk, tables) == before


def _sizes(desk: Desk, tables: tuple[str, ...]) -> dict[str, int]:
    with desk.read() as read:
        return {name: read.value(f"SELECT count(*) FROM {name}") for name in tables}
