"""Everything can be undone, from the journal alone; nobody's later work is lost by it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import UndoError
from agentdesk.domain.vocabulary import Role

TABLES = (
    "ticket",
    "message",
    "customer",
    "contact_point",
    "organization",
    "escalation",
    "tag",
    "queue_member",
)
PASSING = ("version", "updated_at")


def content(desk: Desk) -> dict[str, list[dict[str, object]]]:
    """Every row of the desk, without what an undo may move on: versions and times of change."""
    from sqlmodel import SQLModel

    from agentdesk import models  # noqa: F401  fills the metadata

    found = {}
    with desk.store.engine.connect() as connection:
        for name in TABLES:
            rows = connection.execute(SQLModel.metadata.tables[name].select()).mappings()
            kept = [{key: value for key, value in row.items() if key not in PASSING} for row in rows]
            found[name] = sorted(kept, key=str)
    return found


def seed(desk: Desk) -> tuple[int, int]:
    with desk.change() as change:
        customer = services.create_customer(
            change, name="Dana Kim", email="dana@example.com", organization="Hooli"
        )
        ticket = services.create_ticket(
            change, subject="No login", customer_id=customer.id, body="Help!", queue_id=1
        )
    assert ticket.id is not None
    assert customer.id is not None
    return ticket.id, customer.id


OPERATIONS = {
    "assign": lambda c, t, _: services.assign_ticket(c, t, to=2),
    "note": lambda c, t, _: services.add_note(c, t, "look at the router"),
    "reply": lambda c, t, _: services.reply_to_ticket(c, t, "Please restart it."),
    "priority": lambda c, t, _: services.edit_ticket(c, t, {"priority": "urgent"}),
    "tags": lambda c, t, _: services.set_tags(c, t, add=["vip", "login"]),
    "move": lambda c, t, _: services.move_ticket(c, t, queue_id=2),
    "escalate": lambda c, t, _: services.escalate_ticket(
        c, t, kind="functional", reason_code="skill", ask="Please look", to_queue_id=2
    ),
    "customer": lambda c, _, p: services.edit_customer(c, p, {"email": "kim@example.com", "tier": "gold"}),
    "message": lambda c, t, _: services.receive_message(c, t, "Still broken"),
    "new": lambda c, _, p: services.create_ticket(
        c, subject="Another", customer_id=p, body="Hello", tags=["x"]
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_undo_brings_every_row_back_and_redo_does_it_again(desk: Desk, name: str) -> None:
    ticket, customer = seed(desk)
    before = content(desk)
    with desk.change() as change:
        OPERATIONS[name](change, ticket, customer)
    after = content(desk)
    assert after != before
    with desk.change() as change:
        services.undo_change(change)
    assert content(desk) == before
    with desk.change() as change:
        services.redo_change(change)
    assert content(desk) == after


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(OPERATIONS)), max_size=6))
def test_undoing_everything_in_turn_leads_back_to_the_beginning(sqlite_desk: Desk, names: list[str]) -> None:
    ticket, customer = seed_once(sqlite_desk)
    before = content(sqlite_desk)
    for name in names:
        with sqlite_desk.change() as change:
            OPERATIONS[name](change, ticket, customer)
    for _ in names:
        with sqlite_desk.change() as change:
            services.undo_change(change)
    assert content(sqlite_desk) == before


def seed_once(desk: Desk) -> tuple[int, int]:
    with desk.read() as read:
        found = read.tuples("SELECT id, customer_id FROM ticket ORDER BY id LIMIT 1")
    return found[0] if found else seed(desk)


def test_a_bulk_change_is_one_undo(desk: Desk) -> None:
    tickets = []
    for place in range(5):
        with desk.change() as change:
            tickets.append(services.create_ticket(change, subject=f"Ticket {place}").id)
    with desk.change() as change:
        for ticket in tickets:
            services.edit_ticket(change, ticket, {"priority": "low"})
    with desk.change() as change:
        services.undo_change(change)
    with desk.read() as read:
        assert read.tuples("SELECT DISTINCT priority FROM ticket") == [("normal",)]


def test_undo_refuses_when_the_field_was_changed_since(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "low"})
    with pytest.raises(UndoError, match="priority was changed again since"), desk.change() as change:
        services.undo_change(change, first_change(desk, "ticket.changed"))
    with desk.read() as read:
        assert read.value("SELECT priority FROM ticket") == "low"


def first_change(desk: Desk, event: str) -> int:
    with desk.read() as read:
        return int(read.value("SELECT min(change_id) FROM journal WHERE event = :event", {"event": event}))


def test_a_ticket_somebody_worked_on_is_not_taken_away(desk: Desk) -> None:
    ticket, _ = seed(desk)
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
    with pytest.raises(UndoError, match="worked on since"), desk.change() as change:
        services.undo_change(change, first_change(desk, "ticket.created"))


def test_undo_takes_only_ones_own_last_change(desk: Desk) -> None:
    ticket, _ = seed(desk)
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with desk.change() as change:
        services.set_tags(change, ticket, add=["mine"])
    desk.actor = Actor(1, "ana", "Ana", Role.ADMIN)
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with desk.change() as change:
        assert services.undo_change(change).sentence.startswith("changed the tags")
    with desk.read() as read:
        assert read.value("SELECT priority FROM ticket") == "high"


def test_nothing_to_undo_is_a_sentence(desk: Desk) -> None:
    desk.actor = Actor(3, "cleo", "Cleo", Role.AGENT)
    with pytest.raises(UndoError, match="nothing of yours"), desk.change() as change:
        services.undo_change(change)
    with pytest.raises(UndoError, match="nothing to do again"), desk.change() as change:
        services.redo_change(change)


def test_the_number_of_a_row_that_was_taken_back_is_never_given_to_another(desk: Desk):
    ticket, _ = seed(desk)
    given_out: list[int | None] = []
    for _ in range(2):
        with desk.change() as change:
            given_out.append(services.add_note(change, ticket, "look at the router").id)
            asked = services.escalate_ticket(
                change, ticket, kind="functional", reason_code="skill", ask="Please look", to_queue_id=2
            )
            given_out.append(asked.id)
        with desk.change() as change:
            services.undo_change(change)
    notes, escalations = given_out[::2], given_out[1::2]
    assert len(set(notes)) == len(set(escalations)) == 2
