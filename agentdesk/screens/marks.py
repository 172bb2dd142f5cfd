"""Each question of a list has marks of its own: they wait while something else is asked, and that is said."""

from collections.abc import Hashable
from typing import Any

from agentdesk.domain.safe_text import clip, line
from agentdesk.screens.frame import Page

WIDTH = 40
"""Cells of a question that a toast names."""


def turn_marks(page: Page, was: Hashable, now: Hashable, name: object = "") -> bool:
    """Put the marks of a question aside and bring back those of another.

    Args:
        page: a screen with a `table`.
        was: the question that was asked.
        now: the one that is asked next.
        name: what people call the one before; as it was asked unless given.

    Returns:
        Whether marks have come back.
    """
    table: Any = page.table  # type: ignore[attr-defined]  # screens with a list have one
    aside, back = table.turn_marks(was, now)
    told = []
    if aside:
        of = clip(line(str(name or was)), WIDTH) or "the whole list"
        told.append(
            f"{_count(aside, 'stay')} with {of} and {'comes' if aside == 1 else 'come'} back with it."
        )
    if back:
        told.append(f"{_count(back, 'are')} back.")
    if told:
        page.console.say(" ".join(told))
    return bool(back)


def _count(number: int, verb: str) -> str:
    one = {"stay": "stays", "are": "is"}[verb]
    return f"1 mark {one}" if number == 1 else f"{number:,} marks {verb}".replace(",", " ")
