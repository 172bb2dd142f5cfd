"""What merging customers would do: who stays, what each side says field by field, and what moves, in exact numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from agentdesk.domain.customer_merging import (
    FIELDS,
    REACHED_BY,
    TOGETHER,
    Party,
    first_with,
    outcome,
    why_not,
)
from agentdesk.domain.fields import field_named
from agentdesk.queries.customers import CustomerDetail, customer_detail
from agentdesk.queries.past import chunks
from agentdesk.store.reader import Reader

MOVES: Final = (
    ("ticket", "customer_id", "ticket", "tickets"),
    ("message", "customer_id", "message", "messages"),
    ("interaction", "customer_id", "call or visit", "calls and visits"),
    ("contact_point", "customer_id", "address or number", "addresses and numbers"),
    ("sales_order", "customer_id", "order", "orders"),
    ("feedback", "customer_id", "rating", "ratings"),
    ("agreement", "customer_id", "agreement", "agreements"),
    ("customer", "merged_into_id", "customer merged before", "customers merged before"),
)
"""Table and column that point at a customer, and what one and many of its rows are called."""
SAID_APART: Final = "distinct_pair"
"""Points at customers too, and is told in a sentence of its own."""
_APART: Final = (
    "SELECT count(*) FROM distinct_pair WHERE customer_id IN ({ids}) AND other_id IN ({ids}) "
    "AND (customer_id = :into OR other_id = :into)"
)


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of all sides.

    Attributes:
        name: as `FIELDS` has it.
        label: as people read it.
        values: of each side, the survivor first, as people read them.
        choice: whose value is taken where nobody chooses; None where all have a part in it.
        outcome: what it will be then.
    """

    name: str
    label: str
    values: tuple[str, ...]
    choice: int | None
    outcome: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class CustomerMergePlan:
    """What would become of customers.

    Attributes:
        into: who stays.
        sources: who goes.
        fields: side by side, those first that differ not left out.
        moves: words and exact number of what moves, of each table that has any.
        refusal: why it cannot be done; empty where it can.
        is_apart: somebody has called them distinct.
    """

    into: CustomerDetail
    sources: tuple[CustomerDetail, ...]
    fields: tuple[MergeField, ...]
    moves: tuple[str, ...]
    refusal: str
    is_apart: bool

    @property
    def versions(self) -> dict[int, int]:
        """What was seen, for the operation."""
        return {one.id: one.version for one in (self.into, *self.sources)}


def customer_merge_plan(read: Reader, source_ids: Sequence[int], into_id: int) -> CustomerMergePlan | None:
    """The plan; None where one of the customers is not there."""
    ids = [into_id, *dict.fromkeys(source_ids)]
    found = [one for each in ids if (one := customer_detail(read, each)) is not None]
    if len(found) != len(ids):
        return None
    into, *sources = found
    gone = [one.id for one in sources]
    listed = ",".join(str(int(one)) for one in ids)
    return CustomerMergePlan(
        into,
        tuple(sources),
        tuple(_field(name, found) for name in FIELDS),
        tuple(_moves(read, gone)),
        why_not([_party(one) for one in sources], _party(into)),
        bool(read.value(_APART.format(ids=listed), {"into": into_id})),
    )


def plan_lines(plan: CustomerMergePlan) -> list[str]:
    """The plan in sentences, one a line; what is loud comes first."""
    lines = ["SOMEBODY SAID THAT THESE ARE DIFFERENT PEOPLE."] if plan.is_apart else []
    into = _party(plan.into).told
    gone = ", ".join(_party(one).told for one in plan.sources)
    become = "becomes" if len(plan.sources) == 1 else "become"
    lines.append(f"{gone} {become} part of {into}.")
    lines.append(f"Moves: {', '.join(plan.moves) or 'nothing'}.")
    changed = [f"{one.label.lower()} {one.outcome}" for one in plan.fields if one.outcome != one.values[0]]
    if changed:
        lines.append(f"{plan.into.name} gets: {', '.join(changed)}.")
    return lines


def _party(one: CustomerDetail) -> Party:
    return Party(one.id, one.name, one.merged_into_id)


def _moves(read: Reader, gone: Sequence[int]) -> list[str]:
    told = []
    for table, column, single, many in MOVES:
        sql = f"SELECT count(*) FROM {table} WHERE {column} IN ({{ids}})"
        count = sum(int(read.value(sql.format(ids=some))) for some in chunks(gone))
        if count:
            told.append(f"{count} {single if count == 1 else many}")
    return told


def _field(name: str, sides: Sequence[CustomerDetail]) -> MergeField:
    field = field_named(name, "customer")
    values = [_value(name, one) for one in sides]
    words = tuple(_words(value) for value in values)
    choice = None if name in TOGETHER else first_with(values)
    return MergeField(name, field.label if field else name, words, choice, _words(outcome(name, values)))


def _value(name: str, one: CustomerDetail) -> Any:
    if name in REACHED_BY or name in ("organization", "owner"):
        return getattr(one, name)
    return getattr(one, FIELDS[name][0])


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(value) if isinstance(value, (tuple, list)) else " ".join(str(value or "").split())
