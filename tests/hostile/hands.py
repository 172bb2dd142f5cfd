"""Hands for the console: they press the keys of commands, type, wait until all is painted, and note what they saw."""

import asyncio
from typing import Any

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from agentdesk.app import ROUTES
from agentdesk.commands.registry import by_id
from tests.idle import until_done, until_rested

SAY = "+a few words"
"""A step that types a few words: what is pasted begins with a plus."""
ENDED = "+an ended matter"
"""The ticket that was merged into another."""
WAYS: dict[str, tuple[str, ...]] = {
    "queue": (),
    "customers": ("app.customers",),
    "knowledge": ("app.knowledge",),
    "reports": ("app.reports",),
    "inbox": ("app.inbox",),
    "answer": ("app.inbox", "inbox.next_tab", "answers.withdraw"),
    "search": ("app.search",),
    "found": ("app.search", SAY, "list.open", "list.open"),
    "ticket": ("list.open",),
    "files": ("list.open", "page.files"),
    "save_file": ("list.open", "page.files", "list.open"),
    "open_link": ("list.open", "page.files", SAY, "list.open"),
    "copy_menu": ("ticket.copy_menu",),
    "property": ("list.open", "page.next_tab", "list.open"),
    "customer": ("ticket.customer",),
    "duplicates": ("app.customers", "customers.duplicates"),
    "customer_merge": ("app.customers", "list.mark", "list.mark", "customers.merge"),
    "clocks": ("ticket.clocks",),
    "compose": ("ticket.reply",),
    "review": ("ticket.reply", SAY, "editor.send"),
    "attach": ("ticket.reply", "editor.attach"),
    "confirm": ("ticket.reply", SAY, "editor.send", "review.discard"),
    "bulk": ("queue.mark_all", "ticket.take"),
    "assign": ("ticket.assign",),
    "status": ("ticket.status",),
    "priority": ("ticket.priority",),
    "edit": ("ticket.edit",),
    "tags": ("ticket.tags",),
    "snooze": ("ticket.snooze",),
    "escalation": ("ticket.escalate",),
    "article": ("app.knowledge", "knowledge.new"),
    "macro": ("ticket.macro",),
    "insert": ("ticket.reply", "editor.insert"),
    "intake": ("ticket.intake",),
    "new_ticket": ("queue.new",),
    "goto": ("app.goto",),
    "sort": ("queue.sort",),
    "columns": ("queue.columns",),
    "save_view": ("queue.save_view",),
    "help": ("app.help",),
    "palette": ("app.palette",),
    "jump": ("app.jump",),
    "play": ("app.record", "list.down", "app.record", "app.play"),
    "preferences": ("app.preferences",),
    "imports": ("app.imports",),
    "import_file": ("app.imports", "imports.new"),
    "import_plan": ("app.imports", "imports.new", "+people.csv", "dialog.confirm"),
    "merge": ("ticket.merge",),
    "merge_preview": ("ticket.merge", "+T-1003", "dialog.confirm"),
    "link": ("ticket.link",),
    "split": ("list.open", "page.split"),
    "unmerge": ("app.goto", ENDED, "dialog.confirm", "page.unmerge"),
    "follow_up": ("app.goto", ENDED, "dialog.confirm", "ticket.reply"),
}
"""How each route is reached from the queue, in ids of commands."""


def key_of(command_id: str) -> str:
    """The first key of a command, as Textual names it."""
    return by_id()[command_id].keys.split(",")[0]


class Hands:
    """Presses, types, waits, and notes what it saw."""

    def __init__(self, pilot: Pilot[Any], job: dict[str, Any]) -> None:
        self.pilot = pilot
        self.app: Any = pilot.app
        self.strings: list[str] = job["strings"]
        self.most_tickets: int = job.get("most_tickets", 10**9)
        self.is_thorough: bool = job.get("thorough", False)
        self.answered_on: list[str] = job.get("answered_on", list(WAYS))
        self.seen: dict[str, int] = {}
        self.counts = {"keys": 0, "pastes": 0, "tickets": 0, "customers": 0}
        self.unlike: list[str] = []
        """Subjects that were not on the screen when their ticket was."""
        self.moved: list[str] = []
        """Routes on which an answer of the terminal changed something."""
        self.names = {target: route for route, target in ROUTES.items()}

    async def settle(self) -> None:
        """Wait until nothing works any more and it is painted, and note which screens are open."""
        await until_done(self.app, 20)
        await self.app.animator.wait_until_complete()
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
            if command_id.startswith("+"):
                await self.paste(command_id[1:])
            else:
                await self.press(key_of(command_id))

    async def paste(self, text: str) -> None:
        """Paste into whatever has the focus."""
        self.counts["pastes"] += 1
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def rest(self) -> None:
        """Wait for what follows the cursor once it rests."""
        await until_rested(self.app)

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
            if len(self.app.screen_stack) == 1 and isinstance(self.app.focused, Input):
                await self.press("escape")
                continue
            if self.here() == "queue" and len(self.app.screen_stack) == 1:
                self.app.screen.table.unmark()
                self.app.screen.table._aside.clear()
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
