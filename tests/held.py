"""What a store holds that people answer for: every journaled row, without what only counts how often it was changed."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

import agentdesk.models  # noqa: F401  every table is known by it
from agentdesk.store import sqlite
from agentdesk.store.flushes import UNJOURNALED

BESIDE = {"version", "updated_at", "notice.seen_at"}
"""How often and when a row was changed; and that a notice was put away, which is no change."""
KEPT = {"setting": "agent_id IS NULL OR key = 'signature'"}
"""Of a table only these rows: what is remembered about an agent, as a tour or a question, is no change; a signature is."""
Held = dict[str, list[tuple[Any, ...]]]


def held(place: str | Path) -> Held:
    """Every journaled row of a store, table by table."""
    with closing(sqlite.connect(Path(place), read_only=True)) as store:
        return {
            table.name: store.execute(
                f"SELECT {_columns(table)} FROM {table.name} WHERE {KEPT.get(table.name, '1')} ORDER BY 1, 2"
            ).fetchall()
            for table in SQLModel.metadata.sorted_tables
            if table.name not in UNJOURNALED
        }


def _columns(table: Any) -> str:
    return ", ".join(one.name for one in table.columns if not {one.name, f"{table.name}.{one.name}"} & BESIDE)


def apart(one: Held, other: Held) -> list[str]:
    """The tables in which two stores differ, each with a row that is only in one of them."""
    return [
        f"{name}: {next(iter(set(map(repr, one[name])) ^ set(map(repr, other[name]))), 'another order')}"
        for name in one
        if one[name] != other[name]
    ]
