"""Random tables, full of people who share names, numbers and addresses, against the rules said again slowly."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.services.undo import undo_batch
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from agentdesk.transfer import contact_run
from agentdesk.transfer.contact_file import open_contacts
from agentdesk.transfer.rows import Fault
from tests.conftest import NOW, open_desk
from tests.transfer import one_by_one
from tests.transfer.stock import bring_in, content, counts, customers, write_table

BLANK = st.just("")
EMAILS = st.sampled_from(
    ["a@x.example", "A@X.example", "b@x.example", "c@x.example; d@x.example", "bad@@x", "d@x.example"]
)
NAMES = st.sampled_from(["Ann Lee", "ann  lee", "Bo Kim", "Cy \u00c5berg", "Cy A\u030aberg"])
PHONES = st.sampled_from(
    ["+49 30 1234567", "0049 30 123-4567", "030 5550", "call us", "+49 30 1234567 ::: 030 5550"]
)
IDS = st.sampled_from(["", "", "C-1", "C-2", "C-3"])
TEXT = st.sampled_from(["", "", "one", "two", "drei \U0001f600", "=1+1"])


def rows(names=NAMES | BLANK, phones=PHONES | BLANK):
    return st.lists(
        st.fixed_dictionaries(
            {
                "id": IDS,
                "name": names,
                "email": EMAILS | BLANK,
                "phone": phones,
                "company": st.sampled_from(["", "", "Acme", "ACME ", "Other Co"]),
                "title": TEXT,
                "notes": TEXT,
                "tags": st.sampled_from(["", "vip", "vip, eu", "eu"]),
                "city": TEXT,
                "shoe size": TEXT,
            }
        ),
        max_size=12,
    )


PLAIN_ROWS = rows(names=NAMES, phones=BLANK)
"""Rows that say who they are about without help from shared phone numbers, so that their order cannot matter later."""
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", autouse=True)
def template(tmp_path_factory) -> Path:
    """A store to copy: making one takes longer than an example."""
    global TEMPLATE  # noqa: PLW0603  examples are made without fixtures
    TEMPLATE = tmp_path_factory.mktemp("template") / "desk.db"
    open_desk(str(TEMPLATE), FixedClock(NOW)).close()
    return TEMPLATE


TEMPLATE = Path()


@contextmanager
def fresh(chunk: int) -> Iterator[tuple[Desk, Path]]:
    whole = contact_run.CHUNK
    contact_run.CHUNK = chunk
    with tempfile.TemporaryDirectory() as folder:
        place = shutil.copy(TEMPLATE, folder)
        ana = Actor(1, "ana", "Ana", Role.ADMIN)
        desk = Desk(Store.open(place), Settings(store=place), FixedClock(NOW), ana, Origin.CLI)
        try:
            yield desk, Path(folder)
        finally:
            contact_run.CHUNK = whole
            desk.close()


def read(path: Path) -> tuple[list, int]:
    with open_contacts(path) as file:
        found = list(file.records())
    taken = [one for one in found if not isinstance(one, Fault)]
    return taken, len(found) - len(taken)


@QUICK
@given(
    rows(), rows(), st.sampled_from([1, 3, 100]), st.booleans(), st.sampled_from(["update", "skip", "fail"])
)
def test_two_files_come_out_as_the_rules_say_row_by_row(first, second, chunk, clears, on_match):
    with fresh(chunk) as (desk, folder):
        people: list[dict] = []
        for table, options in ((first, {}), (second, {"clears": clears, "on_match": on_match})):
            path = write_table(folder / "people.csv", table)
            taken, bad = read(path)
            *expected, rejected = one_by_one.apply(people, taken, **options)
            order = {
                "blank": "clear" if options.get("clears") else "keep",
                "on_match": options.get("on_match", "update"),
            }
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
