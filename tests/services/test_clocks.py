"""The clocks that are kept are those that the journal tells, whatever was done, undone and done again, and whenever one looks."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.attention import Band, band
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.sla import (
    AgentReply,
    Calendar,
    ClockState,
    Created,
    CustomerMessage,
    Policy,
    PolicyChanged,
    PriorityChanged,
    SlaClock,
    StatusChanged,
    TicketEvent,
    clock_state,
)
from agentdesk.domain.sla.target_words import parse_targets
from agentdesk.domain.vocabulary import AuthorKind, Priority, Status
from agentdesk.queries import tickets
from agentdesk.queries.clocks import ticket_clocks
from agentdesk.queries.policies import policies
from agentdesk.queries.rulebook import rulebook
from agentdesk.services.clock_rows import clock_row, pause_rows
from tests.conftest import open_desk

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TARGETS = (
    "frt=urgent:30m,high:2h,normal:4h,low:8h",
    "nrt=urgent:45m,normal:3h",
    "update_gap=urgent:4h",
    "requester_wait=urgent:4h,high:8h,normal:16h",
    "agent_work=6h",
)


def give_rules(desk: Desk, *targets: str, when: str = "") -> None:
    """Business hours in London and one policy by priority."""
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        services.add_policy(
            change, name="Standard", calendar="UK", targets=parse_targets(targets or TARGETS), conditions=when
        )


def open_ticket(desk: Desk, **fields: Any) -> int:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="The parcel is late", body="Where is it?", **fields)
    assert ticket.id is not None
    return ticket.id


def at(desk: Desk, instant: datetime) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.instant = instant


def do(desk: Desk, operation: Callable[..., object], *args: Any, **named: Any) -> None:
    with desk.change() as change:
        operation(change, *args, **named)


def kept(desk: Desk, ticket_id: int) -> list[tuple[Any, ...]]:
    with desk.read() as read:
        return read.tuples(
            "SELECT metric, number, target_minutes, is_running, is_paused, used_minutes FROM sla_clock "
            f"WHERE ticket_id = {ticket_id} ORDER BY metric, number"
        )


def row_of(desk: Desk, ticket_id: int) -> tickets.TicketRow:
    with desk.read() as read:
        return tickets.by_ids(read, [ticket_id])[0]


@pytest.fixture
def london(desk: Desk) -> Desk:
    """A desk with rules, on Monday morning."""
    at(desk, MONDAY)
    give_rules(desk)
    return desk


def test_a_new_ticket_gets_its_policy_and_its_clocks(london: Desk) -> None:
    number = open_ticket(london, priority="urgent")
    row = row_of(london, number)
    assert (row.next_metric, row.next_due_at) == ("frt", MONDAY + timedelta(minutes=30))
    assert [(metric, target) for metric, _, target, *_ in kept(london, number)] == [
        ("agent_work", 360),
        ("frt", 30),
        ("requester_wait", 240),
    ]


def test_a_ticket_that_no_policy_is_for_has_no_clock_and_no_place_among_promises(desk: Desk) -> None:
    at(desk, MONDAY)
    give_rules(desk, when="type:incident")
    number = open_ticket(desk)
    assert kept(desk, number) == []
    assert band(row_of(desk, number), MONDAY) is Band.NONE


def test_a_reply_ends_the_first_clock_and_the_next_promise_is_the_nearest(london: Desk) -> None:
    number = open_ticket(london)
    at(london, MONDAY + timedelta(hours=1))
    do(london, services.reply_to_ticket, number, "It left us on Friday.")
    frt = next(row for row in kept(london, number) if row[0] == "frt")
    assert (bool(frt[3]), frt[5]) == (False, 60)
    assert row_of(london, number).next_metric == "agent_work"


def test_waiting_for_the_customer_pauses_and_takes_the_ticket_behind_those_that_run(london: Desk) -> None:
    number = open_ticket(london)
    do(london, services.reply_to_ticket, number, "Which parcel?", then="pending")
    row = row_of(london, number)
    assert (row.next_due_at, band(row, MONDAY + timedelta(days=30))) == (None, Band.PAUSED)


def test_a_promise_by_hand_that_is_nearer_than_every_clock_leads(london: Desk) -> None:
    number = open_ticket(london)
    do(london, services.edit_ticket, number, {"due_at": MONDAY + timedelta(minutes=20)})
    row = row_of(london, number)
    assert (row.next_metric, row.next_due_at) == ("promise", MONDAY + timedelta(minutes=20))


def test_moving_assigning_and_tagging_touch_no_clock(london: Desk) -> None:
    number = open_ticket(london)
    before = kept(london, number)
    at(london, MONDAY + timedelta(minutes=30))
    do(london, services.assign_ticket, number, to=2)
    do(london, services.move_ticket, number, queue_id=2)
    do(london, services.set_tags, number, add=["vat"])
    assert kept(london, number) == before


def test_an_undone_creation_leaves_no_clock_behind(london: Desk) -> None:
    number = open_ticket(london)
    do(london, services.undo_change)
    assert kept(london, number) == []
    do(london, services.redo_change)
    assert len(kept(london, number)) == 3


def test_the_tier_of_a_customer_decides_between_tickets_of_one_priority(london: Desk) -> None:
    with london.change() as change:
        plain = services.create_customer(change, name="Ann", email="ann@example.com")
        golden = services.create_customer(change, name="Bo", email="bo@example.com", tier="gold")
    first = open_ticket(london, customer_id=plain.id)
    second = open_ticket(london, customer_id=golden.id)
    assert _order(london) == [second, first]
    do(london, services.edit_customer, golden.id, {"tier": ""})
    assert _order(london) == [first, second]


def _order(desk: Desk) -> list[int]:
    with desk.read() as read:
        return [
            one.id for one in tickets.page(read, tickets.Where("ticket.is_open"), tickets.SORTS["attention"])
        ]


def test_an_agreement_goes_before_the_order_of_the_policies(london: Desk) -> None:
    with london.change() as change:
        services.add_policy(
            change, name="Gold", calendar="24x7", targets=parse_targets(["frt=15m"]), by_agreement=True
        )
        customer = services.create_customer(change, name="Ann", email="ann@example.com")
        services.add_agreement(change, customer_id=customer.id, policy="Gold", starts_on="2026-03-02")
    with london.read() as read:
        assert ticket_clocks(read, open_ticket(london, customer_id=customer.id)).policy_ref == "Gold@1"
    at(london, MONDAY - timedelta(days=1))
    with london.read() as read:
        assert ticket_clocks(read, open_ticket(london, customer_id=customer.id)).policy_ref == "Standard@1"


def test_a_ticket_of_another_customer_now_comes_under_that_customers_agreement(london: Desk) -> None:
    number = open_ticket(london)
    with london.change() as change:
        services.add_policy(
            change, name="Gold", calendar="24x7", targets=parse_targets(["frt=15m"]), by_agreement=True
        )
        customer = services.create_customer(change, name="Ann", email="ann@example.com")
        services.add_agreement(change, customer_id=customer.id, policy="Gold", starts_on="2026-03-02")
    at(london, MONDAY + timedelta(minutes=20))
    do(london, services.edit_ticket, number, {"customer_id": customer.id})
    with london.read() as read:
        told = ticket_clocks(read, number)
    assert (told.policy_ref, told.clocks[0].breach_cause) == ("Gold@1", "retarget")
    do(london, services.undo_change)
    with london.read() as read:
        assert ticket_clocks(read, number).policy_ref == "Standard@1"


class Driver:
    """Does things to one ticket and writes down, apart from the desk, which events stand."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = MONDAY
        self.number = open_ticket(desk, priority="normal")
        self.standing: list[list[TicketEvent]] = []
        self.taken_back: list[list[TicketEvent]] = []
        with desk.read() as read:
            rules = rulebook(read)
            self.policy: Policy = rules.policies[policies(read)[0].id]
            self.calendar: Calendar = rules.calendars[1]
        self.born: list[TicketEvent] = [
            Created(MONDAY, AuthorKind.CUSTOMER, Status.NEW, Priority.NORMAL),
            PolicyChanged(MONDAY, self.policy, self.calendar),
        ]

    @property
    def events(self) -> list[TicketEvent]:
        return [*self.born, *(event for some in self.standing for event in some)]

    @property
    def status(self) -> str:
        moves = [event.to for event in self.events if isinstance(event, StatusChanged)]
        return str(moves[-1]) if moves else "new"

    @property
    def priority(self) -> str:
        moves = [event.to for event in self.events if isinstance(event, PriorityChanged)]
        return str(moves[-1]) if moves else "normal"

    def step(self, deed: str, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        at(self.desk, self.now)
        told = getattr(self, deed)()
        if told:
            self.standing.append(told)
            self.taken_back.clear()

    def _try(self, operation: Callable[..., object], *args: Any, **named: Any) -> bool:
        try:
            do(self.desk, operation, *args, **named)
        except AgentDeskError:
            return False
        return True

    def _move(self, to: str) -> list[TicketEvent]:
        return [] if to == self.status else [StatusChanged(self.now, Status(to))]

    def reply(self) -> list[TicketEvent]:
        was = self.status
        if not self._try(services.reply_to_ticket, self.number, "Here."):
            return []
        return [AgentReply(self.now), *(self._move("open") if was == "new" else [])]

    def ask(self) -> list[TicketEvent]:
        was = self.status
        if not self._try(services.reply_to_ticket, self.number, "Which?", then="pending"):
            return []
        opened: list[TicketEvent] = (
            [StatusChanged(self.now, Status.OPEN)] if was in ("new", "on_hold") else []
        )
        return [AgentReply(self.now), *opened, *self._move("pending")]

    def hear(self) -> list[TicketEvent]:
        was = self.status
        if was == "closed" or not self._try(services.receive_message, self.number, "Well?"):
            return []
        return [CustomerMessage(self.now), *(self._move("open") if was != "new" else [])]

    def note(self) -> list[TicketEvent]:
        self._try(services.add_note, self.number, "Look at this.")
        return []

    def hold(self) -> list[TicketEvent]:
        was = self.status
        done = self._try(services.set_status, self.number, "on_hold", waiting_for="the depot")
        return self._move("on_hold") if done and was != "on_hold" else []

    def solve(self) -> list[TicketEvent]:
        return self._move("solved") if self._try(services.solve_ticket, self.number) else []

    def reopen(self) -> list[TicketEvent]:
        return self._move("open") if self._try(services.reopen_ticket, self.number) else []

    def raise_it(self) -> list[TicketEvent]:
        return self._set("urgent")

    def lower_it(self) -> list[TicketEvent]:
        return self._set("low")

    def _set(self, priority: str) -> list[TicketEvent]:
        was = self.priority
        done = self._try(services.edit_ticket, self.number, {"priority": priority})
        return [PriorityChanged(self.now, Priority(priority))] if done and was != priority else []


DEEDS = ("reply", "ask", "hear", "hold", "solve", "reopen", "raise_it", "lower_it")
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 700)), max_size=8)


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("clocks")
    opened = open_desk(str(folder / "desk.db"), FixedClock(MONDAY))
    give_rules(opened)
    yield opened
    opened.close()


