"""Keys typed ahead wait for what the key before them opens: none is lost, none goes to a screen that is no longer meant.

Textual hands on every key of a burst before the first of them has done anything. Law: one key at a time, in order; the
next is handed on when all messages of the one before are done, its screen is mounted and its short work is saved. What
takes long is not waited for to its end.
"""

import asyncio
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from textual import events
from textual.app import App, ScreenError
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

PATIENCE: Final = 5.0
"""Seconds a key waits for work in threads; a change of a thousand tickets does not hold the keyboard."""
STUCK: Final = 15.0
"""Seconds a key waits for a screen to open: on a busy machine that may be long, and there is no other place for it."""
ROUNDS: Final = 3
"""A key makes a message, that one another, and the last moves the focus: `enter`, `Picked`, the screen behind."""
AWAITED: Final = frozenset({"desk", "check", "list"})
"""Groups of workers that decide what the next key means: operations, questions that are checked, other lists."""
ANSWERED: Final = AWAITED | {"search"}
"""What a key waits for that takes an answer, where a letter only goes on with the question."""
LOOK: Final = 1 / 100
"""Seconds between two looks whether such a worker is done."""


class PatientApp(App[int], inherit_bindings=False):
    """An app that takes one key after the other."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._is_typing = True  # until the first screen is there
        self._settling: asyncio.Task[None] | None = None
        self._leaving_in_order: asyncio.Task[None] | None = None
        self._key_at = 0.0
        self._escaped: tuple[events.Key, Widget | Screen[Any]] | None = None
        self.is_untouched = True
        """Whether no key was pressed yet."""
        self.handed: events.Key | events.Paste | None = None
        """The key that is at work."""
        self.key_gap = STUCK
        """Seconds between the last two keys."""

    @property
    def is_typing(self) -> bool:
        """Whether a key is still at work, or others wait behind it."""
        return self._is_typing and not self._exit

    @property
    def has_more_keys(self) -> bool:
        """Whether keys wait behind the one that is at work."""
        return bool(self._typed)

    async def on_event(self, event: events.Event) -> None:
        """Hand a key on, or keep it until the one before is done."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        now = monotonic()
        self.key_gap, self._key_at = now - self._key_at, now
        self._typed.append(event)
        self.is_untouched = False
        if not self._is_typing:
            await self._hand_on()

    def leave_in_order(self, code: int) -> None:
        """Leave with an exit code, after what was typed already has been taken in."""

        async def leave() -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    while self._is_typing:  # noqa: ASYNC110  it ends in several places
                        await asyncio.sleep(LOOK)
            self.exit(code)

        self._leaving_in_order = asyncio.create_task(leave())

    def type_ahead(self, text: str) -> None:
        """Take what was typed before there was anything to take it."""
        if text:
            from textual._xterm_parser import XTermParser

            parser = XTermParser()
            read = [*parser.feed(text), *parser.feed("")]
            self._typed.extend(one for one in read if isinstance(one, events.Key | events.Paste))
            self.is_untouched = not self._typed

    def on_ready(self) -> None:
        """The first screen is there: what was typed meanwhile is for it."""
        self._settle(self.screen)

    def _settle(self, target: MessagePump) -> None:
        self._settling = asyncio.create_task(self._hand_on_after(target))

    async def _hand_on_after(self, target: MessagePump) -> None:
        with suppress(TimeoutError, ScreenError):  # no screen: the console is leaving
            async with asyncio.timeout(STUCK):
                await self._let_settle(target)
        self.post_message(events.Callback(self._hand_on))

    async def _let_settle(self, target: MessagePump) -> None:
        await _pass_up(target)
        for _ in range(ROUNDS - 1):
            await _pass_up(self.focused or self.screen)
        patient_until = monotonic() + PATIENCE
        while self._is_working() and monotonic() < patient_until:
            await asyncio.sleep(LOOK)
            if not self._is_working():  # what it has done makes messages too
                for _ in range(ROUNDS):
                    await _pass_up(self.focused or self.screen)

    def _is_working(self) -> bool:
        target = self.focused or self.screen
        groups = AWAITED if self._typed and _is_letter(self._typed[0], target) else ANSWERED
        return any(one.group in groups and not one.is_finished for one in self.workers)

    async def _hand_on(self) -> None:
        """The next key; letters for a field go there together, since they open nothing."""
        self._is_typing = bool(self._typed)
        if not self._typed:
            return
        target = self.focused or self.screen
        try:
            first = self._part(self._typed.popleft(), target)
            if self._is_of_no_text(first, target):
                return
            await self._take(first, target)
            while _is_letter(first, target) and self._typed and _is_letter(self._typed[0], target):
                await self._take(self._typed.popleft(), target)
        finally:
            self._settle(target)

    def _part(
        self, event: events.Key | events.Paste, target: Widget | Screen[Any]
    ) -> events.Key | events.Paste:
        """The key itself; of an alt key that is bound to nothing the escape it begins with, its letter comes next."""
        letter = _letter_after_escape(event)
        if letter is None or isinstance(event, events.Paste) or event.key in self.screen.active_bindings:
            return event
        self._typed.appendleft(letter)
        self._escaped = (letter, target)
        return events.Key("escape", "\x1b")

    def _is_of_no_text(self, event: events.Key | events.Paste, target: Widget | Screen[Any]) -> bool:
        """Whether it is the letter of an alt key, and the text that had the focus has it still: nobody typed it there."""
        if self._escaped is None or self._escaped[0] is not event:
            return False
        _, text = self._escaped
        return text is target and _is_letter(event, target)

    async def _take(self, event: events.Key | events.Paste, target: Widget | Screen[Any]) -> None:
        self.handed = event
        self.on_handed(event, is_text=_is_letter(event, target))
        await super().on_event(event)

    def on_handed(self, event: events.Key | events.Paste, *, is_text: bool) -> None:
        """A key is handed on to where it is meant; `is_text` where a field takes it as a letter."""


def _letter_after_escape(event: events.Key | events.Paste) -> events.Key | None:
    """A terminal sends the same for alt and a letter as for escape and a letter that follows at once."""
    if isinstance(event, events.Paste) or not event.key.startswith("alt+") or not event.is_printable:
        return None
    return events.Key(event.character or "", event.character)


def _is_letter(event: events.Key | events.Paste, target: Widget) -> bool:
    if isinstance(event, events.Key) and event.key.startswith("alt+"):
        return False
    return isinstance(event, events.Paste) or target.check_consume_key(event.key, event.character)


async def _pass_up(target: MessagePump) -> None:
    """Wait behind all that waits now, in the widget and in everything around it, from the inside to the app.

    Not with `call_later`: Textual would look up the signature of what it calls, at every step of every key.
    """
    node: MessagePump | None = target
    while node is not None:
        parent, reached = node._parent, asyncio.Event()  # noqa: SLF001  the way a message goes up
        if not _is_at_rest(node) and node.post_message(events.Callback(reached.set)):
            await reached.wait()
        node = parent


def _is_at_rest(node: MessagePump) -> bool:
    """Whether nothing is at work in it and nothing waits there: it waits for a message itself."""
    queue: Any = node._message_queue  # noqa: SLF001  there is no public way to ask
    return queue.empty() and bool(queue.ready_event._waiters)  # noqa: SLF001  likewise
