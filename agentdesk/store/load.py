"""The shortest way into the tables for a bulk load, inside a change: the driver's own `executemany`.

Nothing here is silent: whoever adds rows calls `journal_made`, whoever changes rows calls `journal`, and full text is
forgotten before and learnt after. `bulk.py` does all of that by itself, for loads of ordinary size.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime
from sqlmodel import SQLModel

from agentdesk.domain.events import Event
from agentdesk.domain.instants import to_iso, to_store
from agentdesk.store import fulltext
from agentdesk.store.change import Change
from agentdesk.store.derived import DERIVED

_LOG_PAGES = 8000
"""Pages of write-ahead log, 32 MB, before a loading connection moves them into the file."""
_AT_ONCE = 20
"""Rows of one statement: SQLite begins and ends each one anew, which takes as long as three short rows."""
_JOURNAL = "change_id, at, actor_id, event, is_main, entity, entity_id, version, ticket_id, customer_id, before, after, reason"


def among(column: str, param: str, *, is_sqlite: bool) -> str:
    """SQL that is true where `column` is in the list bound to `:param` by `bind_list`."""
    if is_sqlite:
        return f"{column} IN (SELECT value FROM json_each(:{param}))"
    return f"{column} = ANY(:{param})"


def bind_list(values: Iterable[str] | Iterable[int], *, is_sqlite: bool) -> Any:
    """What to bind for `among`; sorted, so that an index is walked in its own order."""
    listed = sorted(values)
    return json.dumps(listed, ensure_ascii=False) if is_sqlite else listed


def insert_grouped(run: Callable[..., Any], start: str, one: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows into SQLite, many with one statement.

    Args:
        run: `executemany` of a cursor or connection.
        start: the statement up to its rows.
        one: the places of one row: `(?, ?, 1)`.
        rows: the values.
    """
    whole = len(rows) - len(rows) % _AT_ONCE
    if whole:
        each = chain.from_iterable(rows[:whole])
        run(start + ", ".join([one] * _AT_ONCE), zip(*[each] * (_AT_ONCE * len(rows[0])), strict=True))
    if rows[whole:]:
        run(start + one, rows[whole:])


