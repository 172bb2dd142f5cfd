"""What a plan says is what an import does; and where the desk has moved on for it, nothing is done."""

from collections import Counter
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.transfer.contacts.expected import PlanMovedError
from agentdesk.transfer.contacts.order import ContactImport
from agentdesk.transfer.contacts.plan_book import PlanBook
from agentdesk.transfer.contacts.plan_file import write_plan
from agentdesk.transfer.contacts.plans import apply_plan, plan_contacts
from agentdesk.transfer.outcome import CHANGED, KINDS, NEW, UNCHANGED, outcome_of
from tests.transfer.random_tables import CHUNKS, POLICIES, QUICK, fresh, ordered, rows
from tests.transfer.stock import bring_in, content, counts, customers, write_table


def known(desk: Desk) -> dict[int, dict]:
    with desk.read() as read_:
        ids = [row_id for (row_id,) in read_.tuples("SELECT id FROM customer ORDER BY id")]
    return dict(zip(ids, customers(desk), strict=True))


FIELDS = ("name", "title", "notes", "email", "phone", "tags", "organization")
WAYS = {"email": "e-mail", "phone": "phone"}


def shown(person: dict | None, field: str) -> object:
    """A field of a customer as a plan shows it."""
    if person is None:
        return [] if field in {*WAYS, "tags"} else ""
    if field in WAYS:
        ways = sorted((way for way in person["ways"] if way[0] == field), key=lambda way: not way[4])
        return [way[1] for way in ways]
    return person[field] or ([] if field == "tags" else "")


@QUICK
@given(rows(), rows(), CHUNKS, POLICIES)
def test_a_plan_says_what_an_import_then_does_and_applied_it_does_just_that(first, second, chunk, policies):
    order = ordered(**policies)
    with fresh(chunk) as (desk, folder):
        bring_in(desk, write_table(folder / "first.csv", first))
        before = known(desk)
        path = write_table(folder / "people.csv", second)
        told = ContactImport(path, rejects=folder / "people.rejects.csv", **order)
        with closing(PlanBook()) as book:
            head, rehearsed = plan_contacts(desk, told, book)
            write_plan(folder / "plan", head, book.lines())
            outcomes = [outcome_of(line) for line in book.lines()]
        assert known(desk) == before
        kinds = Counter(one.kind for one in outcomes)
        assert tuple(kinds[kind] for kind in KINDS) == counts(rehearsed)
        assert [one.line for one in outcomes] == sorted(one.line for one in outcomes)

        applied = apply_plan(desk, folder / "plan")
        assert counts(applied) == counts(rehearsed)
        after = known(desk)
        assert_told(outcomes, before, after)
    with fresh(100) as (desk, folder):
        bring_in(desk, write_table(folder / "first.csv", first))
        bring_in(desk, write_table(folder / "people.csv", second), **order)
        assert list(known(desk).values()) == list(after.values())


def assert_told(outcomes, before: dict[int, dict], after: dict[int, dict]) -> None:
    """The changes that a plan tells, one after the other, lead from what was to what is."""
    made = iter(sorted(after.keys() - before.keys()))
    people: dict[int, int] = {}
    for one in outcomes:
        if one.kind in (CHANGED, UNCHANGED):
            people[one.line] = one.row_id
        elif one.kind == NEW:
            people[one.line] = next(made)
    assert next(made, None) is None
    last = {row_id: {field: shown(before.get(row_id), field) for field in FIELDS} for row_id in after}
    for one in outcomes:
        if one.kind == "rejected":
            continue
        row_id = people[one.into or one.line]
        for field, old, new in one.changes:
            if field in FIELDS:
                assert old in (last[row_id][field], None)
                last[row_id][field] = new
    now = {row_id: {field: shown(after[row_id], field) for field in FIELDS} for row_id in after}
    assert [folded(one) for one in last.values()] == [folded(one) for one in now.values()]


def folded(person: dict) -> dict:
    return {**person, "organization": person["organization"].casefold().strip()}


@QUICK
@given(rows(), rows(), st.sampled_from([1, 3]), st.data())
def test_a_plan_is_refused_whole_where_a_customer_of_it_was_changed_since(first, second, chunk, data):
    with fresh(chunk) as (desk, folder):
        bring_in(desk, write_table(folder / "first.csv", first))
        path = write_table(folder / "people.csv", second)
        with closing(PlanBook()) as book:
            head, _ = plan_contacts(desk, ContactImport(path), book)
            write_plan(folder / "plan", head, book.lines())
            met = {one.row_id for one in map(outcome_of, book.lines()) if one.row_id}
        everybody = sorted(known(desk))
        if not everybody:
            return
        changed = data.draw(st.sampled_from(everybody))
        with desk.change() as change:
            services.edit_customer(change, changed, {"warning": "asks for Bo"})
        before = content(desk)
        if changed in met:
            with pytest.raises(PlanMovedError, match=f"customer {changed} was changed since"):
                apply_plan(desk, folder / "plan")
            assert content(desk) == before
            with desk.read() as read_:
                assert read_.value("SELECT count(*) FROM import_batch") == 1
        else:
            apply_plan(desk, folder / "plan", rejects=folder / "out.csv")
