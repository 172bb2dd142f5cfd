"""The header of a table: names as written, keys to match by, and what a row must be as wide as.

Keys are trimmed (no-break spaces too) and case-folded. Repeated names are refused because values would be lost.
The columns `line` and `error` that a rejects file adds at the end are not part of the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agentdesk.transfer.refusals import RepeatedHeaderError, TooManyColumnsError

MAX_COLUMNS: Final = 1000
REJECT_COLUMNS: Final = ("line", "error")
"""What a rejects file adds; dropped again when it is imported."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table.

    Attributes:
        label: how messages name the file.
        names: trimmed, in order, without those of a rejects file.
        keys: the same, for matching.
        width: cells in the header row as written.
        required: cells a row needs at least: nameless columns at the end may be missing.
        blanks: indexes of nameless columns, which must stay empty.
        is_rejects: the file is one of ours, with `line` and `error` at its end.
        is_guarded: cells may carry the apostrophe that keeps a spreadsheet from running them.
    """

    label: str
    names: tuple[str, ...]
    keys: tuple[str, ...]
    width: int
    required: int
    blanks: tuple[int, ...]
    is_rejects: bool
    is_guarded: bool = True


def fold_name(name: str) -> str:
    """Return the form by which two header names are the same."""
    return " ".join(name.split()).casefold()


def parse_header(
    label: str,
    cells: Sequence[str],
    repeated: frozenset[str] = frozenset(),
    *,
    is_guarded: bool = True,
    may_be_rejects: bool = True,
) -> Header:
    """Check the header row.

    Args:
        label: how messages name the file.
        cells: the row as read.
        repeated: folded names that may occur more than once in this format.
        is_guarded: cells may carry the apostrophe that keeps a spreadsheet from running them, as those of a CSV do.
        may_be_rejects: two last columns `line` and `error` are those that a rejects file adds.

    Raises:
        TooManyColumnsError: more than `MAX_COLUMNS`.
        RepeatedHeaderError: one name twice.
    """
    if len(cells) > MAX_COLUMNS:
        raise TooManyColumnsError(label, len(cells), MAX_COLUMNS)
    names = [" ".join(cell.split()) for cell in cells]
    keys = [fold_name(cell) for cell in cells]
    first: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key in first and key not in repeated:
            raise RepeatedHeaderError(label, names[place], first[key] + 1, place + 1)
        if key:
            first[key] = place
    is_rejects = may_be_rejects and len(keys) > len(REJECT_COLUMNS) and tuple(keys[-2:]) == REJECT_COLUMNS
    named = len(keys) - 2 if is_rejects else len(keys)
    return Header(
        label=label,
        names=tuple(names[:named]),
        keys=tuple(keys[:named]),
        width=len(cells),
        required=max((place + 1 for place, key in enumerate(keys) if key), default=0),
        blanks=tuple(place for place, key in enumerate(keys) if not key),
        is_rejects=is_rejects,
        is_guarded=is_guarded,
    )
