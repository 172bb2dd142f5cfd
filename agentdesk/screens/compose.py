"""Write a reply or an internal note. What is typed is kept from the first two seconds until the sending is committed.

Law: nothing is sent without a last look; a draft is dropped only by the sending itself or by the agent's word;
an answer to a ticket that has changed meanwhile is held back until the agent has seen what changed.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError, ConflictError
from agentdesk.domain.vocabulary import Status
from agentdesk.domain.when import stamp
from agentdesk.screens.external_editor import Runner, edit_outside, run_in_terminal
from agentdesk.screens.frame import Page
from agentdesk.screens.letter import begin_letter, news_since, word
from agentdesk.screens.news import News, NewsLine, look_again
from agentdesk.screens.writing import import_writing
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.queries.ticket_detail import MessageRow
    from agentdesk.store.change import Change

EVERY = 2.0
"""Seconds between two looks whether there is something to keep."""


class ComposeScreen(Page):
    """Dismissed with True when something was sent.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
        kind: `reply` or `note`.
        runner: How `$EDITOR` is run; the terminal's own way unless given.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("editor")]
    CSS_PATH = "compose.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = "TextArea"
    place: ClassVar[str] = "editor"

    def __init__(
        self,
        desk: Desk,
        ticket_ids: Sequence[int],
        *,
        kind: str = "reply",
        runner: Runner | None = None,
        **named: Any,
    ) -> None:
        super().__init__(desk, **named)
        self.ticket_id = ticket_ids[0]
        self._runner = runner or run_in_terminal
        self._is_finished = False
        self._pen = asyncio.Lock()
        self.letter = begin_letter(desk, self.ticket_id, "internal" if kind == "note" else "public")
        self._saved = self._typed = self.letter.body

    @property
    def is_internal(self) -> bool:
        """Whether only the team reads it."""
        return self.letter.is_internal

    @property
    def text(self) -> str:
        """What is written."""
        return self.query_one(TextArea).text

    def compose(self) -> ComposeResult:
        """Who reads it, what happens then, the text; beside it the conversation where there is room."""
        yield Static(content(self.letter.banner), id="banner")
        with Horizontal(id="sides"):
            with Vertical(id="writing"):
                yield Static(content(self.letter.reader), id="reader")
                with Horizontal(id="after-row"):
                    yield Static(content("After sending"), classes="label")
                    named = [
                        (f"set to {word(one)}" if at else f"leave it {word(one)}", one)
                        for at, one in enumerate(self.letter.after)
                    ]
                    yield Choice(named, value=self.letter.first_after, id="after")
                    yield Input(placeholder="waits for whom?", id="party", compact=True)
                yield TextArea(self._saved, id="text", compact=True, soft_wrap=True, show_line_numbers=False)
                yield NewsLine(self.desk.clock.now)
                yield Static(id="state")
            yield ConversationView(id="beside")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Offer the draft, begin to keep what is typed."""
        self.set_class(self.is_internal, "-internal")
        self.query_one("#after-row").display = bool(self.letter.after) and not self.is_internal
        self.query_one("#party").display = False
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self._show_beside(self.letter.messages)
        self._tell(self.letter.welcome(self.desk))
        self.set_interval(EVERY, self.keep)
        self.refresh_data()

    def refresh_data(self) -> None:
        """Somebody may have said something meanwhile."""
        self.read_then(lambda: look_again(self.desk, self.letter), self._take_news, group="news")

    def _take_news(self, found: "tuple[News | None, list[MessageRow]]") -> None:
        news, messages = found
        if self.query_one(NewsLine).tell(news):
            self._show_beside(messages)

    def _show_beside(self, messages: "list[MessageRow]") -> None:
        beside = self.query_one(ConversationView)
        beside.show(self.letter.detail, messages, (), self.desk.clock.now(), self.desk.zone)

    async def keep(self) -> None:
        """Save the draft if it changed."""
        async with self._pen:
            text = self.text
            if self._is_finished or text == self._saved:
                return
            try:
                await asyncio.to_thread(self._write, text)
            except Exception as error:  # noqa: BLE001  the text is still on the screen, and the console tells
                self.console.report(error)
                return
            self._saved = text
            if text.strip():
                self._tell(
                    f"draft saved {stamp(self.desk.clock.now(), self.desk.clock.now(), self.desk.zone)}"
                )
            else:
                self._tell("nothing to keep yet")

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._typed = self.text
        if self._typed != self._saved:
            self._tell("not saved yet")

    def on_unmount(self) -> None:
        """The console ends while something is being written: keep it before the store closes."""
        if not self._is_finished and self._typed != self._saved:
            self._write(self._typed)

    @on(Choice.Changed, "#after")
    def _after_changed(self) -> None:
        self.query_one("#party").display = self.query_one("#after", Choice).chosen == Status.ON_HOLD.value

    async def on_screen_suspend(self) -> None:
        """Something else came to the front: keep the draft."""
        await self.keep()

    async def on_app_blur(self) -> None:
        """Another window has the keyboard: keep the draft."""
        await self.keep()

    async def action_leave(self) -> None:
        """Keep the draft and go back."""
        await self.keep()
        if self.text.strip() and not self._is_finished:
            self.console.say(f"Draft kept on {self.letter.ref}; r or n goes on with it.")
        self.dismiss(False)

    def action_after(self) -> None:
        """The next status after sending."""
        if not self.is_internal:
            self.query_one("#after", Choice).action_step(1)

    def action_preview(self) -> None:
        """The last look, which also sends."""
        self.action_send()

    def action_external(self) -> None:
        """Hand the text to `$EDITOR`."""
        area = self.query_one(TextArea)
        try:
            with self.app.suspend():
                written = edit_outside(area.text, self._runner)
        except SuspendNotSupported:
            self.console.say("This terminal cannot be handed to another editor.", severity="warning")
            return
        except AgentDeskError as error:
            self.console.report(error)
            return
        self.put_text(written)

    def put_text(self, text: str) -> None:
        """Replace what is written; ctrl+z takes it back."""
        area = self.query_one(TextArea)
        if text != area.text:
            area.replace(text, (0, 0), area.document.end)
            area.history.checkpoint()

    def action_send(self) -> None:
        """Look once more, then send."""
        party = self.query_one("#party", Input)
        if not self.text.strip():
            self.console.say("There is nothing to send yet: write something first.", severity="warning")
            self.query_one(TextArea).focus()
        elif self._then() == Status.ON_HOLD.value and not party.value.strip():
            self.console.say("Name the party the ticket will wait for.", severity="warning")
            party.focus()
        else:
            heading = f"{'Internal note on' if self.is_internal else 'Reply to'} {self.letter.ref}"
            self.console.show(
                "review", heading=heading, reader=self.letter.reader, text=self.text, after=self.letter.after_words(self._then()),
                is_internal=self.is_internal, then=self._reviewed,
            )  # fmt: skip

    def _reviewed(self, word: str) -> None:
        if word == "send":
            self.run_worker(self._send(self.letter.base_version), group="desk")
        elif word == "postpone":
            self.run_worker(self.action_leave(), group="desk")
        elif word == "discard":
            self.console.show(
                "confirm", [self.ticket_id], question="Discard what you wrote?", verb="Discard",
                words="The text and its draft will be gone for good.", then=self._discard,
            )  # fmt: skip

    async def _send(self, expected_version: int | None) -> None:
        await self.keep()
        if self._is_finished:
            return
        self._is_finished = True
        text, then = self.text, self._then()
        party = self.query_one("#party", Input).value.strip()

        def send(change: "Change") -> Any:
            from agentdesk import services

            if self.is_internal:
                return services.add_note(change, self.ticket_id, text).id
            return services.reply_to_ticket(
                change, self.ticket_id, text, then=then, waiting_for=party, expected_version=expected_version
            ).id

        done = "Noted on" if self.is_internal else "Replied to"
        self.console.perform(f"{done} {self.letter.ref}", send, then=self._sent, failed=self._refused)

    def _sent(self, message_id: Any) -> None:
        del message_id
        self.dismiss(True)

    def _refused(self, error: BaseException) -> bool:
        """The text stays; where the ticket changed, say how and leave the choice to the agent."""
        self._is_finished = False
        self._tell("not sent; your text is here")
        if not isinstance(error, ConflictError):
            return False
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
        self.run_worker(self._drop(), group="desk")

    async def _drop(self) -> None:
        async with self._pen:
            self._is_finished = True
            await asyncio.to_thread(self._write, "")
        self.dismiss(False)

    def _write(self, text: str) -> None:
        import_writing()
        from agentdesk import services

        with self.desk.change(summary="keep a draft") as change:
            services.save_draft(
                change, self.ticket_id, text, self.letter.visibility, self.letter.base_version
            )

    def _then(self) -> str | None:
        return self.letter.then(self.query_one("#after", Choice).chosen)

    def _tell(self, words: str) -> None:
        self.query_one("#state", Static).update(content(words))
