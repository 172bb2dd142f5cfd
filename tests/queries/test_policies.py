from datetime import date

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import AmbiguousError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.sla import ClockMetric
from agentdesk.domain.vocabulary import Priority
from agentdesk.queries.agreements import AgreementRow, active_agreement, agreements
from agentdesk.queries.organizations import organization_by_name
from agentdesk.queries.policies import (
    open_tickets_by_name,
    open_tickets_by_version,
    policies,
    policy_by_id,
    policy_by_name,
    policy_versions,
)

FRT = {"frt": {"urgent": 30, "low": 480}}


@pytest.fixture
def promising(desk: Desk) -> Desk:
    """Gold at 5, Standard at 10 with two versions, and Old, which is retired."""
    with desk.change() as change:
        services.add_policy(change, name="Standard", calendar="24x7", targets=FRT)
        services.add_policy(change, name="Old", calendar="24x7", targets=FRT)
        services.add_policy(change, name="Gold", calendar="24x7", targets=FRT, position=5)
        services.retire_policy(change, "Old")
    with desk.change() as change:
        services.edit_policy(change, "Standard", targets={"frt": {"urgent": 15}})
    return desk


def test_the_list_is_in_order_and_every_version_is_there_on_request(promising: Desk) -> None:
    with promising.read() as read:
        assert [one.ref for one in policies(read)] == ["Gold@1", "Standard@2"]
        every = [(one.ref, one.is_current) for one in policies(read, every=True)]
    assert every == [("Gold@1", True), ("Old@1", False), ("Standard@1", False), ("Standard@2", True)]


def test_a_name_is_its_current_version_and_a_number_any_of_them(promising: Desk) -> None:
    with promising.read() as read:
        assert policy_by_name(read, " STANDARD ").ref == "Standard@2"
        assert policy_by_name(read, "standard@1").targets == FRT
        assert policy_by_name(read, "Old@1").is_current is False
        row = policy_by_name(read, "Standard@1")
        assert policy_by_id(read, row.id) == row
        assert [one.number for one in policy_versions(read, "Standard")] == [1, 2]
        with pytest.raises(NotFoundError, match="There is no policy version 99"):
            policy_by_id(read, 99)


def test_what_the_clocks_count_towards_names_its_version(promising: Desk) -> None:
    with promising.read() as read:
        row = policy_by_name(read, "Standard@1")
    policy = row.as_policy(7)
    assert (policy.id, policy.version, policy.calendar_id, policy.order) == (row.id, 1, 7, 10)
    assert policy.target(ClockMetric.FRT, Priority.LOW) == 480
    assert policy.target(ClockMetric.FRT, Priority.HIGH) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Standart", "There is no policy Standart. Did you mean Standard?"),
        ("Standard@3", "There is no policy Standard@3. Standard has these versions: 1, 2."),
        ("Standard@", "There is no policy Standard@. Standard has these versions: 1, 2."),
        ("old", "There is no policy old. Old was retired. Old has these versions: 1."),
        ("Narnia@1", "There is no policy Narnia@1. Known: Gold, Standard."),
    ],
)
def test_an_unknown_name_says_what_there_is(promising: Desk, text: str, told: str) -> None:
    with promising.read() as read, pytest.raises(NotFoundError) as refused:
        policy_by_name(read, text)
    assert str(refused.value) == told


def test_a_desk_without_policies_says_how_to_add_one(sqlite_desk: Desk) -> None:
    with sqlite_desk.read() as read, pytest.raises(NotFoundError, match="agentdesk policy add"):
        policy_by_name(read, "Gold")


def test_unsolved_tickets_are_counted_by_version_and_by_name(promising: Desk) -> None:
    with promising.read() as read:
        first, second = policy_versions(read, "Standard")
        old = policy_by_name(read, "Old@1")
    for version, times in ((first, 1), (second, 2), (old, 1)):
        for _ in range(times):
            with promising.change() as change:
                ticket = services.create_ticket(change, subject="x")
                ticket.policy_id = version.id
                change.record(Event.TICKET_CHANGED, ticket)
    with promising.change() as change:
        services.solve_ticket(change, ticket.id)
    with promising.read() as read:
        assert open_tickets_by_version(read) == {first.id: 1, second.id: 2}
        assert open_tickets_by_name(read) == {"standard": 3}