@given(steps=STEPS, later=st.integers(0, 6000), undone=st.integers(0, 3))
@example(steps=[("hold", 41), ("lower_it", 700), ("hold", 700)], later=0, undone=0)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_kept_clocks_are_those_of_the_events_that_stand(
    one_desk: Desk, steps: list[tuple[str, int]], later: int, undone: int
) -> None:
    at(one_desk, MONDAY)
    driver = Driver(one_desk)
    for deed, minutes in steps:
        driver.step(deed, minutes)
    for _ in range(min(undone, len(driver.standing))):
        do(one_desk, services.undo_change)
        driver.taken_back.append(driver.standing.pop())
    if len(driver.taken_back) > 1:
        do(one_desk, services.redo_change)
        driver.standing.append(driver.taken_back.pop())
    told = clock_state(driver.events, driver.calendar, None, driver.now)
    assert _rows(one_desk, driver.number) == _rows_of(one_desk, driver.number, told)
    _looks_the_same_at(one_desk, driver, driver.now + timedelta(minutes=later))


def _rows_of(desk: Desk, ticket_id: int, clocks: tuple[SlaClock, ...]) -> list[dict[str, Any]]:
    with desk.read() as read:
        rules = rulebook(read)
    listed = [clock_row(ticket_id, one, rules) for one in clocks]
    halts = [row for one in clocks for row in pause_rows(ticket_id, one)]
    return sorted(listed, key=_key) + sorted(halts, key=_key)


