"""Random tables, full of people who share names, numbers and addresses, against the rules said again slowly."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.services.undo import undo_batch
from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.rows import Fault
from tests.transfer import one_by_one
from tests.transfer.random_tables import CHUNKS, PLAIN_ROWS, POLICIES, QUICK, fresh, ordered, rows
from tests.transfer.stock import bring_in, content, counts, customers, write_table


def read(path: Path) -> tuple[list, int]:
    with open_contacts(path) as file:
        found = list(file.records())
    taken = [one for one in found if not isinstance(one, Fault)]
    return taken, len(found) - len(taken)


@QUICK
@given(rows(), rows(), CHUNKS, POLICIES)
def test_two_files_come_out_as_the_rules_say_row_by_row(first, second, chunk, policies):
    with fresh(chunk) as (desk, folder):
        people: list[dict] = []
        for table, options in ((first, {}), (second, policies)):
            path = write_table(folder / "people.csv", table)
            taken, bad = read(path)
            *expected, rejected = one_by_one.apply(people, taken, **options)
            order = ordered(**options)
            rehearsed = counts(bring_in(desk, path, dry_run=True, **order))
            assert counts(bring_in(desk, path, **order)) == (*expected, rejected + bad)
            assert rehearsed == (*expected, rejected + bad)
            assert [named(one) for one in customers(desk)] == [named(one) for one in people]


def named(person: dict) -> dict:
    """An organization is one whatever the case its name is written in."""
    return {**person, "organization": (person["organization"] or "").casefold()}


@QUICK
@given(PLAIN_ROWS, st.sampled_from([1, 3, 100]))
def test_the_same_file_again_changes_nothing(table, chunk):
    table = [{**row, "id": ""} if row["email"] else row for row in table]
    with fresh(chunk) as (desk, folder):
        path = write_table(folder / "people.csv", table)
        created, updated, unchanged, duplicates, rejected = counts(bring_in(desk, path))
        assert updated == unchanged == 0
        once = content(desk)
        assert counts(bring_in(desk, path)) == (0, 0, created, duplicates, rejected)
        assert content(desk) == once


@QUICK
@given(rows(), rows(), st.sampled_from([1, 3, 100]), st.booleans())
def test_taking_an_import_back_restores_the_exact_content(first, second, chunk, clears):
    with fresh(chunk) as (desk, folder):
        bring_in(desk, write_table(folder / "first.csv", first))
        before = content(desk)
        batch = bring_in(
            desk, write_table(folder / "second.csv", second), blank="clear" if clears else "keep"
        ).batch
        with desk.change() as change:
            assert undo_batch(change, batch).left == []
        assert content(desk) == before


@QUICK
@given(PLAIN_ROWS, st.integers(1, 6))
def test_an_import_that_was_killed_and_done_again_gives_the_same_customers(table, stop):
    table = [{**row, "id": ""} if row["email"] else row for row in table]

    def kill(done: int, _total: int | None) -> None:
        if done >= stop:
            raise KeyboardInterrupt

    with fresh(2) as (desk, folder):
        path = write_table(folder / "people.csv", table)
        try:
            bring_in(desk, path, kill)
        except KeyboardInterrupt:
            with desk.read() as read_:
                ((state, counted),) = read_.tuples("SELECT state, rows FROM import_batch")
            assert (state, counted >= min(stop, len(table))) == ("interrupted", True)
        counts(bring_in(desk, path))
        twice = customers(desk)
    with fresh(100) as (desk, folder):
        bring_in(desk, write_table(folder / "people.csv", table))
        assert twice == customers(desk)


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_every_row_of_a_dirty_table_is_counted_once(chunk):
    table = [
        {"name": "Ann", "email": "a@x.example", "phone": "030 1234"},
        {"name": "Ann", "phone": "030 1234"},
        {"name": "Ann", "email": "b@x.example", "phone": "030 1234"},
        {"phone": "030 1234"},
        {"email": "bad@@x"},
        {"id": "C-1", "email": "a@x.example; b@x.example"},
    ]
    with fresh(chunk) as (desk, folder):
        assert counts(bring_in(desk, write_table(folder / "people.csv", table))) == (3, 0, 0, 1, 2)
