"""A store is made, recognised and moved on; what is not ours or too new is refused in one sentence."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.errors import StoreError
from agentdesk.store import sqlite
from agentdesk.store.location import parse_location
from agentdesk.store.store import Store
from tests.haste import AS_SHIPPED


def test_a_migrated_store_is_what_the_models_say(desk: Desk) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    from agentdesk.store.migrations import env_options

    with desk.store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=env_options())
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_checks_of_a_migrated_store_are_those_of_the_models(desk: Desk) -> None:
    from sqlalchemy import CheckConstraint, inspect
    from sqlmodel import SQLModel

    found = inspect(desk.store.engine)
    for table in SQLModel.metadata.sorted_tables:
        told = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint) and c.name}
        assert {str(check["name"]) for check in found.get_check_constraints(table.name)} == told, table.name


def test_a_new_store_carries_our_mark_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store.open(str(tmp_path / "new" / "desk.db"))
        store.engine.connect().close()
    finally:
        os.umask(before)
    path = tmp_path / "new" / "desk.db"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for beside in path.parent.glob("desk.db-*"):
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA application_id").fetchone()[0] == sqlite.APPLICATION_ID
        assert raw.execute("PRAGMA user_version").fetchone()[0] == sqlite.SCHEMA_VERSION
        assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    store.close()


def test_every_writing_connection_survives_a_power_cut_by_its_settings(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_desk.close()  # what it has open was opened in haste
    monkeypatch.setattr(sqlite, "WRITE_PRAGMAS", AS_SHIPPED)
    with sqlite_desk.store.engine.connect() as connection:
        asked = ("synchronous", "foreign_keys", "trusted_schema", "secure_delete")
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert told == [2, 1, 0, 1]


def test_a_snapshot_cannot_write(sqlite_desk: Desk) -> None:
    with sqlite_desk.read() as read, pytest.raises(sqlite.driver().OperationalError, match="readonly"):
        read.tuples("DELETE FROM agent")


def test_opening_again_makes_nothing_new(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    assert Store.open(place).created
    assert not Store.open(place).created


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    Store.open(str(path)).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {sqlite.SCHEMA_VERSION + 1}")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.mkdir(), "is a directory"),
        (lambda path: path.write_text("name,email\nAnn,ann@example.com\n" * 50), "is not an AgentDesk store"),
        (foreign, "is a database of another program"),
        (newer, "was written by a newer AgentDesk"),
        (os.mkfifo, "is not a regular file"),
    ],
)
def test_a_store_that_cannot_be_ours_is_refused_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    path = tmp_path / "desk.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=told):
        Store.open(str(path))
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_an_unknown_scheme_and_an_unreachable_server_are_refused() -> None:
    with pytest.raises(StoreError, match="mysql is no store of ours"):
        Store.open("mysql://root@localhost/desk")
    with pytest.raises(StoreError, match="cannot be reached"):
        Store.open("postgresql://nobody:secret@127.0.0.1:1/desk")


def test_a_password_is_never_shown() -> None:
    assert "secret" not in str(parse_location("postgresql://ana:secret@127.0.0.1/desk"))


@pytest.mark.parametrize(
    ("version", "bad"),
    [
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 45, 1), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 53, 4), False),
    ],
)
def test_the_versions_with_the_wal_reset_bug_are_known(version: tuple[int, int, int], bad: bool) -> None:
    assert sqlite.has_wal_reset_bug(version) is bad
