"""Escalations by who looks, chains, and the notices of an agent; on both databases."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK, Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.escalation import in_chains
from agentdesk.domain.vocabulary import Role
from agentdesk.queries import notices, views
from agentdesk.queries.escalations import Scope, escalation, list_escalations
from tests.conftest import NOW
from tests.queries.test_plans import columns_read_from_tables, explained

AGENTS = {
    "ana": Actor(1, "ana", "Ana", Role.ADMIN),
    "ben": Actor(2, "ben", "Ben", Role.AGENT),
    "cleo": Actor(3, "cleo", "Cleo", Role.AGENT),
    "lea": Actor(4, "lea", "Lea", Role.LEAD),
    "desk": DESK,
}
TARGETS = {
    1: ("ben", {"to_agent_id": 3}),
    2: ("ben", {"to_queue_id": 2}),
    3: ("cleo", {"to_queue_id": 2}),
    4: ("ben", {"level": "l2"}),
    5: ("ben", {"level": "manager"}),
    6: ("ben", {"to_party": "the carrier"}),
    7: ("desk", {"level": "lead"}),
    8: ("ben", {"to_queue_id": 1, "level": "lead"}),
}
"""By number: who asks whom; cleo takes from the queue 2."""


@pytest.fixture
def asked(desk: Desk, clock: FixedClock) -> Desk:
    """Eight tickets with one escalation each, a minute apart."""
    with desk.change() as change:
        services.join_queue(change, 2, 3)
    for handle, target in TARGETS.values():
        desk.actor = AGENTS[handle]
        with desk.change() as change:
            ticket = services.create_ticket(change, subject="Token expired").id
            services.escalate_ticket(
                change, ticket, kind="functional", reason_code="skill", ask="Look", **target
            )
        clock.instant += timedelta(minutes=1)
    return desk


def listed(desk: Desk, handle: str, scope: Scope, **options: object) -> list[int]:
    desk.actor = AGENTS[handle]
    with desk.read() as read:
        return [one.id for one in list_escalations(read, scope, **options)]


@pytest.mark.parametrize(
    ("handle", "numbers"),
    [("ana", [4, 5, 7]), ("ben", []), ("cleo", [1, 2, 4]), ("lea", [4, 5, 7]), ("desk", [4])],
)
def test_mine_is_what_was_asked_of_me_my_queues_and_my_level(
    asked: Desk, handle: str, numbers: list[int]
) -> None:
    assert listed(asked, handle, Scope.MINE) == numbers


def test_asked_is_what_i_asked_for_and_the_rest_is_everybodys(asked: Desk) -> None:
    assert listed(asked, "cleo", Scope.ASKED) == [3]
    assert listed(asked, "ben", Scope.ASKED) == [1, 2, 4, 5, 6, 8]
    assert listed(asked, "cleo", Scope.EVERYBODY) == list(TARGETS)
    assert listed(asked, "cleo", Scope.EVERYBODY, ticket_id=1003) == [3]


def test_unacknowledged_leaves_out_what_was_answered_and_is_oldest_first(asked: Desk) -> None:
    asked.actor = AGENTS["ana"]
    with asked.change() as change:
        services.accept_escalation(change, 2)
        services.decline_escalation(change, 4, "No")
        services.withdraw_escalation(change, 6)
    assert listed(asked, "lea", Scope.UNACKNOWLEDGED) == [1, 3, 5, 7, 8]
    assert listed(asked, "cleo", Scope.MINE) == [1, 2]
    assert listed(asked, "cleo", Scope.MINE, every=True) == [1, 2, 4]


def test_an_acknowledgement_is_overdue_only_after_its_instant(asked: Desk) -> None:
    with asked.read() as read:
        row = escalation(read, 1)
    assert row is not None
    assert row.ack_due_at == NOW + timedelta(hours=1)
    assert not row.is_overdue(NOW + timedelta(hours=1))
    assert row.is_overdue(NOW + timedelta(hours=1, seconds=1))
    asked.actor = AGENTS["ana"]
    with asked.change() as change:
        services.withdraw_escalation(change, 1)
    with asked.read() as read:
        row = escalation(read, 1)
    assert row is not None
    assert not row.is_overdue(NOW + timedelta(days=1))


@dataclass(frozen=True)
class Step:
    id: int
    previous_id: int | None = None


def test_chains_keep_every_step_in_its_place() -> None:
    steps = [Step(1), Step(2), Step(3, 1), Step(4, 2), Step(5, 1), Step(6, 3), Step(7, 99)]
    found = [(depth, one.id) for depth, one in in_chains(steps)]
    assert found == [(0, 1), (1, 3), (2, 6), (1, 5), (0, 2), (1, 4), (0, 7)]


def test_notices_are_those_of_who_looks_newest_first(asked: Desk) -> None:
    asked.actor = AGENTS["lea"]
    with asked.read() as read:
        found = [(one.ref, one.words) for one in notices.notices(read)]
        assert found == [("T-1007", "desk asks the lead: Look"), ("T-1005", "ben asks the manager: Look")]
        assert notices.unseen_count(read) == 2
        assert views.late_and_next(read).notices == 2
    with asked.change() as change:
        services.put_away(change)
    with asked.read() as read:
        assert (notices.notices(read), notices.unseen_count(read)) == ([], 0)
        assert [one.seen_at for one in notices.notices(read, every=True)] == [change.at] * 2


def test_the_desk_itself_has_no_notices(asked: Desk) -> None:
    asked.actor = DESK
    with asked.read() as read:
        assert notices.unseen_count(read) == 0


def test_the_count_of_the_top_line_is_read_from_an_index_alone(sqlite_desk: Desk) -> None:
    with sqlite_desk.read() as read:
        assert columns_read_from_tables(read, notices.UNSEEN_COUNT, {"me": 1}) == 0
        watched = explained(read)
        notices.unseen_count(watched)
        assert "ix_notice_agent (agent_id=? AND seen_at=?)" in watched.plans[-1]
