"""Run in a terminal of its own: the console with hands that walk every screen and type hostile text everywhere.

    python robot.py JOB.json REPORT.json

The job names the strings, the walk, and a breach to plant; the report says what was seen. Keys are looked up by the
ids of commands, so that another key is another key here too.
"""

import asyncio
import json
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from agentdesk.__main__ import main
from agentdesk.app import ROUTES, AgentDesk
from agentdesk.commands.registry import by_id
from agentdesk.domain import safe_text
from agentdesk.domain.safe_text import clip, line
from agentdesk.screens.frame import REST

SAY = "+say"
"""A step that types a few words."""
WAYS: dict[str, tuple[str, ...]] = {
    "queue": (),
    "customers": ("app.customers",),
    "knowledge": ("app.knowledge",),
    "reports": ("app.reports",),
    "ticket": ("list.open",),
    "customer": ("ticket.customer",),
    "compose": ("ticket.reply",),
    "review": ("ticket.reply", SAY, "editor.send"),
    "confirm": ("ticket.reply", SAY, "editor.send", "review.discard"),
    "assign": ("ticket.assign",),
    "status": ("ticket.status",),
    "priority": ("ticket.priority",),
    "tags": ("ticket.tags",),
    "snooze": ("ticket.snooze",),
    "escalation": ("ticket.escalate",),
    "new_ticket": ("queue.new",),
    "goto": ("app.goto",),
    "sort": ("queue.sort",),
    "help": ("app.help",),
    "palette": ("app.palette",),
}
"""How each route is reached from the queue, in ids of commands."""
FRAME = 0.02
"""Seconds in which a change is painted: a little more than the console takes for a frame."""


def key_of(command_id: str) -> str:
    """The first key of a command, as Textual names it."""
    return by_id()[command_id].keys.split(",")[0]


