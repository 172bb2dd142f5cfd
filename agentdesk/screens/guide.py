"""What the console tells about its commands: help, palette, why one cannot be given, and where a thing leads.

Every key, click and palette line passes through `run_action`: the one place that refuses a command with its reason.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual.dom import DOMNode
from textual.screen import Screen

from agentdesk.commands.command import Command
from agentdesk.commands.registry import by_action, in_place
from agentdesk.screens.console import ConsoleApp
from agentdesk.screens.reasons import ReasonedScreen

if TYPE_CHECKING:
    from agentdesk.screens.palette_things import Thing

RECENT: Final = 6
"""How many things that were chosen lately the palette shows first."""


class GuidedApp(ConsoleApp, inherit_bindings=False):
    """An app that knows its commands."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._recent: list[Command | Thing] = []

    # What the app itself knows: the way from screen to screen.

    def show(self, route: str, *args: Any, then: Callable[[Any], object] | None = None, **named: Any) -> None:
        """Open the screen or dialog of a route."""
        raise NotImplementedError

    def open_ticket(self, ticket_id: int) -> None:
        """Open a ticket."""
        raise NotImplementedError

    def open_customer(self, customer_id: int) -> None:
        """Open a customer."""
        raise NotImplementedError

    def choose_theme(self, name: str) -> None:
        """Use a theme from now on."""
        raise NotImplementedError

    # Commands.

    @property
    def place(self) -> str:
        """Where the agent is, as `commands.registry.PLACES` names it."""
        typed = getattr(self.focused, "typing_place", "")
        return typed or getattr(self.screen, "place", "queue")

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, unless it is a command that cannot be given now: then say why."""
        command = self._command_of(action, default_namespace)
        if command is not None:
            if reason := self.why_not(command):
                self.say(reason, severity="warning")
                return True
            self.on_command(command)
        return await super().run_action(action, default_namespace, namespaces)

    def on_command(self, command: Command) -> None:
        """A command is about to run."""

    def on_shown(self, route: str) -> None:
        """A screen or dialog is opening."""

    def why_not(self, command: Command) -> str | None:
        """Why a command cannot be given where the agent is now."""
        return self.screen.why_not(command) if isinstance(self.screen, ReasonedScreen) else None

    def _command_of(self, action: Any, target: DOMNode | None) -> Command | None:
        """The command that an action is; a field has actions of its own, which may be called alike."""
        if not isinstance(action, str) or not self._screen_stack:
            return None
        found = by_action(self.place).get(action.removeprefix("app."))
        if found is None or target is None or isinstance(target, Screen | GuidedApp):
            return found
        return found if found.scope == "list" else None

    # Help and palette.

    def action_help(self) -> None:
        """Show every key."""
        self.show("help", self.place, reasons=self._reasons(), then=self._follow)

    def action_palette(self) -> None:
        """Find anything."""
        self.show("palette", self.place, reasons=self._reasons(), recent=self._recent, then=self._follow)

    def action_jump(self) -> None:
        """Put letters on everything that can be reached; again takes them away."""
        if self.place == "jump":
            self.pop_screen()
        else:
            self.show("jump", below=self.screen)

    def _reasons(self) -> dict[str, str]:
        screen = self.screen
        return screen.reasons(in_place(self.place)) if isinstance(screen, ReasonedScreen) else {}

    async def _follow(self, chosen: "Command | Thing") -> None:
        """Do what was chosen where the agent was."""
        self._recent = [chosen, *(one for one in self._recent if one != chosen)][:RECENT]
        if not isinstance(chosen, Command):
            await self.arrive(chosen)
            return
        if chosen.id not in {one.id for one in in_place(self.place)}:
            from agentdesk.screens.palette import elsewhere

            self.say(f"{chosen.label}: {elsewhere(chosen, self.place)}", severity="warning")
            return
        name = chosen.action.partition("(")[0]
        for target in (self.focused, self.screen, self):
            if target is not None and hasattr(target, f"action_{name}"):
                await self.run_action(chosen.action, default_namespace=target)
                return

    async def arrive(self, thing: "Thing") -> None:
        """Go where a thing leads."""
        ways: dict[str, Callable[[Any], Any]] = {
            "ticket": self.open_ticket,
            "customer": self.open_customer,
            "organization": self._ask_customers,
            "view": self._open_view,
            "agent": lambda handle: self._ask_queue(f"is:open assignee:{handle}"),
            "macro": partial(
                self._hand_over, "use_macro", "Macros are used on a ticket: highlight one first."
            ),
            "article": self._open_article,
            "report": lambda _: self.run_action("app.go('reports')"),
            "theme": self.choose_theme,
            "setting": lambda key: self.show("preferences", at=key),
        }
        done = ways[thing.kind](thing.key)
        if hasattr(done, "__await__"):
            await done

    def _ask_customers(self, organization: str) -> None:
        """Who is in an organization."""
        name = organization.replace('"', " ")
        self.ask("customers", f'organization:"{name}"')

    async def _open_view(self, view_id: str) -> None:
        queue = await self._home()
        view = next((one for one in queue.views if one.id == view_id), None)
        if view is not None:
            queue.ask(view.query, view)

    async def _ask_queue(self, text: str) -> None:
        (await self._home()).ask(text)

    async def _home(self) -> Any:
        """The queue, with nothing on top of it."""
        await self.switch_mode("queue")
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        return self.screen

    async def _open_article(self, article_id: int) -> None:
        await self.switch_mode("knowledge")
        self._hand_over("open_article", "Articles are read on their own page.", article_id)

    def _hand_over(self, method: str, otherwise: str, key: Any) -> None:
        """Let the screen in front do it, where it knows how."""
        act = getattr(self.screen, method, None)
        if act is None:
            self.say(otherwise, severity="warning")
        else:
            self.call_after_refresh(act, key)
