"""The console: themes, keys, the way from screen to screen, and the one place that tells the user what failed.

Nothing heavy is imported before the first paint: screens come by name, the writing side warms up afterwards.
"""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from inspect import isawaitable
from typing import Any, ClassVar, cast

from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from agentdesk.commands.keymap import check_keymap
from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Origin
from agentdesk.preferences import AUTO
from agentdesk.screens.forgetting import forget_closed, forget_toasts
from agentdesk.screens.frame import Page
from agentdesk.screens.recording import RecordingApp
from agentdesk.screens.returning import begin
from agentdesk.screens.routes import ROUTES
from agentdesk.screens.short_stack import is_open_here, make_room, put_away
from agentdesk.screens.ticket_source import Walk
from agentdesk.screens.under_way import asks_to_stop, quit_or_ask
from agentdesk.screens.watching import watch_store
from agentdesk.screens.writing import import_writing
from agentdesk.settings import Settings
from agentdesk.widgets.replies import deaf
from agentdesk.widgets.safe import SafeFilter
from agentdesk.widgets.theme import DEFAULT, THEMES
from agentdesk.widgets.thrift import thrifty

MODES = ("queue", "customers", "knowledge", "reports", "inbox", "search")
PATIENCE = 5.0
"""Seconds that leaving waits for the last look."""
WARM_UP = 0.5
"""Seconds after the first paint before the writing side is imported."""


