"""One operation on many tickets: looked at first, then done to those that can in one change."""

from typing import Any

import pytest

from agentdesk import services
from agentdesk.bulk import for_those_that_can, rehearse
from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.outcomes import Kind, sentence
from agentdesk.models import Ticket
from agentdesk.queries.tickets import by_ids
from agentdesk.store.change import Change


def solve(change: Change, ticket_id: int) -> Any:
    return services.set_status(change, ticket_id, "solved")


@pytest.fixture
def five(desk: Desk) -> list[int]:
    """Two open tickets, one of them somebody's, then a solved, a closed and a missing one."""
    with desk.change() as change:
        ids = [services.create_ticket(change, subject=f"Cup {one}").id or 0 for one in range(4)]
        services.assign_ticket(change, ids[1], to=2)
        for one in ids[2:]:
            services.solve_ticket(change, one)
        services.close_ticket(change, ids[3])
    return [*ids, 999]


def written(desk: Desk) -> tuple[Any, ...]:
    with desk.read() as read:
        return tuple(read.value(f"SELECT count(*) FROM {one}") for one in ("journal", "change"))


def test_a_look_ahead_tells_every_outcome_and_writes_nothing(desk: Desk, five: list[int]) -> None:
    before = written(desk)
    [outcomes] = rehearse(desk, five, solve)
    assert [one.kind for one in outcomes] == [
        Kind.CHANGES, Kind.CHANGES, Kind.ALREADY, Kind.CANNOT, Kind.CANNOT,
    ]  # fmt: skip
    assert sentence(outcomes) == (
        "1 becomes solved and yours · 1 becomes solved · 1 is solved already · "
        "2 cannot: T-1004 is closed, T-999 is refused"
    )
    assert written(desk) == before


def test_it_is_done_to_those_that_can_in_one_change_that_one_undo_takes_back(
    desk: Desk, five: list[int]
) -> None:
    before = written(desk)
    with desk.change() as change:
        refused = for_those_that_can(five, solve)(change)
    assert [one.ticket_id for one in refused] == five[3:]
    assert written(desk)[1] == before[1] + 1
    with desk.read() as read:
        assert [row.status for row in by_ids(read, five)] == ["solved", "solved", "solved", "closed"]
    with desk.change() as change:
        services.undo_change(change)
    with desk.read() as read:
        assert [row.status for row in by_ids(read, five)] == ["new", "open", "solved", "closed"]


def test_an_operation_that_fails_half_way_leaves_its_ticket_as_it_was(desk: Desk, five: list[int]) -> None:
    def tag_and_fail(change: Change, ticket_id: int) -> None:
        services.set_tags(change, ticket_id, add=["half"])
        change.get(Ticket, ticket_id).subject = "not recorded either"
        raise InvalidValueError("reason", "", hint="Say why.")

    with desk.change() as change:
        assert len(for_those_that_can(five[:2], tag_and_fail)(change)) == 2
        services.edit_ticket(change, five[1], {"priority": "high"})
    with desk.read() as read:
        rows = by_ids(read, five[:2])
    assert [(row.subject, row.tags, row.priority) for row in rows] == [
        ("Cup 0", (), "normal"),
        ("Cup 1", (), "high"),
    ]


def test_what_is_stopped_half_way_is_taken_back_whole(desk: Desk, five: list[int]) -> None:
    def stop(done: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), desk.change() as change:
        for_those_that_can(five, solve, stop)(change)
    with desk.read() as read:
        assert [row.status for row in by_ids(read, five[:2])] == ["new", "open"]
