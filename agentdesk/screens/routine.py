"""What is said, set and asked for every day, for every screen that acts on tickets: macros and forms."""

from typing import Any


class RoutineCommands:
    """The commands; whoever has them says which tickets they are for."""

    def _ask(self, route: str, *, single: bool = False, **named: Any) -> None:
        raise NotImplementedError

    def action_macro(self) -> None:
        """Choose a macro, for one ticket or for every marked one."""
        self._ask("macro", then=self._write_with)

    def _write_with(self, use: Any) -> None:
        """Open the editor with the text of a macro; where it was applied already, there is nothing to write."""
        if use is not True:
            self._ask("compose", single=True, kind=use.kind, macro=use)

    def action_intake(self) -> None:
        """Fill in the form of the category."""
        self._ask("intake", single=True)
