"""What brings tickets together or apart, once for every screen that acts on tickets, and the dialogs for it."""

from typing import TYPE_CHECKING, Any, Final

ROUTES: Final[dict[str, str]] = {
    "merge": "agentdesk.screens.merge:MergeDialog",
    "merge_preview": "agentdesk.screens.merge_preview:MergePreview",
    "unmerge": "agentdesk.screens.unmerge:UnmergeDialog",
    "link": "agentdesk.screens.link:LinkDialog",
    "split": "agentdesk.screens.split:SplitDialog",
    "follow_up": "agentdesk.screens.follow_up:FollowUpDialog",
}


class Relations:
    """Commands on the tickets of a screen; see `screens.frame.DeskScreen`."""

    if TYPE_CHECKING:

        def _ask(self, route: str, *, single: bool = False, **named: Any) -> None: ...

    def action_merge(self) -> None:
        """Make them part of another ticket."""
        self._ask("merge")

    def action_link(self) -> None:
        """Say how they belong to another ticket."""
        self._ask("link")
