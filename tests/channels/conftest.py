"""A desk that has something to send."""

from datetime import timedelta
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk


def replied(
    desk: Desk, words: str = "It is on its way.", *, email: str | None = "dana@hooli.example", **fields: Any
) -> int:
    """A ticket of a customer who has just been answered; the number of the ticket."""
    with desk.change() as change:
        customer = services.create_customer(change, name=fields.pop("name", "Dana Kim"), email=email)
        subject = fields.pop("subject", "No parcel")
        ticket = services.create_ticket(change, subject=subject, body="Where is it?", customer_id=customer.id)
        assert ticket.id is not None
    with desk.change() as change:
        services.reply_to_ticket(change, ticket.id, words, **fields)
    return ticket.id


def pass_by(desk: Desk, seconds: int = 31) -> None:
    """Let the send window go by."""
    desk.clock.instant += timedelta(seconds=seconds)  # type: ignore[attr-defined]  # a clock that is told


@pytest.fixture
def sender(desk: Desk) -> Desk:
    """A desk that has an address, on each database."""
    with desk.change() as change:
        services.set_desk_setting(change, "mail_from", "support@desk.example")
        services.set_desk_setting(change, "organization", "Desk & Sons")
    return desk


@pytest.fixture
def lone_sender(sqlite_desk: Desk) -> Desk:
    """The same on SQLite alone."""
    with sqlite_desk.change() as change:
        services.set_desk_setting(change, "mail_from", "support@desk.example")
    return sqlite_desk
