"""Moved clocks as rows: what each counts by, its target, its due instant and its state, before and after."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from agentdesk.cli.output import Column
from agentdesk.domain.references import ticket_ref

if TYPE_CHECKING:
    from agentdesk.domain.sla.moves import ClockMove, Effect
    from agentdesk.queries.policy_moves import TicketMove


When = Callable[[datetime | None], str]
_YEAR: Final = len("2026-")


@dataclass(frozen=True, slots=True)
class Side:
    """A clock under what its ticket counts by; all but the names is None where there is no clock."""

    policy: str | None
    calendar: str | None
    target_minutes: int | None = None
    due_at: datetime | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One clock of a ticket that moves; a ticket without one that changes has a row of its own, without a clock."""

    ticket_id: int
    clock: str
    metric: str | None
    number: int | None
    priority: str | None
    effect: "Effect | None"
    before: Side
    after: Side
    why: str
    why_before: str

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.ticket_id)


def move_rows(ticket: "TicketMove") -> Iterator[MoveRow]:
    """The rows of a ticket: one for each clock that becomes another one, at least one in all."""
    from agentdesk.domain.sla.moves import Effect
    from agentdesk.domain.sla.telling import title

    sides = (ticket.before, ticket.after)
    changed = [one for one in ticket.clocks if one.effect is not Effect.STAYS]
    for one in changed:
        before, after = (
            _side(named.policy, named.calendar, clock)
            for named, clock in zip(sides, (one.before, one.after), strict=True)
        )
        clock = one.clock
        yield MoveRow(
            ticket.ticket_id,
            title(clock),
            clock.metric.value,
            clock.number,
            clock.targets[-1].priority.value,
            one.effect,
            before,
            after,
            ticket.after.why,
            ticket.before.why,
        )
    if not changed:
        before, after = (_side(named.policy, named.calendar, None) for named in sides)
        whys = ticket.after.why, ticket.before.why
        yield MoveRow(ticket.ticket_id, "-", None, None, None, None, before, after, *whys)


def worst_first(rows: Iterable[MoveRow]) -> list[MoveRow]:
    """The rows in the order in which a lead looks at them: what breaks at once, then what is due sooner."""
    from agentdesk.domain.sla.moves import Effect

    order = {effect: place for place, effect in enumerate(Effect)}

    def key(row: MoveRow) -> tuple[Any, ...]:
        due = row.after.due_at
        place = len(order) if row.effect is None else order[row.effect]
        return place, due is None, due or row.ticket_id, row.ticket_id

    return sorted(rows, key=key)


def _side(policy: str, calendar: str, clock: "Any") -> Side:
    if clock is None:
        return Side(policy or None, calendar or None)
    return Side(policy or None, calendar or None, clock.target_minutes, clock.due_at, clock.state.value)


def _target(side: Side) -> str:
    from agentdesk.domain.minutes import say_minutes

    return "-" if side.target_minutes is None else say_minutes(side.target_minutes)


def _state(side: Side) -> str:
    return "-" if side.state is None else side.state.replace("_", " ")


def record(row: MoveRow) -> dict[str, Any]:
    """A row as JSON prints it; targets are minutes of working time."""
    return {column.key: column.of(row) for column in MOVES}


def _sides(name: str) -> tuple[Column, Column]:
    return (
        Column(f"{name}_before", read=lambda row: getattr(row.before, name)),
        Column(f"{name}_after", read=lambda row: getattr(row.after, name)),
    )


MOVES = (
    Column("ref"),
    Column("metric"),
    Column("number"),
    Column("priority"),
    Column("effect", read=lambda row: row.effect and row.effect.value),
    *_sides("policy"),
    *_sides("calendar"),
    *_sides("target_minutes"),
    *_sides("due_at"),
    *_sides("state"),
    Column("why"),
    Column("why_before"),
)
"""What a program reads."""


def told_columns(rows: Sequence[MoveRow], when: When) -> tuple[Column, ...]:
    """What a person reads of moves that a draft would make.

    A terminal of 80 cells holds them: the year of an instant is left out, and so are the policies where all rows have
    the same ones.
    """
    return (
        Column("ref", "Ticket"),
        Column("clock", "Clock", read=lambda row: f"{row.clock} {row.priority or ''}".rstrip()),
        Column("due_before", "Due as it was", read=lambda row: when(row.before.due_at)[_YEAR:]),
        Column("due_after", "under the draft", read=lambda row: when(row.after.due_at)[_YEAR:]),
        Column("state", "State", read=lambda row: _both(_state(row.before), _state(row.after))),
        *(_NAMES if len({(row.before.policy, row.after.policy) for row in rows}) > 1 else ()),
    )


def done_columns(when: When) -> tuple[Column, ...]:
    """What a person reads of clocks that were moved."""
    return (
        Column("ref", "Ticket"),
        Column("clock", "Clock"),
        Column("target", "Target", read=lambda row: _both(_target(row.before), _target(row.after))),
        Column("due_before", "Due was", read=lambda row: when(row.before.due_at)[_YEAR:]),
        Column("due_after", "is", read=lambda row: when(row.after.due_at)[_YEAR:]),
        Column("state", "State", read=lambda row: _both(_state(row.before), _state(row.after))),
    )


def _counts_by(row: MoveRow) -> str:
    """`Standard@1 to Standard@2, UK@2 to UK@3`: each of policy, calendar and reason that is another one."""
    sides = (
        (row.before.policy, row.after.policy),
        (row.before.calendar, row.after.calendar),
        (row.why_before, row.why),
    )
    return ", ".join(f"{was or 'none'} to {now or 'none'}" for was, now in sides if was != now)


def _both(before: str, after: str) -> str:
    return before if before == after else f"{before} to {after}"


COUNTS_BY = (Column("ref", "Ticket"), Column("by", "Counts by", read=_counts_by))
"""What a person reads of tickets that were moved, with or without a clock that runs."""
_NAMES = (
    Column("policy_before", "From", read=lambda row: row.before.policy or "none"),
    Column("policy_after", "To", read=lambda row: row.after.policy or "none"),
)
EFFECT_WORDS = {
    "breached": "would be breached at once",
    "earlier": "due earlier",
    "begins": "begin",
    "ends": "end",
    "later": "due later",
    "otherwise": "paused with another target",
}


def sentence(counts: "dict[Effect, int]", stays: int) -> str:
    """What moves in one sentence: 41 open clocks move: 3 would be breached at once, 38 due later; 210 stay."""
    moved = sum(counts.values())
    told = [f"{counts[effect]} {EFFECT_WORDS[effect.value]}" for effect in counts if counts[effect]]
    noun = "open clock moves" if moved == 1 else "open clocks move"
    detail = f": {', '.join(told)}" if told else ""
    return f"{moved} {noun}{detail}; {stays} {'stays' if stays == 1 else 'stay'}."


def count_effects(clocks: "Iterable[ClockMove]") -> "dict[Effect, int]":
    """How many clocks each effect has, the worst first; those that stay are left out."""
    from agentdesk.domain.sla.moves import Effect

    counts: dict[Effect, int] = {effect: 0 for effect in Effect if effect is not Effect.STAYS}
    for one in clocks:
        if (effect := one.effect) in counts:
            counts[effect] += 1
    return counts
