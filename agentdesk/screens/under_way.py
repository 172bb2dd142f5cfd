"""What is being written while somebody leaves its page or the console: they are asked first."""

from collections.abc import Callable, Iterable
from typing import Any

from agentdesk.domain.safe_text import line


def at_stake(screens: Iterable[Any]) -> str:
    """What stopping now would mean, of the first of the pages that is writing; empty where none is."""
    return next((told for one in screens if (told := getattr(one, "at_stake", ""))), "")


def open_pages(app: Any) -> list[Any]:
    """Every page of every mode, the one in front first."""
    return [
        app.screen,
        *(one for stack in app._screen_stacks.values() for one in stack),  # noqa: SLF001  Textual tells those of one mode only
    ]


def asks_to_stop(app: Any, screens: Iterable[Any], leave: Callable[[], object]) -> bool:
    """Ask before leaving pages of which one is writing, and leave if that is confirmed.

    Args:
        app: the console.
        screens: what would be left.
        leave: leaves them.

    Returns:
        Whether it was asked; else nothing is at stake.
    """
    told = at_stake(screens)
    if told:
        app.show(
            "confirm",
            question="Stop it and leave?",
            words=f"{told} enter stops it and leaves, esc goes back to it.",
            verb="Stop and leave",
            is_dangerous=False,
            then=lambda _: leave(),
        )
    return bool(told)


def quit_or_ask(app: Any) -> None:
    """End the console, after a question where something is being written."""
    if not asks_to_stop(app, open_pages(app), app.exit):
        app.exit(0)


def ask_for_import(app: Any, number: int, words: str, then: Callable[[], object], *, more: str = "") -> None:
    """Ask before a whole import is taken back.

    Args:
        app: the console.
        number: the import.
        words: its file, and what it did.
        then: takes it back.
        more: what goes with it besides.
    """
    app.show(
        "confirm",
        question=f"Take back import {number}?",
        words=f"{line(words)}. All of it goes{more}; Z brings it back. enter does it, esc leaves it.",
        verb="Take back",
        is_dangerous=False,
        then=lambda _: then(),
    )
