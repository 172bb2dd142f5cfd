"""Intake forms: what is asked for, and that nothing is solved before it is known, by whichever door."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import (
    InvalidTransitionError,
    InvalidValueError,
    NotFoundError,
    NotPermittedError,
)
from agentdesk.domain.intake import UnfilledError, parse_field
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Ticket
from agentdesk.queries.histories import history
from agentdesk.queries.intake import forms, intake_of

FIELDS = (
    "order_number:Order number:required:ask=Which order is it about?",
    "reason:Reason:required:choices=broken|late",
    "colour:Colour",
)


@pytest.fixture
def number(desk: Desk) -> int:
    """A ticket of a category with a form."""
    with desk.change() as change:
        services.set_form(change, "Returns", [parse_field(one) for one in FIELDS])
        whose = services.create_customer(change, name="Dana Kim").id
        ticket = services.create_ticket(
            change, subject="Broken", customer_id=whose, category="returns", body="It broke."
        )
        return ticket.id or 0


DOORS = {
    "solving": services.solve_ticket,
    "the status": lambda change, one: services.set_status(change, one, "solved"),
    "an edit": lambda change, one: services.edit_ticket(change, one, {"status": "solved"}),
    "a reply": lambda change, one: services.reply_to_ticket(change, one, "Done.", then="solved"),
    "a macro": lambda change, one: services.set_macro_fields(
        change, services.add_macro(change, name="done", changes={"status": "solved"}).id, one, zone=None
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_nothing_is_solved_before_its_form_is_complete(desk: Desk, number: int, door: str) -> None:
    missing = "Order number and Reason of the form Returns are missing"
    with pytest.raises(UnfilledError, match=missing) as refused, desk.change() as change:
        DOORS[door](change, number)
    assert "agentdesk ticket intake TICKET order_number=... reason=..." in str(refused.value)
    with desk.change() as change:
        services.fill_form(change, number, {"order_number": " 77 ", "REASON": "Broken"})
    with desk.change() as change:
        DOORS[door](change, number)
    with desk.change() as change:
        assert change.get(Ticket, number).status == "solved"


def test_what_was_filled_in_is_told_and_taken_back(desk: Desk, number: int) -> None:
    with desk.change() as change:
        services.fill_form(change, number, {"colour": "red"})
    with desk.read() as read:
        told = history(read, number)[-1]
        assert (told.sentence, told.reason) == ("ana filled in the form", "Colour")
        found = intake_of(read, number)
        assert found.told == [("Order number", ""), ("Reason", ""), ("Colour", "red")]
        assert [one.name for one in found.missing] == ["order_number", "reason"]
        assert found.questions == "- Which order is it about?\n- What is the reason?"
    with desk.change() as change:
        services.undo_change(change)
    with desk.read() as read:
        assert intake_of(read, number).values == {}


def test_what_the_form_does_not_have_is_refused(desk: Desk, number: int) -> None:
    with desk.change() as change:
        with pytest.raises(InvalidValueError, match="Did you mean order_number"):
            services.fill_form(change, number, {"order_nr": "7"})
        with pytest.raises(InvalidValueError, match="Allowed: broken, late"):
            services.fill_form(change, number, {"reason": "lost"})
        plain = services.create_ticket(change, subject="x", category="Other").id or 0
        with pytest.raises(InvalidValueError, match="It has no form"):
            services.fill_form(change, plain, {"reason": "late"})


def test_a_closed_ticket_is_filled_in_no_more_and_closing_asks_for_nothing(desk: Desk, number: int) -> None:
    with desk.change() as change:
        services.remove_form(change, "RETURNS")
        services.solve_ticket(change, number)
        services.set_form(change, "Returns", [parse_field(FIELDS[0])])
        services.close_ticket(change, number)
    with desk.change() as change, pytest.raises(InvalidTransitionError):
        services.fill_form(change, number, {"order_number": "7"})


def test_a_form_is_part_of_the_set_up(desk: Desk, number: int) -> None:
    with desk.change() as change:
        services.set_form(change, "returns", [parse_field("serial:Serial number")])
    told = change.id
    with desk.read() as read:
        assert [(one.category, [two.name for two in one.fields]) for one in forms(read)] == [
            ("returns", ["serial"])
        ]
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with desk.change() as change:
        for refused in (
            lambda: services.set_form(change, "x", []),
            lambda: services.undo_change(change, told),
        ):
            with pytest.raises(NotPermittedError):
                refused()


@pytest.mark.parametrize("text", ["", "x", "1x:Label", "x:", "x:Label:optional", "x:Label:choices:required"])
def test_a_field_that_is_none_says_how_it_is_written(text: str) -> None:
    with pytest.raises(InvalidValueError, match="NAME:LABEL"):
        parse_field(text)


def test_a_form_that_is_not_there_offers_the_nearest(desk: Desk, number: int) -> None:
    with desk.change() as change:
        with pytest.raises(NotFoundError, match="Did you mean Returns"):
            services.remove_form(change, "Retruns")
        with pytest.raises(InvalidValueError, match="there twice"):
            services.set_form(change, "x", [parse_field("a:A"), parse_field("a:B")])
