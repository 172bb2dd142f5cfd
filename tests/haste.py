"""What the suite need not pay for: outliving a power cut, looking for garbage all the time, compiling again and again.

What is looked at stays as it is shipped: only how durable, how soon tidied and how often compiled it is differs.
"""

import gc
import os
import sys
from typing import Any

from agentdesk.store import sqlite
from agentdesk.store.location import Location

AS_SHIPPED = sqlite.WRITE_PRAGMAS
"""How a store is written outside of the tests."""
SELDOM = (20_000, 20, 50)
"""A console under test makes and drops thousands of objects that lie in circles; as shipped, a fifth of all the
processor's time went into looking for them."""


def make_haste() -> None:
    """All of it that a process can do when it begins."""
    write_in_haste()
    compile_once()
    share_statements()


def write_in_haste() -> None:
    """Let SQLite stores of this process not wait for the disk; only a power cut could tell the difference."""
    sqlite.WRITE_PRAGMAS = tuple(
        "synchronous=OFF" if one.startswith("synchronous=") else one for one in AS_SHIPPED
    )


def look_seldom_for_garbage() -> None:
    """Look for it seldom, and never again at what is there now: modules and the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def compile_once() -> None:
    """Keep what is compiled, here and in the many processes that tests start, even where the caller does not."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def share_statements() -> None:
    """Let every store's engine find the SQL that another one on the same kind of database has compiled.

    A program has one engine, a test session has thousands, and each would compile every statement for itself.
    """
    from sqlalchemy.engine.default import DefaultDialect

    from agentdesk.store import engine

    made, first = engine.writing_engine, dict[bool, Any]()

    def writing_engine(location: Location) -> Any:
        new = made(location)
        new._compiled_cache = first.setdefault(location.is_sqlite, new._compiled_cache)
        return new

    engine.writing_engine = writing_engine
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)
    DefaultDialect.__hash__ = lambda one: hash(type(one))
