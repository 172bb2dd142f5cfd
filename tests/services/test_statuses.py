"""Moves of a ticket through its life, with their guards and what they leave behind."""

from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError, NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Message, Ticket


def opened(desk: Desk, **fields: object) -> int:
    with desk.change() as change:
        customer = services.create_customer(change, name="Dana Kim", email="dana@example.com")
        ticket = services.create_ticket(
            change, subject="No login", customer_id=customer.id, body="Help", **fields
        )
    assert ticket.id is not None
    return ticket.id


def look(desk: Desk, ticket_id: int) -> Ticket:
    with desk.change() as change:
        return change.get(Ticket, ticket_id)


def test_a_new_ticket_becomes_open_when_it_is_assigned(desk: Desk) -> None:
    ticket = opened(desk)
    assert look(desk, ticket).status == "new"
    with desk.change() as change:
        services.assign_ticket(change, ticket, to=2)
    assert (look(desk, ticket).status, look(desk, ticket).assignee_id) == ("open", 2)


def test_a_reply_answers_the_customer_and_takes_an_unowned_ticket(desk: Desk) -> None:
    ticket = opened(desk, due_at=desk.clock.now() + timedelta(hours=1))
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "Please restart.", then="pending")
    after = look(desk, ticket)
    assert (after.status, after.assignee_id, after.waiting_since, after.due_at) == ("pending", 1, None, None)
    assert (after.reply_count, after.first_replied_at) == (1, desk.clock.now())


def test_a_reply_from_on_hold_can_wait_for_the_customer_in_one_submit(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.set_status(change, ticket, "on_hold", waiting_for="the courier")
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "It left today.", then="pending")
    assert (look(desk, ticket).status, look(desk, ticket).waiting_for) == ("pending", "")


def test_an_internal_note_stops_no_clock_and_moves_no_status(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.add_note(change, ticket, "Looks like tenant 9")
    after = look(desk, ticket)
    assert (after.status, after.first_replied_at, after.reply_count) == ("new", None, 0)
    assert after.waiting_since is not None


def test_pending_without_a_reply_wants_a_reason(desk: Desk) -> None:
    ticket = opened(desk)
    with pytest.raises(InvalidValueError, match="say why"), desk.change() as change:
        services.set_status(change, ticket, "pending")


def test_on_hold_wants_the_party_it_waits_for(desk: Desk) -> None:
    ticket = opened(desk)
    with pytest.raises(InvalidValueError, match="Name the party"), desk.change() as change:
        services.set_status(change, ticket, "on_hold")


def test_solving_an_unowned_ticket_makes_it_the_solvers(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.solve_ticket(change, ticket, resolution="fixed")
    after = look(desk, ticket)
    assert (after.status, after.assignee_id, after.resolution_code) == ("solved", 1, "fixed")
    assert after.solved_at == desk.clock.now()
    assert not after.is_open


def test_customer_reply_reopens_a_solved_ticket(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.solve_ticket(change, ticket)
    with desk.change() as change:
        services.receive_message(change, ticket, "Not quite")
    after = look(desk, ticket)
    assert (after.status, after.reopen_count, after.solved_at, after.is_open) == ("open", 1, None, True)


def test_customer_reply_to_a_closed_ticket_starts_a_follow_up(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.solve_ticket(change, ticket)
        services.close_ticket(change, ticket)
    with desk.change() as change:
        message = services.receive_message(change, ticket, "Once more")
    assert message.ticket_id != ticket
    assert look(desk, message.ticket_id).follow_up_of_id == ticket
    assert look(desk, ticket).status == "closed"


def test_a_closed_ticket_refuses_everything_but_tags(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.solve_ticket(change, ticket)
        services.close_ticket(change, ticket)
    refused = (
        lambda c: services.reply_to_ticket(c, ticket, "x"),
        lambda c: services.add_note(c, ticket, "x"),
        lambda c: services.edit_ticket(c, ticket, {"priority": "high"}),
        lambda c: services.assign_ticket(c, ticket, to=2),
        lambda c: services.reopen_ticket(c, ticket),
    )
    for operation in refused:
        with pytest.raises(InvalidTransitionError, match="is closed"), desk.change() as change:
            operation(change)
    with desk.change() as change:
        services.set_tags(change, ticket, add=["kept"])
    assert look(desk, ticket).tags == ["kept"]


def test_the_wait_of_a_customer_counts_from_the_oldest_unanswered_message(desk: Desk) -> None:
    ticket = opened(desk)
    first = desk.clock.now()
    desk.clock.instant += timedelta(hours=2)
    with desk.change() as change:
        services.receive_message(change, ticket, "Hello?")
    assert look(desk, ticket).waiting_since == first


def test_a_snoozed_ticket_waits_until_its_instant_and_never_for_the_past(desk: Desk) -> None:
    ticket = opened(desk)
    until = desk.clock.now() + timedelta(days=1)
    with desk.change() as change:
        services.snooze_ticket(change, ticket, until=until)
    assert (look(desk, ticket).status, look(desk, ticket).wake_at) == ("pending", until)
    with pytest.raises(InvalidValueError, match="instant to come"), desk.change() as change:
        services.snooze_ticket(change, ticket, until=desk.clock.now() - timedelta(minutes=1))


def test_an_empty_reply_is_refused(desk: Desk) -> None:
    ticket = opened(desk)
    with pytest.raises(InvalidValueError, match="nothing to send"), desk.change() as change:
        services.reply_to_ticket(change, ticket, "  \n ")
    with desk.change() as change:
        assert len(change.find_all(Message, Message.ticket_id == ticket)) == 1


def test_read_only_agents_change_nothing(desk: Desk) -> None:
    ticket = opened(desk)
    desk.actor = Actor(2, "ben", "Ben", Role.READ_ONLY)
    with pytest.raises(NotPermittedError, match="ben may not work on tickets"), desk.change() as change:
        services.add_note(change, ticket, "x")


def test_solving_withdraws_what_was_asked_about_the_ticket_and_an_undo_asks_it_again(desk: Desk) -> None:
    from agentdesk.models import Escalation

    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Broken cup")
        services.escalate_ticket(
            change, ticket.id, kind="functional", reason_code="skill", ask="Read the log.", to_agent_id=2
        )
    with desk.change() as change:
        services.solve_ticket(change, ticket.id)
        assert change.besides == "is solved, and what was asked about it is withdrawn"
    with desk.change() as change:
        asked = change.get(Escalation, 1)
        assert (asked.state, asked.outcome) == ("withdrawn", "the ticket was solved")
    with desk.change() as change:
        services.undo_change(change)
    with desk.change() as change:
        assert change.get(Escalation, 1).state == "requested"


def test_the_owner_is_told_when_somebody_else_asks_about_the_ticket(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Broken cup", assignee_id=3)
        services.escalate_ticket(
            change, ticket.id, kind="functional", reason_code="skill", ask="Read the log.", to_agent_id=2
        )
    with desk.read() as read:
        assert read.tuples("SELECT agent_id, words FROM notice ORDER BY agent_id") == [
            (2, "ana asks you: Read the log."),
            (3, "ana asks ben about your ticket: Read the log."),
        ]
