"""The last look before something is sent: the text as it will be read, who reads it, and what happens then."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agentdesk.commands.registry import bindings, in_place, shown_keys
from agentdesk.desk import Desk
from agentdesk.screens.letter import word
from agentdesk.screens.reviewing import Review
from agentdesk.widgets.safe import body, content

if TYPE_CHECKING:
    from agentdesk.screens.protocol import Console

LABEL = 9
"""Cells of what a fact is called."""


class ReviewScreen(ModalScreen[str]):
    """Dismissed with `send`, a status to send with, `edit`, `postpone` or `discard`.

    Args:
        desk: The desk.
        review: What is about to be sent.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    CSS_PATH = "compose.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    place: ClassVar[str] = "review"

    def __init__(self, desk: Desk, *, review: Review, **named: Any) -> None:
        super().__init__(**named)
        self.desk = desk
        self._review = review
        self.set_class(review.is_internal, "-internal")

    @property
    def console(self) -> "Console":
        """The app, as screens see it."""
        return cast("Console", self.app)

    def compose(self) -> ComposeResult:
        """Who, what, then; the keys last."""
        review = self._review
        facts: Content = _facts(review)
        with Vertical(id="review"):
            with Vertical(id="review-head"):
                yield Static(content(f"{review.heading} — look once more"), id="review-title")
                yield Static(content(review.reader), id="review-reader")
            with VerticalScroll(id="review-text"):
                yield Static(body(review.text))
            with Vertical(id="review-foot"):
                yield Static(facts, id="review-after")
                for way in (True, False):
                    yield Static(content(self._keys(is_sending=way)), classes="review-keys")

    def _keys(self, *, is_sending: bool) -> str:
        """The keys that send, or those that do not; without those that set a status which cannot be reached."""
        ways = {"send", *(f"send_as('{one}')" for one in self._review.statuses)}
        return "   ".join(
            f"{shown_keys(one)} {self._review.verb if one.action == 'send' else one.label}"
            for one in in_place("review", self.desk.settings.keymap)
            if one.action.startswith("send") is is_sending and (one.action in ways or not is_sending)
        )

    def action_send(self) -> None:
        """Send it."""
        self._leave("send")

    def action_send_as(self, status: str) -> None:
        """Send it, and set a status."""
        statuses = self._review.statuses
        if status not in statuses:
            why = f"does not become {word(status)} by this" if statuses else "keeps its status with a note"
            self._refuse(f"The ticket {why}: y {self._review.verb.lower()}s.")
        else:
            self._leave(status)

    def _leave(self, how: str) -> None:
        if self._review.missing:
            self._refuse(self._review.missing)
        else:
            self.dismiss(how)

    def _refuse(self, words: str) -> None:
        """Say why it stays here, among the facts: a toast would lie over the keys."""
        facts: Content = _facts(self._review, words)
        self.query_one("#review-after", Static).update(facts)

    def action_edit(self) -> None:
        """Go on writing."""
        self.dismiss("edit")

    def action_postpone(self) -> None:
        """Keep it as a draft and go back."""
        self.dismiss("postpone")

    def action_discard(self) -> None:
        """Throw it away, after a question."""
        self.dismiss("discard")


def _facts(review: Review, refusal: str = "") -> Content:
    lines = review.text.count("\n") + 1
    told = [*review.facts, ("Length", f"{lines} {'line' if lines == 1 else 'lines'}")]
    rows = [Content.assemble((f"{label:<{LABEL}}", "$faint"), content(words)) for label, words in told]
    missing = "" if refusal == review.missing else review.missing
    rows += [content(words, "bold $late") for words in (missing,) if words]
    rows += [content(words, "bold $soon") for words in (review.doubts,) if words]
    rows += [
        content(f" Not {'saved' if review.verb == 'Save' else 'sent'}: {words} ", "bold reverse $late")
        for words in (refusal,)
        if words
    ]
    return Content("\n").join(rows)
