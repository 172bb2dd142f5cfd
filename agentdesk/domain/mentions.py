"""Agents that a note names: `@ana`. An e-mail address names nobody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MENTION: Final = re.compile(r"(?<![\w@.+-])@([^\W_][\w.+-]*)")
_BEGUN: Final = re.compile(r"(?<![\w@.+-])@([\w.+-]*)\Z")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who can be named: by the handle, which people find by the name too."""

    handle: str
    name: str

    @property
    def is_spelled_by(self) -> tuple[str, ...]:
        """Every beginning that leads here, in small letters."""
        return (self.handle.casefold(), *self.name.casefold().split())


def handles_in(text: str) -> list[str]:
    """The handles named in a text, each once, in the order in which they are; a full stop ends a sentence, not a name."""
    return list(dict.fromkeys(found.group(1).rstrip(".-+") for found in MENTION.finditer(text)))


def begun(before: str, after: str = "") -> str | None:
    """What was typed of a name so far: `an` where a line goes `ask @an` up to the cursor; None where no name is begun.

    Args:
        before: the line up to the cursor.
        after: the rest of it; a cursor inside of a word begins nothing.
    """
    found = _BEGUN.search(before)
    is_inside = bool(after) and (after[0].isalnum() or after[0] == "_")
    return None if found is None or is_inside else found[1]


def offered(typed: str, known: Iterable[Named]) -> list[Named]:
    """Whom the beginning of a name may mean, handles before names; nobody once a handle is written out."""
    wanted, listed = typed.casefold(), list(known)
    if any(one.handle.casefold() == wanted for one in listed):
        return []
    fits = [one for one in listed if any(word.startswith(wanted) for word in one.is_spelled_by)]
    return sorted(fits, key=lambda one: not one.handle.casefold().startswith(wanted))
