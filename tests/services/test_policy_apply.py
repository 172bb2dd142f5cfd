"""An edit moves nothing that runs; applying moves open tickets to what the rules say now, and one undo takes it back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import NotFoundError, NotPermittedError
from agentdesk.domain.events import Event
from agentdesk.domain.sla import BreachCause
from agentdesk.domain.sla.moves import Effect
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.clocks import TicketClocks, ticket_clocks
from agentdesk.queries.histories import history
from agentdesk.queries.policies import policy_by_name
from agentdesk.queries.policy_choice import Choice, choose_policies, passed_over
from agentdesk.queries.policy_moves import Moves
from agentdesk.queries.ticket_detail import ticket_detail
from tests.conftest import NOW

ADDED = {"name": "Standard", "calendar": "UK", "targets": {"frt": {"normal": 240, "high": 120}}}
TIGHT = {"frt": {"normal": 30, "high": 120}}


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Standard in the hours of the UK: four hours to the first reply. It is Tuesday, 08:30."""
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        services.add_policy(change, **ADDED)
    return desk


def later(desk: Desk, **length: float) -> datetime:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.instant += timedelta(**length)
    return desk.clock.instant


def opened(desk: Desk, **values: Any) -> int:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="x", **values)
    assert ticket.id is not None
    return ticket.id


def edit(desk: Desk, **values: Any) -> None:
    with desk.change() as change:
        services.edit_policy(change, "Standard", **values)


def apply(desk: Desk, *asked: str) -> tuple[int | None, list[int]]:
    with desk.change() as change:
        moved = services.apply_policies(change, *asked)
    return change.id, [one.ticket_id for one in moved]


def undo(desk: Desk, number: int | None) -> None:
    with desk.change() as change:
        services.undo_change(change, number)


def clocks(desk: Desk, ticket_id: int, now: datetime | None = None) -> TicketClocks:
    with desk.read() as read:
        return ticket_clocks(read, ticket_id, now)


def rows(desk: Desk, ticket_id: int) -> list[tuple[Any, ...]]:
    with desk.read() as read:
        return read.tuples(
            "SELECT metric, number, target_minutes, policy_id, calendar_id, due_at, breached_at, breach_cause "
            "FROM sla_clock WHERE ticket_id = :id ORDER BY metric, number",
            {"id": ticket_id},
        )


def held(desk: Desk, ticket_id: int) -> tuple[int | None, int | None, datetime | None]:
    with desk.read() as read:
        found = ticket_detail(read, ticket_id)
    assert found is not None
    return found.policy_id, found.calendar_id, found.next_due_at


def test_an_edit_of_a_policy_or_a_calendar_moves_no_running_clock_until_it_is_applied(team: Desk) -> None:
    ticket = opened(team)
    before = rows(team, ticket), held(team, ticket)
    edit(team, targets=TIGHT)
    with team.change() as change:
        services.edit_calendar(change, "UK", hours="Mon-Fri 10:00-18:00")
    later(team, hours=1)
    with team.change() as change:  # not even where something else happens to the ticket
        services.add_note(change, ticket, "asked the supplier")
    assert (rows(team, ticket), held(team, ticket)) == before
    assert clocks(team, ticket).policy_ref == "Standard@1"

    _, moved = apply(team)
    assert moved == [ticket]
    assert held(team, ticket) == (2, 2, NOW.replace(hour=10, minute=30))
    assert clocks(team, ticket).policy_ref == "Standard@2"


def test_a_clock_keeps_its_start_and_its_pauses_and_gets_the_new_target(team: Desk) -> None:
    edit(team, targets={"frt": {"normal": 240}, "requester_wait": {"normal": 240}})
    ticket = opened(team)
    later(team, hours=1, minutes=30)  # 10:00
    with team.change() as change:
        services.set_status(change, ticket, "pending", reason="asked for the number")
    later(team, hours=1)
    with team.change() as change:
        services.set_status(change, ticket, "open")
    edit(team, targets={"frt": {"normal": 240}, "requester_wait": {"normal": 120}})
    apply(team, "standard")
    [wait] = [one for one in clocks(team, ticket).clocks if one.metric == "requester_wait"]
    assert wait.started_at == NOW
    assert [(one.start.hour, one.until and one.until.hour) for one in wait.pauses] == [(10, 11)]
    assert wait.due_at == NOW.replace(hour=12, minute=0)


def test_a_target_that_is_passed_already_breaches_at_the_instant_of_the_change(team: Desk) -> None:
    ticket = opened(team)
    now = later(team, hours=2)  # an hour and a half of open time
    edit(team, targets=TIGHT)
    apply(team)
    [clock] = clocks(team, ticket).clocks
    assert (clock.breached_at, clock.breach_cause) == (now, BreachCause.RETARGET)
    assert rows(team, ticket)[0][-1] == "retarget"


