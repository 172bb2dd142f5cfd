"""Why a command is not available here: told when its key is pressed, beside it in help, and dimmed in the footer.

Law: `commands.needs` says what a command needs, one function a need says what is missing: in every place the same words.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final

from textual import on
from textual.screen import Screen

from agentdesk.commands.command import Command
from agentdesk.commands.needs import need_of
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.row_window import RowWindow


def no_ticket(screen: Any) -> str | None:
    """Where no ticket is meant."""
    return None if screen.acting_on() else "No ticket is highlighted here. Choose another view with ]."


def no_single_ticket(screen: Any) -> str | None:
    """Where none is meant, or several are."""
    count = len(screen.acting_on())
    return no_ticket(screen) if count < 2 else f"{count} tickets are marked; this works on one. esc unmarks."


def no_customer(screen: Any) -> str | None:
    """Where the ticket is nobody's."""
    if reason := no_ticket(screen):
        return reason
    return None if screen.customer_here() is not None else "This ticket has no customer yet."


def no_row(screen: Any) -> str | None:
    """Where a list is empty."""
    return None if screen.table.chosen() else "There is nothing in this list."


def no_new_desk(screen: Any) -> str | None:
    """Where tickets were written already."""
    return (
        None
        if screen.is_new
        else "A practice desk is offered where a desk is empty; : and practice opens it."
    )


def no_why(screen: Any) -> str | None:
    """Where no ticket is meant; on an empty desk the same key tells how to fill it."""
    return None if getattr(screen, "is_new", False) else no_ticket(screen)


def no_walk(screen: Any) -> str | None:
    """Where the ticket was not opened from a list."""
    return None if screen.walk else "This ticket was not opened from a list: q goes back."


def no_plan(screen: Any) -> str | None:
    """Where nobody knows yet what would come of a file, or it is being written."""
    return None if screen.is_ready else "The file is still being looked at, or nothing in it can be written."


NEEDS: Final[Mapping[str, Callable[[Any], str | None]]] = MappingProxyType(
    {
        "ticket": no_ticket,
        "one": no_single_ticket,
        "customer": no_customer,
        "row": no_row,
        "new": no_new_desk,
        "why": no_why,
        "walk": no_walk,
        "plan": no_plan,
    }
)
"""By the name of a need: says what is missing, or nothing."""


class ReasonedScreen(Screen[Any]):
    """A screen that knows which of its commands cannot be given now."""

    needs: ClassVar[Mapping[str, Callable[[Any], str | None]]] = NEEDS
    """A screen with needs of its own adds them."""

    def why_not(self, command: Command) -> str | None:
        """The reason why a command cannot be given now, as a sentence with the next step; None if it can."""
        look = self.needs.get(need_of(command.id))
        return None if look is None else look(self)

    def reasons(self, commands: Iterable[Command]) -> dict[str, str]:
        """Why not, by id of command, of all that cannot be given now."""
        found = {one.id: self.why_not(one) for one in commands if need_of(one.id)}
        return {command_id: reason for command_id, reason in found.items() if reason}

    @on(RowWindow.Highlighted)
    @on(RowWindow.Marked)
    def retell_keys(self) -> None:
        """Dim in the footer what cannot be given now."""
        for bar in self.query(KeyBar):
            bar.retell()
