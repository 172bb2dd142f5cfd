"""Every file of tickets and incidents beside the project, with its counts: a golden table."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from agentdesk.desk import Desk
from agentdesk.services.undo import undo_batch
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import parse_map
from tests.transfer.tickets.ticket_maps import INCIDENT_QUEUE, INCIDENT_TABLE

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the sample exports are not beside the project")


class Golden(NamedTuple):
    """What a file holds.

    Attributes:
        source: the system it is recognised as; empty where a map is needed.
        rows: of the file.
        created: tickets.
        statuses: of the tickets in the end.
        customer, agent, note: messages by who said them; a note is internal.
        rules: the map, where no system is recognised.
    """

    source: str
    rows: int
    created: int
    statuses: dict[str, int]
    customer: int = 0
    agent: int = 0
    note: int = 0
    rules: str = ""


_FIVE = Golden("nyc311", 5, 5, {"closed": 4, "open": 1}, agent=5)
SMALL = {
    "tickets/freshdesk_ticket_with_conversations.json": Golden(
        "freshdesk", 1, 1, {"solved": 1}, customer=2, agent=1, note=1
    ),
    "tickets/servicenow_rest_export_demo.csv": Golden(
        "servicenow", 67, 67, {"closed": 27, "new": 13, "open": 20, "on_hold": 7}
    ),
    "tickets/nyc311-100.csv": Golden("nyc311", 100, 100, {"closed": 98, "open": 1, "pending": 1}, agent=98),
    **{f"tickets/NYC311-5.{form}": _FIVE for form in ("csv", "csv.gz", "json", "jsonl", "ssv", "tsv")},
    "incidents/servicenow_events_sample_400.csv": Golden("servicenow", 2627, 400, {"closed": 400}),
    "incidents/servicenow_tickets_sample_400.csv": Golden(
        "", 400, 400, {"closed": 400}, rules=INCIDENT_TABLE
    ),
}
LARGE = {
    "incidents/servicenow_events_2016-03.csv.gz": Golden("servicenow", 59354, 9202, {"closed": 9202}),
    "incidents/servicenow_tickets_2016-03.csv.gz": Golden(
        "", 9202, 9202, {"closed": 9202}, rules=INCIDENT_TABLE
    ),
    "incidents/servicenow_queue_asof_2016-03-24T1800.csv.gz": Golden(
        "",
        7372,
        7372,
        {"solved": 4884, "closed": 906, "open": 741, "pending": 493, "new": 317, "on_hold": 31},
        rules=INCIDENT_QUEUE,
    ),
}
NO_TICKETS = {"tickets/LICENSE-IBM-Apache-2.0", "tickets/LICENSE-qsv-MIT", "incidents/reference_open.json"}


def test_every_file_is_in_the_table() -> None:
    there = {f"{name}/{one.name}" for name in ("tickets", "incidents") for one in (DATA / name).iterdir()}
    assert there == {*SMALL, *LARGE, *NO_TICKETS}


@pytest.mark.parametrize("name", SMALL)
def test_a_sample_comes_in_as_the_table_says_once_and_leaves_whole(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    _check(desk, tmp_path, name, SMALL[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_whole_month_comes_in_as_the_table_says(desk: Desk, tmp_path: Path, name: str) -> None:
    _check(desk, tmp_path, name, LARGE[name])


def _check(desk: Desk, folder: Path, name: str, golden: Golden) -> None:
    order = TicketImport(
        DATA / name, parse_map(golden.rules) if golden.rules else None, rejects=folder / "rejects"
    )
    before = _sizes(desk)
    first = import_tickets(desk, order)
    counts = first.counts
    assert (counts.rows, counts.created, counts.rejected, counts.duplicates) == (
        golden.rows,
        golden.created,
        0,
        0,
    )
    assert not golden.source or first.source == golden.source
    with desk.read() as read:
        assert dict(read.tuples("SELECT status, count(*) FROM ticket GROUP BY status")) == golden.statuses
        said = Counter(read.tuples("SELECT author_kind, visibility FROM message"))
        assert read.value("SELECT count(*) FROM message WHERE body = ''") == 0
    assert (said["customer", "public"], said["agent", "public"], said["agent", "internal"]) == (
        golden.customer,
        golden.agent,
        golden.note,
    )
    again = import_tickets(desk, order).counts
    assert (again.rows, again.unchanged) == (golden.rows, golden.rows)
    assert first.batch is not None
    with desk.change() as change:
        assert undo_batch(change, first.batch).left == []
    assert _sizes(desk) == before


def _sizes(desk: Desk) -> dict[str, int]:
    tables = ("ticket", "message", "customer", "organization", "queue", "agent", "tag", "contact_point")
    with desk.read() as read:
        return {name: read.value(f"SELECT count(*) FROM {name}") for name in tables}
