"""What a screen may ask of the app: operations, routes, words. The app is that; tests and screens need no more."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from agentdesk.desk import Desk

if TYPE_CHECKING:
    from agentdesk.screens.discarded import Discarded
    from agentdesk.screens.half_typed import HalfTyped
    from agentdesk.screens.ticket_source import Walk
    from agentdesk.store.change import Change

Operation = Callable[["Change"], object]
"""One operation of `services/`, closed over its arguments; it runs in a worker in one transaction."""
Each = Callable[["Change", int], object]
"""The same on one ticket of several."""


class Console(Protocol):
    """What a screen may ask of the app."""

    desk: Desk
    half_typed: "HalfTyped"

    def perform(
        self,
        summary: str,
        operation: Operation,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> object:
        """Run one operation in one transaction in a worker.

        Args:
            summary: what the toast says, followed by "z undo"; past tense: `Assigned 2 tickets to ana`.
            operation: called with the change.
            then: called with the operation's result, back in the console, only when it was saved.
            failed: called with the error, so that a dialog can stay open; True means that it told the user itself.
        """

    def perform_each(
        self,
        ids: Sequence[int],
        summary: str,
        each: Each,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> object:
        """Run one operation on every ticket, all in one change with one undo.

        One ticket: at once, like `perform`. Several: it is rehearsed first (run and taken back), a dialog shows in
        counts what would change and what cannot, and after one confirmation it is done to those that can.

        Args:
            ids: the tickets.
            summary: as for `perform`; `{what}` becomes `T-7`, or `27 of 30 tickets`: `Set {what} to solved`.
            each: called with the change and the id of one ticket; decides by the rules of `services/` alone.
            then: called once it was saved: with the operation's result for one ticket, with True for several.
            failed: as for `perform`, for one ticket only: what refuses among several is told in the dialog.
        """

    def show(
        self, route: str, *args: Any, then: Callable[[Any], object] | None = None, **named: Any
    ) -> object:
        """Open the screen or dialog of a route; `then` gets what it was dismissed with."""

    def open_ticket(self, ticket_id: int, walk: "Walk | None" = None) -> object:
        """Open a ticket; next and previous follow `walk`."""

    def open_customer(self, customer_id: int) -> object:
        """Open a customer."""

    def report(self, error: BaseException) -> None:
        """Tell the user about a refusal or a fault: the one place that does."""

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """A toast of plain text."""

    def discarded(self, gone: "Discarded") -> None:
        """A draft was thrown away: tell how it comes back, and hold it until something else is done."""

    def hold_way_back(self, way_back: Callable[[], bool] | None) -> None:
        """Let z call this until something else is done; it says whether it brought anything back. None forgets it."""

    def copy(self, text: str) -> None:
        """Put text on the clipboard and say so."""
