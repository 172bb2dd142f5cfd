"""What is said on a ticket: by customers, by agents, by the desk itself."""

from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError
from agentdesk.models import Draft, Message, Ticket
from tests.services.test_statuses import look, opened


def said(desk: Desk, ticket_id: int) -> list[Message]:
    with desk.change() as change:
        return list(change.find_all(Message, Message.ticket_id == ticket_id))


def waiting_and_replies(ticket: Ticket) -> tuple[object, ...]:
    return (
        ticket.waiting_since,
        ticket.due_at,
        ticket.reply_count,
        ticket.first_replied_at,
        ticket.last_reply_at,
    )


def test_an_automatic_message_is_of_the_desk_and_answers_nothing(desk: Desk) -> None:
    ticket = opened(desk, due_at=desk.clock.now() + timedelta(hours=1))
    before = look(desk, ticket)
    with desk.change() as change:
        services.send_automatic_message(change, ticket, "We have your message.")
    after = look(desk, ticket)
    assert waiting_and_replies(after) == waiting_and_replies(before)
    assert (after.status, after.assignee_id) == ("new", None)
    last = said(desk, ticket)[-1]
    assert (last.author_kind, last.author_name, last.agent_id, last.visibility) == (
        *("system", "AgentDesk", None),
        "public",
    )
    assert [row["event"] for row in change.journal] == ["message.sent"] * len(change.journal)
    assert {row["actor_id"] for row in change.journal} == {1}


def test_the_reply_after_an_automatic_message_is_the_first(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.send_automatic_message(change, ticket, "We have your message.")
    desk.clock.instant += timedelta(minutes=10)
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "Done.")
    after = look(desk, ticket)
    assert (after.reply_count, after.first_replied_at) == (1, desk.clock.now())


def test_an_automatic_message_leaves_the_agents_draft_alone(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.save_draft(change, ticket, "Half a sen", visibility="public", base_version=1)
    with desk.change() as change:
        services.send_automatic_message(change, ticket, "We have your message.")
    with desk.change() as change:
        assert change.find(Draft, Draft.ticket_id == ticket) is not None


def test_no_automatic_message_is_empty_or_goes_to_a_closed_ticket(sqlite_desk: Desk) -> None:
    ticket = opened(sqlite_desk)
    with pytest.raises(InvalidValueError), sqlite_desk.change() as change:
        services.send_automatic_message(change, ticket, " \n")
    with sqlite_desk.change() as change:
        services.solve_ticket(change, ticket)
        services.close_ticket(change, ticket)
    with pytest.raises(InvalidTransitionError), sqlite_desk.change() as change:
        services.send_automatic_message(change, ticket, "Bye")


def test_an_automatic_message_is_taken_back_and_becomes_nobodys_draft(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.send_automatic_message(change, ticket, "We have your message.")
    with desk.change() as change:
        undone = services.undo_change(change)
    assert "draft" not in undone.sentence
    assert [message.body for message in said(desk, ticket)] == ["Help"]


@pytest.mark.parametrize("state", ["pending", "on_hold", "solved"])
def test_what_the_customer_writes_opens_a_ticket_and_says_so(desk: Desk, state: str) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.set_status(change, ticket, state, reason="asked", waiting_for="supplier")
    with desk.change() as change:
        services.receive_message(change, ticket, "It is here", channel="phone")
    after = look(desk, ticket)
    assert (after.status, after.waiting_for, after.reopen_count) == ("open", "", int(state == "solved"))
    assert (change.besides, said(desk, ticket)[-1].channel) == ("is open again", "phone")


def test_what_the_customer_writes_to_an_open_ticket_changes_nothing_beside(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.receive_message(change, ticket, "Any news?")
    assert (change.besides, look(desk, ticket).status) == ("", "new")


def test_what_the_customer_writes_to_a_closed_ticket_opens_a_follow_up_and_says_which(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.solve_ticket(change, ticket)
        services.close_ticket(change, ticket)
    with desk.change() as change:
        message = services.receive_message(change, ticket, "Broken again")
    follow_up = look(desk, message.ticket_id)
    assert (follow_up.follow_up_of_id, follow_up.status) == (ticket, "new")
    assert change.besides == f"is closed, so T-{follow_up.id} was opened to follow it up"


def test_a_channel_nobody_knows_is_refused(sqlite_desk: Desk) -> None:
    ticket = opened(sqlite_desk)
    with pytest.raises(InvalidValueError, match="channel"), sqlite_desk.change() as change:
        services.receive_message(change, ticket, "Hello", channel="fax")


def test_a_reply_to_somebody_who_called_leaves_by_e_mail_and_is_told_once(desk: Desk) -> None:
    with desk.change() as change:
        customer = services.create_customer(change, name="Cleo", email="cleo@example.com")
        ticket = services.create_ticket(change, subject="Lamp", customer_id=customer.id, channel="phone").id
    assert ticket is not None
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "It is on its way.")
    assert said(desk, ticket)[-1].channel == "email"
    told = "SELECT count(*) FROM journal WHERE event = 'message.replied' AND is_main"
    with desk.read() as read:
        assert read.value(told) == 1
