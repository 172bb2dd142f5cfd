"""Customers: one e-mail address, one customer."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError, InvalidValueError
from agentdesk.models import ContactPoint, Customer, Organization


def test_a_customer_comes_with_organization_and_points(desk: Desk) -> None:
    with desk.change() as change:
        customer = services.create_customer(
            change,
            name="佐藤 花子",
            email="Hanako@Example.com",
            phone="+49 30 23125 599",
            organization="Hooli",
        )
    with desk.change() as change:
        assert change.get(Customer, customer.id).email == "hanako@example.com"
        points = {(p.kind, p.normalised) for p in change.find_all(ContactPoint)}
        assert points == {("email", "hanako@example.com"), ("phone", "+493023125599")}
        assert [o.name for o in change.find_all(Organization)] == ["Hooli"]


def test_the_same_address_in_another_case_belongs_to_the_same_customer(desk: Desk) -> None:
    with desk.change() as change:
        services.create_customer(change, name="Dana", email="dana@example.com")
    with pytest.raises(AgentDeskError, match=r"belongs to Dana \(customer 1\)"), desk.change() as change:
        services.create_customer(change, name="Other", email="DANA@example.com")


def test_a_new_primary_address_keeps_the_old_one_as_another(desk: Desk) -> None:
    with desk.change() as change:
        customer = services.create_customer(change, name="Dana", email="dana@example.com").id
    with desk.change() as change:
        services.edit_customer(change, customer, {"email": "kim@example.com"})
    with desk.change() as change:
        points = {(p.normalised, p.is_primary) for p in change.find_all(ContactPoint)}
    assert points == {("dana@example.com", False), ("kim@example.com", True)}


def test_an_address_that_cannot_be_one_is_refused_with_the_reason(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="email"), desk.change() as change:
        services.create_customer(change, name="Dana", email="dana@@example.com")


def test_the_same_organization_in_another_case_is_the_same(desk: Desk) -> None:
    with desk.change() as change:
        one = services.find_or_add_organization(change, "Müller & Söhne")
        two = services.find_or_add_organization(change, "MÜLLER & SÖHNE")
    assert one.id == two.id


def test_who_may_only_read_owns_no_customer(desk: Desk) -> None:
    with desk.change() as change:
        customer = services.create_customer(change, name="Dana").id
        services.edit_agent(change, 3, {"role": "read-only"})
    with (
        pytest.raises(InvalidValueError, match=r"“cleo”\. This agent may only read"),
        desk.change() as change,
    ):
        services.edit_customer(change, customer, {"owner_id": 3})