def _rows(desk: Desk, ticket_id: int) -> list[dict[str, Any]]:
    from sqlmodel import SQLModel

    found: list[dict[str, Any]] = []
    with desk.store.engine.connect() as connection:
        for name in ("sla_clock", "sla_pause"):
            table = SQLModel.metadata.tables[name]
            rows = connection.execute(table.select().where(table.c.ticket_id == ticket_id)).mappings()
            found += sorted(map(dict, rows), key=_key)
    return found


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["metric"], row["number"], row["started_at"]


WORST = (Band.BREACHED, Band.CRITICAL, Band.AT_RISK, Band.RUNNING, Band.PAUSED)
BANDS = {
    ClockState.BREACHED: Band.BREACHED,
    ClockState.DUE: Band.CRITICAL,
    ClockState.CRITICAL: Band.CRITICAL,
    ClockState.AT_RISK: Band.AT_RISK,
    ClockState.RUNNING: Band.RUNNING,
    ClockState.PAUSED: Band.PAUSED,
}


def _looks_the_same_at(desk: Desk, driver: Driver, instant: datetime) -> None:
    """Time passing changes no row: what is kept tells the band that the events tell, at any later instant."""
    clocks = clock_state(driver.events, driver.calendar, None, instant)
    bands = [BANDS[one.state] for one in clocks if one.is_running]
    expected = min(bands, key=WORST.index, default=Band.NONE)
    row = row_of(desk, driver.number)
    assert band(row, instant) is (Band.NONE if row.status in ("solved", "closed") else expected)
    at(desk, instant)
    with desk.read() as read:
        for flag in WORST[:3]:
            from agentdesk.queries.filters import compile_query

            where = compile_query(read, f"is:{flag.value}", desk.zone).where
            assert (driver.number in tickets.ids(read, where)) is (band(row, instant) is flag)
