"""What the suite need not pay for: that a store outlives a power cut, and garbage looked for many times a second."""

import gc

from agentdesk.store import sqlite

AS_SHIPPED = sqlite.WRITE_PRAGMAS
"""How a store is written outside of the tests."""
SELDOM = (20_000, 20, 50)
"""A console under test makes and drops thousands of objects that lie in circles; as shipped, a fifth of all the
processor's time went into looking for them."""


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
