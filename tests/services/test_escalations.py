"""Escalations: who asks whom for what, and that the owner stays the owner."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError, NotFoundError
from agentdesk.models import Escalation, Message, Ticket


def escalated(desk: Desk, **options: object) -> tuple[int, int]:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Token expired", assignee_id=2)
        asked = {
            "kind": "functional",
            "reason_code": "skill",
            "ask": "Confirm the expiry",
            "to_queue_id": 2,
        } | options
        escalation = services.escalate_ticket(change, ticket.id, **asked)
    assert ticket.id is not None
    assert escalation.id is not None
    return ticket.id, escalation.id


def state(desk: Desk, ticket: int, escalation: int) -> tuple[str, bool, int | None]:
    with desk.change() as change:
        row = change.get(Ticket, ticket)
        return change.get(Escalation, escalation).state, row.is_escalated, row.assignee_id


def test_the_owner_of_an_escalated_ticket_stays_the_owner(desk: Desk) -> None:
    ticket, escalation = escalated(desk)
    assert state(desk, ticket, escalation) == ("requested", True, 2)


def test_accept_then_return_gives_it_back_with_what_was_found(desk: Desk) -> None:
    ticket, escalation = escalated(desk)
    with desk.change() as change:
        services.accept_escalation(change, escalation)
    assert state(desk, ticket, escalation) == ("accepted", True, 2)
    with desk.change() as change:
        services.return_escalation(change, escalation, "Tokens last 12 h by design")
    assert state(desk, ticket, escalation) == ("returned", False, 2)


def test_a_ticket_stays_escalated_while_another_step_is_open(desk: Desk) -> None:
    ticket, first = escalated(desk)
    with desk.change() as change:
        services.escalate_ticket(
            change, ticket, kind="hierarchical", reason_code="sla_risk", ask="Decide", level="manager"
        )
        services.resolve_escalation(change, first, "done")
    assert state(desk, ticket, first) == ("resolved", True, 2)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"ask": " "}, "ask"),
        ({"to_queue_id": None}, "Name a queue"),
        ({"kind": "sideways"}, "functional, hierarchical"),
        ({"reason_code": "because"}, "skill"),
        ({"level": "l9"}, "l2, l3"),
    ],
)
def test_an_escalation_that_says_too_little_is_refused(
    desk: Desk, options: dict[str, object], told: str
) -> None:
    with pytest.raises(InvalidValueError, match=told):
        escalated(desk, **options)


def test_an_unknown_receiver_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no agent 77"):
        escalated(desk, to_agent_id=77)


def test_what_was_answered_is_not_answered_again(desk: Desk) -> None:
    _, escalation = escalated(desk)
    with desk.change() as change:
        services.decline_escalation(change, escalation, "Not ours")
    with pytest.raises(InvalidTransitionError, match="is declined"), desk.change() as change:
        services.accept_escalation(change, escalation)


def test_declining_wants_a_reason(desk: Desk) -> None:
    _, escalation = escalated(desk)
    with pytest.raises(InvalidValueError, match="reason"), desk.change() as change:
        services.decline_escalation(change, escalation, "")


def test_the_customer_is_told_in_the_same_submit_if_wanted(desk: Desk) -> None:
    ticket, _ = escalated(desk, tell_customer="We have asked our specialists.")
    with desk.change() as change:
        assert [m.body for m in change.find_all(Message, Message.ticket_id == ticket)] == [
            "We have asked our specialists."
        ]


def test_a_solved_ticket_is_not_escalated(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Done").id
        services.solve_ticket(change, ticket)
    with pytest.raises(InvalidTransitionError, match="Reopen it first"), desk.change() as change:
        services.escalate_ticket(change, ticket, kind="functional", reason_code="skill", ask="x", level="l2")
