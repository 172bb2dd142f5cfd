"""The journal as lists."""

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.queries.changes import change_info, log, recent


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
