"""Pairs of customers that may be one person, found through keys they share; none is lost, none is told twice."""

from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.duplicates import LEAST, compare
from agentdesk.domain.likeness import number_tail
from agentdesk.queries.customer_plans import MOVES, SAID_APART, customer_merge_plan, plan_lines
from agentdesk.queries.duplicates import Duplicate, find_duplicates
from agentdesk.queries.filters import compile_query
from agentdesk.queries.profiles import profiles
from agentdesk.queries.tickets import Where
from agentdesk.services.customer_merging import pointers


def person(desk: Desk, name: str, **named: Any) -> int:
    with desk.change() as change:
        return int(services.create_customer(change, name=name, **named).id or 0)


def found(desk: Desk, where: Where | None = None, least: int = LEAST) -> list[Duplicate]:
    with desk.read() as read, find_duplicates(read, where, least=least) as pairs:
        listed = list(pairs)
        assert pairs.total == len(listed)
    return listed


def test_pairs_come_with_score_reasons_and_the_group_they_are_of(desk: Desk) -> None:
    jo = person(desk, "Jo Doe", email="jo.doe@example.com", phone="+4532101010")
    twin = person(desk, "Jo Doe", email="jodoe+shop@example.com")
    third = person(desk, "Dr. Jo Doe", phone="+45 32 10 10 10")
    person(desk, "Mia Khan", phone="+4532101099")
    pairs = found(desk)
    assert {(one.id, one.other_id) for one in pairs} == {(jo, twin), (jo, third)}
    assert {one.group for one in pairs} == {jo}
    assert [one.score for one in pairs] == sorted((one.score for one in pairs), reverse=True)
    assert pairs[0].why.startswith(f"{pairs[0].score}: ")


def test_what_was_called_distinct_or_merged_is_not_offered(desk: Desk) -> None:
    jo, twin = person(desk, "Jo Doe", phone="+4532101010"), person(desk, "Jo Doe", phone="+4532101010")
    third = person(desk, "Jo Doe", phone="+4532101010")
    with desk.change() as change:
        services.call_distinct(change, twin, jo)
        services.merge_customers(change, [third], twin)
    assert found(desk) == []
    with desk.change() as change:
        services.undo_change(change)
    assert len(found(desk)) == 3


def test_with_a_question_one_of_a_pair_meets_it(desk: Desk) -> None:
    for name in ("Jo Doe", "Mia Khan"):
        for tag in (["a"], ["b"]):
            person(desk, name, organization="Acme", tags=tag if name == "Jo Doe" else [])
    with desk.read() as read:
        where = compile_query(read, "tag:a", desk.zone, entity="customer").where
    assert len(found(desk)) == 2
    assert len(found(desk, where)) == 1


def test_of_a_crowd_behind_one_number_no_twin_gets_lost(sqlite_desk: Desk) -> None:
    ids = [person(sqlite_desk, "Jo Doe", phone="+4532101010", organization="Acme") for _ in range(60)]
    pairs = found(sqlite_desk)
    assert {one.id for one in pairs} | {one.other_id for one in pairs} == set(ids)
    assert {one.group for one in pairs} == {ids[0]}


def test_a_name_that_many_have_is_told_and_not_compared_alone(sqlite_desk: Desk) -> None:
    for at in range(6):
        person(sqlite_desk, "Jo Doe", email=f"x{at}y@example{at}.com")
    with sqlite_desk.read() as read, find_duplicates(read, least=1) as pairs:
        assert pairs.namesakes == 1


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["Jo Doe", "Joe Doe", "Doe, Jo", "Catherine Smith", "Kathryn Smyth", "Mia Khan"]),
        st.sampled_from([None, "+4532101010", "+4532101011", "0032101010"]),
        st.sampled_from([None, "Acme", "Hooli"]),
        st.sampled_from([None, "jo", "j.o", "info"]),
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE)
def test_keys_find_every_pair_that_comparing_each_with_each_finds(
    sqlite_desk: Desk, people: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    ids = []
    with sqlite_desk.change() as change:  # taken back at the end, so that the examples do not meet
        for at, (name, phone, organization, local) in enumerate(people):
            email = f"{local}+{at}@acme{at}.de" if local else None
            named = {"phone": phone, "organization": organization, "email": email}
            ids.append(services.create_customer(change, name=name, **named).id)
    with sqlite_desk.read() as read:
        known = profiles(read, ids)
    tails = [{number_tail(number) for number in one.phones} for one in known.values()]

    def sharers(number: str) -> int:
        return sum(number_tail(number) in each for each in tails)

    expected = {
        (one, other): score
        for one, other in combinations(sorted(known), 2)
        if (score := compare(known[one], known[other], sharers)[0]) >= LEAST
    }
    pairs = {(one.id, one.other_id): one.score for one in found(sqlite_desk)}
    with sqlite_desk.change() as change:
        services.undo_change(change)
    assert pairs == expected


def test_the_plan_counts_every_table_that_points_at_customers() -> None:
    told = {(table, column) for table, column, *_ in MOVES}
    assert told == {
        (str(model.__tablename__), column)
        for model, column in pointers()
        if model.__tablename__ != SAID_APART
    }


def test_the_plan_says_who_goes_what_moves_and_what_the_survivor_gets(desk: Desk) -> None:
    into = person(desk, "Jo Doe", email="jo@example.com")
    source = person(desk, "J. Doe", phone="+4532101010", tags=["vip"])
    with desk.change() as change:
        services.create_ticket(change, subject="Parcel", customer_id=source, body="Where?")
        services.call_distinct(change, into, source)
    with desk.read() as read:
        plan = customer_merge_plan(read, [source], into)
        assert plan is not None
        assert customer_merge_plan(read, [source], 999) is None
    assert plan_lines(plan) == [
        "SOMEBODY SAID THAT THESE ARE DIFFERENT PEOPLE.",
        f"J. Doe (customer {source}) becomes part of Jo Doe (customer {into}).",
        "Moves: 1 ticket, 1 message, 1 address or number.",
        "Jo Doe gets: phone +4532101010, tags vip.",
    ]
    assert {one.name for one in plan.fields if one.differs} == {"name", "email", "phone", "tags"}
