"""Everything can be undone, from the journal alone; nobody's later work is lost by it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.already import say_nothing_changed
from agentdesk.domain.errors import NotPermittedError, StuckError, UndoError
from agentdesk.domain.escalation import AlreadyAskedError
from agentdesk.domain.vocabulary import Role
from tests.conftest import NOW

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
    real = 0
    for name in names:
        try:
            with sqlite_desk.change() as change:
                OPERATIONS[name](change, ticket, customer)
        except AlreadyAskedError:  # nobody is asked the same twice
            continue
        real += change.id is not None
    for _ in range(real):
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
    desk.actor = Actor(4, "lea", "Lea", Role.LEAD)
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


BEN = Actor(2, "ben", "Ben", Role.AGENT)
LEA = Actor(4, "lea", "Lea", Role.LEAD)


def test_an_agent_takes_back_what_they_did_and_a_lead_what_anybody_did(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
    number = first_change(desk, "ticket.changed")
    desk.actor = BEN
    with (
        pytest.raises(NotPermittedError, match="may not take back what somebody else did"),
        desk.change() as change,
    ):
        services.undo_change(change, number)
    desk.actor = LEA
    with desk.change() as change:
        services.undo_change(change, number)
    desk.actor = BEN
    with pytest.raises(NotPermittedError), desk.change() as change:
        services.redo_change(change, number)


def test_nobody_gets_a_right_by_taking_back(desk: Desk) -> None:
    for role in ("admin", "agent"):
        with desk.change() as change:
            services.edit_agent(change, 2, {"role": role})
            number = change.id
    desk.actor = BEN
    for actor in (BEN, LEA):
        desk.actor = actor
        with pytest.raises(NotPermittedError, match="may not"), desk.change() as change:
            services.undo_change(change, number)
    with desk.read() as read:
        assert read.value("SELECT role FROM agent WHERE id = 2") == "agent"


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


def drafts_of(desk: Desk) -> list[tuple[object, ...]]:
    with desk.read() as read:
        return [tuple(row) for row in read.tuples("SELECT agent_id, ticket_id, visibility, body FROM draft")]


@pytest.mark.parametrize(
    ("name", "visibility", "words"),
    [("reply", "public", "reply to T-1001"), ("note", "internal", "internal note on T-1001")],
)
def test_words_that_are_taken_back_are_a_draft_until_they_are_said_again(
    desk: Desk, name: str, visibility: str, words: str
) -> None:
    ticket, customer = seed(desk)
    with desk.change() as change:
        said = OPERATIONS[name](change, ticket, customer).body
    with desk.change() as change:
        undone = services.undo_change(change)
    assert undone.sentence == f"{words}; the text is your draft again"
    assert drafts_of(desk) == [(1, ticket, visibility, said)]
    with desk.change() as change:
        assert services.redo_change(change).sentence == words
    assert drafts_of(desk) == []


def test_an_escalation_with_its_reply_is_told_whole_when_it_goes_and_when_it_comes_back(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.escalate_ticket(
            change,
            ticket,
            kind="functional",
            reason_code="skill",
            ask="Look",
            level="l2",
            tell_customer="Soon.",
        )
    with desk.change() as change:
        undone = services.undo_change(change)
    assert undone.sentence == "escalated, reply to T-1001; the text is your draft again"
    with desk.change() as change:
        assert services.redo_change(change).sentence == "escalated, reply to T-1001"


def test_an_answer_to_an_escalation_is_told_by_what_it_was_both_ways(desk: Desk) -> None:
    from agentdesk.queries.undone import undone_words

    ticket, customer = seed(desk)
    with desk.change() as change:
        number = OPERATIONS["escalate"](change, ticket, customer).id
    with desk.change() as change:
        services.decline_escalation(change, number, "Not ours")
    for turn in (services.undo_change, services.redo_change, services.undo_change):
        with desk.change() as change:
            undone = turn(change)
        with desk.read() as read:
            assert undone_words(read, undone, NOW, desk.zone) == "declined the escalation (T-1001)"


def test_everything_that_was_done_in_one_change_is_named(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.set_tags(change, ticket, add=["vip"])
        services.move_ticket(change, ticket, queue_id=2)
    for turn in (services.undo_change, services.redo_change):
        with desk.change() as change:
            assert turn(change).sentence == "changed the tags, changed the ticket (T-1001)"


def test_another_draft_on_the_ticket_is_not_overwritten_by_words_taken_back(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "Please restart it.")
    with desk.change() as change:
        services.save_draft(change, ticket, "One more thing", "public", 2)
    with desk.change() as change:
        assert services.undo_change(change).sentence == "reply to T-1001"
    assert [row[3] for row in drafts_of(desk)] == ["One more thing"]


def test_words_of_another_agent_are_their_draft_again(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        number = services.reply_to_ticket(change, ticket, "Please restart it.") and change.id
    desk.actor = Actor(4, "lea", "Lea", Role.LEAD)
    with desk.change() as change:
        undone = services.undo_change(change, number)
    assert undone.sentence == "reply to T-1001; the text is ana's draft again"
    assert [row[0] for row in drafts_of(desk)] == [1]


def test_a_ticket_can_be_taken_back_after_the_reply_to_it(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="No login").id
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "Please restart it.")
    for _ in range(2):
        with desk.change() as change:
            services.undo_change(change)
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM ticket") == 0


def test_two_hops_of_a_field_are_told_as_one(desk: Desk) -> None:
    from agentdesk.queries.undone import undone_words

    with desk.change() as change:
        ticket = services.create_ticket(change, subject="No login").id
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high", "due_at": NOW + timedelta(days=1)})
        services.edit_ticket(change, ticket, {"priority": "urgent"})
    with desk.change() as change:
        undone = services.undo_change(change)
    with desk.read() as read:
        told = undone_words(read, undone, NOW, desk.zone)
    assert told == "priority of T-1001 urgent → normal, promised by tomorrow 08:30 → —"


NOTHING = {
    "priority": lambda c, t: services.edit_ticket(c, t, {"priority": "normal"}),
    "assign": lambda c, t: services.assign_ticket(c, t, to=1),
    "status": lambda c, t: services.set_status(c, t, "open"),
    "tags": lambda c, t: services.set_tags(c, t, add=["vip"]),
    "move": lambda c, t: services.move_ticket(c, t, queue_id=1),
    "due": lambda c, t: services.edit_ticket(c, t, {"due_at": None}),
    "wake": lambda c, t: services.snooze_ticket(c, t, until=None),
    "customer": lambda c, t: services.edit_customer(c, 1, {"tier": ""}),
}
SAID = {
    "priority": "T-1001 has priority normal already",
    "assign": "T-1001 is yours already",
    "status": "T-1001 is open already",
    "tags": "T-1001 has the tags vip already",
    "move": "T-1001 has queue Support already",
    "due": "T-1001 has no due time already",
    "wake": "T-1001 has no wake-up time already",
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_change_that_changes_nothing_is_not_written_and_undo_takes_back_the_one_before(
    desk: Desk, name: str
) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.assign_ticket(change, ticket, to=1)
        services.set_tags(change, ticket, add=["vip"])
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"subject": "No login at all"})
    with desk.read() as read:
        before = read.value("SELECT count(*) FROM journal"), read.value("SELECT count(*) FROM change")
    with desk.change() as change:
        NOTHING[name](change, ticket)
    assert change.id is None
    if name in SAID:
        assert say_nothing_changed(change.already) == f"Nothing changed: {SAID[name]}."
    with desk.read() as read:
        assert before == (
            read.value("SELECT count(*) FROM journal"),
            read.value("SELECT count(*) FROM change"),
        )
    with desk.change() as change:
        services.undo_change(change)
    with desk.read() as read:
        assert read.value("SELECT subject FROM ticket") == "No login"


def test_a_wake_up_is_set_although_the_status_named_beside_it_stays(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.set_status(change, ticket, "pending", reason="asked")
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"status": "pending", "wake_at": NOW + timedelta(days=1)})
    with desk.read() as read:
        assert read.value("SELECT wake_at FROM ticket") is not None


def test_the_refusal_of_what_is_stuck_names_the_change_before_it(desk: Desk) -> None:
    ticket, _ = seed(desk)
    with desk.change() as change:
        services.add_note(change, ticket, "look at the router")
        note = change.id
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
        stuck = change.id
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "low"})
        services.set_tags(change, ticket, add=["vip"])
        other = change.id
    with desk.change() as change:
        change.sql("UPDATE change SET actor_id = 2 WHERE id = :id", {"id": other})
    before = content(desk)
    with pytest.raises(StuckError) as refused, desk.change() as change:
        services.undo_change(change)
    assert str(refused.value) == (
        f"T-{ticket}: priority was changed again since. Nothing was taken back. "
        f"Before it was: internal note on T-{ticket}; agentdesk undo {note} takes that back."
    )
    assert (refused.value.number, content(desk)) == (stuck, before)
    with desk.change() as change:
        assert services.undo_change(change, beside={stuck}).sentence.startswith("internal note")
    with desk.change() as change:
        assert services.redo_change(change).sentence.startswith("internal note")
    assert content(desk) == before


def test_where_nothing_is_before_what_is_stuck_the_refusal_names_nothing(desk: Desk) -> None:
    ticket, _ = seed(desk)
    desk.actor = BEN
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
    desk.actor = LEA
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "low"})
    desk.actor = BEN
    with pytest.raises(UndoError, match=r"Nothing was taken back\.$"), desk.change() as change:
        services.undo_change(change)


NAMED = {
    "changed a macro (macro “Late”)": lambda c: services.add_macro(c, name="Late", body="We are late."),
    "changed an article (KB-1)": lambda c: services.add_article(c, title="Token", body="Sign out."),
    "changed a view (view “Old”)": lambda c: services.save_view(c, name="Old", query="is:open"),
}


@pytest.mark.parametrize("told", NAMED)
def test_what_was_taken_back_is_called_by_its_name(desk: Desk, told: str) -> None:
    with desk.change() as change:
        NAMED[told](change)
    for turn in (services.undo_change, services.redo_change):
        with desk.change() as change:
            assert turn(change).sentence == told
