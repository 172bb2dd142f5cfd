"""Tickets become one and are taken apart again; nobody's words and nobody's waiting are lost on the way."""

from datetime import timedelta
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import ConflictError, NotPermittedError, UndoError
from agentdesk.domain.merging import DifferentCustomersError, MergeError
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Message, Ticket
from agentdesk.queries.histories import history
from agentdesk.queries.ticket_detail import messages

FIELDS = tuple(name for name in Ticket.model_fields if name not in ("version", "updated_at"))


def later(desk: Desk, minutes: int = 1) -> None:
    desk.clock.instant += timedelta(minutes=minutes)  # type: ignore[attr-defined]  # a clock that stands


def do(desk: Desk, operation: Any, *args: Any, **named: Any) -> Any:
    later(desk)
    with desk.change() as change:
        done = operation(change, *args, **named)
        return getattr(done, "id", done)


def new(desk: Desk, subject: str = "Late parcel", customer_id: int | None = None) -> int:
    return int(do(desk, services.create_ticket, subject=subject, customer_id=customer_id, body=f"{subject}?"))


def person(desk: Desk, name: str) -> int:
    return int(do(desk, services.create_customer, name=name))


def look(desk: Desk, ticket_id: int) -> dict[str, Any]:
    with desk.change() as change:
        row = change.get(Ticket, ticket_id)
        return {name: getattr(row, name) for name in FIELDS}


def said(desk: Desk, ticket_id: int) -> list[tuple[str, int | None]]:
    with desk.read() as read:
        return [(one.body, one.from_id) for one in messages(read, ticket_id)]


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    """On SQLite alone: what PostgreSQL could do otherwise is how merges are read, see `tests/queries`."""
    return sqlite_desk


@pytest.fixture
def two(desk: Desk) -> tuple[int, int]:
    """A ticket to go on and one to end, both of Dana."""
    dana = person(desk, "Dana Kim")
    return new(desk, "Parcel", dana), new(desk, "Parcel again", dana)