def test_a_breach_on_record_is_not_erased_by_a_wider_target(team: Desk) -> None:
    edit(team, targets=TIGHT)
    ticket = opened(team)
    later(team, hours=2)
    edit(team, targets={"frt": {"normal": 480}})
    apply(team)
    [clock] = clocks(team, ticket).clocks
    assert not clock.is_over
    assert clock.cleared_by_retarget
    assert clock.breached_at == NOW.replace(hour=9, minute=30)


def test_one_undo_takes_all_of_it_back_and_redo_does_it_again(team: Desk) -> None:
    tickets = [opened(team) for _ in range(3)]
    before = [(rows(team, one), held(team, one)) for one in tickets]
    later(team, hours=2)
    edit(team, targets=TIGHT)
    number, moved = apply(team)
    after = [(rows(team, one), held(team, one)) for one in tickets]
    assert moved == tickets
    later(team, minutes=5)
    undo(team, number)
    assert [(rows(team, one), held(team, one)) for one in tickets] == before
    with team.change() as change:
        services.redo_change(change)
    assert [(rows(team, one), held(team, one)) for one in tickets] == after


def test_the_journal_says_who_moved_it_from_what_to_what_and_why(team: Desk) -> None:
    ticket = opened(team)
    edit(team, targets=TIGHT)
    apply(team)
    with team.read() as read:
        [*_, last] = history(read, ticket)
    assert (last.event, last.actor) == (Event.POLICY_GIVEN, "ana")
    assert last.reason == "Standard@1 in UK@1 to Standard@2 in UK@1: all tickets"


def test_only_tickets_that_move_are_touched_and_nothing_is_written_where_none_does(team: Desk) -> None:
    opened(team)
    edit(team, targets=TIGHT)
    fresh = opened(team)
    with team.read() as read:
        written = read.value("SELECT count(*) FROM journal WHERE ticket_id = :id", {"id": fresh})
    apply(team)
    with team.read() as read:
        assert read.value("SELECT count(*) FROM journal WHERE ticket_id = :id", {"id": fresh}) == written
    assert apply(team) == (None, [])


def test_solved_tickets_are_never_moved(team: Desk) -> None:
    ticket = opened(team)
    with team.change() as change:
        services.solve_ticket(change, ticket)
    edit(team, targets=TIGHT)
    assert apply(team) == (None, [])
    assert held(team, ticket)[0] == 1


def test_a_name_limits_it_to_tickets_that_come_under_that_policy_or_leave_it(team: Desk) -> None:
    plain, billed = opened(team), opened(team, queue_id=2)
    with team.change() as change:
        services.add_policy(
            change, name="Bills", calendar="24x7", targets=TIGHT, conditions="queue:Billing", position=1
        )
        services.edit_policy(change, "Standard", targets=TIGHT)
    assert apply(team, "bills")[1] == [billed]
    assert clocks(team, billed).policy_ref == "Bills@1"
    assert clocks(team, plain).policy_ref == "Standard@1"
    with team.change() as change:
        services.retire_policy(change, "Bills")
    assert apply(team, "Bills")[1] == [billed]  # a retired one is left
    assert clocks(team, billed).policy_ref == "Standard@2"
    assert apply(team, "", "queue:Billing")[1] == []
    assert apply(team, "", "-queue:Billing")[1] == [plain]
    with pytest.raises(NotFoundError, match="Did you mean Standard"):
        apply(team, "Standart")


def test_a_ticket_of_which_nothing_is_promised_any_more_leaves_its_policy(team: Desk) -> None:
    ticket = opened(team)
    edit(team, conditions="queue:Billing")
    later(team, hours=1)
    apply(team)
    assert held(team, ticket) == (None, None, None)
    assert [one.state for one in clocks(team, ticket).clocks] == ["cancelled"]
    with team.read() as read:
        [*_, last] = history(read, ticket)
    assert last.reason == "Standard@1 in UK@1 to no policy: no policy holds for it"


def test_the_past_still_tells_the_version_of_then(team: Desk) -> None:
    ticket = opened(team)
    then = later(team, hours=1)
    later(team, hours=1)
    edit(team, targets=TIGHT)
    with team.change() as change:
        services.edit_calendar(change, "UK", hours="Mon-Fri 10:00-18:00")
    apply(team)
    later(team, hours=1)
    past = clocks(team, ticket, then)
    assert (past.policy_ref, past.calendar.name) == ("Standard@1", "UK@1")
    assert [one.target_minutes for one in past.clocks] == [240]
    assert clocks(team, ticket).policy_ref == "Standard@2"


