"""The writing side: one engine a store, every transaction immediate, and a fair wait for the pen.

SQLite alone waits badly (the longest wait starves); a short jittered sleep lets every writer have its turn.
"""

import random
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from agentdesk.domain.errors import StoreError
from agentdesk.store import sqlite
from agentdesk.store.location import Location

WAIT_SECONDS = 20.0


def writing_engine(location: Location) -> Engine:
    """An engine whose transactions may write. Error messages never carry the values of rows."""
    if location.path is None:
        url = str(location.url).replace("postgresql://", "postgresql+psycopg://", 1)
        return create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,  # a console is open for days, and its server may have been away since the last write
            connect_args={"options": "-c timezone=UTC"},
        )
    engine = create_engine(
        f"sqlite:///{location.path}",
        module=sqlite.driver(),
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def _settings(connection: Any, _record: object) -> None:
    for pragma in sqlite.WRITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > deadline:
                raise StoreError(_told(error)) from None
            time.sleep(random.uniform(0.001, 0.02))  # noqa: S311  a jitter, not a secret
        else:
            return


def _told(error: OperationalError) -> str:
    if "locked" in str(error.orig):
        return f"The store has been busy for {WAIT_SECONDS:.0f} s with somebody else's work. Nothing was saved: try again."
    return f"The store cannot be written: {error.orig}. Nothing was saved."