def test_a_merge_closes_the_source_and_moves_nothing(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    do(desk, services.merge_tickets, [source], into, reason="the same parcel")
    ended = look(desk, source)
    assert (ended["status"], ended["merged_into_id"], ended["closed_at"]) == (
        "closed",
        into,
        desk.clock.now(),
    )
    with desk.change() as change:
        assert [one.ticket_id for one in change.find_all(Message)] == [into, source]
    assert said(desk, into) == [("Parcel?", None), ("Parcel again?", source)]
    assert said(desk, source) == [("Parcel again?", None)]


def test_both_histories_tell_of_it(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    do(desk, services.merge_tickets, [source], into, reason="the same parcel")
    with desk.read() as read:
        here, there = history(read, source)[-1], history(read, into)[-1]
    assert f"merged the ticket: status new → closed, merged into — → T-{into}" in here.sentence
    assert here.reason == "the same parcel"
    assert (there.sentence, there.reason) == ("ana merged another ticket into this one", f"T-{source}")


def test_a_source_that_waits_opens_a_target_that_waited_for_its_customer(desk: Desk) -> None:
    dana = person(desk, "Dana Kim")
    into, source = new(desk, "One", dana), new(desk, "Two", dana)
    do(desk, services.reply_to_ticket, into, "Which?", then="pending")
    waits = look(desk, source)["waiting_since"]
    do(desk, services.merge_tickets, [source], into)
    target = look(desk, into)
    assert (target["status"], target["waiting_since"]) == ("open", waits)


def test_a_source_that_was_answered_leaves_the_target_as_it_is(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    for one in two:
        do(desk, services.reply_to_ticket, one, "Which?", then="pending")
    before = look(desk, into)
    do(desk, services.merge_tickets, [source], into)
    assert look(desk, into) == before


def test_what_the_customer_writes_to_a_merged_ticket_stays_its_own_and_opens_the_target(
    desk: Desk, two: tuple[int, int]
) -> None:
    into, source = two
    do(desk, services.merge_tickets, [source], into)
    do(desk, services.reply_to_ticket, into, "Done.", then="solved")
    do(desk, services.receive_message, source, "Not at all")
    target = look(desk, into)
    assert (target["status"], target["reopen_count"], target["waiting_since"]) == (
        "open",
        1,
        desk.clock.now(),
    )
    assert said(desk, into)[-1] == ("Not at all", source)
    assert look(desk, source)["status"] == "closed"


def test_a_word_to_a_merged_ticket_whose_target_is_closed_starts_a_follow_up_of_the_target(
    desk: Desk, two: tuple[int, int]
) -> None:
    into, source = two
    do(desk, services.merge_tickets, [source], into)
    do(desk, services.solve_ticket, into)
    do(desk, services.close_ticket, into)
    do(desk, services.receive_message, source, "Once more")
    with desk.change() as change:
        follow = change.find(Ticket, Ticket.follow_up_of_id == into)
        assert follow is not None
        assert [one.body for one in change.find_all(Message, Message.ticket_id == follow.id)] == ["Once more"]


def test_taking_apart_gives_the_source_back_as_it_was_even_after_replies(
    desk: Desk, two: tuple[int, int]
) -> None:
    into, source = two
    do(desk, services.edit_ticket, source, {"due_at": desk.clock.now() + timedelta(days=3)})
    do(desk, services.snooze_ticket, source, until=desk.clock.now() + timedelta(days=1))
    before = look(desk, source)
    do(desk, services.merge_tickets, [source], into)
    do(desk, services.reply_to_ticket, into, "We look for it.", then="pending")
    answered = look(desk, into)
    do(desk, services.unmerge_ticket, source)
    assert look(desk, source) == before
    assert look(desk, into) == answered
    assert said(desk, into) == [("Parcel?", None), ("We look for it.", None)]


def test_what_came_in_for_the_source_meanwhile_goes_with_it_and_counts_there(
    desk: Desk, two: tuple[int, int]
) -> None:
    into, source = two
    for one in two:
        do(desk, services.reply_to_ticket, one, "Which?", then="pending")
    do(desk, services.merge_tickets, [source], into)
    do(desk, services.receive_message, source, "The green one")
    wrote = desk.clock.now()
    assert look(desk, into)["waiting_since"] == wrote
    do(desk, services.unmerge_ticket, source)
    back = look(desk, source)
    assert (back["status"], back["waiting_since"], back["last_message_at"]) == ("open", wrote, wrote)
    assert said(desk, source)[-1] == ("The green one", None)
    assert look(desk, into)["waiting_since"] is None


def test_a_target_waits_on_for_what_was_said_on_itself(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    do(desk, services.reply_to_ticket, into, "Which?", then="pending")
    do(desk, services.merge_tickets, [source], into)
    do(desk, services.receive_message, into, "Mine")
    own = desk.clock.now()
    do(desk, services.unmerge_ticket, source)
    assert look(desk, into)["waiting_since"] == own


def test_merges_may_follow_each_other_and_each_is_taken_apart_alone(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    last = new(desk, "Third", look(desk, into)["customer_id"])
    do(desk, services.merge_tickets, [source], into)
    do(desk, services.merge_tickets, [into], last)
    assert [from_id for _, from_id in said(desk, last)] == [into, source, None]
    do(desk, services.receive_message, source, "Hello?")
    assert look(desk, last)["last_message_at"] == desk.clock.now()
    do(desk, services.unmerge_ticket, into)
    assert [body for body, _ in said(desk, into)] == ["Parcel?", "Parcel again?", "Hello?"]
    assert [body for body, _ in said(desk, last)] == ["Third?"]
    assert look(desk, into)["waiting_since"] is not None


def test_several_tickets_merge_in_one_change_that_one_undo_takes_back(
    desk: Desk, two: tuple[int, int]
) -> None:
    into, source = two
    other = new(desk, "Third", look(desk, into)["customer_id"])
    do(desk, services.reply_to_ticket, into, "Which?", then="pending")
    before = {one: look(desk, one) for one in (into, source, other)}
    do(desk, services.merge_tickets, [source, other], into)
    done = do(desk, services.undo_change)
    assert done.sentence == f"merged the ticket (T-{source}, T-{other})"
    assert {one: look(desk, one) for one in before} == before
    do(desk, services.redo_change)
    assert {look(desk, one)["merged_into_id"] for one in (source, other)} == {into}


def test_an_undo_works_after_a_reply_and_leaves_the_target_what_it_got(
    desk: Desk, two: tuple[int, int]
) -> None:
    into, source = two
    before = look(desk, source)
    do(desk, services.merge_tickets, [source], into)
    number = change_number(desk)
    do(desk, services.reply_to_ticket, into, "We look.", then="pending")
    answered = look(desk, into)
    do(desk, services.undo_change, number)
    assert (look(desk, source), look(desk, into)) == (before, answered)


def test_an_undo_would_lose_what_came_in_meanwhile_and_says_what_to_do_instead(
    desk: Desk, two: tuple[int, int]
) -> None:
    into, source = two
    do(desk, services.merge_tickets, [source], into)
    number = change_number(desk)
    do(desk, services.receive_message, source, "Hello?")
    with pytest.raises(UndoError, match=f"agentdesk ticket unmerge T-{source}"):
        do(desk, services.undo_change, number)


def test_taking_apart_is_taken_back_and_done_again(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    do(desk, services.merge_tickets, [source], into)
    merged = look(desk, source)
    do(desk, services.receive_message, source, "Hello?")
    do(desk, services.unmerge_ticket, source)
    apart = look(desk, source)
    do(desk, services.undo_change)
    assert look(desk, source) == merged
    do(desk, services.unmerge_ticket, source)
    assert look(desk, source) == apart


def change_number(desk: Desk) -> int:
    with desk.read() as read:
        return int(read.value("SELECT max(id) FROM change"))


def test_what_cannot_be_merged_is_refused_in_words(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    with pytest.raises(MergeError, match="cannot be merged into itself"):
        do(desk, services.merge_tickets, [into], into)
    do(desk, services.merge_tickets, [source], into)
    third = new(desk, "Third")
    for sources, target, words in (
        ([source], into, f"is part of T-{into} already"),
        ([into], source, f"T-{source} is part of T-{into} already: merge into T-{into}"),
        ([third], source, f"merge into T-{into}"),
    ):
        with pytest.raises(MergeError, match=words):
            do(desk, services.merge_tickets, sources, target)
    do(desk, services.solve_ticket, into)
    do(desk, services.close_ticket, into)
    with pytest.raises(MergeError, match="is closed: nothing can be merged into it"):
        do(desk, services.merge_tickets, [third], into)
    with pytest.raises(MergeError, match="is closed: link it instead"):
        do(desk, services.merge_tickets, [into], third)
    with pytest.raises(MergeError, match="is not merged into another"):
        do(desk, services.unmerge_ticket, into)


def test_tickets_of_different_customers_become_one_only_knowingly(desk: Desk) -> None:
    into, source = new(desk, "One", person(desk, "Dana")), new(desk, "Two", person(desk, "Marta"))
    with pytest.raises(
        DifferentCustomersError, match=f"T-{source} and T-{into} belong to different customers"
    ):
        do(desk, services.merge_tickets, [source], into)
    do(desk, services.merge_tickets, [source], into, across_customers=True)
    assert look(desk, source)["merged_into_id"] == into


def test_a_stale_hand_merges_nothing(desk: Desk, two: tuple[int, int]) -> None:
    into, source = two
    with desk.change() as change:
        seen = {one: change.get(Ticket, one).version for one in two}
    do(desk, services.add_note, into, "No: another parcel")
    with pytest.raises(ConflictError):
        do(desk, services.merge_tickets, [source], into, versions=seen)
    assert look(desk, source)["merged_into_id"] is None


def test_who_may_only_read_merges_nothing(desk: Desk) -> None:
    into, source = new(desk), new(desk)
    desk.actor = Actor(9, "kim", "Kim", Role.READ_ONLY)
    for operation, args in ((services.merge_tickets, ([source], into)), (services.unmerge_ticket, (source,))):
        with pytest.raises(NotPermittedError):
            do(desk, operation, *args)


@pytest.mark.parametrize("status", ["pending", "on_hold", "solved"])
def test_taking_apart_puts_back_the_status_that_only_the_merge_has_moved(desk: Desk, status: str) -> None:
    dana = person(desk, "Dana Kim")
    into, source = new(desk, "One", dana), new(desk, "Two", dana)
    do(desk, services.reply_to_ticket, into, "Done.", then=status, waiting_for="the carrier")
    before = look(desk, into)
    do(desk, services.merge_tickets, [source], into)
    opened = look(desk, into)
    assert opened["status"] == "open"
    do(desk, services.receive_message, source, "Hello?")
    do(desk, services.add_note, into, "Two parcels, two tickets")
    before["last_message_at"] = desk.clock.now()
    do(desk, services.unmerge_ticket, source)
    assert look(desk, into) == before
    do(desk, services.undo_change)
    assert look(desk, into)["status"] == "open"
    do(desk, services.redo_change)
    assert look(desk, into) == before


def test_a_target_that_a_word_to_its_part_opened_goes_back_when_the_part_leaves(desk: Desk) -> None:
    dana = person(desk, "Dana Kim")
    into, source = new(desk, "One", dana), new(desk, "Two", dana)
    for one in (into, source):
        do(desk, services.reply_to_ticket, one, "Done.", then="solved")
    do(desk, services.merge_tickets, [source], into)
    before = look(desk, into)
    do(desk, services.receive_message, source, "Not at all")
    assert look(desk, into)["status"] == "open"
    do(desk, services.unmerge_ticket, source)
    assert look(desk, into) == before


def test_a_target_goes_back_only_when_the_last_that_waited_there_is_out(desk: Desk) -> None:
    dana = person(desk, "Dana Kim")
    into, one, two = (new(desk, name, dana) for name in ("One", "Two", "Three"))
    do(desk, services.reply_to_ticket, into, "Which?", then="pending")
    before = look(desk, into)
    do(desk, services.merge_tickets, [one, two], into)
    do(desk, services.unmerge_ticket, one)
    assert look(desk, into)["status"] == "open"
    do(desk, services.unmerge_ticket, two)
    assert look(desk, into) == before


@pytest.mark.parametrize(
    ("operation", "args", "named"),
    [
        (services.reply_to_ticket, ("We look for both.",), {}),
        (services.receive_message, ("Mine too",), {}),
        (services.solve_ticket, (), {}),
    ],
)
def test_a_target_that_was_worked_on_since_keeps_its_status(
    desk: Desk, operation: Any, args: tuple[str, ...], named: dict[str, Any]
) -> None:
    dana = person(desk, "Dana Kim")
    into, source = new(desk, "One", dana), new(desk, "Two", dana)
    do(desk, services.reply_to_ticket, into, "Which?", then="pending")
    do(desk, services.merge_tickets, [source], into)
    do(desk, operation, into, *args, **named)
    status = look(desk, into)["status"]
    do(desk, services.unmerge_ticket, source)
    assert look(desk, into)["status"] == status


def test_a_target_that_somebody_opened_again_by_hand_stays_open(desk: Desk) -> None:
    dana = person(desk, "Dana Kim")
    into, source = new(desk, "One", dana), new(desk, "Two", dana)
    for one in (into, source):
        do(desk, services.reply_to_ticket, one, "Done.", then="solved")
    do(desk, services.merge_tickets, [source], into)
    do(desk, services.reopen_ticket, into, reason=f"T-{source}")
    do(desk, services.unmerge_ticket, source)
    assert look(desk, into)["status"] == "open"
