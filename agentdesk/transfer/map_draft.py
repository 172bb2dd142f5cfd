"""A map drafted from a file: columns by what they are called, dates by what fits all of them, words by likeness.

What a draft is not sure of it says in a comment, and what it cannot know it leaves so that the map is refused until
somebody has decided. A file that is there is never overwritten.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

from agentdesk.transfer.foreign_time import ISO
from agentdesk.transfer.map_words import ALIASES, EVENT_ACTORS, EVENT_TIMES, fold_header, guess_word
from agentdesk.transfer.rows import Fault
from agentdesk.transfer.table import AnyTable
from agentdesk.transfer.ticket_fields import FIELDS, OPTIONAL_WORDS, TIMES, WORDS, words_of

MOST_ROWS: Final = 2_000_000
"""Rows that are looked at; a draft of a longer file says that it ends there."""
MOST_VALUES: Final = 20_000
"""Different values of one column that are kept; a list of words has far fewer, and so have the dates of a year."""
MOST_WORDS: Final = 80
"""Different words of a column that is still a list of words."""
_NOTHING: Final = ("?", "-", "N/A", "n/a", "NULL", "null", "None", "\\N", "nan", "(empty)")
_UNDECIDED: Final = "CHOOSE"
_DATES: Final = tuple(
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
class _Column:
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
        return len(self.values) >= MOST_VALUES

    def count(self, value: str) -> None:
        if not self.is_full:
            self.rows += 1
            self.values[value] += 1
        elif value in self.values or value in _NOTHING:
            self.values[value] += 1


@dataclass(slots=True)
class _Seen:
    """What a file looks like."""

    columns: list[_Column]
    delimiter: str
    encoding: str
    is_whole: bool = True

    def find(self, aliases: Iterable[str], taken: set[str]) -> str:
        by_fold = {fold_header(column.name): column.name for column in self.columns}
        names = (by_fold.get(alias, "") for alias in aliases)
        return next((name for name in names if name and name not in taken), "")

    def column(self, name: str) -> _Column:
        return next(column for column in self.columns if column.name == name)

    def values(self, name: str) -> Counter[str]:
        return self.column(name).values


def draft_of(table: AnyTable, name: str, *, is_told: bool) -> str:
    """The text of a map drafted from a table, whose rows are read.

    Args:
        table: the open table.
        name: what messages call its file.
        is_told: somebody named its encoding.
    """
    return draft_map(_look(table), name, is_told=is_told)


def _look(table: AnyTable) -> _Seen:
    seen = _Seen([_Column(name) for name in table.header.names], table.delimiter, table.encoding)
    rows = (row for row in table.rows() if not isinstance(row, Fault))
    for row in islice(rows, MOST_ROWS):
        for column, cell in zip(seen.columns, row.cells, strict=False):
            column.count(cell.strip())
    seen.is_whole = next(rows, None) is None
    return seen


def draft_map(seen: _Seen, name: str, *, is_told: bool) -> str:
    """The text of a map for what was seen."""
    empty = [word for word in _NOTHING if any(column.values[word] for column in seen.columns)]
    found = _guess_columns(seen)
    log = _guess_log(seen, found)
    times = [found[one] for one in TIMES if one in found] + ([log["at"]] if log else [])
    lines = [
        f"# Drafted from {json.dumps(name, ensure_ascii=False)}: read it before you import by it.",
        *([] if seen.is_whole else [f"# Only its first {MOST_ROWS:,} rows were looked at."]),
        "",
        "[file]",
    ]
    if any(seen.column(one).is_full for one in times):
        lines.append(f"# Of the dates, the first {MOST_VALUES:,} different ones of a column were looked at.")
    lines += _date_lines(
        _fitting(value for one in times for value in seen.values(one) if value not in ("", *empty))
    )
    lines += ['zone = "UTC"  # where the clocks of that system hang, such as "Europe/London"']
    lines += [f"empty = [{', '.join(map(_quote, ['', *empty]))}]"]
    lines += [
        f"source = {_quote(_source(name))}  # its ids are matched within it; keep it for every later file"
    ]
    if seen.delimiter not in ("", ","):
        lines.append(f"delimiter = {_quote(seen.delimiter)}")
    if is_told:
        lines.append(f"encoding = {_quote(seen.encoding)}")
    lines += ["", "[ticket]"]
    lines += [
        f"{one} = {_quote(found[one])}" if one in found else f"# {one} = {_quote('COLUMN')}" for one in FIELDS
    ]
    if log:
        lines += ["", "[events]  # many rows make one ticket"]
        lines += [f"{key} = {_quote(column)}" for key, column in log.items()]
    for one in WORDS:
        if one in found:
            lines += _word_lines(one, seen.values(found[one]), {"", *empty})
    used = {*found.values(), *log.values()}
    kept = [column.name for column in seen.columns if column.name and column.name not in used]
    if kept:
        lines += ["", "# Kept with each ticket as they are: " + _comment(", ".join(kept))]
    return "\n".join(lines) + "\n"


def _guess_columns(seen: _Seen) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one, aliases in ALIASES.items():
        if name := seen.find(aliases, taken):
            found[one] = name
            taken.add(name)
    return {one: found[one] for one in FIELDS if one in found}


def _guess_log(seen: _Seen, found: dict[str, str]) -> dict[str, str]:
    """The columns of an event log, where ids come back row after row."""
    ids = seen.column(found["external_id"]) if "external_id" in found else None
    if ids is None or not ids.values or len(ids.values) > 0.9 * ids.rows:
        return {}
    taken = {column for one, column in found.items() if one != "updated_at"}
    at = seen.find(EVENT_TIMES, taken)
    if not at:
        return {}
    found.pop("updated_at", None)
    by = seen.find(EVENT_ACTORS, {*taken, at})
    return {"at": at, **({"by": by} if by else {})}


def _fitting(values: Iterable[str]) -> list[str]:
    """The ways to write dates that fit every value, ISO alone where it fits."""
    distinct = list(dict.fromkeys(values))
    if not distinct or all(_fits(value, ISO) for value in distinct):
        return [ISO]
    return [written for written in _DATES if all(_fits(value, written) for value in distinct)]


def _fits(value: str, written: str) -> bool:
    try:
        datetime.fromisoformat(value) if written == ISO else datetime.strptime(value, written)  # noqa: DTZ007  only whether
    except ValueError:
        return False
    return True


def _date_lines(fitting: Sequence[str]) -> list[str]:
    if len(fitting) == 1:
        return [f"dates = {_quote(fitting[0])}"]
    if not fitting:
        return [
            "# No one way of writing dates fits all of these columns; a format such as %d/%m/%Y %H:%M is needed.",
            f"dates = {_quote(_UNDECIDED)}",
        ]
    return [
        "# The dates fit all of these, day first or month first: only you can know which one it is.",
        *(f"# dates = {_quote(one)}" for one in fitting),
        f"dates = {_quote(_UNDECIDED)}",
    ]


def _word_lines(name: str, values: Mapping[str, int], empty: set[str]) -> list[str]:
    allowed = ", ".join(words_of(name))
    lines = ["", f"[values.{name}]  # {allowed}"]
    words = [value for value in values if value not in empty]
    if len(words) > MOST_WORDS:
        return [
            *lines,
            f"# {len(words):,}{' or more' if len(values) >= MOST_VALUES else ''} different values: this is hardly a list of words; take the column out above.",
        ]
    for word in sorted(words):
        guess = guess_word(name, word)
        undecided = (
            "" if guess or name in OPTIONAL_WORDS else "  # which one? the map is refused until you say"
        )
        lines.append(f"{_quote(word)} = {_quote(guess)}{undecided}")
    if name not in OPTIONAL_WORDS and any(values[one] for one in empty if one in values):
        lines.append(f'"" = {_quote(_FALLBACK[name])}  # rows where it is empty')
    return lines


_FALLBACK: Final = {"status": "new", "priority": "normal", "type": "question", "channel": "other"}


def _source(name: str) -> str:
    stem = name.split(".", maxsplit=1)[0]
    word = "".join(char if char.isalnum() else " " for char in stem).split()
    return word[0].casefold() if word and not word[0].isdigit() else "import"


def _quote(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
