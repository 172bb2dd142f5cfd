"""Two or many customers become one: everything that points at those who go points at the survivor then.

The rows that go stay, empty of ways to reach them, and say into whom they were merged; their external ids stay with
them, so that what still names them finds the survivor. One change, so one undo brings every row back.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import SQLModel, col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.customer_merging import (
    FIELDS,
    REACHED_BY,
    TOGETHER,
    CustomerMergeError,
    Party,
    first_with,
    together,
    why_not,
)
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.models import Agreement, ContactPoint, Customer, DistinctPair
from agentdesk.services.customers import set_customer_field
from agentdesk.services.edits import agent_id
from agentdesk.store.change import Change

Table = TypeVar("Table", bound=SQLModel)
Picks = Mapping[str, int | str]
"""By field of `FIELDS`: the id of the customer whose value it takes, or the text itself."""


def merge_customers(
    change: Change,
    source_ids: Sequence[int],
    into_id: int,
    *,
    picks: Picks | None = None,
    versions: Mapping[int, int] | None = None,
) -> Customer:
    """Let customers become part of another one, with all that points at them.

    Args:
        change: the transaction.
        source_ids: those that go.
        into_id: the one that stays.
        picks: what it is to be, where that is not what `domain.customer_merging` says.
        versions: what the caller saw, by id; of those that are missing any version will do.

    Raises:
        CustomerMergeError: one of them was merged before, or is merged into itself.
        ConflictError: somebody changed one of them meanwhile.
        InvalidValueError: a field that cannot be picked, or a text it cannot hold.
        NotPermittedError: an agreement would move, and the actor may not touch those.
    """
    change.actor.require(Permission.WORK)
    seen, chosen = versions or {}, dict(picks or {})
    ids = sorted({into_id, *source_ids})  # in one order, so that two who merge the same people wait in turn
    rows = {one: change.get(Customer, one, seen.get(one)) for one in ids}
    into, sources = rows[into_id], [rows[one] for one in dict.fromkeys(source_ids)]
    if refusal := why_not([_party(one) for one in sources], _party(into)):
        raise CustomerMergeError(refusal)
    _check(chosen, rows)
    _move(change, [one.id or 0 for one in sources], into_id)
    _gather_ways(change, [into, *sources], chosen)
    _fill(into, sources, chosen)
    _hand_over_id(change, into, sources, chosen.pop("external_id", None))
    for source in sources:
        source.merged_into_id = into_id
        source.email = source.phone = None
    for field, text in chosen.items():
        if isinstance(text, str):
            _say(change, into, field, text)
    reason = ", ".join(f"{one.name} ({one.id})" for one in sources)
    change.record(Event.CUSTOMER_MERGED, into, reason=reason)
    return into


def call_distinct(change: Change, one_id: int, other_id: int, *, reason: str = "") -> DistinctPair | None:
    """Say that two customers are two people, so that nobody is asked again; None where that was said before.

    Raises:
        CustomerMergeError: it is one and the same, or one of them was merged.
    """
    change.actor.require(Permission.WORK)
    low, high = sorted((one_id, other_id))
    rows = [change.get(Customer, one) for one in (low, high)]
    if refusal := why_not([_party(rows[0])], _party(rows[1])).replace("merged into itself", "two people"):
        raise CustomerMergeError(refusal)
    if change.find(DistinctPair, DistinctPair.customer_id == low, DistinctPair.other_id == high):
        return None
    pair = DistinctPair(
        customer_id=low,
        other_id=high,
        agent_id=change.actor.id,
        reason=reason.strip(),
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(pair)
    change.record(Event.CUSTOMER_DISTINCT, pair, reason=reason.strip())
    return pair


def pointers() -> list[tuple[type[SQLModel], str]]:
    """Every column of every table that points at a customer, by the foreign keys themselves."""
    models = {str(one.class_.__tablename__): one.class_ for one in inspect(Customer).registry.mappers}
    return [
        (models[table.name], column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "customer" for key in column.foreign_keys)
    ]


def _party(row: Customer) -> Party:
    return Party(row.id or 0, row.name, row.merged_into_id)


def _check(picks: Picks, rows: Mapping[int, Customer]) -> None:
    for field, pick in picks.items():
        if field not in FIELDS:
            raise InvalidValueError("field", field, sorted(FIELDS))
        if isinstance(pick, int) and pick not in rows:
            raise InvalidValueError(
                field, pick, [str(one) for one in rows], "Name one of those that are merged."
            )


def _move(change: Change, gone: Sequence[int], into_id: int) -> None:
    """Point everything but ways to reach people at the survivor."""
    for model, column in pointers():
        if model is ContactPoint or model is DistinctPair:
            continue
        rows = _pointing(change, model, column, gone)
        if rows and model is Agreement:
            change.actor.require(Permission.CONFIGURE)
        for row in rows:
            setattr(row, column, into_id)
        change.session.flush()
    _move_distinctions(change, gone, into_id)


def _pointing(change: Change, model: type[Table], column: str, ids: Sequence[int]) -> Sequence[Table]:
    keys = inspect(model).primary_key
    wanted = select(model).where(col(getattr(model, column)).in_(ids)).order_by(*keys).with_for_update()
    return change.session.exec(wanted).all()


def _move_distinctions(change: Change, gone: Sequence[int], into_id: int) -> None:
    """Whoever was called distinct of one that goes is distinct of the survivor; said twice, it is kept once."""
    there = {(one.customer_id, one.other_id) for one in change.find_all(DistinctPair)}
    ends = ("customer_id", "other_id")
    pairs = {row.id: row for column in ends for row in _pointing(change, DistinctPair, column, gone)}
    for pair in pairs.values():
        low, high = sorted(into_id if one in gone else one for one in (pair.customer_id, pair.other_id))
        if low == high or (low, high) in there:
            change.session.delete(pair)
        else:
            there.add((low, high))
            pair.customer_id, pair.other_id = low, high
        change.session.flush()


def _gather_ways(change: Change, sides: Sequence[Customer], picks: Picks) -> None:
    """Give the survivor every way to reach the others, where each came from included; the same way twice is one."""
    into = sides[0]
    points = {one.id: change.find_all(ContactPoint, ContactPoint.customer_id == one.id) for one in sides}
    own, leads = _leads(sides[:1], points, {}), _leads(sides, points, picks)
    known: dict[tuple[str, str], ContactPoint] = {}
    for side in sides:
        for point in points[side.id]:
            same = known.setdefault((point.kind, point.normalised), point)
            if same is not point:
                same.label = same.label or point.label
                change.session.delete(point)
            assert into.id is not None
            point.customer_id = into.id if same is point else point.customer_id
    for kind in REACHED_BY - leads.keys():  # told of nobody as a way, but in a row of the old days perhaps
        setattr(into, kind, next((value for one in sides if (value := getattr(one, kind))), None))
    for kind, key in leads.items():
        for point in known.values():
            if point.kind == kind:
                point.is_primary = point.normalised == key
        if kind in REACHED_BY and key != own.get(kind):
            value = known[kind, key].value if key is not None else None
            setattr(into, kind, key if kind == "email" else value)
    change.session.flush()


def _leads(
    sides: Sequence[Customer], points: Mapping[int | None, Sequence[ContactPoint]], picks: Picks
) -> dict[str, str | None]:
    """The primary way of each kind: of the side that was picked, else of the first that has one."""
    found: dict[str, str | None] = {}
    for side in sides:
        for point in points[side.id]:
            if point.is_primary:
                found.setdefault(point.kind, point.normalised)
    for kind in REACHED_BY:
        if isinstance(picks.get(kind), int):
            own = [one for one in points[int(picks[kind])] if one.kind == kind and one.is_primary]
            found[kind] = own[0].normalised if own else None
    return found


def _fill(into: Customer, sources: Sequence[Customer], picks: Picks) -> None:
    """Set the fields of the survivor that are no way to reach it and no id."""
    sides = [into, *sources]
    by_id = {one.id: one for one in sides}
    for field, columns in FIELDS.items():
        if field in REACHED_BY or field == "external_id":
            continue
        pick, values = picks.get(field), [getattr(one, columns[0]) for one in sides]
        if isinstance(pick, int):
            side = by_id[pick]
        elif field in TOGETHER:
            setattr(into, field, together(field, values))
            continue
        else:
            side = sides[first_with(values)]
        for column in columns:
            setattr(into, column, getattr(side, column))
    for source in sources:
        into.extra = {**source.extra, **into.extra}
    into.name_key = name_key(into.name)


def _hand_over_id(
    change: Change, into: Customer, sources: Sequence[Customer], pick: int | str | None
) -> None:
    """Let the survivor have the id that was picked, or one where it had none; its own then stays with that side."""
    sides = [into, *sources]
    if isinstance(pick, str):
        into.external_id = pick.strip() or None
        return
    ids = [one.external_id for one in sides]
    place = first_with(ids) if pick is None else [one.id for one in sides].index(pick)
    if place == 0 or ids[place] is None:
        return
    sides[place].external_id = None
    change.session.flush()  # no two may have it at any time
    into.external_id = ids[place]
    change.session.flush()
    sides[place].external_id = ids[0]


def _say(change: Change, into: Customer, field: str, text: str) -> None:
    """Set a field to what was typed."""
    value: Any = text.strip()
    if field == "tags":
        value = [tag.strip() for tag in text.split(",") if tag.strip()]
    elif field == "do_not_contact":
        value = value.lower() in {"yes", "true", "1"}
    elif field == "owner":
        into.owner_since = into.owner_until = None
        set_customer_field(change, into, "owner_id", agent_id(change, value) if value else None)
        return
    elif field in {*REACHED_BY, "organization"}:
        value = value or None
    set_customer_field(change, into, field, value)
