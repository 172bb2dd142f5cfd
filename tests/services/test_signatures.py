"""An agent's signature: their own, undoable, filled for the ticket, below replies and nothing else."""

from zoneinfo import ZoneInfo

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.placeholders import EmptyPlaceholderError
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.models import Message
from agentdesk.queries.signatures import own_signature
from tests.services.test_macros import a_macro, a_ticket

ZONE = ZoneInfo("Europe/London")


def own(desk: Desk) -> str:
    with desk.read() as read:
        return own_signature(read)


def put(desk: Desk, text: str) -> None:
    with desk.change() as change:
        services.set_signature(change, text)


def test_it_is_kept_changed_cleared_and_each_step_is_taken_back(desk: Desk) -> None:
    put(desk, "Ana")
    put(desk, "Ana, Support")
    with desk.change() as change:
        services.clear_signature(change)
    assert own(desk) == ""
    for expected in ("Ana, Support", "Ana", ""):
        with desk.change() as change:
            services.undo_change(change)
        assert own(desk) == expected


def test_it_is_nobody_elses(desk: Desk) -> None:
    put(desk, "Ana")
    number = a_ticket(desk)
    with desk.change() as change:
        other = services.add_agent(change, handle="zoe")
    assert other.id is not None
    with desk.store.change(desk.clock, Actor(other.id, "zoe", "Zoe", Role.AGENT), Origin.CLI) as change:
        assert services.sign(change, number, "Hello", zone=ZONE) == "Hello"


def test_it_says_what_the_ticket_says(desk: Desk) -> None:
    put(desk, "{{agent.first_name}} on {{ticket.ref}}")
    number = a_ticket(desk)
    with desk.change() as change:
        assert services.sign(change, number, "Hello", zone=ZONE) == f"Hello\n\n-- \nAna on T-{number}"


@pytest.mark.parametrize(("visibility", "end"), [("public", "\n\n-- \nAna"), ("internal", "")])
def test_a_macro_that_replies_is_signed_and_a_note_is_not(desk: Desk, visibility: str, end: str) -> None:
    put(desk, "Ana")
    number, macro = a_ticket(desk), a_macro(desk, body="We look.", visibility=visibility)
    with desk.change() as change:
        services.apply_macro(change, macro, number, zone=ZONE)
        said = change.find_all(Message, Message.ticket_id == number)[-1]
    assert said.body == f"We look.{end}"


def test_a_reply_with_an_empty_placeholder_is_refused_whoever_sends_it(desk: Desk) -> None:
    number = a_ticket(desk)
    for send in (services.reply_to_ticket, services.send_automatic_message):
        with (
            pytest.raises(EmptyPlaceholderError, match=rf"T-{number} has no value for"),
            desk.change() as change,
        ):
            send(change, number, "Dear {{customer.name}}")
    with desk.change() as change:
        services.add_note(change, number, "the template says {{customer.name}}")
