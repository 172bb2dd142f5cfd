import json
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from agentdesk import services
from agentdesk.domain.errors import UndoError
from agentdesk.services.undo import redo_change, undo_batch, undo_change
from tests.transfer.stock import bring_in, content, customers, write_table

BO = {"name": "Bo", "email": "bo@x.example; bo@home.example", "phone": "+49 30 55555", "tags": "new"}
CY = {"name": "Cy", "email": "cy@x.example", "company": "Third Co"}


@pytest.fixture
def table(tmp_path: Path):
    return lambda *rows: write_table(tmp_path / "people.csv", list(rows))


def undo(desk, batch: int, *, force: bool = False):
    with desk.change() as change:
        return undo_batch(change, batch, force=force)


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


def test_an_organization_that_came_with_a_file_is_found_until_it_is_taken_back(desk, table):
    def found() -> list[str]:
        with desk.read() as read:
            sql = f"SELECT name FROM organization WHERE {read.matching('organization', 'term')}"
            return [name for (name,) in read.tuples(sql, {"term": read.search_term("third")})]

    result = bring_in(desk, table(BO, CY))
    assert found() == ["Third Co"]
    undone = undo(desk, result.batch)
    assert found() == []
    with desk.change() as change:
        redo_change(change, undone.number)
    assert found() == ["Third Co"]


def test_a_customer_with_a_ticket_stays_with_all_ways_to_reach_them(desk, table):
    result = bring_in(desk, table(BO, CY))
    before = customers(desk)
    with desk.read() as read:
        ((bo,),) = read.tuples("SELECT id FROM customer WHERE name = 'Bo'", {})
    with desk.change() as change:
        services.create_ticket(change, subject="Where is it?", customer_id=bo)
    undone = undo(desk, result.batch)
    assert undone.left == [f"customer {bo} (still needed by T-1001)"]
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
    assert undo(desk, first.batch).left == ["customer 1 (phone changed since)"]
    assert customers(desk) == before


def test_by_force_goes_what_was_changed_since_and_comes_back_with_it(desk, table):
    bring_in(desk, table({**CY, "title": "Old"}))
    before = content(desk)
    result = bring_in(desk, table({**CY, "title": "New", "notes": "tea"}, BO))
    with desk.change() as change:
        services.edit_customer(change, 1, {"title": "Mine"})
        services.edit_customer(change, 2, {"name": "Bo K.", "phone": "+49 30 99999"})
    worked_on = content(desk)
    undone = undo(desk, result.batch, force=True)
    assert (undone.left, undone.lost) == (
        [],
        ["customer 1 (title changed since)", "customer 2 (name, phone changed since)"],
    )
    assert content(desk) == before
    with desk.change() as change:
        redo_change(change, undone.number)
    assert content(desk) == worked_on


def test_without_force_it_is_listed_and_left_and_force_takes_it_afterwards(desk, table):
    bring_in(desk, table({**CY, "title": "Old"}))
    before = content(desk)
    result = bring_in(desk, table({**CY, "title": "New", "notes": "tea"}, BO))
    with desk.change() as change:
        services.edit_customer(change, 1, {"title": "Mine"})
        services.edit_customer(change, 2, {"name": "Bo K."})
    worked_on = content(desk)
    first = undo(desk, result.batch)
    since = ["customer 1 (title changed since)", "customer 2 (name changed since)"]
    assert (first.left, first.lost, first.bound) == (since, [], [])
    in_between = content(desk)
    assert in_between != worked_on
    with pytest.raises(UndoError, match=r"taken back already\.$"):
        undo(desk, result.batch)
    rest = undo(desk, result.batch, force=True)
    assert (rest.left, rest.lost) == ([], since)
    assert content(desk) == before
    with pytest.raises(UndoError, match=r"taken back already\. Nothing is left of it\."):
        undo(desk, result.batch, force=True)
    rest = "; redo once more brings back what went before"
    for there, told in (
        (in_between, f"1 customer brought back, 1 customer changed again{rest}"),
        (worked_on, "1 customer changed again"),
    ):
        with desk.change() as change:
            assert redo_change(change).sentence == f"import {result.batch} (people.csv), {told}"
        assert content(desk) == there
        with desk.read() as read:
            state = read.value("SELECT state FROM import_batch WHERE id = :id", {"id": result.batch})
        assert state == ("done" if there is worked_on else "undone")
    undo(desk, result.batch, force=True)
    assert content(desk) == before


def test_an_import_that_made_nobody_tells_how_many_it_set_back(desk, table):
    bring_in(desk, table({**CY, "title": "Old"}))
    for more in ({"title": "New"}, {"email": "cy@x.example; cy@home.example"}):
        undone = undo(desk, bring_in(desk, table({**CY, **more})).batch)
        assert undone.sentence.endswith("(people.csv), 1 customer set back")
    undone = undo(desk, bring_in(desk, table({**CY, "title": "New"}, BO)).batch)
    assert undone.sentence.endswith("(people.csv), 1 customer removed, 1 customer set back")


