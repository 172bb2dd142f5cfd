"""The journal as lists."""

from datetime import timedelta

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import ToldClock
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.changes import change_info, log, recent
from agentdesk.queries.histories import history
from agentdesk.store.store import Store
from tests.conftest import NOW
from tests.demo.sample import sample_desk


def test_recent_changes_say_what_they_did_and_to_which_ticket(desk: Desk) -> None:
    with desk.change() as change:
        one = services.create_ticket(change, subject="a")
    with desk.change() as change:
        two = services.create_ticket(change, subject="b")
        services.assign_ticket(change, one.id, to=1)
    with desk.change(summary="tidy up") as last:
        services.set_tags(last, two.id, add=["x"])
    with desk.read() as read:
        told = [(info.number, info.actor, info.summary) for info in recent(read, 3)]
        assert told == [
            (last.id, "ana", f"tidy up (T-{two.id})"),
            (change.id, "ana", f"opened the ticket (T-{two.id} and others)"),
            (change.id - 1, "ana", f"opened the ticket (T-{one.id})"),
        ]
        assert recent(read, 50)[-1].actor == "the desk"
        assert "the desk" not in {info.actor for info in recent(read, 50, mine_only=True)}
        assert change_info(read, 999) is None


def test_a_change_taken_back_says_so(desk: Desk) -> None:
    with desk.change() as change:
        services.create_ticket(change, subject="a", tags=["x"])
    with desk.change() as change:
        services.set_tags(change, 1001, add=["y"])
    number = change.id
    with desk.change() as back:
        services.undo_change(back, number)
    with desk.read() as read:
        info = change_info(read, number)
        assert info is not None
        assert info.undone


def test_the_log_is_filtered_by_what_is_given(desk: Desk) -> None:
    with desk.change() as change:
        one = services.create_ticket(change, subject="a")
        two = services.create_ticket(change, subject="b")
    with desk.change() as change:
        services.assign_ticket(change, one.id, to=1)
        services.solve_ticket(change, one.id)
    with desk.read() as read:
        assert {row.about for row in log(read, event="ticket")} == {f"T-{one.id}", f"T-{two.id}"}
        rows = log(read, ticket_id=one.id)
        assert [row.sentence for row in rows][:2] == ["solved the ticket", "assigned the ticket"]
        assert [row.id for row in log(read, ticket_id=one.id, before_id=rows[0].id)] == [
            row.id for row in rows[1:]
        ]
        assert [row.event for row in log(read, event="ticket.solved")] == ["ticket.solved"]
        assert log(read, event="tick") == []
        assert log(read, until=desk.clock.now()) == []
        assert len(log(read, since=desk.clock.now(), actor_id=1)) == 4


def test_a_change_told_another_instant_shows_both(desk: Desk) -> None:
    now = desk.clock.now()
    wall = desk.clock
    desk.stand_at(now - timedelta(hours=1))
    with desk.change() as told:
        services.create_ticket(told, subject="a")
    desk.clock = ToldClock(now - timedelta(seconds=60), wall)
    with desk.change() as nearly:
        services.create_ticket(nearly, subject="b")
    desk.clock = wall
    with desk.read() as read:
        assert [(one.at, one.told_at) for one in recent(read, 2)] == [
            (now, None),
            (now, now - timedelta(hours=1)),
        ]
        assert change_info(read, told.id).told_at == now - timedelta(hours=1)
        [opened] = history(read, 1001)
        assert (opened.at, opened.written_at) == (now - timedelta(hours=1), now)


def test_a_history_of_its_own_instants_was_told_none() -> None:
    store = Store.open(str(sample_desk()[0]))
    with store.read(NOW) as read:
        assert {one.told_at for one in recent(read, 50)} == {None}
        assert {row.written_at for row in history(read, 1001)} == {None}
    store.close()


def test_what_was_taken_back_is_told_once_and_in_words(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="a", assignee_id=2).id
        asked = services.escalate_ticket(
            change, ticket, kind="functional", reason_code="skill", ask="Look", to_agent_id=2
        )
        number = asked.id
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with desk.change() as change:
        services.decline_escalation(change, number, "Not mine")
    for turn in (services.undo_change, services.redo_change, services.undo_change):
        with desk.change() as change:
            turn(change)
    with desk.read() as read:
        told = [one.sentence for one in history(read, ticket) if one.event == "change.undone"]
    assert told == [
        "ben took back: declined the escalation",
        "ben did again: declined the escalation",
        "ben took back: declined the escalation",
    ]


def test_the_fields_that_went_back_stand_after_what_was_taken_back(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="a").id
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
        services.set_tags(change, ticket, add=["x"])
    with desk.change() as change:
        services.undo_change(change)
    with desk.read() as read:
        [back] = [one for one in history(read, ticket) if one.event == "change.undone"]
    assert (
        back.sentence
        == "ana took back: changed the ticket, changed the tags: tags x → —, priority high → normal"
    )
    assert back.deed == "ana took back: changed the ticket, changed the tags"
