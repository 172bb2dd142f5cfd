"""A question before something large, or something that cannot be taken back."""

from collections.abc import Sequence
from typing import Any

from agentdesk.desk import Desk
from agentdesk.screens.dialog import DeskDialog


class ConfirmDialog(DeskDialog):
    """Asks once. Dismissed with True or None.

    Args:
        desk: The desk.
        ticket_ids: What it is about, for the title; may be empty.
        question: The title.
        words: What will happen, and that it stays so.
        verb: What the button says.
        is_dangerous: Whether it cannot be taken back: Cancel has the focus, and the button is red; else enter does it.
    """

    def __init__(
        self,
        desk: Desk,
        ticket_ids: Sequence[int] = (),
        *,
        question: str,
        words: str,
        verb: str = "Do it",
        is_dangerous: bool = True,
        **named: Any,
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._question = question
        self._words = words
        self.confirm_label = verb  # type: ignore[misc]  # the verb of this question
        self.is_dangerous = is_dangerous  # type: ignore[misc]  # likewise

    @property
    def title_words(self) -> str:
        """The question."""
        return self._question

    def begin(self) -> None:
        """Enter does what can be taken back."""
        if not self.is_dangerous:
            self.query_one("#confirm").focus()

    def sentence(self) -> str:
        """What will happen."""
        return self._words
