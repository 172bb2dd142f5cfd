"""What a file looks like to whoever drafts a map: its columns, how often each value is there, which dates fit them all."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from agentdesk.transfer.foreign_time import ISO
from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.maps.words import fold_header
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.rows import Fault

MOST_ROWS: Final = 2_000_000
"""Rows that are looked at; a draft of a longer file says that it ends there."""
MOST_VALUES: Final = 20_000
"""Different values of one column that are kept; a list of words has far fewer, and so have the dates of a year."""
NOTHING: Final = ("?", "-", "N/A", "n/a", "NULL", "null", "None", "\\N", "nan", "(empty)")
UNDECIDED: Final = "CHOOSE"
DATES: Final = tuple(
    f"{day}{time}"
    for time in (" %H:%M", " %H:%M:%S", "", " %I:%M %p", " %I:%M:%S %p")
    for day in (
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%m-%d-%Y",
        "%Y/%m/%d",
        "%d.%m.%y",
        "%d/%m/%y",
        "%m/%d/%y",
    )
)


@dataclass(slots=True)
class Column:
    """One column.

    Attributes:
        values: how often each value was seen, of the first `MOST_VALUES`.
        rows: how many rows there were until that many were seen.
    """

    name: str
    values: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    @property
    def is_full(self) -> bool:
        """Whether further values are not told apart."""
        return len(self.values) >= MOST_VALUES

    def count(self, value: str) -> None:
        """See one more cell."""
        if not self.is_full:
            self.rows += 1
            self.values[value] += 1
        elif value in self.values or value in NOTHING:
            self.values[value] += 1


@dataclass(slots=True)
class Seen:
    """What a file looks like."""

    columns: list[Column]
    delimiter: str
    encoding: str
    is_whole: bool = True

    def find(self, aliases: Iterable[str], taken: set[str]) -> str:
        """The first column that is called by one of some folded names and not taken yet; empty where none is."""
        by_fold = {fold_header(column.name): column.name for column in self.columns}
        names = (by_fold.get(alias, "") for alias in aliases)
        return next((name for name in names if name and name not in taken), "")

    def column(self, name: str) -> Column:
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)

    def values(self, name: str) -> Counter[str]:
        """The values of a column."""
        return self.column(name).values


def look_at(table: AnyTable) -> Seen:
    """Read an open table and count its values.

    Raises:
        FileRefusedError: it cannot be read to its end.
    """
    seen = Seen([Column(name) for name in table.header.names], table.delimiter, table.encoding)
    rows = (row for row in table.rows() if not isinstance(row, Fault))
    for row in islice(rows, MOST_ROWS):
        for column, cell in zip(seen.columns, row.cells, strict=False):
            column.count(cell.strip())
    seen.is_whole = next(rows, None) is None
    return seen


def refuse_existing(target: Path) -> None:
    """Refuse to write a map where a file is.

    Raises:
        MapError: there is one.
    """
    if target.exists():
        raise MapError(str(target), "", "there is such a file already", "Name another with --write-map.")


def write_new(target: Path, text: str) -> None:
    """Write a map.

    Raises:
        MapError: it cannot be written.
    """
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise MapError(str(target), "", f"the map cannot be written: {error.strerror}") from None


def head_lines(
    seen: Seen, name: str, times: Sequence[str], empty: Sequence[str], *, is_told: bool, source: str = ""
) -> list[str]:
    """The beginning of a map and its section `[file]`.

    Args:
        seen: the file.
        name: what it is called.
        times: the columns that hold instants.
        empty: the words that mean nothing in it.
        is_told: its encoding was given by hand, and is needed again.
        source: what the system is called; a word of the file's name unless given.
    """
    lines = [
        f"# Drafted from {json.dumps(name, ensure_ascii=False)}: read it before you import by it.",
        *([] if seen.is_whole else [f"# Only its first {MOST_ROWS:,} rows were looked at."]),
        "",
        "[file]",
    ]
    if any(seen.column(one).is_full for one in times):
        lines.append(f"# Of the dates, the first {MOST_VALUES:,} different ones of a column were looked at.")
    lines += date_lines(
        fitting_dates(value for one in times for value in seen.values(one) if value not in ("", *empty))
    )
    lines += ['zone = "UTC"  # where the clocks of that system hang, such as "Europe/London"']
    told = "" if source else "guessed from the name of the file; "
    lines += [f"empty = [{', '.join(map(quote, ['', *empty]))}]"]
    lines += [
        f"source = {quote(source or source_word(name))}  # {told}its ids are matched within it; keep it for every later file"
    ]
    if seen.delimiter not in ("", ","):
        lines.append(f"delimiter = {quote(seen.delimiter)}")
    if is_told:
        lines.append(f"encoding = {quote(seen.encoding)}")
    return lines


def fitting_dates(values: Iterable[str]) -> list[str]:
    """The ways to write dates that fit every value, ISO alone where it fits."""
    distinct = list(dict.fromkeys(values))
    if not distinct or all(_fits(value, ISO) for value in distinct):
        return [ISO]
    return [written for written in DATES if all(_fits(value, written) for value in distinct)]


def _fits(value: str, written: str) -> bool:
    try:
        datetime.fromisoformat(value) if written == ISO else datetime.strptime(value, written)  # noqa: DTZ007  only whether
    except ValueError:
        return False
    return True


def date_lines(fitting: Sequence[str]) -> list[str]:
    """The lines of a map that say how dates are written, or why somebody has to."""
    if len(fitting) == 1:
        return [f"dates = {quote(fitting[0])}"]
    if not fitting:
        return [
            "# No one way of writing dates fits all of these columns; a format such as %d/%m/%Y %H:%M is needed.",
            f"dates = {quote(UNDECIDED)}",
        ]
    return [
        "# The dates fit all of these, day first or month first: only you can know which one it is.",
        *(f"# dates = {quote(one)}" for one in fitting),
        f"dates = {quote(UNDECIDED)}",
    ]


def source_word(name: str) -> str:
    """A word for the system that a file comes from, from the name of the file."""
    stem = name.split(".", maxsplit=1)[0]
    word = "".join(char if char.isalnum() else " " for char in stem).split()
    return word[0].casefold() if word and not word[0].isdigit() else "import"


def quote(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def comment(text: str) -> str:
    """Foreign text that may stand in a comment."""
    return "".join(char if char.isprintable() else " " for char in text)
