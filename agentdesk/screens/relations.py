"""What brings tickets together or apart, once for every screen that acts on tickets."""

from typing import TYPE_CHECKING, Any


class Relations:
    """Commands on the tickets of a screen; see `screens.frame.DeskScreen`."""

    if TYPE_CHECKING:

        def _ask(self, route: str, *, single: bool = False, **named: Any) -> None: ...

        def acted(self, result: Any = None) -> None:
            """See `screens.frame.DeskScreen`."""

    def action_merge(self) -> None:
        """Make them part of another ticket."""
        self._ask("merge", then=self.merged)

    def merged(self, survivor: int) -> None:
        """They are part of another ticket now.

        Args:
            survivor: id of the one that goes on.
        """
        del survivor
        self.acted()

    def action_link(self) -> None:
        """Say how they belong to another ticket."""
        self._ask("link")
