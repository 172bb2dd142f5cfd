"""What the customer of a ticket is entitled to on the day somebody looks; one that has ended is flagged."""

from datetime import date
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.queries.agreements import ticket_agreement
from agentdesk.queries.policy_tickets import policy_tickets


@pytest.fixture
def jo(desk: Desk) -> Desk:
    """Jo of Acme, and a policy that only agreements choose."""
    with desk.change() as change:
        services.create_customer(change, name="Jo", organization="Acme")
        services.add_policy(
            change, name="Gold", calendar="24x7", targets={"frt": {"normal": 60}}, by_agreement=True
        )
    return desk


def agree(desk: Desk, **values: Any) -> None:
    with desk.change() as change:
        services.add_agreement(
            change, **{"policy": "Gold", "customer_id": 1, "starts_on": "2026-01-01", **values}
        )


def opened(desk: Desk) -> int:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="x", customer_id=1)
    assert ticket.id is not None
    return ticket.id


def flag(desk: Desk, ticket: int, day: str) -> str | None:
    with desk.read() as read:
        found = ticket_agreement(read, ticket, date.fromisoformat(day))
    return None if found is None else found.flag


def test_an_agreement_is_flagged_from_the_day_after_its_last_one(jo: Desk) -> None:
    agree(jo, ends_on="2026-03-05", product="Router", plan="care")
    ticket = opened(jo)
    assert flag(jo, ticket, "2026-03-05") == ""
    assert flag(jo, ticket, "2026-03-06") == "agreement Router care expired on 2026-03-05"


def test_one_that_ended_before_the_ticket_is_flagged_too(jo: Desk) -> None:
    assert flag(jo, opened(jo), "2026-03-03") is None
    agree(jo, customer_id=None, organization_id=1, ends_on="2026-02-01")
    agree(jo, ends_on="2026-03-02")
    assert flag(jo, opened(jo), "2026-03-03") == "agreement 2 expired on 2026-03-02"


def test_a_renewed_agreement_is_not_flagged(jo: Desk) -> None:
    agree(jo, ends_on="2026-03-05")
    ticket = opened(jo)
    agree(jo, starts_on="2026-03-06", plan="new")
    with jo.read() as read:
        found = ticket_agreement(read, ticket, date(2026, 3, 9))
    assert found is not None
    assert (found.told, found.flag) == ("new, policy Gold", "")


def test_a_ticket_of_nobody_has_no_agreement(jo: Desk) -> None:
    agree(jo)
    with jo.change() as change:
        ticket = services.create_ticket(change, subject="x")
    assert flag(jo, ticket.id or 0, "2026-03-03") is None
    assert flag(jo, 999_999, "2026-03-03") is None


def test_open_tickets_say_their_policy_and_why(jo: Desk) -> None:
    none = opened(jo)
    agree(jo, product="Router")
    gold = opened(jo)
    with jo.read() as read:
        assert [(one.id, one.policy, one.calendar, one.why) for one in policy_tickets(read).rows()] == [
            (none, "", "", "no policy holds for it"),
            (gold, "Gold@1", "24x7", "agreement Router"),
        ]
        assert [one.id for one in policy_tickets(read, "none").rows()] == [none]
        assert [policy_tickets(read, name).count for name in ("gold", "Gold@1", "none", "")] == [1, 1, 1, 2]