def test_what_is_needed_by_a_ticket_is_no_matter_of_force_afterwards_either(desk, table):
    result = bring_in(desk, table(BO))
    with desk.change() as change:
        services.create_ticket(change, subject="Where is it?", customer_id=1)
    undone = undo(desk, result.batch)
    assert undone.bound == undone.left == ["customer 1 (still needed by T-1001)"]
    with pytest.raises(
        UndoError, match=r"Others still need what is left: customer 1 \(still needed by T-1001\)\."
    ):
        undo(desk, result.batch, force=True)


def test_not_even_force_takes_a_customer_away_from_their_ticket(desk, table):
    result = bring_in(desk, table(BO, CY))
    with desk.change() as change:
        services.create_ticket(change, subject="Where is it?", customer_id=1)
        services.edit_customer(change, 2, {"title": "Chief"})
    undone = undo(desk, result.batch, force=True)
    assert (undone.left, undone.lost) == (
        ["customer 1 (still needed by T-1001)"],
        ["customer 2 (title changed since)"],
    )
    assert undone.bound == undone.left
    assert [one["name"] for one in customers(desk)] == ["Bo"]


def test_an_undo_after_an_import_was_taken_back_takes_no_newer_import(desk, table):
    first = bring_in(desk, table(BO)).batch
    second = bring_in(desk, table(CY)).batch
    undo(desk, first)
    with (
        pytest.raises(UndoError, match=f"just taken back import {first}: redo brings it back"),
        desk.change() as change,
    ):
        undo_change(change)
    undo(desk, second)
    with desk.change() as change:
        redo_change(change)
    assert [one["name"] for one in customers(desk)] == ["Cy"]


def test_an_undo_tells_how_far_it_is_and_comes_to_the_end(desk, table):
    result = bring_in(desk, table(BO, CY))
    told = []
    with desk.change() as change:
        undo_batch(change, result.batch, lambda done, total: told.append((done, total)))
    dones = [done for done, _total in told]
    assert dones == sorted(dones)
    assert (told[0][0], told[-1][0]) == (0, told[-1][1])


def test_the_journal_of_an_undo_holds_each_row_as_the_journal_of_its_making_did(desk, table):
    result = bring_in(desk, table(BO, CY))
    number = undo(desk, result.batch).number
    sql = (
        "SELECT entity_id, {side}, customer_id, ticket_id, version FROM journal "
        "WHERE entity = :entity AND {side} IS NOT NULL ORDER BY entity_id"
    )
    with desk.read() as read:
        for entity in ("customer", "organization"):
            made, gone = (
                [
                    (row_id, json.loads(held) if isinstance(held, str) else held, *rest)
                    for row_id, held, *rest in read.tuples(sql.format(side=side), {"entity": entity})
                ]
                for side in ("after", "before")
            )
            assert made == gone != []
        assert number == read.value("SELECT max(change_id) FROM journal", {})


def test_each_key_that_a_delete_follows_has_an_index(desk):
    """SQLite asks every table that refers to a deleted row; without an index it reads the whole table each time."""
    if not desk.store.location.is_sqlite:
        pytest.skip("PostgreSQL is asked with the same indexes")
    with desk.read() as read:
        for table in SQLModel.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column.table.name not in ("customer", "ticket", "organization"):
                    continue
                name = key.parent.name
                plan = read.tuples(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table.name} WHERE {name} = 1", {})
                assert "SCAN" not in str(plan), (table.name, name)


def test_by_force_a_customer_goes_with_those_who_were_merged_into_them_and_all_come_back(desk, table):
    empty = content(desk)
    result = bring_in(desk, table(BO, CY, {"name": "Di", "email": "di@x.example"}))
    with desk.change() as change:
        services.merge_customers(change, [3], 2)
    with desk.change() as change:
        services.merge_customers(change, [2], 1)
    merged = content(desk)
    undone = undo(desk, result.batch, force=True)
    assert (undone.left, content(desk)) == ([], empty)
    with desk.change() as change:
        redo_change(change, undone.number)
    assert content(desk) == merged


def test_not_even_force_takes_whom_a_customer_of_ours_was_merged_into(desk, table):
    with desk.change() as change:
        services.create_customer(change, name="Ours")
    result = bring_in(desk, table(CY, BO))
    with desk.change() as change:
        services.merge_customers(change, [1, 2], 3)
    undone = undo(desk, result.batch, force=True)
    assert undone.bound[0].partition(" (")[0] == "customer 3"
    assert [one["name"] for one in customers(desk)] == ["Ours", "Bo"]
