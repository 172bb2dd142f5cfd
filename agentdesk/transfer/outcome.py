"""What becomes of one row of a file: the line of a plan, whatever kind of thing is imported.

A plan is nothing but these, one a row, in the order of the file; two plans that say the same are equal text.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from agentdesk.transfer.rows import Fault

NEW: Final = "new"
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"
DUPLICATE: Final = "duplicate"
REJECTED: Final = "rejected"
KINDS: Final = (NEW, CHANGED, UNCHANGED, DUPLICATE, REJECTED)
"""In the order a person wants to read of them."""


class FieldChange(NamedTuple):
    """One field before and after; before is None for something new."""

    field: str
    before: Any
    after: Any

    @property
    def clears(self) -> bool:
        """Whether something is there now and nothing afterwards."""
        return bool(self.before) and not self.after


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row.

    Attributes:
        line: physical line where the row begins.
        kind: one of `KINDS`.
        name: of whom or what the row is about.
        row_id: of the row of the store it is about; None for something new, and for what an earlier row was about.
        version: of that row when the plan was made; a newer one means that the store has moved on.
        into: line of the earlier row that a duplicate folds into; None otherwise.
        changes: fields before and after.
        dropped: field and value of what a duplicate said otherwise, which is not taken.
        column: name of the column at fault, of a rejected row.
        value: the value at fault, whole.
        reason: what is wrong with it.
    """

    line: int
    kind: str
    name: str = ""
    row_id: int | None = None
    version: int | None = None
    into: int | None = None
    changes: Sequence[FieldChange] = ()
    dropped: Sequence[tuple[str, str]] = ()
    column: str = ""
    value: str = ""
    reason: str = ""

    @property
    def clears(self) -> bool:
        """Whether a field of ours is emptied."""
        return any(one.clears for one in self.changes)

    @property
    def cleared(self) -> tuple[str, ...]:
        """The fields that are emptied."""
        return tuple(one.field for one in self.changes if one.clears)

    def as_line(self) -> str:
        """As a line of JSON, plain ASCII, without what is empty."""
        told: dict[str, Any] = {
            "line": self.line,
            "outcome": self.kind,
            "name": self.name,
            "id": self.row_id,
            "version": self.version,
            "into": self.into,
            "changes": [one._asdict() for one in self.changes],
            "dropped": [{"field": field, "value": value} for field, value in self.dropped],
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
        }
        return json.dumps({key: value for key, value in told.items() if value not in ("", None, [])})


def rejected(fault: Fault) -> Outcome:
    """What becomes of a row at fault."""
    return Outcome(fault.line, REJECTED, column=fault.column, value=fault.value, reason=fault.reason)


def outcome_of(line: str) -> Outcome:
    """Read what `as_line` wrote.

    Raises:
        ValueError: it is no such line.
    """
    told = json.loads(line)
    try:
        return Outcome(
            line=int(told["line"]),
            kind=str(told["outcome"]),
            name=str(told.get("name", "")),
            row_id=told.get("id"),
            version=told.get("version"),
            into=told.get("into"),
            changes=tuple(FieldChange(**one) for one in told.get("changes", ())),
            dropped=tuple((one["field"], one["value"]) for one in told.get("dropped", ())),
            column=str(told.get("column", "")),
            value=str(told.get("value", "")),
            reason=str(told.get("reason", "")),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no outcome of a row: {error}") from error
