"""Pages lie on pages, and back leads down: no ticket lies there twice, and no more than a few pages do.

So an agent who goes from ticket to ticket for a day comes back to the list in a few steps, and the console stays small.
"""

from typing import Any, Final

from agentdesk.screens.frame import Page

MOST: Final = 4
"""Tickets and customers that are open one on the other; of more, the one opened first goes."""
_PLACES: Final = ("ticket", "customer")
_EVERYWHERE: Final = ("imports", "plan", "preferences")
"""Pages that open over any mode and belong to none."""


def is_open_here(app: Any, ticket_id: int) -> bool:
    """Whether the ticket is the page in front."""
    return getattr(app.screen, "ticket_id", None) == ticket_id and app.screen.place == "ticket"


def make_room(app: Any, *, for_ticket: int | None = None) -> None:
    """Take away what would lie under another page without need.

    Args:
        app: The console.
        for_ticket: The ticket that is about to be opened; where it lies already, it goes, for it comes to the front.
    """
    pages = [one for one in app._screen_stack[1:] if isinstance(one, Page) and one.place in _PLACES]  # noqa: SLF001  Textual takes screens from the top only
    again = [one for one in pages if for_ticket is not None and getattr(one, "ticket_id", None) == for_ticket]
    left = [one for one in pages if one not in again]
    for one in [*again, *left[: max(0, len(left) - MOST + 1)]]:
        app._screen_stack.remove(one)  # noqa: SLF001
        one._pop_result_callback()  # noqa: SLF001  as `pop_screen` does; nobody waits for a page
        app.call_next(one.remove)


def put_away(app: Any) -> str:
    """Whoever leaves a mode by its number leaves what belongs to no mode: coming back shows the mode's own page.

    What is being done there, as an import, goes on, and stays in front.

    Returns:
        What is said of it; empty where nothing was put away that has something to say.
    """
    told = ""
    while app.screen.place in _EVERYWHERE and not getattr(app.screen, "is_busy", False):
        told = told or app.screen.told_when_left
        app.pop_screen()
    return told
