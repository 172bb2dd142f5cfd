"""A store of an earlier version moves on when it is opened, and keeps every row it had."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries import tickets
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import SORTS
from agentdesk.settings import Settings
from agentdesk.store import schema, sqlite
from agentdesk.store.engine import writing_engine
from agentdesk.store.location import Location, parse_location
from agentdesk.store.store import Store
from tests.postgres import database, run

AGENT = (
    "INSERT INTO agent (created_at, updated_at, version, handle, name, role, is_active) "
    "VALUES ('2026-03-01 08:00:00.000000', '2026-03-01 08:00:00.000000', 3, 'ana', 'Ana', 'admin', true)"
)
QUEUE = (
    "INSERT INTO queue (created_at, updated_at, version, name, name_key, description, is_active) "
    "VALUES ('2026-03-01 08:00:00.000000', '2026-03-01 08:00:00.000000', 1, 'Billing', 'billing', 'VAT', true)"
)
CHANGE = (
    "INSERT INTO change (at, actor_id, origin, summary) "
    "VALUES ('2026-03-01 08:00:00.000000', 1, 'cli', 'add queue Billing')"
)
JOURNAL = (
    "INSERT INTO journal (change_id, at, actor_id, event, is_main, entity, entity_id, reason) "
    "VALUES (1, '2026-03-01 08:00:00.000000', 1, 'queue.changed', true, 'queue', 1, '')"
)
KEPT = ("agent", "queue", "change", "journal")


def make_first_version(location: Location) -> dict[str, list[object]]:
    """A store as the first schema left it, with some rows; what it holds."""
    if location.path is not None:
        sqlite.create_file(location.path)
    engine = writing_engine(location)
    with engine.begin() as connection:
        schema.upgrade(connection, "0001")
        schema._first_rows(connection)
        for statement in (AGENT, QUEUE, CHANGE, JOURNAL):
            connection.execute(text(statement))
        if location.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
            connection.exec_driver_sql("PRAGMA user_version = 1")
    engine.dispose()
    return rows(location)


def rows(location: Location) -> dict[str, list[object]]:
    engine = writing_engine(location)
    with engine.connect() as connection:
        found = {
            name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY id"))]
            for name in KEPT
        }
    engine.dispose()
    return found


@pytest.fixture(params=["sqlite", "postgres"])
def empty_place(request, tmp_path):
    if request.param == "sqlite":
        yield str(tmp_path / "old.db")
        return
    url, name = request.getfixturevalue("postgres"), f"old_{abs(hash(request.node.nodeid))}"
    run(url, f"CREATE DATABASE {name}")
    yield database(url, name)
    run(url, f"DROP DATABASE {name} WITH (FORCE)")


def test_a_store_of_version_one_moves_on_and_keeps_its_rows(empty_place, clock: FixedClock):
    from agentdesk import services
    from agentdesk.queries.calendars import calendars

    location = parse_location(empty_place)
    before = make_first_version(location)
    assert all(before.values())
    store = Store.open(empty_place)
    assert not store.created
    assert rows(location) == before
    desk = Desk(store, Settings(store=empty_place), clock, DESK, Origin.CLI)
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
    with desk.read() as read:
        assert [one.ref for one in calendars(read)] == ["UK@1"]
        if location.is_sqlite:
            assert read.value("PRAGMA user_version") == sqlite.SCHEMA_VERSION
        else:
            assert int(read.value("SELECT version_num FROM alembic_version")) == sqlite.SCHEMA_VERSION
    desk.close()


def test_every_numbered_step_is_one_schema_version():
    from pathlib import Path

    steps = Path(schema.__file__).parent / "migrations" / "versions"
    numbers = sorted(int(re.match(r"m(\d{4})_", one.name)[1]) for one in steps.glob("m*.py"))
    assert numbers == list(range(1, sqlite.SCHEMA_VERSION + 1))


def test_no_id_is_given_twice_in_any_table_that_an_undo_takes_rows_from(sqlite_desk: Desk):
    """The migrations have to say it; the comparison of a migrated store with the models does not see it."""
    from sqlmodel import SQLModel

    said = {
        name
        for name, table in SQLModel.metadata.tables.items()
        if table.dialect_options["sqlite"]["autoincrement"]
    }
    with sqlite_desk.read() as read:
        found = read.tuples(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        )
    assert {name for (name,) in found} == said


TICKET = (
    "INSERT INTO ticket (id, created_at, updated_at, version, source, subject, type, status, priority, channel, "
    "category, tags, due_at, waiting_for, waiting_since, reopen_count, reply_count, is_spam, is_escalated, extra, is_open, "
    "priority_rank, attention_key) VALUES ({id}, '2026-03-01 08:00:00.000000', '2026-03-01 08:00:00.000000', 1, '', "
    "'Cup', 'question', '{status}', 'high', 'email', '', '[]', '2026-03-01 12:00:00.000000', '', "
    "'2026-03-01 08:00:00.000000', 0, 0, false, false, '{{}}', {is_open}, 2, '20260301120000220260301080000')"
)


def test_tickets_of_an_earlier_version_find_their_place_in_the_order(empty_place: str) -> None:
    from agentdesk.domain.attention import attention_key, promise_standing

    location = parse_location(empty_place)
    make_first_version(location)
    engine = writing_engine(location)
    with engine.begin() as connection:
        connection.exec_driver_sql(TICKET.format(id=1001, status="open", is_open="true"))
        connection.exec_driver_sql(TICKET.format(id=1002, status="solved", is_open="false"))
    engine.dispose()
    store = Store.open(empty_place)
    now = datetime(2026, 3, 1, 12, 1, tzinfo=UTC)
    with store.read(now) as read:
        listed = tickets.page(
            read, compile_query(read, "is:breached", ZoneInfo("UTC")).where, SORTS["attention"]
        )
        keys = dict(read.tuples("SELECT id, attention_key FROM ticket"))
    store.close()
    assert [(one.id, one.next_metric) for one in listed] == [(1001, "promise")]
    due, since = now.replace(hour=12, minute=0), now.replace(hour=8, minute=0)
    assert keys == {
        1001: attention_key(promise_standing(due), "high", 9, since),
        1002: attention_key(promise_standing(None), "high", 9, since),
    }
