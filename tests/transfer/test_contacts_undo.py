from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.services.undo import redo_change, undo_batch
from tests.transfer.stock import bring_in, content, customers, write_table

BO = {"name": "Bo", "email": "bo@x.example; bo@home.example", "phone": "+49 30 55555", "tags": "new"}
CY = {"name": "Cy", "email": "cy@x.example", "company": "Third Co"}


@pytest.fixture
def table(tmp_path: Path):
    return lambda *rows: write_table(tmp_path / "people.csv", list(rows))


def undo(desk, batch: int):
    with desk.change() as change:
        return undo_batch(change, batch)


def test_new_customers_go_with_all_their_ways_and_come_back_with_them(desk, table):
    empty = content(desk)
    result = bring_in(desk, table(BO, CY))
    full = content(desk)
    for _ in range(2):
        undone = undo(desk, result.batch)
        assert (undone.left, content(desk)) == ([], empty)
        with desk.change() as change:
            redo_change(change, undone.number)
        assert content(desk) == full


def test_a_customer_with_a_ticket_stays_with_all_ways_to_reach_them(desk, table):
    result = bring_in(desk, table(BO, CY))
    before = customers(desk)
    with desk.read() as read:
        ((bo,),) = read.tuples("SELECT id FROM customer WHERE name = 'Bo'", {})
    with desk.change() as change:
        services.create_ticket(change, subject="Where is it?", customer_id=bo)
    undone = undo(desk, result.batch)
    assert undone.left == [f"customer {bo}"]
    assert customers(desk) == [one for one in before if one["name"] == "Bo"]


def test_a_way_that_a_later_import_added_goes_alone(desk, table):
    bring_in(desk, table(CY))
    before = customers(desk)
    result = bring_in(desk, table({**CY, "phone": "+49 30 55555"}))
    assert len(customers(desk)[0]["ways"]) == 2
    assert undo(desk, result.batch).left == []
    assert customers(desk) == before


def test_a_customer_whom_a_later_import_changed_stays_whole(desk, table):
    first = bring_in(desk, table(BO))
    bring_in(desk, table({"name": "Bo", "email": "bo@x.example", "phone": "+49 30 66666"}))
    before = customers(desk)
    assert undo(desk, first.batch).left == ["customer 1"]
    assert customers(desk) == before
