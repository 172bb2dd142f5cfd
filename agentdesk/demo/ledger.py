"""Rows of tables and of the journal, written the way `Change.record` writes them, only many at once.

Law: folding the `after` of a row's journal from its creation on gives the row as it stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import SQLModel

from agentdesk.domain.events import Event
from agentdesk.models import Ticket
from agentdesk.store import history
from agentdesk.store.derived import DERIVED, TAGGED, derive, tag_rows

Row = dict[str, Any]


@dataclass(slots=True)
class Ledger:
    """Everything that will be inserted."""

    rows: dict[type[SQLModel], list[Row]] = field(default_factory=dict)
    journal: list[Row] = field(default_factory=list)
    tags: list[Row] = field(default_factory=list)

    def add(self, model: type[SQLModel], row_id: int, at: datetime, /, **values: Any) -> Row:
        """A whole new row, its other columns at their defaults; `note` or `open_with` journals it."""
        row = {**_blank(model), **values, "id": row_id}
        for name in ("created_at", "updated_at"):
            if name in model.model_fields:
                row[name] = values.get(name) or at
        self.rows.setdefault(model, []).append(row)
        return row

    def created(
        self,
        model: type[SQLModel],
        row: Row,
        event: Event,
        actor_id: int | None,
        at: datetime,
        *,
        is_main: bool = True,
        reason: str = "",
    ) -> None:
        """Journal the birth of a row with all its values."""
        after = {name: history.encode(row[name]) for name in _journaled(model)}
        self._write(model, row, event, actor_id, at, is_main=is_main, before=None, after=after, reason=reason)

    def mentioned(
        self, ticket_id: int, event: Event, actor_id: int | None, at: datetime, reason: str
    ) -> None:
        """Journal on a ticket what happened to another one; none of its fields has moved."""
        row = {"id": ticket_id}
        self._write(Ticket, row, event, actor_id, at, is_main=False, before=None, after=None, reason=reason)

    def changed(
        self,
        model: type[SQLModel],
        row: Row,
        event: Event,
        actor_id: int | None,
        *,
        at: datetime,
        values: Mapping[str, Any],
        is_main: bool = True,
        reason: str = "",
    ) -> None:
        """Set values and journal those that differ; a main row is journaled even where none does."""
        changes = {name: value for name, value in values.items() if row[name] != value}
        if not changes and not is_main:
            return
        before = {name: history.encode(row[name]) for name in changes} or None
        after = {name: history.encode(value) for name, value in changes.items()} or None
        row.update(changes)
        if changes:
            row["updated_at"] = at
            row["version"] += 1
        self._write(
            model, row, event, actor_id, at, is_main=is_main, before=before, after=after, reason=reason
        )

    def told(self, event: Event, actor_id: int | None, at: datetime, **about: Any) -> None:
        """Journal what changed no field."""
        told = {"version": None, "before": None, "after": None, "is_main": True}
        self.journal.append({"at": at, "actor_id": actor_id, "event": event.value, **told, **about})

    def settle(self) -> None:
        """Set what is derived and put the journal into the order of the world."""
        for model, rows in self.rows.items():
            entity = str(model.__tablename__)
            for row in rows:
                row.update(derive(entity, row))
                if entity in TAGGED:
                    self.tags += tag_rows(entity, row["id"], row["tags"])
        self.journal.sort(key=lambda entry: entry["at"])

    def _write(
        self,
        model: type[SQLModel],
        row: Row,
        event: Event,
        actor_id: int | None,
        at: datetime,
        *,
        is_main: bool,
        before: Row | None,
        after: Row | None,
        reason: str,
    ) -> None:
        entity = str(model.__tablename__)
        self.journal.append(
            {
                "at": at,
                "actor_id": actor_id,
                "event": event.value,
                "is_main": is_main,
                "entity": entity,
                "entity_id": row["id"],
                "version": row.get("version"),
                "ticket_id": row["id"] if entity == "ticket" else row.get("ticket_id"),
                "customer_id": row["id"] if entity == "customer" else row.get("customer_id"),
                "before": before,
                "after": after,
                "reason": reason,
            }
        )


def _blank(model: type[SQLModel]) -> Row:
    plain, made = _defaults(model)
    return {**plain, **{name: make() for name, make in made.items()}}


@cache
def _defaults(model: type[SQLModel]) -> tuple[Row, Mapping[str, Callable[[], Any]]]:
    """The defaults of a model, and what makes those that must not be shared."""
    fields = {name: one for name, one in model.model_fields.items() if not one.is_required()}
    made = {
        name: type(one.get_default(call_default_factory=True))
        for name, one in fields.items()
        if one.default_factory
    }
    return {name: one.default for name, one in fields.items() if name not in made}, made


@cache
def _journaled(model: type[SQLModel]) -> tuple[str, ...]:
    skipped = {"version", "updated_at", *DERIVED.get(str(model.__tablename__), ())}
    return tuple(name for name in model.model_fields if name not in skipped)
