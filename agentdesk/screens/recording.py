"""Recorded keys: what was pressed is kept as it was meant, and played again one key after the other.

Law: a key is played only on the screen on which it was recorded; the first refusal, another screen, or a key of the
agent's stops it, and what was done by then is told. Every change of it is one of its own, and undone as such.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from textual import events

from agentdesk.commands.command import Command
from agentdesk.commands.registry import shown
from agentdesk.domain.references import ticket_ref
from agentdesk.screens.touring import TouringApp
from agentdesk.screens.type_ahead import LOOK

SIGN: Final = "● REC"
"""What the top line says while keys are recorded."""
OWN: Final = ("app.record", "app.play")
"""Commands about recording, which are not recorded."""


@dataclass(slots=True)
class Struck:
    """One key.

    Attributes:
        key: its name; empty for a paste.
        text: what it writes where a field takes it, else what it is as a character.
        screen: the screen it was meant for.
        is_text: whether a field took it as a letter.
        labels: the commands it gave.
    """

    key: str
    text: str
    screen: str
    is_text: bool
    labels: list[str] = field(default_factory=list)


class StoppedPlaying(Exception):  # noqa: N818  it names the situation
    """Playing cannot go on; `str()` says why."""


class RecordingApp(TouringApp, inherit_bindings=False):
    """An app that remembers keys."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.recorded: list[Struck] = []
        self._is_recording = False
        self._is_playing = False
        self._own_key: events.Event | None = None
        self._refusals: list[str] = []
        self._changes = 0
        self._has_walked = False
        """Whether what is played took something back, or did it again."""

    # Recording.

    def action_record(self) -> None:
        """Begin, or end."""
        self._is_recording = not self._is_recording
        if self._is_recording:
            self.recorded = []
            self.signs = (*self.signs, SIGN)
            self.say("Recording keys. F9 ends it.")
            return
        self.signs = tuple(one for one in self.signs if one != SIGN)
        count = len(self.recorded)
        self.say(f"Recorded {_keys(count)}; @ plays them." if count else "No key was recorded.")

    def on_handed(self, event: events.Key | events.Paste, *, is_text: bool) -> None:
        """Keep a key."""
        super().on_handed(event, is_text=is_text)
        if self._is_recording:
            screen = type(self.screen).__name__
            if isinstance(event, events.Paste):
                self.recorded.append(Struck("", event.text, screen, is_text=True))
            else:
                self.recorded.append(Struck(event.key, event.character or "", screen, is_text))

    def on_command(self, command: Command) -> None:
        """Name a key by what it did."""
        super().on_command(command)
        if self._is_recording and self.recorded:
            if command.id in OWN:
                self.recorded.pop()
            else:
                self.recorded[-1].labels.append(command.label)

    # Playing.

    def action_play(self) -> None:
        """Look at what was recorded, and play it."""
        if self._is_recording:
            self.say("Keys are being recorded: F9 ends that, then @ plays them.", severity="warning")
        elif not self.recorded:
            self.say("No keys are recorded: F9 begins, F9 ends, @ plays.", severity="warning")
        else:
            table = getattr(self.screen, "table", None)
            marked = sorted(table.marks) if table is not None else []
            self.show("play", marked, told=told(self.recorded), then=self._begin_playing)

    def _begin_playing(self, rounds: Sequence[int | None]) -> None:
        self.run_worker(self._play(rounds), group="play", exit_on_error=False)

    async def _play(self, rounds: Sequence[int | None]) -> None:
        self._is_playing, self._changes, self._has_walked = True, 0, False
        done, left = 0, list[str]()
        await self._rest()
        why = ""
        try:
            for ticket_id in rounds:
                if ticket_id is not None and not await self._stand_on(ticket_id):
                    left.append(ticket_ref(ticket_id))
                    continue
                for struck in self.recorded:
                    await self._strike(struck)
                done += 1
        except StoppedPlaying as stop:
            why = f" Stopped: {stop}"
        finally:
            self._is_playing = False
        is_idle = not (why or self._changes or self._has_walked)
        if is_idle:
            self.hold_back_undo("What was played changed nothing.")
        self.say(
            _outcome(done, len(rounds), self._changes, left, is_idle=is_idle) + why,
            severity="warning" if why else "information",
        )

    async def _strike(self, struck: Struck) -> None:
        """Press one key as it was recorded, and wait until everything it does is done."""
        if type(self.screen).__name__ != struck.screen:
            raise StoppedPlaying(f"{name_of(struck)} was recorded on another screen than this one.")
        self._refusals = []
        event = events.Key(struck.key, struck.text or None) if struck.key else events.Paste(struck.text)
        self._own_key = event
        await self.on_event(event)
        await self._rest()
        if self._refusals:
            raise StoppedPlaying(f"{name_of(struck)}: {self._refusals[0]}")
        if not self._is_playing:
            raise StoppedPlaying("you pressed a key.")

    async def _stand_on(self, ticket_id: int) -> bool:
        """Put the cursor on a ticket of the list; False where it has left it."""
        table = getattr(self.screen, "table", None)
        if table is None:
            raise StoppedPlaying("the marked tickets are not on this screen.")
        table.unmark()
        table.seek(ticket_id)
        await self._rest("rows", "list")
        return bool(table.cursor_id() == ticket_id)

    async def _rest(self, *groups: str) -> None:
        def is_busy() -> bool:
            return self.is_typing or any(one.group in groups and not one.is_finished for one in self.workers)

        while is_busy():  # noqa: ASYNC110  it ends in several places
            await asyncio.sleep(LOOK)

    async def on_event(self, event: events.Event) -> None:
        """A key of the agent's stops what is being played, and does nothing else."""
        is_typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if self._is_playing and is_typed and event is not self._own_key:
            self._is_playing = False
            return
        await super().on_event(event)

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """Tell; while keys are played, a refusal stops them."""
        if severity != "information":
            self._refusals.append(sentence)
        super().say(sentence, severity=severity)

    def _saved(self, told: str, result: Any, then: Any, *, is_change: bool) -> None:
        self._changes += is_change
        super()._saved(told, result, then, is_change=is_change)

    def _walked(self, sentence: str) -> None:
        self._has_walked = True
        super()._walked(sentence)


def told(recorded: Sequence[Struck]) -> list[tuple[str, str]]:
    """Keys and what each does; letters that a field takes stand together in quotes."""
    lines: list[tuple[str, str]] = []
    written = ""
    for one in recorded:
        if one.is_text:
            written += one.text
            continue
        if written:
            lines.append((f"“{written}”", "is written"))
            written = ""
        lines.append((shown(one.key), ", ".join(one.labels)))
    return [*lines, (f"“{written}”", "is written")] if written else lines


def name_of(struck: Struck) -> str:
    """A key by its name and what it does: `s Status`."""
    return f"{shown(struck.key) or 'a paste'} {', '.join(struck.labels)}".rstrip()


def _keys(count: int) -> str:
    return "1 key" if count == 1 else f"{count} keys"


def _outcome(done: int, of: int, changes: int, left: Sequence[str], *, is_idle: bool) -> str:
    often = f"{done} of {of} times" if done < of or of > 1 else "once"
    undo = (
        f"; {changes} changes, z takes each back"
        if changes > 1
        else "; z takes the change back"
        if changes
        else "; nothing changed"
        if is_idle
        else ""
    )
    gone = f" {', '.join(left)} had left the list." if left else ""
    return f"Played {often}{undo}.{gone}"
