"""The journal walked backwards: what tickets looked like at an instant."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agentdesk.store.reader import Reader, instant


@dataclass(slots=True)
class Past:
    """Every ticket with its journal, newest row first."""

    current: dict[int, dict[str, Any]] = field(default_factory=dict)
    rows: dict[int, list[tuple[datetime, dict[str, Any] | None, dict[str, Any]]]] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, read: Reader, *fields: str) -> "Past":
        """Read some fields of every ticket and the whole journal of tickets."""
        past = cls()
        for row_id, *values in read.tuples(f"SELECT id, {', '.join(fields)} FROM ticket"):
            past.current[row_id] = dict(zip(fields, values, strict=True))
        sql = (
            "SELECT entity_id, at, before, after FROM journal WHERE entity = 'ticket' AND after IS NOT NULL "
            "ORDER BY at DESC, id DESC"
        )
        for row_id, at, before, after in read.tuples(sql):
            when = instant(at)
            assert when is not None
            past.rows.setdefault(row_id, []).append((when, _dict(before), _dict(after) or {}))
        return past

    def at(self, when: datetime) -> dict[int, dict[str, Any]]:
        """The tickets that existed at an instant, as they were: each later row taken back, newest first."""
        found = {}
        for row_id, current in self.current.items():
            state = dict(current)
            for at, before, _after in self.rows[row_id]:
                if at <= when:
                    found[row_id] = state
                    break
                state |= {name: value for name, value in (before or {}).items() if name in state}
        return found


def _dict(value: Any) -> dict[str, Any] | None:
    return json.loads(value) if isinstance(value, str) else value
