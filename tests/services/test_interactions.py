"""Contacts that are no messages, and the call that counts as a first reply."""

from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidValueError
from tests.services.test_statuses import look, opened


def called(desk: Desk, ticket: int, *, reached: bool = True, kind: str = "call_out") -> dict[str, object]:
    with desk.change() as change:
        one = services.log_interaction(
            change, 1, kind=kind, summary="Told them", ticket_id=ticket, reached=reached
        )
    return one.extra


def test_a_call_that_reached_the_customer_is_the_first_reply_and_nothing_else(desk: Desk) -> None:
    ticket = opened(desk, due_at=desk.clock.now() + timedelta(hours=1))
    before = look(desk, ticket)
    desk.clock.instant += timedelta(minutes=5)
    assert called(desk, ticket) == {"reached": True}
    after = look(desk, ticket)
    assert after.first_replied_at == desk.clock.now()
    assert (after.waiting_since, after.due_at) == (before.waiting_since, before.due_at)
    assert (after.reply_count, after.last_reply_at, after.status) == (0, None, "new")


def test_a_call_that_reached_nobody_is_no_reply(desk: Desk) -> None:
    ticket = opened(desk)
    assert called(desk, ticket, reached=False) == {}
    assert look(desk, ticket).first_replied_at is None


def test_an_earlier_reply_stays_the_first(desk: Desk) -> None:
    ticket = opened(desk)
    first = desk.clock.now()
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "Hello")
    desk.clock.instant += timedelta(minutes=5)
    called(desk, ticket)
    assert look(desk, ticket).first_replied_at == first


def test_a_closed_ticket_is_not_touched(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.solve_ticket(change, ticket)
        services.close_ticket(change, ticket)
    version = look(desk, ticket).version
    called(desk, ticket)
    assert look(desk, ticket).version == version


def test_taking_the_call_back_takes_the_first_reply_back(desk: Desk) -> None:
    ticket = opened(desk)
    called(desk, ticket)
    with desk.change() as change:
        services.undo_change(change)
    assert look(desk, ticket).first_replied_at is None


def test_only_a_call_out_reaches_somebody(sqlite_desk: Desk) -> None:
    ticket = opened(sqlite_desk)
    with pytest.raises(InvalidValueError, match="call_out"):
        called(sqlite_desk, ticket, kind="visit")
