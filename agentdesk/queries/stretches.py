"""An order in stretches that one index has in order: by band, by status, queue or assignee, or the empty ones last.

Each stretch is walked to its end before the next one, so that a page begins where the one before has ended.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from agentdesk.domain.attention import Band, band
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.queries import bands
from agentdesk.queries.orders import Key, Sort, Where
from agentdesk.store.reader import Reader

_IN_BANDS = (*bands.WARNED, Band.RUNNING)
"""The parts of the queue in their order; the last one holds everything that is in none of the others."""
_FEW = frozenset({Band.CRITICAL, Band.AT_RISK})
_NAMES = {
    "queue_id": ("queue", "SELECT id, name FROM queue ORDER BY name_key, id"),
    "assignee_id": ("assignee", "SELECT id, handle FROM agent ORDER BY handle"),
}
"""By column: what a row calls its value, and every value with that name."""


class Stretch(NamedTuple):
    """A part of a list.

    Attributes:
        where: its condition.
        columns: the order inside it.
        after: where in it to begin; None is its edge.
        is_sorted: whether the few rows of it are sorted after all, because they lie far apart in the index.
    """

    where: Where
    columns: tuple[str, ...]
    after: Key | None = None
    is_sorted: bool = False

    def in_order(self, *, is_sqlite: bool) -> list[str]:
        """The columns of the order; the plus tells SQLite to find the few first and to sort them then."""
        plus = "+" if is_sqlite and (self.is_sorted or self.where.is_few) else ""
        return [f"{plus}ticket.{column}" for column in (*self.columns, "id")]


class _Part(NamedTuple):
    where: Where
    columns: tuple[str, ...]
    holds: Callable[[Any], bool]
    is_sorted: bool = False


def stretches(
    read: Reader, where: Where, sort: Sort, after: Key | None, *, descending: bool
) -> Iterator[Stretch]:
    """What follows a key, stretch by stretch."""
    if sort.is_whole:
        yield Stretch(where, sort.columns, after)
        return
    parts = list(_parts(read, where, sort))
    if descending:
        parts.reverse()
    row = None if after is None else after.row
    begin = 0 if row is None else next((at for at, one in enumerate(parts) if one.holds(row)), 0)
    for at, part in enumerate(parts[begin:]):
        key = None
        if row is not None and at == 0:
            key = Key(tuple(getattr(row, column) for column in part.columns), row.id)
        yield Stretch(part.where, part.columns, key, part.is_sorted)


def _parts(read: Reader, where: Where, sort: Sort) -> Iterator[_Part]:
    if sort.by_band:
        yield from _by_band(where, sort, read.now)
    elif sort.by:
        yield from _by_value(read, where, sort)
    else:
        [column] = sort.columns
        told, blank = f"ticket.{column} IS NOT NULL", f"ticket.{column} IS NULL"
        yield _Part(_with(where, told), sort.columns, lambda row: getattr(row, column) is not None)
        rest = replace(_with(where, blank), filters=(*where.filters, blank))
        yield _Part(rest, ("attention_key",), _is_called(column, None))


def _by_band(where: Where, sort: Sort, now: datetime) -> Iterator[_Part]:
    for one in _IN_BANDS:
        if where.bands & {one} if one in bands.WARNED else where.bands - set(bands.WARNED):
            yield _Part(_within(where, one, now), sort.columns, _in_band(one, now), one in _FEW)


def _in_band(wanted: Band, now: datetime) -> Callable[[Any], bool]:
    def holds(row: Any) -> bool:
        """What is solved keeps its instants and is warned of no more."""
        stands = band(row, now) if row.status in UNSOLVED else Band.NONE
        return stands is wanted if wanted in bands.WARNED else stands not in bands.WARNED

    return holds


def _by_value(read: Reader, where: Where, sort: Sort) -> Iterator[_Part]:
    if sort.by in _NAMES:
        name, sql = _NAMES[sort.by]
        known: list[tuple[Any, ...]] = [*read.tuples(sql), (None, None)]
    else:
        name, known = sort.by, [(one.value, one.value) for one in UNSOLVED]
    for value, called in known:
        part = (
            _with(where, f"ticket.{sort.by} IS NULL")
            if value is None
            else _with(where, f"ticket.{sort.by} = :part", part=value)
        )
        yield _Part(part, sort.columns, _is_called(name, called))


def _is_called(name: str, called: Any) -> Callable[[Any], bool]:
    return lambda row: bool(getattr(row, name) == called)


def _with(where: Where, condition: str, **params: Any) -> Where:
    asked = where.sql if " OR " not in where.sql else f"({where.sql})"
    return replace(where, sql=f"{asked} AND {condition}", params={**where.params, **params})


def _within(where: Where, one: Band, now: datetime) -> Where:
    params = dict(where.params)

    def bind(value: Any) -> str:
        name = f"band_{len(params)}"
        params[name] = value
        return f":{name}"

    told = bands.conditions(one, now, bind)
    warned = ["ticket.is_open"] if one in bands.WARNED else []
    if not warned and not where.is_open:  # what is solved keeps its instants, and is in no other part
        told = [f"(NOT ticket.is_open OR {' AND '.join(told)})"]
    return replace(_with(where, " AND ".join([*warned, *told])), params=params, bands=frozenset({one}))
