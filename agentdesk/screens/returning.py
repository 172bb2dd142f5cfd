"""Beginning where the agent left off: read before the first picture, taken up behind it, kept while the console is open.

The list is painted first; the cursor and the open ticket follow.
"""

from typing import Any, Final

from agentdesk.left_off import Bookmark, LeftOff
from agentdesk.queries.tickets import SORTS
from agentdesk.queries.views import BUILT_IN, View
from agentdesk.screens.ticket_source import Walk

EVERY: Final = 10.0
"""Seconds between two looks at where the agent is; a console that is killed loses no more than that."""
SOON: Final = 1.0
"""Seconds until it is kept that another ticket was opened."""


class Returning:
    """The bookmark of one console.

    Args:
        app: The console.
        bookmark: The file.
        is_fresh: Whether to begin anew; where it is left is kept all the same.
    """

    def __init__(self, app: Any, bookmark: Bookmark, *, is_fresh: bool = False) -> None:
        self._app, self._bookmark = app, bookmark
        self.left = None if is_fresh else bookmark.read()
        self.opens_ticket = self.left is not None and self.left.open_id is not None

    def follow(self) -> None:
        """From the first picture on, keep where the agent is."""
        self._app.set_interval(EVERY, self.keep)

    def keep_soon(self) -> None:
        """Somebody has gone elsewhere: a console that is killed opens there again."""
        if self.left is None:
            self._app.set_timer(SOON, self.keep)

    def keep(self) -> None:
        """Keep where the agent is now."""
        if (left := where(self._app)) is not None:
            self._bookmark.keep(left)


def begin(app: Any) -> Returning:
    """The bookmark of the agent at this desk; the preference, or `--fresh`, may say to begin anew."""
    desk = app.desk
    bookmark = Bookmark(desk.settings.store, desk.actor.handle)
    return Returning(app, bookmark, is_fresh=not desk.settings.restore)


def where(app: Any) -> LeftOff | None:
    """Where the agent is; None while there is no queue."""
    stack = app._screen_stacks.get("queue") or []  # noqa: SLF001  the queue's own screens, whichever mode is in front
    if not stack or not stack[0].is_mounted:
        return None
    queue = stack[0]
    row = queue.table.row
    sort, turned = queue.order()
    left = LeftOff(
        view=queue.view.id if queue.view else "",
        query=queue.query_text,
        sort=f"{'-' if turned else ''}{sort.name}" if queue.sort else "",
        ticket_id=None if row is None else row.id,
    )
    opened = next((one for one in reversed(stack) if _is_ticket(one)), None)
    return left if opened is None else _with(left, opened)


def _is_ticket(screen: Any) -> bool:
    return hasattr(screen, "stands_at") and screen.is_mounted


def _with(left: LeftOff, ticket: Any) -> LeftOff:
    tab, scroll = ticket.stands_at()
    [open_id] = ticket.acting_on()
    at = open_id if ticket.walk else left.ticket_id  # the way through the list goes on from there
    return LeftOff(left.view, left.query, left.sort, at, open_id, tab, scroll)


def take_up(queue: Any, left: LeftOff) -> None:
    """Ask what was asked, in the order it had; before the list is read for the first time."""
    built_in = next((one for one in BUILT_IN if one.id == left.view), None)
    query = built_in.query if built_in is not None else left.query
    # A saved view is known by its id until the views are read; one that is gone leaves its question behind.
    queue.view = built_in or (View(left.view, "", query, is_saved=True) if left.view else None)
    queue.query_text = query
    if left.sort.lstrip("-") in SORTS:
        queue.sort, queue.descending = left.sort.lstrip("-"), left.sort.startswith("-")


def open_again(queue: Any, left: LeftOff) -> None:
    """Open the ticket that was open, where it was scrolled to; once the list stands at it, with the way through it."""
    row = queue.table.row
    if left.open_id is None:
        return
    if not queue.is_current or not queue.app.is_untouched:
        queue.app.offer_unsent_soon()
        return  # somebody who typed at once is at work already, and nothing may open in front of that
    name = queue.view.name if queue.view else "Search"
    walk = Walk(queue.source(), row, name) if row is not None and row.id == left.open_id else None
    queue.console.open_ticket(left.open_id, walk)
    queue.app.offer_unsent_soon()  # only now: the opening would take its toast away
    screen = queue.app.screen
    if hasattr(screen, "stand_at"):
        screen.call_after_refresh(screen.stand_at, left.tab, left.scroll)
