"""A map drafted from a file: columns by what they are called, dates by what fits all of them, words by likeness.

What a draft is not sure of it says in a comment, and what it cannot know it leaves so that the map is refused until
somebody has decided. A file that is there is never overwritten.
"""

from collections.abc import Mapping
from typing import Final

from agentdesk.transfer.maps.fields import FIELDS, OPTIONAL_WORDS, TIMES, WORDS, words_of
from agentdesk.transfer.maps.look import (
    MOST_VALUES,
    NOTHING,
    Seen,
    comment,
    head_lines,
    quote,
)
from agentdesk.transfer.maps.words import ALIASES, EVENT_ACTORS, EVENT_TIMES, guess_word

MOST_WORDS: Final = 80
"""Different words of a column that is still a list of words."""


def draft_map(seen: Seen, name: str, *, is_told: bool, source: str = "") -> str:
    """The text of a map for what was seen.

    Args:
        seen: the file.
        name: what it is called.
        is_told: its encoding was given by hand.
        source: what the system is called; a word of the file's name unless given.
    """
    empty = [word for word in NOTHING if any(column.values[word] for column in seen.columns)]
    found = _guess_columns(seen)
    log = _guess_log(seen, found)
    times = [found[one] for one in TIMES if one in found] + ([log["at"]] if log else [])
    lines = head_lines(seen, name, times, empty, is_told=is_told, source=source)
    lines += ["", "[ticket]"]
    lines += [
        f"{one} = {quote(found[one])}" if one in found else f"# {one} = {quote('COLUMN')}" for one in FIELDS
    ]
    if log:
        lines += ["", "[events]  # many rows make one ticket"]
        lines += [f"{key} = {quote(column)}" for key, column in log.items()]
    for one in WORDS:
        if one in found:
            lines += _word_lines(one, seen.values(found[one]), {"", *empty})
    used = {*found.values(), *log.values()}
    kept = [column.name for column in seen.columns if column.name and column.name not in used]
    if kept:
        lines += ["", "# Kept with each ticket as they are: " + comment(", ".join(kept))]
    return "\n".join(lines) + "\n"


def is_understood(seen: Seen) -> bool:
    """Whether any column is called like something of a ticket."""
    return bool(_guess_columns(seen))


def _guess_columns(seen: Seen) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one, aliases in ALIASES.items():
        if name := seen.find(aliases, taken):
            found[one] = name
            taken.add(name)
    return {one: found[one] for one in FIELDS if one in found}


def _guess_log(seen: Seen, found: dict[str, str]) -> dict[str, str]:
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
        lines.append(f"{quote(word)} = {quote(guess)}{undecided}")
    if name not in OPTIONAL_WORDS and any(values[one] for one in empty if one in values):
        lines.append(f'"" = {quote(_FALLBACK[name])}  # rows where it is empty')
    return lines


_FALLBACK: Final = {"status": "new", "priority": "normal", "type": "question", "channel": "other"}
