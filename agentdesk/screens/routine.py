"""What is said, set and asked for every day, for every screen that acts on tickets: macros and forms."""

from collections.abc import Callable
from typing import Any


class RoutineCommands:
    """The commands; whoever has them says which tickets they are for."""

    def _ask(
        self,
        route: str,
        *,
        single: bool = False,
        then: Callable[[Any], object] | None = None,
        **named: Any,
    ) -> None:
        raise NotImplementedError

    def acted(self, _result: Any = None) -> None:
        """Something was done to the tickets acted on."""

    def action_macro(self) -> None:
        """Choose a macro, for one ticket or for every marked one."""
        self._ask("macro", then=self._write_with)

    def _write_with(self, use: Any) -> None:
        """Open the editor with the text of a macro; what sets fields alone is done already."""
        from agentdesk.screens.macro_preview import MacroUse

        if isinstance(use, MacroUse):
            self._ask("compose", single=True, kind=use.kind, macro=use)
        else:
            self.acted(use)

    def action_intake(self) -> None:
        """Fill in the form of the category."""
        self._ask("intake", single=True)
