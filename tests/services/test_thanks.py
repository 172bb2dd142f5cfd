"""A thank-you on a solved ticket: one key keeps it solved, and nothing counts it as a reopening."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import InvalidTransitionError
from agentdesk.domain.periods import Period
from agentdesk.domain.sla import StatusChanged
from agentdesk.models import Ticket
from agentdesk.queries.histories import history
from agentdesk.queries.queue_facts import queue_facts
from agentdesk.queries.rulebook import rulebook
from agentdesk.queries.ticket_events import ticket_events
from agentdesk.services.thanks import NoThanksError

ZONE = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


@pytest.fixture
def thanked(desk: Desk, clock: FixedClock) -> int:
    """A ticket that was solved yesterday as a workaround, and whose customer says thank you now."""
    with desk.change() as change:
        customer = services.create_customer(change, name="Dana")
        one = services.create_ticket(change, subject="Cup", customer_id=customer.id, body="It broke").id or 0
        services.solve_ticket(change, one, resolution="workaround")
    clock.instant += 24 * HOUR
    with desk.change() as change:
        services.receive_message(change, one, "Thank you!")
    clock.instant += HOUR
    return one


def ticket(desk: Desk, one: int) -> Ticket:
    with desk.change() as change:
        return change.get(Ticket, one)


def keep(desk: Desk, one: int) -> None:
    with desk.change() as change:
        services.keep_solved(change, one)


def test_it_is_solved_as_it_was_and_was_never_reopened(desk: Desk, thanked: int) -> None:
    keep(desk, thanked)
    kept = ticket(desk, thanked)
    assert (kept.status, kept.resolution_code, kept.reopen_count) == ("solved", "workaround", 0)
    assert kept.solved_at == desk.clock.now() - 25 * HOUR
    assert kept.waiting_since is None
    with desk.read() as read:
        last = history(read, thanked, ZONE)[-1]
    assert (last.event, last.reason) == ("ticket.thanked", "only a thank-you")


def test_undo_brings_the_reopened_ticket_back(desk: Desk, thanked: int) -> None:
    before = ticket(desk, thanked)
    keep(desk, thanked)
    with desk.change() as change:
        services.undo_change(change)
    after = ticket(desk, thanked)
    for name in ("status", "reopen_count", "solved_at", "waiting_since"):
        assert getattr(after, name) == getattr(before, name)


def test_reports_and_clocks_pass_over_it(desk: Desk, clock: FixedClock, thanked: int) -> None:
    day = Period(clock.instant - 12 * HOUR, clock.instant + 2 * HOUR)

    def figures() -> tuple[int, int, int]:
        with desk.read() as read:
            facts = queue_facts(read, zone=ZONE, as_of=clock.instant + HOUR, period=day)
        return facts.quality.reopen_events, facts.period.flow.reopened, facts.quality.solved

    def moves() -> int:
        with desk.read() as read:
            told = ticket_events(read, [thanked], rulebook(read))[thanked]
        return len([one for one in told if isinstance(one, StatusChanged)])

    assert (figures(), moves()) == ((1, 1, 0), 2)
    keep(desk, thanked)
    assert (figures(), moves()) == ((0, 0, 0), 1)
    with desk.change() as change:
        services.undo_change(change)
    assert (figures(), moves()) == ((1, 1, 0), 2)
    for expected in (((0, 0, 0), 1), ((1, 1, 0), 2), ((0, 0, 0), 1)):
        with desk.change() as change:
            (services.undo_change if expected[1] == 2 else services.redo_change)(change)
        assert (figures(), moves()) == expected


def test_it_is_refused_where_nobody_said_thank_you(desk: Desk, thanked: int) -> None:
    with desk.change() as change:
        services.reply_to_ticket(change, thanked, "You are welcome. Anything else?")
    with pytest.raises(NoThanksError, match="was answered since it came back"):
        keep(desk, thanked)
    with desk.change() as change:
        other = services.create_ticket(change, subject="Plate").id or 0
    with pytest.raises(InvalidTransitionError, match="is new: it cannot be kept solved"):
        keep(desk, other)
    with desk.change() as change:
        services.solve_ticket(change, other)
        services.reopen_ticket(change, other, reason="looked again")
    with pytest.raises(NoThanksError, match="was not reopened by a customer's message"):
        keep(desk, other)