class Hands:
    """Presses, types, waits, and notes what it saw."""

    def __init__(self, pilot: Pilot[Any], job: dict[str, Any]) -> None:
        self.pilot = pilot
        self.app: Any = pilot.app
        self.strings: list[str] = job["strings"]
        self.is_thorough: bool = job.get("thorough", False)
        self.seen: dict[str, int] = {}
        self.counts = {"keys": 0, "pastes": 0, "tickets": 0, "customers": 0}
        self.unlike: list[str] = []
        self.names = {target: route for route, target in ROUTES.items()}

    async def settle(self) -> None:
        """Wait until nothing works any more and it is painted, and note which screens are open."""
        limit, before = time.monotonic() + 20, None
        while time.monotonic() < limit:
            await self.pilot._wait_for_screen()
            state = [(id(one), one.is_running, id(one.focused)) for one in self.app.screen_stack]
            if state == before and all(one.is_finished for one in self.app.workers):
                break
            before = state
            await asyncio.sleep(FRAME)
        for screen in self.app.screen_stack:
            kind = type(screen)
            if route := self.names.get(f"{kind.__module__}:{kind.__qualname__}"):
                self.seen[route] = self.seen.get(route, 0) + 1

    async def press(self, *keys: str) -> None:
        """Press keys by name, one after the other; quicker than the pilot, who waits for an idle processor."""
        for key in keys:
            self.counts["keys"] += 1
            name = _character_to_key(key) if len(key) == 1 else key
            event = events.Key(name, key if len(key) == 1 else key_to_character(name))
            event.set_sender(self.app)
            self.app._driver.send_message(event)
            await asyncio.sleep(0)
            await self.settle()

    async def do(self, *command_ids: str) -> None:
        """Give commands by their keys."""
        for command_id in command_ids:
            if command_id == SAY:
                await self.paste("a few words")
            else:
                await self.press(key_of(command_id))

    async def paste(self, text: str) -> None:
        """Paste into whatever has the focus."""
        self.counts["pastes"] += 1
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def rest(self) -> None:
        """Wait for what follows the cursor once it rests."""
        await asyncio.sleep(REST * 1.5)
        await self.settle()

    def clear(self) -> None:
        """Empty the field that has the focus."""
        if isinstance(self.app.focused, Input):
            self.app.focused.value = ""
        elif isinstance(self.app.focused, TextArea):
            self.app.focused.text = ""

    def here(self) -> str:
        """The route of the screen in front."""
        kind = type(self.app.screen)
        return self.names.get(f"{kind.__module__}:{kind.__qualname__}", "")

    async def home(self) -> None:
        """Back to the queue from wherever this is."""
        for _ in range(12):
            if self.here() == "queue" and len(self.app.screen_stack) == 1:
                if isinstance(self.app.focused, Input):
                    await self.press("escape")
                return
            if len(self.app.screen_stack) == 1:
                await self.do("app.queue")
            else:
                await self.press("escape")
        raise AssertionError(f"no way back from {self.app.screen_stack}")

    def text(self) -> str:
        """Every line of the screen in front."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def look_at_everything(hands: Hands) -> None:
    """Every route, both ends of every list, every ticket and every view."""
    for route, way in WAYS.items():
        await hands.do(*way)
        if hands.here() != route:
            raise AssertionError(f"{way} led to {hands.here() or hands.app.screen} instead of {route}")
        await hands.press("pagedown")
        await hands.home()
    await page_through(hands)
    await read_tickets(hands)
    await look_at_customers(hands)
    for _ in hands.app.screen.views:
        await hands.do("queue.next_view")
    await hands.home()


async def page_through(hands: Hands) -> None:
    """The whole queue, with what stands beside it."""
    await hands.do("list.top")
    last = None
    while last != (row := hands.app.screen.table.row):
        last = row
        await hands.do("list.page_down")
        await hands.rest()
    await hands.do("list.bottom", "queue.preview", "list.up", "queue.preview", "list.top")


async def read_tickets(hands: Hands) -> None:
    """Open the first ticket and walk to the last; every page of some of them, the subject of each."""
    from agentdesk.queries.ticket_detail import ticket_detail

    await hands.do("list.top", "list.open")
    last = None
    while (number := hands.app.screen.acting_on()[0]) != last:
        last = number
        with hands.app.desk.read() as read:
            subject = ticket_detail(read, number).subject
        if shown(subject) not in hands.text():
            hands.unlike.append(subject)
        if hands.counts["tickets"] % (3 if hands.is_thorough else 15) == 0:
            await hands.do(
                "page.next_tab", "page.next_tab", "page.next_tab", "page.down", "page.next_tab", "page.fold"
            )
        hands.counts["tickets"] += 1
        await hands.do("page.next")
    await hands.home()


def shown(text: str) -> str:
    """How a text begins on the screen, short of where it may be cut."""
    return clip(line(text), 16).rstrip("\N{HORIZONTAL ELLIPSIS}\N{ZERO WIDTH JOINER}")


async def look_at_customers(hands: Hands) -> None:
    """Down the list, the card beside it, and some of them whole."""
    await hands.do("app.customers", "list.top")
    last = None
    while last != (row := hands.app.screen.table.row):
        last = row
        if hands.is_thorough or hands.counts["customers"] < 2:
            await hands.do("customers.open", "customer.down", "customer.down", "customer.up", "customer.back")
        hands.counts["customers"] += 1
        await hands.do("list.down" if hands.is_thorough else "list.page_down")
        await hands.rest()
    await hands.home()


FIELDS = [
    route
    for route in WAYS
    if route not in ("queue", "customers", "customer", "knowledge", "reports", "ticket")
]
DIALOGS = [route for route in FIELDS if route not in ("compose", "review", "confirm", "help", "palette")]


async def type_everywhere(hands: Hands) -> None:
    """Hostile text into every field that has the focus: looked for, asked, and confirmed."""
    for turn, route in enumerate(FIELDS):
        await hands.do(*WAYS[route])
        for text in hands.strings[turn :: len(FIELDS)]:
            await hands.paste(text)
            await hands.rest()
            if hands.here() == route:
                hands.clear()
        await hands.home()
    for turn, text in enumerate(hands.strings):
        if turn < len(DIALOGS) or hands.is_thorough:
            await hands.do(*WAYS[DIALOGS[turn % len(DIALOGS)]])
            await hands.paste(text)
            await hands.press(key_of("dialog.confirm"))
            await hands.home()
    await ask_everything(hands)


async def ask_everything(hands: Hands) -> None:
    """Hostile text as the question of the queue."""
    for text in [*hands.strings[:: 1 if hands.is_thorough else 6], "is:open"]:
        await hands.do("queue.query")
        hands.clear()
        await hands.paste(text)
        await hands.press("enter")
        await hands.home()


async def toast_everything(hands: Hands) -> None:
    """Take, copy, note, take back: what is told carries hostile words."""
    for text in hands.strings[:: max(1, len(hands.strings) // (12 if hands.is_thorough else 2))]:
        await hands.do("list.down", "ticket.why", "ticket.copy", "ticket.take", "ticket.note")
        await hands.paste(text)
        await hands.do("editor.send")
        if hands.here() == "review":
            await hands.do("review.send")
        await hands.home()
        await hands.do("app.undo", "app.redo", "ticket.customer", "customer.copy")
        await hands.home()


WALKS: dict[str, Sequence[Callable[[Hands], Awaitable[None]]]] = {
    "look": (look_at_everything,),
    "type": (type_everywhere, toast_everything),
    "open": (),
}


def lend_hands(job: dict[str, Any], report: Path) -> None:
    """Have the console walk by itself once it is open, and leave a report."""
    copied: list[str] = []
    copy, run = AgentDesk.copy_to_clipboard, AgentDesk.run

    def noted_copy(app: AgentDesk, text: str) -> None:
        copied.append(text)
        copy(app, text)

    async def walk(pilot: Pilot[Any]) -> None:
        hands, told = Hands(pilot, job), dict[str, Any]()
        try:
            await hands.settle()
            for route in job.get("routes", ()):
                await hands.do(*WAYS[route])
            for one in WALKS[job["walk"]]:
                await one(hands)
        except Exception:  # noqa: BLE001  whatever it is goes into the report
            told["error"] = traceback.format_exc()
        told |= {"seen": hands.seen, "copied": copied, "unlike": hands.unlike, **hands.counts}
        report.write_text(json.dumps(told))  # noqa: ASYNC240  nothing else runs by now
        if job["walk"] != "open":
            await pilot.press(key_of("app.quit"))

    AgentDesk.copy_to_clipboard = noted_copy  # type: ignore[method-assign]
    AgentDesk.run = lambda app, **named: run(app, auto_pilot=walk, **named)  # type: ignore[method-assign]


def plant(breach: str) -> None:
    """Take away the safe text of widgets and the net, to prove that a terminal would get what they hide."""
    if breach == "unfiltered":
        safe_text._LINE = safe_text._BLOCK = {}  # type: ignore[misc]
        AgentDesk.get_line_filters = lambda _: []  # type: ignore[method-assign]


if __name__ == "__main__":
    work = json.loads(Path(sys.argv[1]).read_text())
    plant(work.get("breach", ""))
    lend_hands(work, Path(sys.argv[2]))
    sys.exit(main([]))