class Load:
    """Driver-level statements of one change.

    Attributes:
        change: the transaction everything happens in.
    """

    def __init__(self, change: Change) -> None:
        """Begin inside an open change."""
        self.change = change
        self._cursor = change.session.connection().connection.cursor()
        if (
            change.is_sqlite
        ):  # else nearly every commit of a load copies its pages into the file and waits for the disk
            self._cursor.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")

    def lock(self, *tables: str) -> None:
        """Keep other writers out of some tables until the end; SQLite has one writer anyhow."""
        if not self.change.is_sqlite:
            self._cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")

    def tuples(self, sql: str, params: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Run a portable query with `:name` parameters."""
        return self.change.sql(sql, params).all()  # type: ignore[no-any-return]

    def instant(self, at: datetime) -> Any:
        """An instant as the driver takes it."""
        return to_store(at) if self.change.is_sqlite else at

    def flag(self, value: bool) -> int | bool:
        """A truth as the driver takes it: SQLite's is twice as slow on one that is no plain number."""
        return int(value) if self.change.is_sqlite else value

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement with `?` for its values once for each row."""
        if rows:
            self._cursor.executemany(sql if self.change.is_sqlite else sql.replace("?", "%s"), rows)

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        alike: Mapping[str, datetime | bool | int | str] | None = None,
    ) -> None:
        """Insert rows.

        Args:
            table: where.
            columns: what each row holds, in order; JSON is given as text.
            rows: the values.
            alike: columns that are the same in every row: cheaper said once than bound a row.
        """
        said = alike or {}
        one = f"({', '.join([*'?' * len(columns), *map(self._literal, said.values())])})"
        start = f"INSERT INTO {table} ({', '.join((*columns, *said))}) VALUES "
        if self.change.is_sqlite:
            insert_grouped(self._cursor.executemany, start, one, rows)
        else:
            self.many(start + one, rows)

    def _literal(self, value: datetime | bool | int | str) -> str:
        if isinstance(value, datetime):
            value = str(self.instant(value))
        return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value).upper()

    def reserve(self, table: str, count: int) -> Sequence[int]:
        """Ids for `count` new rows, ascending; on SQLite never one that the journal knows already."""
        if not count:
            return ()
        if self.change.is_sqlite:
            sql = (
                f"SELECT max(coalesce((SELECT max(id) FROM {table}), 0), "
                "coalesce((SELECT max(entity_id) FROM journal WHERE entity = :entity), 0))"
            )
            first = int(self.change.sql(sql, {"entity": table}).scalar()) + 1
            return range(first, first + count)
        sql = f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, :count)"
        return sorted(int(row_id) for (row_id,) in self.change.sql(sql, {"count": count}))

    def journal_made(self, table: str, ids: Sequence[int], event: Event, *, is_main: bool) -> None:
        """Journal rows that this change has just inserted: the database itself writes down what they hold.

        Args:
            table: an entity whose `created_at` is the instant of the change itself.
            ids: of the new rows, ascending.
            event: what to call it.
            is_main: whether the event is about these rows, or they only belong to the row it is about.
        """
        if not ids:
            return
        version, ticket, customer, after = _shape(table, is_sqlite=self.change.is_sqlite, is_new=True)
        self.change.sql(
            f"INSERT INTO journal ({_JOURNAL}) SELECT {self._number(event)}, :at, "
            f"{self.change.actor.id or 'NULL'}, '{event.value}', {is_main}, '{table}', id, {version}, {ticket}, "
            f"{customer}, NULL, {after}, '' FROM {table} WHERE {_within(ids)} ORDER BY id",
            {"at": self.instant(self.change.at), "created": to_iso(self.change.at)},
        )

    def journal_gone(self, table: str, ids: Sequence[int], event: Event) -> None:
        """Journal rows that are about to be deleted, with all that they hold.

        Args:
            table: an entity.
            ids: of the rows, ascending.
            event: what to call it.
        """
        if not ids:
            return
        version, ticket, customer, before = _shape(table, is_sqlite=self.change.is_sqlite, is_new=False)
        self.change.sql(
            f"INSERT INTO journal ({_JOURNAL}) SELECT {self._number(event)}, :at, "
            f"{self.change.actor.id or 'NULL'}, '{event.value}', TRUE, '{table}', id, {version}, {ticket}, "
            f"{customer}, {before}, NULL, '' FROM {table} WHERE {_within(ids)} ORDER BY id",
            {"at": self.instant(self.change.at)},
        )

    def journal(self, rows: Iterable[Mapping[str, Any]], event: Event) -> None:
        """Journal changed rows.

        Args:
            rows: entity, entity_id, version, customer_id, is_main, before and after (both mappings or None).
            event: what to call it.
        """
        at, actor = self.instant(self.change.at), self.change.actor.id
        listed = [
            (
                at,
                actor,
                event.value,
                self.flag(row["is_main"]),
                row["entity"],
                row["entity_id"],
                row["version"],
                row["customer_id"],
                _json(row["before"]),
                _json(row["after"]),
            )
            for row in rows
        ]
        if listed:
            self.many(
                f"INSERT INTO journal ({_JOURNAL}) "
                f"VALUES ({self._number(event)}, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, '')",
                listed,
            )

    def forget(self, table: str, ids: Sequence[int]) -> None:
        """Take rows out of the full text, before they change."""
        if self.change.is_sqlite:
            fulltext.forget(self._cursor.execute, table, ids)

    def learn(self, table: str, ids: Sequence[int]) -> None:
        """Put rows into the full text, once they stand."""
        if self.change.is_sqlite:
            fulltext.learn(self._cursor.execute, table, ids)

    def _number(self, event: Event) -> int:
        if self.change.id is None:
            self.change.write_journal([], event)
        assert self.change.id is not None
        return self.change.id


@cache
def _shape(table: str, *, is_sqlite: bool, is_new: bool) -> tuple[str, str, str, str]:
    """SQL for version, ticket, customer and all journaled columns as JSON, of a row of `table`."""
    columns = SQLModel.metadata.tables[table].columns
    skipped = {"version", "updated_at", *DERIVED.get(table, ())}
    parts = [
        f"'{one.name}', {_json_of(one, is_sqlite=is_sqlite, is_new=is_new)}"
        for one in columns
        if one.name not in skipped
    ]
    make = "json_object" if is_sqlite else "json_build_object"
    return (
        "version" if "version" in columns else "NULL",
        "id" if table == "ticket" else "ticket_id" if "ticket_id" in columns else "NULL",
        "id" if table == "customer" else "customer_id" if "customer_id" in columns else "NULL",
        f"{make}({', '.join(parts)})",
    )


def _json_of(column: Any, *, is_sqlite: bool, is_new: bool) -> str:
    kind = getattr(column.type, "impl", column.type)
    if isinstance(kind, DateTime) and not (is_new and column.name == "created_at"):
        return _iso_of(column.name, is_sqlite=is_sqlite)
    if isinstance(kind, DateTime):
        return ":created" if is_sqlite else "CAST(:created AS text)"
    if is_sqlite and isinstance(kind, JSON):
        return f"json({column.name})"
    if is_sqlite and isinstance(kind, Boolean):
        return f"json(CASE WHEN {column.name} THEN 'true' ELSE 'false' END)"
    return str(column.name)


def _iso_of(column: str, *, is_sqlite: bool) -> str:
    """SQL for what `to_iso` makes of an instant as it is stored: a whole second shows no fraction."""
    if is_sqlite:
        day, hour, fraction = (f"substr({column}, {place})" for place in ("1, 10", "12, 8", "20"))
    else:
        day, hour, fraction = (f"to_char({column}, '{form}')" for form in ("YYYY-MM-DD", "HH24:MI:SS", ".US"))
    shown = f"CASE {fraction} WHEN '.000000' THEN '' ELSE {fraction} END"
    return f"{day} || 'T' || {hour} || {shown} || '+00:00'"


def _within(ids: Sequence[int]) -> str:
    if ids[-1] - ids[0] + 1 == len(ids):
        return f"id BETWEEN {int(ids[0])} AND {int(ids[-1])}"
    return f"id IN ({','.join(str(int(one)) for one in ids)})"


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value)
