"""A plan in words, for people: the same on paper and on the screen. Foreign text is one safe line each."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from agentdesk.domain.safe_text import line as safe_line
from agentdesk.transfer.contacts.plan_book import CLEARED
from agentdesk.transfer.contacts.story import EXTRA
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
    UNCHANGED: "rows that say nothing new",
    DUPLICATE: "rows that fold into an earlier row of the file",
    REJECTED: "rows that would not be taken",
    CLEARED: "those of the changed who lose something",
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
    name = safe_line(change.field.removeprefix(EXTRA)).replace("_", " ")
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
            added = "; ".join(change_line(change) for change in one.changes)
            yield f"    line {one.line} " + (f"adds {added}" if added else "adds nothing")
