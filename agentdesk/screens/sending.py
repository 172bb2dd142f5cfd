"""From what is written to what is sent: nothing goes without a last look, and nothing to a ticket that changed unseen.

A draft is dropped only by the sending itself or by the agent's word.
"""

from typing import TYPE_CHECKING, Any

from agentdesk.domain.errors import ConflictError
from agentdesk.domain.written import LetterKind
from agentdesk.screens.drafting import DraftScreen
from agentdesk.screens.letter import has_news, news_since
from agentdesk.screens.news import NewsLine
from agentdesk.screens.reviewing import look_over

if TYPE_CHECKING:
    from agentdesk.store.change import Change

_DONE = {LetterKind.NOTE: "Noted on", LetterKind.FORWARD: "Forwarded"}


class SendingScreen(DraftScreen):
    """Reviews and sends; dismissed with True when something was sent."""

    def refused(self) -> bool:
        """Whether something is missing; then it has been said where."""
        return False

    def action_preview(self) -> None:
        """The last look, which also sends."""
        self.action_send()

    def action_send(self) -> None:
        """Look once more, then send."""
        if not self.refused():  # read at once, so that a key pressed right after it meets the review
            told = [one.news.sentence(self.desk.clock.now()) for one in self.query(NewsLine) if one.news]
            review = look_over(self.desk, self.letter, self.written, news=told)
            self.console.show("review", review=review, then=self._reviewed)

    def _reviewed(self, word: str) -> None:
        if word == "postpone":
            self.run_worker(self.action_leave(), group="desk")
        elif word == "discard":
            self.console.show(
                "confirm", [self.ticket_id], question="Discard what you wrote?", verb="Discard",
                words="The text and its draft go; z right after that brings them back, nothing else does.", then=self._discard,
            )  # fmt: skip
        elif word != "edit":
            if word != "send":
                self.set_then(word)
            self.run_worker(self._send(self.letter.base_version), group="desk")

    def set_then(self, status: str) -> None:
        """Choose the status that is set with the sending."""

    async def action_leave(self) -> None:
        """Keep the draft and go back."""
        await self.keep()
        is_saved = self.written == self._saved  # else the console has told why not
        if is_saved and not self._is_finished and not self._saved.is_empty:
            self.console.say(self._left_words())
        self.dismiss(False)

    def _left_words(self) -> str:
        """Whether anything waits here; what a forwarded letter begins with is nobody's writing."""
        if self._mark:
            key = {LetterKind.NOTE: "n", LetterKind.FORWARD: "F"}.get(self.letter.kind, "r")
            return f"Draft kept on {self.letter.ref}; {key} goes on with it."
        return f"Nothing was kept on {self.letter.ref}: nothing was typed."

    async def _send(self, expected_version: int | None) -> None:
        await self.keep()
        if self._is_finished:
            return
        self._is_finished = True
        becomes, zone = self.letter.becomes(self.written.then), self.desk.zone
        whole, chosen = self.written, self.letter.then(self.written.then)
        written = whole.fitting(becomes)

        def send(change: "Change") -> Any:
            from agentdesk import services

            return services.send_written(
                change,
                self.ticket_id,
                written,
                then=chosen,
                zone=zone,
                expected_version=expected_version,
                whole=whole,
            ).id

        done = _DONE.get(self.letter.kind, "Replied to")
        out = ", ".join(self.written.left_out(becomes))
        told = f"{done} {self.letter.ref}{f'; {out} not set' if out else ''}"
        self.console.perform(told, send, then=self._sent, failed=self._refused)

    def _sent(self, message_id: Any) -> None:
        del message_id
        self.dismiss(True)

    def _refused(self, error: BaseException) -> bool:
        """The text stays; where the ticket changed, say how and leave the choice to the agent."""
        self._is_finished = False
        self.tell_state("not sent; your text is here")
        if not isinstance(error, ConflictError):
            return False
        is_status = any(one.field == "status" for one in error.changes)  # the review said what it becomes
        if error.is_own and not is_status and not has_news(self.desk, self.letter):
            self._send_anyway(None)  # the agent knows what they changed themselves
            return True
        self.console.show(
            "confirm",
            [self.ticket_id],
            question=f"{self.letter.ref} changed while you wrote",
            words=news_since(self.desk, self.letter, error),
            verb="Send anyway",
            then=self._send_anyway,
        )
        return True

    def _send_anyway(self, _: Any) -> None:
        self.run_worker(self._send(None), group="desk")

    def _discard(self, _: Any) -> None:
        self.run_worker(self.drop(), group="desk")
