"""An import that names a customer who was merged is about the one who stayed."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from tests.transfer.stock import bring_in, counts, customers, write_table

JO = {"id": "B-1", "name": "Jo Doe", "email": "jo@example.com"}
DOE = {"id": "A-1", "name": "Jo Doe", "email": "doe@example.com"}


@pytest.fixture
def merged(desk: Desk, tmp_path):
    """Customers 1 and 2, the second merged into the first; and a way to bring rows in."""

    def bring(*rows, **named):
        return bring_in(desk, write_table(tmp_path / "people.csv", list(rows)), **named)

    bring(JO, DOE)
    with desk.change() as change:
        services.merge_customers(change, [2], 1)
    return bring


@pytest.mark.parametrize("key", ["id", "email"])
def test_its_address_and_its_external_id_find_the_survivor(desk, merged, key):
    result = merged({key: DOE[key], "name": "Jo Doe", "title": "Buyer"})
    assert counts(result) == (0, 1, 0, 0, 0)
    with desk.read() as read:
        assert read.tuples("SELECT id, title FROM customer ORDER BY id") == [(1, "Buyer"), (2, "")]


def test_the_file_that_brought_both_changes_nothing_when_it_comes_again(desk, merged):
    result = merged(JO, DOE)
    assert counts(result)[0] == counts(result)[1] == counts(result)[4] == 0
    assert len(customers(desk)) == 2


def test_a_dry_run_says_the_same(desk, merged):
    dry = merged(DOE, dry_run=True)
    assert counts(dry) == counts(merged(DOE)) == (0, 0, 1, 0, 0)


def test_a_merged_row_without_anything_to_reach_it_is_nobody_a_bare_name_can_mean(desk, tmp_path):
    for name in ("Al", "Bo"):
        with desk.change() as change:
            services.create_customer(change, name=name)
    with desk.change() as change:
        services.merge_customers(change, [2], 1)
    result = bring_in(desk, write_table(tmp_path / "people.csv", [{"name": "Bo", "notes": "x"}]))
    assert counts(result) == (1, 0, 0, 0, 0)


def test_taking_the_import_back_leaves_customers_that_were_merged_since(desk, merged):
    with desk.change() as change:
        done = services.undo_batch(change, 1)
    assert {"customer 1", "customer 2"} <= {one.partition(" (")[0] for one in done.left}
    assert len(customers(desk)) == 2
