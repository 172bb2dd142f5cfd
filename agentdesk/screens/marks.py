"""Each question of a list has marks of its own: they wait while something else is asked, and no mark goes without a word."""

from collections.abc import Hashable
from functools import partial
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
    if was != now:
        page.console.hold_way_back(None)
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


def let_marks_go(page: Page) -> bool:
    """Escape in a list: end the range, else let every mark go and say how they come back; whether there was anything."""
    table: Any = page.table  # type: ignore[attr-defined]  # screens with a list have one
    gone = frozenset() if table.is_ranging else frozenset(table.marks)
    if not table.let_go():
        return False
    if gone:
        page.console.hold_way_back(partial(_mark_again, page, gone))
        page.console.say(f"Let {_count(len(gone))} go · z brings {'it' if len(gone) == 1 else 'them'} back")
    return True


def _mark_again(page: Page, gone: frozenset[int]) -> bool:
    """Mark what was marked; not where others are marked since, or another screen is in front."""
    table: Any = page.table  # type: ignore[attr-defined]
    if not page.is_current or table.marks:
        return False
    table.mark_these(gone)
    page.console.say(f"{_count(len(gone), 'are')} back.")
    return True


def _count(number: int, verb: str = "") -> str:
    one = {"": "1 mark", "stay": "1 mark stays", "are": "1 mark is"}[verb]
    return one if number == 1 else f"{number:,} marks {verb}".replace(",", " ").rstrip()
