"""The lowest lines while a tour is on: what to try next, how far it is, and how to leave."""

from typing import Any

from textual.content import Content
from textual.widgets import Static


class TourLine(Static):
    """A hint."""

    DEFAULT_CSS = """
    TourLine { dock: bottom; height: auto; max-height: 3; background: $panel-2; color: $ink; padding: 0 1; border-top: heavy $soon; }
    """

    def __init__(self, **named: Any) -> None:
        super().__init__(markup=False, **named)

    def tell(self, hint: str, step: int, of: int) -> None:
        """Show a step; the first is 1."""
        self.update(
            Content.assemble(
                (f"TOUR {step}/{of} ", "bold $soon"), (hint, "bold $ink"), ("  esc leaves the tour", "$muted")
            )
        )
