"""A plan in words, for people: the same on paper and on the screen. Foreign text is one safe line each."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from agentdesk.domain.safe_text import line as safe_line
from agentdesk.transfer.contacts.dropped import EXTRA
from agentdesk.transfer.contacts.plan_book import CLEARED
from agentdesk.transfer.outcome import (
    CHANGED,
    DUPLICATE,
    NEW,
    REJECTED,
    UNCHANGED,
    FieldChange,
    Outcome,
)
from agentdesk.transfer.rows import Fault

TITLES: Final = {
    NEW: "New",
    CHANGED: "Changed",
    UNCHANGED: "Unchanged",
    DUPLICATE: "Duplicates",
    REJECTED: "Rejected",
    CLEARED: "Cleared",
}
EXPLAINED: Final = {
    NEW: "who would be made a customer",
    CHANGED: "customers who would change",
    UNCHANGED: "first rows about a customer that say nothing new",
    DUPLICATE: "rows that fold into an earlier row of the file",
    REJECTED: "rows that would not be taken",
    CLEARED: "those of the changed who lose something, as the file leaves them",
}
NONE_OF: Final = {
    NEW: "Nobody in this file is new.",
    CHANGED: "No customer would change.",
    UNCHANGED: "No row says only what is known already.",
    DUPLICATE: "No row repeats an earlier one.",
    REJECTED: "Every row would be taken.",
    CLEARED: "Nothing that is in the desk would be emptied.",
}
NOTHING: Final = "(nothing)"


def head(outcome: Outcome) -> str:
    """`line 7  Bo Kim (customer 12)`."""
    if outcome.kind == REJECTED:
        return f"line {outcome.line}  {reason(outcome)}"
    known = f" (customer {outcome.row_id})" if outcome.row_id else ""
    return f"line {outcome.line}  {safe_line(outcome.name)}{known}"


def reason(outcome: Outcome) -> str:
    """Column, value and what is wrong with it."""
    return Fault(outcome.line, outcome.column, outcome.value, outcome.reason).message


def change_line(change: FieldChange) -> str:
    """`title: Buyer → Chief`; of something new only what it is."""
    name = field_text(change.field)
    if change.before is None:
        return f"{name}: {value_text(change.after)}"
    return f"{name}: {value_text(change.before)} → {value_text(change.after)}"


def value_text(value: Any) -> str:
    """A value in one line; a list with commas."""
    if isinstance(value, list):
        return ", ".join(safe_line(str(one)) for one in value) or NOTHING
    return safe_line(str(value)) if value else NOTHING


def lines_of(outcome: Outcome) -> list[str]:
    """One outcome: what it is about, then what changes, indented."""
    if outcome.kind == NEW:
        said = "; ".join(change_line(one) for one in outcome.changes if one.field != "name")
        return [f"{head(outcome)}: {said}" if said else head(outcome)]
    return [head(outcome), *(f"    {change_line(one)}" for one in outcome.changes)]


def cleared_lines(outcome: Outcome) -> list[str]:
    """One customer who loses something: only that."""
    return [head(outcome), *(f"    {change_line(one)}" for one in outcome.changes if one.clears)]


def section(page: str, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The lines of one page of a plan; duplicates in groups, each under the row they fold into."""
    if page == DUPLICATE:
        yield from _folded(outcomes)
        return
    for one in outcomes:
        yield from cleared_lines(one) if page == CLEARED else lines_of(one)


def _folded(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for into, group in groupby(outcomes, key=lambda one: one.into):
        first = True
        for one in group:
            if first:
                yield f"into line {into}  {safe_line(one.name)}"
                first = False
            yield f"    line {one.line} {fold_text(one)}"


def fold_text(outcome: Outcome) -> str:
    """`adds phone: (nothing) → 0301234; drops name: Sue O'Neil`: what a duplicate adds, and what it says in vain."""
    added = "; ".join(change_line(change) for change in outcome.changes)
    told = f"adds {added}" if added else "adds nothing"
    return f"{told}; drops {lost}" if (lost := dropped_text(outcome)) else told


def dropped_text(outcome: Outcome) -> str:
    """`name: Sue O'Neil, notes: next door`."""
    return ", ".join(f"{field_text(field)}: {value_text(value)}" for field, value in outcome.dropped)


def field_text(field: str) -> str:
    """A field as people call it; a column of its own by its name."""
    return safe_line(field.removeprefix(EXTRA)).replace("_", " ")
