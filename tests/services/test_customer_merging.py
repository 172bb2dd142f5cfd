"""Customers become one: nothing that pointed at them is left behind, and one undo brings every row back."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.customer_merging import FIELDS, CustomerMergeError
from agentdesk.domain.errors import ConflictError, InvalidValueError, NotPermittedError, UndoError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import PointKind, Role
from agentdesk.models import Agreement, ContactPoint, Customer, DistinctPair, Feedback, Order
from agentdesk.queries.customers import customer_detail, find
from agentdesk.queries.people import customer_by_text
from agentdesk.services.customer_merging import pointers
from agentdesk.store.flushes import UNJOURNALED

BESIDE = {"version", "updated_at", "attention_key", "tier_rank"}
NUMBERS = count(1)


def content(desk: Desk) -> dict[str, list[dict[str, object]]]:
    """Every journaled row and every tag, without what only counts changes."""
    found = {}
    with desk.store.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name in UNJOURNALED - {"tag"}:
                continue
            rows = connection.execute(table.select()).mappings()
            found[table.name] = sorted(
                ({key: value for key, value in row.items() if key not in BESIDE} for row in rows), key=str
            )
    return found


def person(desk: Desk, name: str = "Jo Doe", **named: Any) -> int:
    with desk.change() as change:
        made = services.create_customer(change, name=name, **named).id
    assert made is not None
    return made


def add(desk: Desk, row: SQLModel) -> None:
    with desk.change() as change:
        change.add(row)
        change.record(Event.CUSTOMER_CHANGED, row)


def surround(desk: Desk, customer: int, other: int) -> None:
    """A row in every table that points at a customer."""
    with desk.change() as change:
        services.create_ticket(change, subject="Late parcel", customer_id=customer, body="Where is it?")
        services.log_interaction(change, customer, kind="call_in", summary="Asked again.")
        services.call_distinct(change, customer, other)
    at, number = desk.clock.now(), next(NUMBERS)
    stamps = {"created_at": at, "updated_at": at}
    add(desk, Order(customer_id=customer, source="shop", external_id=f"{number}", at=at, **stamps))
    add(desk, Feedback(customer_id=customer, kind="csat", external_id=f"{number}", at=at, score=4, **stamps))
    add(desk, Agreement(customer_id=customer, policy="Fast", starts_on="2026-01-01", **stamps))
    point = ContactPoint(
        customer_id=customer,
        kind=PointKind.WEB,
        value=f"https://example.com/{number}",
        normalised=f"https://example.com/{number}",
        source="google",
        batch_id=7,
        **stamps,
    )
    add(desk, point)
    gone = person(desk, f"Once {number}")
    with desk.change() as change:
        services.merge_customers(change, [gone], customer)


def merge(desk: Desk, sources: list[int], into: int, **named: Any) -> int:
    with desk.change() as change:
        services.merge_customers(change, sources, into, **named)
    assert change.id is not None
    return change.id


def look(desk: Desk, customer: int) -> Customer:
    with desk.change() as change:
        return change.get(Customer, customer)


def pointing(desk: Desk, customer: int) -> dict[str, int]:
    with desk.read() as read:
        return {
            f"{model.__tablename__}.{column}": read.value(
                f"SELECT count(*) FROM {model.__tablename__} WHERE {column} = :id",
                {"id": customer},
            )
            for model, column in pointers()
        }


def test_everything_that_points_at_a_customer_moves_and_no_table_is_forgotten(desk: Desk) -> None:
    low, into, source, high = (person(desk, name) for name in ("Al", "Jo Doe", "J. Doe", "Zed"))
    surround(desk, source, low)
    with desk.change() as change:
        services.call_distinct(change, high, source)
    before = pointing(desk, source)
    assert all(before.values()), (
        "a table points at customers that this test does not know: add a row to `surround`"
    )
    merge(desk, [source], into)
    left = pointing(desk, source)
    assert not any(left.values())
    with desk.read() as read:
        point = read.tuples("SELECT source, batch_id, customer_id FROM contact_point WHERE kind = 'web'")
    assert point == [("google", 7, into)], "where a way came from is kept"


def test_one_undo_brings_everything_back_and_redo_does_it_again(desk: Desk) -> None:
    into = person(desk, "Jo Doe", email="jo@example.com", organization="Acme", tags=["vip"])
    source = person(desk, "Dr. Jo Doe", email="jo.doe@example.org", phone="+45 32 10 10 10", tags=["nordic"])
    surround(desk, source, person(desk, "Al"))
    before = content(desk)
    merge(desk, [source], into)
    after = content(desk)
    assert after != before
    with desk.change() as change:
        services.undo_change(change)
    assert content(desk) == before
    with desk.change() as change:
        services.redo_change(change)
    assert content(desk) == after
    with desk.change() as change:
        services.undo_change(change)
    assert content(desk) == before


SIDE = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Jo Doe", "J. Doe", "Jo-Ann Doe"]),
        "has_email": st.booleans(),
        "phone": st.sampled_from([None, "+4532101010", "+4532101011"]),
        "organization": st.sampled_from([None, "Acme", "Hooli"]),
        "has_id": st.booleans(),
        "tier": st.sampled_from(["", "gold"]),
        "notes": st.sampled_from(["", "Prefers the phone.", "Moved."]),
        "tags": st.lists(st.sampled_from(["vip", "nordic"]), unique=True),
        "is_surrounded": st.booleans(),
    }
)


def made(desk: Desk, drawn: dict[str, Any], other: int | None) -> int:
    number = next(NUMBERS)
    named = {key: drawn[key] for key in ("phone", "organization", "tier", "notes", "tags")}
    named["email"] = f"jo{number}@example.com" if drawn["has_email"] else None
    named["external_id"] = f"A-{number}" if drawn["has_id"] else None
    customer = person(desk, drawn["name"], **named)
    if drawn["is_surrounded"] and other is not None:
        surround(desk, customer, other)
    return customer


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_merge_then_undo_is_what_was(desk: Desk, data: st.DataObject) -> None:
    sides: list[int] = []
    for drawn in data.draw(st.lists(SIDE, min_size=2, max_size=4)):
        sides.append(made(desk, drawn, sides[-1] if sides else None))
    order = data.draw(st.permutations(sides))
    picked = data.draw(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.sampled_from(sides), max_size=4))
    before = content(desk)
    merge(desk, list(order[1:]), order[0], picks=picked)
    after = content(desk)
    for gone in order[1:]:
        assert not any(pointing(desk, gone).values())
    with desk.change() as change:
        services.undo_change(change)
    assert content(desk) == before
    with desk.change() as change:
        services.redo_change(change)
    assert content(desk) == after


def test_the_survivor_keeps_its_own_and_is_given_what_it_lacks(desk: Desk) -> None:
    into = person(desk, "Jo Doe", email="jo@example.com", notes="Prefers the phone.", tags=["vip"])
    source = person(
        desk, "J. Doe", phone="+45 32 10 10 10", organization="Acme", notes="Moved.", tags=["vip", "nordic"]
    )
    merge(desk, [source], into)
    row = look(desk, into)
    assert (row.name, row.email, row.phone) == ("Jo Doe", "jo@example.com", "+45 32 10 10 10")
    assert (row.notes, row.tags) == ("Prefers the phone.\n\nMoved.", ["vip", "nordic"])
    with desk.read() as read:
        assert customer_detail(read, into).organization == "Acme"  # type: ignore[union-attr]  # it is there


def test_every_field_can_be_picked_from_either_side_or_typed(desk: Desk) -> None:
    into = person(desk, "Jo Doe", email="jo@example.com", tier="gold")
    source = person(desk, "J. Doe", email="doe@example.com", tier="basic")
    merge(
        desk, [source], into, picks={"name": "Johanna Doe", "email": source, "tier": source, "owner": "ben"}
    )
    row = look(desk, into)
    assert (row.name, row.name_key, row.email, row.tier) == (
        "Johanna Doe",
        "johanna doe",
        "doe@example.com",
        "basic",
    )
    assert row.owner_id == 2
    with desk.read() as read:
        ways = read.tuples(
            "SELECT normalised, is_primary FROM contact_point WHERE customer_id = :id ORDER BY 1",
            {"id": into},
        )
    assert [(way, bool(is_primary)) for way, is_primary in ways] == [
        ("doe@example.com", True),
        ("jo@example.com", False),
    ]


def test_a_number_that_both_have_is_kept_once_and_comes_back_with_undo(desk: Desk) -> None:
    into, source = person(desk, phone="+4532101010"), person(desk, "J. Doe", phone="+45 32 10 10 10")
    before = content(desk)
    merge(desk, [source], into)
    with desk.read() as read:
        assert read.tuples("SELECT customer_id, value FROM contact_point") == [(into, "+4532101010")]
    with desk.change() as change:
        services.undo_change(change)
    assert content(desk) == before


def test_whoever_is_named_by_an_old_number_address_or_id_is_the_survivor(desk: Desk) -> None:
    into = person(desk, "Jo Doe", external_id="B-1")
    source = person(desk, "J. Doe", email="doe@example.com", external_id="A-1")
    merge(desk, [source], into)
    with desk.read() as read:
        for word in (str(source), "doe@example.com", "A-1", "B-1"):
            assert customer_by_text(read, word).id == into
        assert [one.id for one in find(read, "Doe")] == [into]


def test_an_id_that_is_picked_changes_places_with_the_survivors_own(desk: Desk) -> None:
    into, source = person(desk, external_id="B-1"), person(desk, "J. Doe", external_id="A-1")
    merge(desk, [source], into, picks={"external_id": source})
    assert (look(desk, into).external_id, look(desk, source).external_id) == ("A-1", "B-1")


def test_whoever_was_merged_before_points_at_the_last_survivor(desk: Desk) -> None:
    first, second, third = person(desk, "A"), person(desk, "B"), person(desk, "C")
    merge(desk, [first], second)
    merge(desk, [second], third)
    assert look(desk, first).merged_into_id == third
    with pytest.raises(UndoError, match="was changed again since"), desk.change() as change:
        services.undo_change(change, change_of(desk, 1))


def change_of(desk: Desk, place: int) -> int:
    sql = "SELECT DISTINCT change_id FROM journal WHERE event = 'customer.merged' ORDER BY 1"
    with desk.read() as read:
        return int(read.tuples(sql)[place - 1][0])


def test_full_text_follows_the_survivor(desk: Desk) -> None:
    into, source = person(desk, "Jo Doe"), person(desk, "Joanna Dough", email="dough@example.com")
    merge(desk, [source], into)
    with desk.read() as read:
        assert [one.id for one in find(read, "dough@example.com")] == [into]
        assert not find(read, "Joanna")


def test_what_is_written_for_a_merged_customer_goes_to_the_survivor(desk: Desk) -> None:
    into, source = person(desk, "Jo Doe"), person(desk, "J. Doe")
    merge(desk, [source], into)
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Parcel", customer_id=source)
        call = services.log_interaction(change, source, kind="call_in", summary="Asked.")
        assert (ticket.customer_id, call.customer_id) == (into, into)
    with pytest.raises(InvalidValueError, match=f"merged into customer {into}"), desk.change() as change:
        services.edit_customer(change, source, {"tier": "gold"})


def test_a_merge_is_refused_that_has_been_done_or_makes_no_sense(desk: Desk) -> None:
    into, source, third = person(desk, "Jo Doe"), person(desk, "J. Doe"), person(desk, "Al")
    with pytest.raises(CustomerMergeError, match="cannot be merged into itself"):
        merge(desk, [into], into)
    with pytest.raises(InvalidValueError, match="There is no field"):
        merge(desk, [source], into, picks={"shoe size": "44"})
    with pytest.raises(InvalidValueError, match="Name one of those"):
        merge(desk, [source], into, picks={"name": third})
    merge(desk, [source], into)
    with pytest.raises(CustomerMergeError, match=f"was merged into customer {into} already"):
        merge(desk, [source], third)
    with pytest.raises(CustomerMergeError, match="use that one"):
        merge(desk, [third], source)


def test_a_merge_is_refused_that_somebody_else_has_overtaken(desk: Desk) -> None:
    into, source = person(desk, "Jo Doe"), person(desk, "J. Doe")
    seen = {into: look(desk, into).version, source: look(desk, source).version}
    with desk.change() as change:
        services.edit_customer(change, source, {"tier": "gold"})
    with pytest.raises(ConflictError, match="tier"):
        merge(desk, [source], into, versions=seen)


def test_an_agreement_is_moved_by_those_alone_who_may_touch_agreements(desk: Desk) -> None:
    into, source = person(desk, "Jo Doe"), person(desk, "J. Doe")
    at = desk.clock.now()
    add(
        desk,
        Agreement(customer_id=source, policy="Fast", starts_on="2026-01-01", created_at=at, updated_at=at),
    )
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        merge(desk, [source], into)


def test_a_pair_is_called_distinct_once_and_merging_it_all_the_same_forgets_that(desk: Desk) -> None:
    into, source, third = person(desk, "Jo Doe"), person(desk, "J. Doe"), person(desk, "Al")
    with desk.change() as change:
        assert services.call_distinct(change, source, into) is not None
        assert services.call_distinct(change, into, source) is None
        services.call_distinct(change, third, source)
        services.call_distinct(change, third, into)
    merge(desk, [source], into)
    with desk.change() as change:
        assert [(one.customer_id, one.other_id) for one in change.find_all(DistinctPair)] == [(into, third)]
