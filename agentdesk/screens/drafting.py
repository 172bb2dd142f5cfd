"""A screen whose words are kept while they are written, and are the same in every console of the agent.

Law: what is typed is in the store two seconds later; a text that another console of the same agent wrote is shown
where nothing was typed since, and is kept beside where something was. No text is overwritten unread.
"""

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.domain.when import stamp
from agentdesk.domain.written import Written
from agentdesk.queries import drafts
from agentdesk.screens.discarded import Discarded, hold
from agentdesk.screens.frame import Page
from agentdesk.screens.letter import begin_letter
from agentdesk.screens.writing import import_writing
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.store.change import Change

EVERY = 2.0
"""Seconds between two looks whether there is something to keep."""


class DraftScreen(Page):
    """Keeps what `written` says; subclasses say it, and show what they are told to.

    Args:
        desk: The desk.
        ticket_id: The ticket.
        kind: What is to be written; a draft that waits keeps its own kind.
        message_id: The one message to forward.
    """

    def __init__(
        self, desk: Desk, ticket_id: int, kind: str, *, message_id: int | None = None, **named: Any
    ) -> None:
        super().__init__(desk, **named)
        self.ticket_id = ticket_id
        self.letter = begin_letter(desk, ticket_id, kind, message_id)
        self._is_finished = False
        self._pen = asyncio.Lock()
        self._saved = self._typed = self.letter.written
        self._is_turned = False
        """Whether this console asked for the other text itself."""
        self._mark = self.letter.draft.mark if self.letter.draft else ""

    @property
    @abstractmethod
    def written(self) -> Written:
        """What is written at this moment."""

    @abstractmethod
    def show_written(self, written: Written) -> None:
        """Show another letter in place of what is written; ctrl+z takes its text back."""

    def begin_keeping(self) -> None:
        """From now on, keep what is typed."""
        self.tell_state(self.letter.welcome(self.desk))
        self.set_interval(EVERY, self.keep)

    def note_typed(self) -> None:
        """Something was typed or chosen."""
        self._typed = self.written
        if self._typed != self._saved:
            self.tell_state("not saved yet")

    async def keep(self) -> None:
        """Save the draft if it changed."""
        async with self._pen:
            written = self.written
            if self._is_finished or written == self._saved:
                return
            known = self._mark
            try:
                self._mark, beside = await asyncio.to_thread(self._write, written, known)
            except Exception as error:  # noqa: BLE001  the text is still on the screen, and the console tells
                self.console.report(error)
                return
            self._saved = written
            self.tell_state(self._kept_words(written, beside))

    def _kept_words(self, written: Written, beside: int) -> str:
        if written.is_empty:
            return "nothing to keep yet"
        now = self.desk.clock.now()
        at = f"draft saved {stamp(now, now, self.desk.zone)}"
        return f"{at} · F5 your other text" if beside else at

    def on_unmount(self) -> None:
        """The console ends while something is being written: keep it before the store closes."""
        if not self._is_finished and self._typed != self._saved:
            self._write(self._typed, self._mark)

    async def on_screen_suspend(self) -> None:
        """Something else came to the front: keep the draft."""
        await self.keep()

    async def on_app_blur(self) -> None:
        """Another window has the keyboard: keep the draft."""
        await self.keep()

    async def drop(self) -> None:
        """Forget the draft and leave; the console can bring it back until something else is done."""
        async with self._pen:
            self._is_finished = True
            try:
                gone = await asyncio.to_thread(self._throw_away, self.written)
            except Exception as error:  # noqa: BLE001  the text is still here, and the console tells
                self._is_finished = False
                self.console.report(error)
                return
        self.dismiss(False)
        if gone is not None:
            self.console.discarded(gone)

    def _throw_away(self, written: Written) -> Discarded | None:
        gone = hold(self.desk, self.ticket_id, written, self.letter.base_version)
        self._write(Written(kind=self.letter.kind), self._mark)
        return gone

    # What another console of the same agent writes.

    def look_at_draft(self) -> None:
        """Take over what another console of this agent has saved, unless something was typed here since."""
        if not self._is_finished:
            self.read_then(self._read_draft, self._take_draft, group="draft")

    def _read_draft(self) -> drafts.DraftRow | None:
        with self.desk.read() as read:
            return drafts.draft(read, self.ticket_id, self.letter.kind)

    def _take_draft(self, draft: drafts.DraftRow | None) -> None:
        if draft is None or self._is_finished or self._pen.locked() or draft.mark == self._mark:
            return
        at = stamp(draft.saved_at, self.desk.clock.now(), self.desk.zone)
        if self.written != self._saved or draft.written.kind is not self.letter.kind:
            self.tell_state(f"another console of yours wrote here at {at}: both texts are kept")
            return  # the next saving keeps theirs beside ours
        self._mark, self._saved = draft.mark, draft.written
        self.show_written(draft.written)
        self._saved = self.written
        more = " · F5 your other text" if draft.others else ""
        left = "your other text" if self._is_turned else "as another console of yours left it"
        self._is_turned = False
        self.tell_state(f"{left}, of {at}{more}" if left.startswith("your") else f"{left} at {at}{more}")

    async def action_other_text(self) -> None:
        """Exchange the text for the one that another console wrote; pressed again, the next or this one."""
        await self.keep()
        async with self._pen:
            is_turned = await asyncio.to_thread(self._turn)
        if is_turned:
            self._mark, self._is_turned = "", True  # whatever is there now is what is wanted
            self.look_at_draft()
        else:
            self.console.say("There is no other text of yours on this ticket.")

    def _turn(self) -> bool:
        import_writing()
        from agentdesk import services

        with self.desk.change(summary="turn a draft") as change:
            return services.turn_draft(change, self.ticket_id, self.letter.kind)

    def _write(self, written: Written, known: str) -> tuple[str, int]:
        """Save it in a thread; the new mark, and how many texts of other consoles wait beside it."""
        import_writing()
        with self.desk.change(summary="keep a draft") as change:
            mark = self._save(change, written, known)
        draft = self._read_draft()
        return mark, draft.others if draft else 0

    def _save(self, change: "Change", written: Written, known: str) -> str:
        from agentdesk import services

        return services.save_draft(
            change,
            self.ticket_id,
            written.text,
            written.kind.visibility,
            self.letter.base_version,
            extra=written.extra(),
            known=known,
        )

    def tell_state(self, words: str) -> None:
        """Say where the draft stands, below the text."""
        self.query_one("#state", Static).update(content(words))