class AgentDesk(RecordingApp, inherit_bindings=False):
    """The app; screens see it as `screens.frame.Console`."""

    TITLE = "AgentDesk"
    DEFAULT_MODE = "queue"
    CSS_PATH = "screens/queue.tcss"  # told here, so that styles are parsed once before the first paint
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app"), ("ctrl+c", "copy_or_hint")]
    CSS = """
    /* What is told stands above the keys; a dialog has none at the bottom. */
    ToastRack { margin-bottom: 1; overflow-y: hidden; }
    ModalScreen ToastRack { margin-bottom: 0; }
    AgentDesk.-touring ToastRack { margin-bottom: 4; }
    Toast { width: 1fr; max-width: 100%; margin: 0; padding: 0 1; background: $float; color: $ink; border-left: outer $here; }
    Toast.-warning { border-left: outer $soon; }
    Toast.-error { border-left: outer $late; }
    /* Where colours are few or none; Textual 8.2 forgets that a row of a list is turned round, so it is underlined. */
    OptionList:ansi > .option-list--option-highlighted { text-style: bold underline; }
    Input:nocolor > .input--cursor { text-style: bold underline; }
    Input > .input--placeholder, Input > .input--suggestion, TextArea .text-area--placeholder { color: $faint; }
    Button:ansi:focus, RadioSet:ansi:focus > RadioButton.-selected > .toggle--label, Checkbox:ansi:focus > .toggle--label { text-style: bold reverse; }
    """

    def __init__(self, desk: Desk, **named: Any) -> None:
        if os.environ.get("NO_COLOR") == "":  # no-color.org: only a value that is not empty counts
            del os.environ["NO_COLOR"]
        super().__init__(desk, ansi_color=True if os.environ.get("NO_COLOR") else None, **named)
        self.fault: BaseException | None = None
        self._leaving = threading.Event()
        self._watch = threading.Thread(target=self._watch_store, name="watch", daemon=True)
        self._is_painted = False
        self._safe = SafeFilter()
        self.use_theme(desk.settings.theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(check_keymap(desk.settings.keymap, desk.settings.config_file))
        for mode in MODES:
            self.add_mode(mode, partial(self._make, mode))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and last the net that lets no control character through."""
        return [*super().get_line_filters(), self._safe]

    def get_driver_class(self) -> type[Driver]:
        """The driver of the platform, sending fewer bytes and deaf to replies nobody asked for."""
        return thrifty(deaf(super().get_driver_class()))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables under any theme."""
        return THEMES[DEFAULT].variables

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the styles again; not before the first paint, when all that is mounted is styled as it comes."""
        if self._dom_ready:
            super().refresh_css(animate)

    def on_ready(self) -> None:
        """Let the first picture be painted; from now on, whoever ends the program ends it in order."""
        self.screen.check_idle()
        self._leave_on(signal.SIGTERM, getattr(signal, "SIGHUP", None))

    def on_page_painted(self) -> None:
        """Once the queue is painted, watch the store, warm up, and let Python clean up again."""
        if self._is_painted:
            return
        self._is_painted = True
        from agentdesk.screens.presence import Presence
        from agentdesk.screens.rounds import EVERY, go_round

        self.listen()
        self._watch.start()
        self.set_timer(WARM_UP, partial(self._in_thread, import_writing, "warm"))
        Presence(self)
        # What opens a ticket again says it in front of that ticket.
        if self.returning is None or not self.returning.opens_ticket:
            self.offer_unsent_soon()
        self.set_interval(EVERY, partial(self._in_thread, partial(go_round, self.desk), "round"))
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def _leave_on(self, *signals: signal.Signals | None) -> None:
        """Leave as with the key: drafts are kept, and the terminal is given back as it was."""
        with suppress(NotImplementedError, RuntimeError):  # Windows; not the main thread
            for one in filter(None, signals):
                asyncio.get_running_loop().add_signal_handler(one, self.leave_in_order, 128 + one)

    def on_unmount(self) -> None:
        """Stop watching."""
        self._leaving.set()

    def end_watching(self) -> None:
        """Wait until nobody asks the store any more; called once the console has ended."""
        self._leaving.set()
        if self._watch.is_alive():
            self._watch.join(PATIENCE)

    # The way from screen to screen.

    def _make(self, route: str, *args: Any, **named: Any) -> Screen[Any]:
        module, _, name = ROUTES[route].partition(":")
        screen = getattr(import_module(module), name)(self.desk, *args, **named)
        if isinstance(screen, Page):
            screen.fit(self.size)
        return cast("Screen[Any]", screen)

    def show(self, route: str, *args: Any, then: Callable[[Any], object] | None = None, **named: Any) -> None:
        """Open the screen or dialog of a route; `then` gets what it was dismissed with."""
        try:
            screen = self._make(route, *args, **named)
        except AgentDeskError as error:
            self.turn_away(error)
            return
        if route in ("ticket", "customer"):
            make_room(self, for_ticket=args[0][0] if route == "ticket" else None)
        self.clear_notifications()
        forget_closed(self)
        self.push_screen(screen, None if then is None else partial(_if_any, then))
        self.on_shown(route)

    def _refresh_notifications(self) -> None:
        super()._refresh_notifications()
        if self.screen_stack:
            forget_toasts(self.screen, {one.identity for one in self._notifications})

    def open_ticket(self, ticket_id: int, walk: Walk | None = None) -> None:
        """Open a ticket; next and previous follow `walk`."""
        if walk is None and is_open_here(self, ticket_id):
            self.say(f"{ticket_ref(ticket_id)} is open here.")
            return
        self.show("ticket", [ticket_id], walk=walk)
        if self.returning is not None:
            self.returning.keep_soon()

    def open_customer(self, customer_id: int) -> None:
        """Open a customer."""
        self.show("customer", customer_id)

    def action_go(self, mode: str) -> None:
        """Go to a mode; each keeps its own screens, and the key of the mode one is in leads to its list."""
        self.clear_notifications()
        told = put_away(self)
        if mode != self.current_mode:
            self.switch_mode(mode)
        else:
            while len(self.screen_stack) > 1:
                self.pop_screen()
        if told:
            self.say(told)

    def action_goto(self) -> None:
        """Ask where to go."""
        self.show("goto", then=self._arrive)

    async def _arrive(self, found: tuple[str, int]) -> None:
        from agentdesk.screens.palette_things import Thing

        await self.arrive(Thing(*found))

    def action_leave(self) -> None:
        """Back; at the top, leave."""
        if len(self.screen_stack) == 1:
            quit_or_ask(self)
        elif not asks_to_stop(self, [self.screen], self.pop_screen):
            self.pop_screen()

    async def action_quit(self) -> None:
        """Leave at once; what was typed is a draft already."""
        quit_or_ask(self)

    def _watch_store(self) -> None:
        """In a thread: read again what is shown whenever somebody saved something."""
        watch_store(self.desk, self._leaving, self._tell_news)

    def _tell_news(self) -> None:
        self.call_later(self.reread)
        self.call_later(self.listen)

    def _handle_exception(self, error: Exception) -> None:
        """A refusal is told; a fault ends the console with the terminal restored, and `run` raises it again."""
        if isinstance(error, AgentDeskError):
            self.report(error)
            return
        self.fault = self.fault or error  # what follows a fault is its consequence
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would print the traceback with every local variable: customers' words, straight to the terminal.
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """End without printing; `run` raises the fault for the command line to tell."""
        del renderables
        self.fault = self.fault or RuntimeError("the console could not go on")
        self._close_messages_no_wait()


async def _if_any(then: Callable[[Any], object], result: Any) -> None:
    if result is not None and isawaitable(done := then(result)):
        await done


def run(settings: Settings, *, tour: bool = False) -> int:
    """Open the desk and run the console until the agent leaves; then the desk they left it for, if they did.

    Returns:
        The exit code: 0, or 2 when there is no terminal.

    Raises:
        AgentDeskError: the settings or the store cannot be used.
    """
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if not has_terminal and not is_served():
        sys.stderr.write(
            "agentdesk: the console needs a terminal; `agentdesk --help` lists what works without.\n"
        )
        return 2
    plain = os.environ.get("NO_COLOR")  # Textual takes it away when it has read it
    app = _run_once(settings, tour=tour)
    while app.fault is None and app.reopen is not None:
        if plain is not None:
            os.environ["NO_COLOR"] = plain
        app = _run_once(app.reopen, tour=app.reopens_with_tour)
    if app.fault is not None:
        raise app.fault
    return app.return_value if isinstance(app.return_value, int) else app.return_code or 0


def is_served(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the console is shown in a browser, where pipes are the terminal."""
    return environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def _run_once(settings: Settings, *, tour: bool) -> AgentDesk:
    ground = None
    if settings.theme == AUTO:
        from agentdesk.widgets.ground import find_ground

        ground = find_ground()
    desk = Desk.open(settings, origin=Origin.CONSOLE)
    try:
        app = AgentDesk(desk, ground=ground, tour=tour)
        app.returning = begin(app)
        app.run(mouse=settings.mouse)
        app.end_watching()
    finally:
        desk.close()
    return app
