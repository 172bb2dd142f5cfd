"""What was true at an instant is what is read of it later, whatever has happened since."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.queries.past import names_at, rows_at
from agentdesk.services.undo import undo_batch
from tests.conftest import open_desk
from tests.queries.past_driver import STEPS, drive, rows, seed


@dataclass(frozen=True, slots=True)
class Ticket:
    """Every journaled column that a service sets."""

    id: int
    created_at: datetime
    subject: str
    type: str
    status: str
    priority: str
    category: str
    queue_id: int | None
    assignee_id: int | None
    customer_id: int | None
    tags: tuple[str, ...]
    due_at: datetime | None
    wake_at: datetime | None
    waiting_for: str
    waiting_since: datetime | None
    last_message_at: datetime | None
    last_reply_at: datetime | None
    first_replied_at: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    resolution_code: str | None
    reopen_count: int
    reply_count: int
    is_escalated: bool


@dataclass(frozen=True, slots=True)
class Escalation:
    id: int
    ticket_id: int
    state: str
    created_at: datetime
    acknowledged_at: datetime | None
    outcome: str


ROWS = {"ticket": Ticket, "escalation": Escalation}


def as_seen(row: type, found: dict[int, dict]) -> dict[int, dict]:
    """The columns of `row` from whole rows."""
    names = row.__dataclass_fields__
    return {
        key: {name: tuple(one[name]) if name == "tags" else one[name] for name in names}
        for key, one in found.items()
    }


def check(desk: Desk, clock: FixedClock, steps: list[tuple[str, int, int]]) -> None:
    seed(desk)
    seen = drive(desk, clock, steps, tuple(ROWS))
    with desk.read() as read:
        for instant, tables in seen.items():
            for table, row in ROWS.items():
                then = {key: asdict(one) for key, one in rows_at(read, row, table, instant).items()}
                assert then == as_seen(row, tables[table]), (instant, table)
                some = list(then)[::2]
                assert rows_at(read, row, table, instant, some) == {key: row(**then[key]) for key in some}


class TestAnyHistory:
    @given(steps=STEPS)
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_what_is_read_of_an_instant_later_is_what_was_true_at_it(
        self, tmp_path_factory, steps: list[tuple[str, int, int]]
    ):
        clock = FixedClock(datetime.fromisoformat("2026-03-02T09:00:00+00:00"))
        desk = open_desk(str(tmp_path_factory.mktemp("past") / "desk.db"), clock)
        try:
            check(desk, clock, steps)
        finally:
            desk.close()

    def test_the_same_holds_on_both_databases(self, desk: Desk, clock: FixedClock):
        names = [
            "create",
            "create_quiet",
            "assign",
            "escalate",
            "reply_wait",
            "move",
            "undo",
            "accept",
            "solve",
        ]
        names += ["reopen", "edit", "redo", "reply_solve", "close", "create", "undo", "redo", "undo", "hold"]
        check(desk, clock, [(name, place % 3, 5) for place, name in enumerate(names)])


class TestRowsThatWentAway:
    def test_a_ticket_whose_creation_is_undone_is_there_until_then_and_again_after_a_redo(
        self, desk: Desk, clock: FixedClock
    ):
        def tick() -> datetime:
            clock.instant += timedelta(hours=1)
            return clock.instant

        made = tick()
        with desk.change() as change:
            ticket = services.create_ticket(change, subject="Twice", queue_id=1)
        undone = tick()
        with desk.change() as change:
            services.undo_change(change)
        redone = tick()
        with desk.change() as change:
            services.redo_change(change)
        instants = (made - timedelta(minutes=1), made, undone, redone)
        with desk.read() as read:
            there = [ticket.id in rows_at(read, Ticket, "ticket", instant) for instant in instants]
        assert there == [False, True, False, True]

    def test_an_import_that_was_taken_back_has_never_been(self, desk: Desk, clock: FixedClock):
        from agentdesk.domain.events import Event
        from agentdesk.models import ImportBatch
        from agentdesk.models import Ticket as TicketTable

        with desk.change() as change:
            batch = ImportBatch(
                kind="tickets", source="plain", file_name="old.csv", state="done", started_at=change.at
            )
            change.session.add(batch)
            change.session.flush()
            batch_id = batch.id
        with desk.change(batch_id=batch_id) as change:
            change.add(TicketTable(subject="Foreign", created_at=change.at, updated_at=change.at))
            change.record(Event.TICKET_CREATED, None)
        imported = clock.instant
        with desk.read() as read:
            assert len(rows_at(read, Ticket, "ticket", imported)) == 1
        clock.instant += timedelta(hours=1)
        with desk.change() as change:
            undo_batch(change, batch_id)
        clock.instant += timedelta(hours=1)
        with desk.read() as read:
            assert rows_at(read, Ticket, "ticket", imported) == {}
            assert rows_at(read, Ticket, "ticket", clock.instant) == {}


class TestNames:
    def test_a_customer_is_called_what_they_were_called_then(self, desk: Desk, clock: FixedClock):
        seed(desk)
        before = clock.instant
        clock.instant += timedelta(days=1)
        with desk.change() as change:
            services.edit_customer(change, 1, {"name": "Dana Park"})
        with desk.read() as read:
            assert names_at(read, "customer", "name", before, [1]) == {1: "Dana Kim"}
            assert names_at(read, "customer", "name", clock.instant) == {1: "Dana Park"}
        assert rows(desk, "customer")[1]["name"] == "Dana Park"
