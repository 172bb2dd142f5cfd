"""A line in which words are typed that are looked for below: its keys are those of the place `typing`."""

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from agentdesk.commands.registry import bindings


class WordLine(Input):
    """Enter or down goes to what was found, escape leaves the words as they are."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("typing")]
    typing_place: ClassVar[str] = "typing"

    async def action_leave_line(self) -> None:
        """Back to the list."""
        await self.run_action("screen.back")
