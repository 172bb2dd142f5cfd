"""A question before something that cannot be taken back."""

from collections.abc import Sequence
from typing import Any, ClassVar

from agentdesk.desk import Desk
from agentdesk.screens.dialog import DeskDialog


class ConfirmDialog(DeskDialog):
    """Asks once; Cancel has the focus. Dismissed with True or None.

    Args:
        desk: The desk.
        ticket_ids: What it is about, for the title; may be empty.
        question: The title.
        words: What will happen, and that it stays so.
        verb: What the button says.
        is_dangerous: Whether Cancel has the focus and the button is red.
    """

    is_dangerous: ClassVar[bool] = True

    def __init__(
        self,
        desk: Desk,
        ticket_ids: Sequence[int] = (),
        *,
        question: str,
        words: str,
        verb: str = "Do it",
        **named: Any,
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._question = question
        self._words = words
        self.confirm_label = verb  # type: ignore[misc]  # the verb of this question

    @property
    def title_words(self) -> str:
        """The question."""
        return self._question

    def sentence(self) -> str:
        """What will happen."""
        return self._words
