"""A map of records drafted from a file: columns by what they are called, dates by what fits all, words by what they mean.

What it is not sure of stands in a comment for a person to decide; a file that is there is never overwritten.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from agentdesk.transfer.foreign_time import TimeReader
from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.maps.look import (
    NOTHING,
    Seen,
    comment,
    head_lines,
    look_at,
    quote,
    refuse_existing,
    write_new,
)
from agentdesk.transfer.maps.toml import FileRules
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.records import cells as reading
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.kind import CellError, Field, Kind, Ways
from agentdesk.transfer.records.mapping import guess_columns

MOST_WORDS: Final = 80
"""Different words of a column that is still a list of words."""


def write_record_map(
    name: str,
    path: Path | None,
    target: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    member: str | None = None,
    stdin: BinaryIO | None = None,
) -> str:
    """Draft a map for a file of records and write it.

    Args:
        name: the kind of record: `orders`.
        path: the file; None for standard input.
        target: where the map goes.
        encoding: codec, where it is known.
        delimiter: character or word, where it is known.
        member: which file of an archive, sheet of a workbook or list of a JSON object.
        stdin: the stream that stands for standard input.

    Returns:
        The text that was written.

    Raises:
        MapError: the target exists, or cannot be written.
        FileRefusedError: the file cannot be read.
    """
    refuse_existing(target)
    kind = KINDS[name]
    with open_source(path or "-", stdin) as source:
        table = open_table(source, encoding=encoding, delimiter=delimiter, member=member)
        found = guess_columns(kind, table.header)
        seen = look_at(table)
    text = _draft(kind, seen, found, path.name if path else "standard input", is_told=bool(encoding))
    write_new(target, text)
    return text


def _draft(kind: Kind, seen: Seen, found: dict[str, str], name: str, *, is_told: bool) -> str:
    empty = [word for word in NOTHING if any(column.values[word] for column in seen.columns)]
    times = [found[one.name] for one in kind.fields if one.read is reading.instant and one.name in found]
    lines = head_lines(seen, name, times, empty, is_told=is_told, source=FileRules().source)
    if any(one.name == "amount" for one in kind.fields):
        lines.append('# decimal = ","  # where amounts are written 1.234,50')
    lines += ["", f"[{kind.noun}]", *_field_lines(kind, found)]
    for one in kind.fields:
        if one.name in found:
            lines += _word_lines(one, list(seen.values(found[one.name])), {"", *empty})
    if kept := [column.name for column in seen.columns if column.name not in {"", *found.values()}]:
        lines += ["", f"# Kept with each {kind.noun} as they are: " + comment(", ".join(kept))]
    return "\n".join(lines) + "\n"


def _field_lines(kind: Kind, found: dict[str, str]) -> list[str]:
    fixed = kind.infer(found)
    told = {
        **{name: quote(column) for name, column in found.items()},
        **{name: quote(f"={word}") for name, word in fixed.items()},
    }
    needed = {name for names in kind.needs if not told.keys() & set(names) for name in names}
    lines = []
    for one in kind.fields:
        if one.name in told:
            lines.append(f"{one.name} = {told[one.name]}")
        else:
            same = f', or "={one.words[0]}" for all rows' if one.words else ""
            lines.append(f'# {one.name} = "COLUMN"' + (f"  # needed{same}" if one.name in needed else ""))
    return lines


def _word_lines(one: Field, values: Sequence[str], empty: set[str]) -> list[str]:
    """The words of a closed list, or what cannot be read as it is written."""
    words = sorted(value for value in values if value not in empty)
    if one.read is reading.instant or len(words) > MOST_WORDS:
        return []
    if one.words:
        meant = {fold_word(word.replace("_", " ")): word for word in one.words} | dict(one.means)
        meant |= {word: word for word in one.words}
        told = [(word, meant.get(fold_word(word), "")) for word in words]
        undecided = f"  # which one of {', '.join(one.words)}?"
        lines = [
            f"{quote(word)} = {quote(ours)}" if ours else f"# {quote(word)} = {quote('WORD')}{undecided}"
            for word, ours in told
        ]
    else:
        lines = [f"{quote(word)} = {quote('')}  # nothing" for word in words if not _reads(one, word)]
    return ["", f"[values.{one.name}]", *lines] if lines else []


def _reads(one: Field, word: str) -> bool:
    try:
        one.read(word, _WAYS)
    except CellError:
        return False
    return True


_WAYS: Final = Ways(TimeReader("iso", ZoneInfo("UTC")))