def test_the_past_of_a_version_that_was_taken_back_can_still_be_asked_for(team: Desk) -> None:
    ticket = opened(team)
    with team.change() as change:
        services.edit_policy(change, "Standard", targets=TIGHT)
    number, _ = apply(team)
    between = team.clock.now()
    later(team, minutes=1)
    undo(team, number)
    undo(team, change.id)
    assert clocks(team, ticket, between).policy is None
    assert clocks(team, ticket).policy_ref == "Standard@1"


def test_an_agreement_decides_before_the_order(team: Desk) -> None:
    with team.change() as change:
        customer = services.create_customer(change, name="Jo")
    ticket = opened(team, customer_id=customer.id)
    with team.change() as change:
        services.add_policy(change, name="Gold", calendar="24x7", targets=TIGHT, by_agreement=True)
        made = services.add_agreement(
            change, policy="Gold", starts_on="2026-01-01", customer_id=customer.id, product="Router"
        )
    apply(team)
    told = clocks(team, ticket)
    assert (told.policy_ref, told.why) == ("Gold@1", "agreement Router")
    assert clocks(team, ticket, NOW - timedelta(minutes=1)).agreement is None
    with team.read() as read:
        assert ticket_detail(read, ticket).agreement_id == made.id  # type: ignore[union-attr]


def test_an_agreement_whose_policy_is_gone_leaves_the_choice_to_the_conditions(team: Desk) -> None:
    with team.change() as change:
        customer = services.create_customer(change, name="Jo")
        services.add_policy(change, name="Gold", calendar="24x7", targets=TIGHT, by_agreement=True)
        services.add_agreement(
            change, policy="Gold", starts_on="2026-01-01", ends_on="2026-03-02", customer_id=customer.id
        )
    before = team.clock.now()
    team.clock.instant = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # type: ignore[attr-defined]
    ticket = opened(team, customer_id=customer.id)
    assert clocks(team, ticket).policy_ref == "Gold@1"
    team.clock.instant = before  # type: ignore[attr-defined]  # the agreement has ended, so it may be retired
    with team.change() as change:
        services.retire_policy(change, "Gold")
    assert apply(team)[1] == [ticket]
    assert clocks(team, ticket).policy_ref == "Standard@1"


def test_a_policy_whose_calendar_is_gone_is_passed_over(team: Desk) -> None:
    with team.change() as change:
        services.add_calendar(change, name="DE", zone="Europe/Berlin", hours="Mon-Fri 08:00-16:00")
    with team.change() as other:
        services.add_policy(other, name="First", calendar="DE", targets=TIGHT, position=1)
    undo(team, change.id)
    ticket = opened(team)
    with team.read() as read:
        assert [one.name for one in passed_over(read)] == ["First"]
        assert choose_policies(read, [ticket]) == {ticket: Choice(1, 1)}
    assert clocks(team, ticket).policy_ref == "Standard@1"


def test_of_two_who_apply_at_once_one_moves_each_ticket(team: Desk) -> None:
    tickets = [opened(team) for _ in range(12)]
    edit(team, targets=TIGHT)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: apply(team)[1], range(2)))
    assert sorted(done, key=len) == [[], tickets]
    with team.read() as read:
        sql = "SELECT count(*) FROM journal WHERE event = 'ticket.policy' AND is_main"
        assert read.value(sql) == len(tickets)


def test_who_may_not_configure_applies_nothing(team: Desk) -> None:
    opened(team)
    edit(team, targets=TIGHT)
    team.actor = Actor(4, "lea", "Lea", Role.LEAD)
    with pytest.raises(NotPermittedError):
        apply(team)


def test_what_was_foreseen_is_what_comes_true(team: Desk) -> None:
    edit(team, targets={**TIGHT, "frt": {"normal": 240, "high": 480}, "requester_wait": {"normal": 600}})
    tickets = [opened(team, priority=one) for one in ("normal", "high", "low")]
    later(team, hours=2)
    edit(team, targets={"frt": {"normal": 30, "high": 600, "low": 60}})
    with team.read() as read:
        foreseen = list(Moves(read, "Standard", policy_by_name(read, "Standard")).tickets())
    assert [one.ticket_id for one in foreseen] == tickets
    effects = [[clock.effect for clock in one.clocks] for one in foreseen]
    assert effects == [[Effect.BREACHED, Effect.ENDS], [Effect.LATER], [Effect.BREACHED]]
    apply(team)
    for one in foreseen:
        assert clocks(team, one.ticket_id).clocks == tuple(clock.after for clock in one.clocks)