# Agreements.


@pytest.fixture
def entitled(promising: Desk) -> Desk:
    """Jo (1) and Al (2) of Acme (1); Bo (3) of nobody; 1 and 2 are Acme's, 3 and 4 Jo's own."""
    with promising.change() as change:
        services.create_customer(change, name="Jo", organization="Acme")
        services.create_customer(change, name="Al", organization="Acme")
        services.create_customer(change, name="Bo")
        for party, first, last in (
            ({"organization_id": 1}, "2026-01-01", ""),
            ({"organization_id": 1}, "2026-03-01", "2026-03-31"),
            ({"customer_id": 1}, "2026-02-01", "2026-03-15"),
            ({"customer_id": 1}, "2026-02-01", "2026-02-28"),
        ):
            services.add_agreement(change, policy="Gold", starts_on=first, ends_on=last, **party)
    return promising


@pytest.mark.parametrize(
    ("customer", "day", "number"),
    [
        (1, "2025-12-31", None),
        (1, "2026-01-01", 1),
        (1, "2026-02-01", 4),
        (1, "2026-02-28", 4),
        (1, "2026-03-01", 3),
        (1, "2026-03-15", 3),
        (1, "2026-03-16", 2),
        (1, "2026-03-31", 2),
        (1, "2026-04-01", 1),
        (2, "2026-03-15", 2),
        (3, "2026-03-15", None),
    ],
)
def test_ones_own_counts_before_the_organizations_and_the_latest_start_first(
    entitled: Desk, customer: int, day: str, number: int | None
) -> None:
    with entitled.read() as read:
        found = active_agreement(read, customer, date.fromisoformat(day))
    assert (found.id if found else None) == number


def test_a_ticket_may_name_another_organization_or_nobody(entitled: Desk) -> None:
    day = date(2026, 3, 20)
    with entitled.read() as read:
        assert active_agreement(read, None, day) is None
        for customer in (None, 3):
            found = active_agreement(read, customer, day, organization_id=1)
            assert found is not None
            assert found.id == 2


def test_agreements_are_listed_by_party_and_by_day(entitled: Desk) -> None:
    day = date(2026, 3, 20)
    with entitled.read() as read:
        assert [one.id for one in agreements(read)] == [1, 2, 3, 4]
        assert [one.id for one in agreements(read, customer_id=1)] == [1, 2, 3, 4]
        assert [one.id for one in agreements(read, customer_id=2)] == [1, 2]
        assert [one.id for one in agreements(read, organization_id=1, active_on=day)] == [1, 2]
        assert [one.id for one in agreements(read, customer_id=3)] == []
        for day in (date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 1)):
            active = [one for one in agreements(read) if one.is_active_on(day)]
            assert agreements(read, active_on=day) == active


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-12-31", "coming"),
        ("2026-01-01", "active"),
        ("2026-03-01", "active"),
        ("2026-03-02", "expiring"),
        ("2026-03-31", "expiring"),
        ("2026-04-01", "expired"),
    ],
)
def test_an_agreement_is_expiring_in_its_last_thirty_days(entitled: Desk, day: str, state: str) -> None:
    with entitled.change() as change:
        services.edit_agreement(change, 1, ends_on="2026-03-31")
    with entitled.read() as read:
        row: AgreementRow = agreements(read)[0]
    assert row.state(date.fromisoformat(day)) == state


def test_one_without_an_end_never_expires(entitled: Desk) -> None:
    with entitled.read() as read:
        assert agreements(read)[0].state(date(2199, 12, 31)) == "active"


def test_an_organization_is_found_by_its_name_or_its_beginning(entitled: Desk) -> None:
    with entitled.change() as change:
        services.create_customer(change, name="Di", organization="Acme Two")
    with entitled.read() as read:
        assert organization_by_name(read, " ACME").id == 1
        assert organization_by_name(read, "acme t").name == "Acme Two"
        with pytest.raises(AmbiguousError, match="Acme, Acme Two"):
            organization_by_name(read, "ac")
        with pytest.raises(NotFoundError, match="Did you mean Acme"):
            organization_by_name(read, "Akme")
