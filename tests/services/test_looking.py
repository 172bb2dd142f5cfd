"""Who is at a ticket, and what of it an agent has read: told at once, kept for no time, and nothing happens by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.looking import told
from agentdesk.domain.vocabulary import Role
from agentdesk.queries import looking
from tests.services.test_statuses import look, opened


@contextmanager
def acting(desk: Desk, agent_id: int, name: str) -> Iterator[None]:
    before, desk.actor = desk.actor, Actor(agent_id, name.lower(), name, Role.AGENT)
    yield
    desk.actor = before


def at(
    desk: Desk,
    ticket: int,
    name: str = "Ben",
    agent_id: int = 2,
    *,
    door: str = "one",
    doing: str = "reading",
) -> None:
    with acting(desk, agent_id, name), desk.change() as change:
        services.look_at(change, ticket, door, doing)


def others(desk: Desk, ticket: int) -> str:
    with desk.read() as read:
        return told(looking.who_else(read, ticket, desk.actor.id))


def test_a_colleague_at_the_ticket_is_named_and_one_is_not_told_of_oneself(desk: Desk) -> None:
    ticket = opened(desk)
    at(desk, ticket)
    at(desk, ticket, "Cleo", 3, doing="writing")
    at(desk, ticket, "Ana", 1)
    assert others(desk, ticket) == "Cleo is writing, Ben is here"


def test_who_writes_in_one_console_and_reads_in_another_writes(desk: Desk) -> None:
    ticket = opened(desk)
    at(desk, ticket)
    at(desk, ticket, door="two", doing="writing")
    assert others(desk, ticket) == "Ben is writing"


def test_since_is_when_they_began_and_a_gap_begins_anew(desk: Desk) -> None:
    ticket = opened(desk)
    at(desk, ticket, doing="writing")
    began = desk.clock.now()
    desk.clock.instant += timedelta(seconds=30)
    at(desk, ticket, doing="writing")
    with desk.read() as read:
        assert [one.since for one in looking.who_else(read, ticket, 1)] == [began]
    desk.clock.instant += timedelta(minutes=2)
    assert others(desk, ticket) == ""
    at(desk, ticket, doing="writing")
    with desk.read() as read:
        assert [one.since for one in looking.who_else(read, ticket, 1)] == [desk.clock.now()]


def test_a_console_is_at_one_ticket_and_leaves_nothing_behind(desk: Desk) -> None:
    first = opened(desk)
    with desk.change() as change:
        second = services.create_ticket(change, subject="Another").id or 0
    at(desk, first)
    at(desk, first, "Cleo", 3, door="gone")
    desk.clock.instant += timedelta(seconds=46)
    at(desk, second)
    assert (others(desk, first), others(desk, second)) == ("", "Ben is here")
    with acting(desk, 2, "Ben"), desk.change() as change:
        services.look_away(change, "one")
        assert change.sql("SELECT count(*) FROM looking").scalar() == 0


def test_looking_and_seeing_are_no_change_of_the_ticket(desk: Desk) -> None:
    ticket = opened(desk)
    before = look(desk, ticket).version
    with desk.change() as change:
        services.look_at(change, ticket, "one", "writing")
        services.mark_seen(change, ticket)
    assert (change.id, look(desk, ticket).version) == (None, before)


def test_what_was_seen_goes_forward_only(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.read() as read:
        assert looking.seen_at(read, ticket) is None
    seen = desk.clock.now()
    for step in (0, -60):
        desk.clock.instant = seen + timedelta(seconds=step)
        with desk.change() as change:
            services.mark_seen(change, ticket)
    with desk.read() as read:
        assert looking.seen_at(read, ticket) == seen


def test_who_writes_on_a_ticket_has_seen_it(desk: Desk) -> None:
    ticket = opened(desk)
    with desk.change() as change:
        services.add_note(change, ticket, "Looked into it.")
    with desk.read() as read:
        assert looking.seen_at(read, ticket) == desk.clock.now()


def test_a_console_reads_again_what_was_saved_and_not_because_somebody_looks(desk: Desk) -> None:
    ticket = opened(desk)
    me = desk.actor.id
    news = desk.store.news(desk.clock.now(), me)
    at(desk, ticket, doing="writing")
    assert desk.store.news(desk.clock.now(), me) == news
    for step in ("save_draft", "mark_seen", "add_note"):
        desk.clock.instant += timedelta(seconds=1)
        with desk.change() as change:
            more = {"save_draft": ("Half", "public", 1), "mark_seen": (), "add_note": ("Done.",)}[step]
            getattr(services, step)(change, ticket, *more)
        was, news = news, desk.store.news(desk.clock.now(), me)
        assert was != news, step
