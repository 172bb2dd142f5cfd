"""The one refusal of the query language: where it stopped, why, and what was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from agentdesk.domain.errors import AgentDeskError

_SHOWN = 40


class QueryError(AgentDeskError):
    """A query that cannot be read.

    Attributes:
        column: where, counted from 1.
    """

    def __init__(self, at: int, problem: str, hint: str = "") -> None:
        super().__init__(f"Column {at + 1}: {problem}." + (f" {hint}" if hint else ""))
        self.column = at + 1


def shown(text: str) -> str:
    """A piece of a query as an error may repeat it: quoted, one line, not too long."""
    flat = "".join(char if char.isprintable() else "·" for char in text)
    return f"“{flat[:_SHOWN]}…”" if len(flat) > _SHOWN else f"“{flat}”"


def nearest(word: str, known: Iterable[str], *, listed: int = 8) -> str:
    """A hint: the known word most like `word`, or the first of them where none is."""
    words = list(dict.fromkeys(known))
    lowered = {one.lower(): one for one in words}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=0.5)
    if near:
        return f"Did you mean {lowered[near[0]]}?"
    if not words:
        return ""
    more = ", ..." if len(words) > listed else ""
    return f"Known: {', '.join(words[:listed])}{more}."
