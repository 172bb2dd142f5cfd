"""The schema of a store: made, moved on, and never written by a program that is older than it.

SQLite keeps the version in `user_version`, so that opening costs no import of the migration tool.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from agentdesk.domain.errors import StoreError
from agentdesk.store import fulltext, sqlite
from agentdesk.store.engine import writing_engine
from agentdesk.store.location import Location

FIRST_TICKET = 1001


def prepare(location: Location) -> bool:
    """Make the store ready for use; True when it was created just now.

    Raises:
        StoreError: the place is unfit, not ours, or newer than this program.
    """
    if location.path is not None:
        sqlite.check_place(location.path)
        is_new = not location.path.exists() or location.path.stat().st_size == 0
        if not is_new and sqlite.schema_version(location.path) == sqlite.SCHEMA_VERSION:
            return False
        sqlite.create_file(location.path)
        return _move_on(location)
    return _prepare_postgres(location)


def _prepare_postgres(location: Location) -> bool:
    engine = _reachable(location)
    try:
        with engine.connect() as connection:
            known = connection.execute(text("SELECT to_regclass('alembic_version')")).scalar()
            current = None
            if known:
                current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    finally:
        engine.dispose()
    if current is not None and int(current) > sqlite.SCHEMA_VERSION:
        raise StoreError(f"{location} was written by a newer AgentDesk (schema {int(current)}). Update.")
    if current is None or int(current) < sqlite.SCHEMA_VERSION:
        return _move_on(location)
    return False


def _reachable(location: Location) -> Engine:
    try:
        engine = writing_engine(location)
        engine.connect().close()
    except ImportError:
        raise StoreError("PostgreSQL needs its driver: pip install 'agentdesk[postgres]'.") from None
    except Exception as error:  # noqa: BLE001  every driver has its own tree of errors
        told = str(error).strip().splitlines()[0]
        raise StoreError(f"{location} cannot be reached: {told}") from None
    return engine


def _move_on(location: Location) -> bool:
    """Bring the schema up to date; True where there was none, as in the file that a killed process left."""
    engine = writing_engine(location)
    try:
        with engine.begin() as connection:
            created = not inspect(connection).has_table("alembic_version")
            upgrade(connection)
            if created:
                _first_rows(connection)
            if location.is_sqlite:
                connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {sqlite.SCHEMA_VERSION}")
        return created
    finally:
        engine.dispose()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run every migration the store has not seen up to `revision`, inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415  only a store that moves on pays for Alembic
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _first_rows(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for statement in fulltext.create_statements():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            f"INSERT INTO sqlite_sequence(name, seq) VALUES ('ticket', {FIRST_TICKET - 1})"
        )
    else:
        connection.execute(text(f"ALTER SEQUENCE ticket_id_seq RESTART WITH {FIRST_TICKET}"))
