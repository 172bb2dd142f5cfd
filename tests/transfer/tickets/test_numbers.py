"""People and groups whom a later file knows by their numbers alone are those whom an earlier one named."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agentdesk.desk import Desk
from agentdesk.services.undo import undo_batch
from agentdesk.transfer.result import ImportResult
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from tests.transfer.tickets.help_desks import FRESHDESK, ZENDESK
from tests.transfer.tickets.test_help_desks import rows, sizes, told

Bring = Callable[..., ImportResult]
ALONE = {"tickets": ZENDESK["tickets"]}
_WHO = (
    "SELECT ticket.external_id, customer.name, agent.name, queue.name, organization.name FROM ticket "
    "JOIN customer ON customer.id = customer_id LEFT JOIN agent ON agent.id = assignee_id "
    "LEFT JOIN queue ON queue.id = queue_id LEFT JOIN organization ON organization.id = ticket.organization_id "
    "ORDER BY ticket.external_id"
)


@pytest.fixture
def bring(desk: Desk, tmp_path: Path) -> Bring:
    def bring_in(told: Any, **options: Any) -> ImportResult:
        path = tmp_path / "export"
        path.write_text(json.dumps(told), encoding="utf-8")
        return import_tickets(desk, TicketImport(path, None, **options))

    return bring_in


def test_the_repair_of_a_rejected_ticket_finds_the_people_of_its_file(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    broken = copy.deepcopy(ZENDESK)
    broken["tickets"].append({**broken["tickets"][0], "id": 13, "status": "weird", "comments": []})
    result = bring(broken)
    assert told(result) == (2, 0, 0, 1)
    before = sizes(desk)
    assert result.rejects_file is not None
    mended = Path(result.rejects_file).read_text(encoding="utf-8").replace("weird", "open")
    assert told(bring(json.loads(mended), rejects=tmp_path / "again")) == (1, 0, 0, 0)
    after = sizes(desk)
    for table in ("customer", "agent", "queue", "organization", "contact_point"):
        assert after[table] == before[table]
    first, _, mended_one = rows(desk, _WHO)
    assert mended_one[1:] == first[1:]


def test_a_file_without_its_lists_takes_no_ticket_away(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK)
    before = rows(desk, _WHO)
    assert told(bring(ALONE)) == (0, 0, 2, 0)
    assert rows(desk, _WHO) == before


def test_a_number_that_nobody_explained_displaces_nobody(desk: Desk, bring: Bring) -> None:
    named = copy.deepcopy(ALONE)
    for one in named["tickets"]:
        one |= {"requester": {"name": "Ann Lee"}, "assignee": {"name": "Vera Roy"}, "comments": []}
        one |= {"requester_id": None, "assignee_id": None}
    bring(named)
    before = rows(desk, _WHO)
    bare = copy.deepcopy(ALONE)
    for one in bare["tickets"]:
        one |= {"comments": [], "assignee_id": 700}
    bring(bare)
    assert [one[1:3] for one in rows(desk, _WHO)] == [one[1:3] for one in before]


def test_a_number_is_explained_by_a_later_list(desk: Desk, bring: Bring) -> None:
    bring(ALONE)
    assert rows(desk, _WHO)[0][1] == "Zendesk customer 900"
    bring(ZENDESK)
    named = rows(desk, _WHO)
    assert named[0][1] == "Ann Lee"
    bring(ALONE)
    assert rows(desk, _WHO) == named


def test_an_import_that_was_taken_back_explains_nothing(desk: Desk, bring: Bring) -> None:
    batch = bring(ZENDESK).batch
    assert batch is not None
    with desk.change() as change:
        undo_batch(change, batch)
    bring(ALONE)
    assert rows(desk, _WHO)[0][1] == "Zendesk customer 900"


def test_telephone_numbers_of_a_list_or_a_record_come_with_their_customers(desk: Desk, bring: Bring) -> None:
    listed = copy.deepcopy(ZENDESK)
    listed["users"][0] |= {"phone": "+44 20 7946 0001"}
    listed["users"][1] |= {"phone": "ask Ann"}
    first = bring(listed)
    inside = copy.deepcopy(FRESHDESK)
    inside[0]["requester"] = {
        "id": 801,
        "name": "Di Fox",
        "mobile": "020 7946 0002",
        "phone": "+442079460003",
    }
    bring(inside)
    sql = "SELECT name, value, normalised FROM contact_point JOIN customer ON customer.id = customer_id "
    assert rows(desk, f"{sql} WHERE kind = 'phone' ORDER BY contact_point.id") == [
        ("Ann Lee", "+44 20 7946 0001", "+442079460001"),
        ("Di Fox", "+442079460003", "+442079460003"),
        ("Di Fox", "020 7946 0002", "02079460002"),
    ]
    told_phones = rows(desk, "SELECT name, phone FROM customer ORDER BY name")
    assert told_phones == [("Ann Lee", "+44 20 7946 0001"), ("Bo Ek", None), ("Di Fox", "+442079460003")]
    ((kept,),) = rows(desk, "SELECT extra FROM customer WHERE name = 'Bo Ek'")
    assert (json.loads(kept) if isinstance(kept, str) else kept) == {"phone": "ask Ann"}
    assert first.batch is not None
    with desk.change() as change:
        assert undo_batch(change, first.batch).left == []
