"""The console calls the agent: a bell, a notification of the desktop, both off until they are wanted.

Law: it calls for what others did, never for what the agent did; never twice within a few seconds; its words pass
through safe text like any foreign words.
"""

import os
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from agentdesk.domain.safe_text import clip, line
from agentdesk.screens.choices import ChoosingApp

if TYPE_CHECKING:
    from agentdesk.queries.calls import Call, Heard

QUIET: Final = 5.0
"""Seconds between two calls; what comes meanwhile is told together."""
LONGEST: Final = 120
"""Cells of a notification."""
_TITLED: Final = ("foot", "rxvt", "ghostty", "wezterm")
"""Terminals that know OSC 777, with a title; the others that know any know OSC 9."""


class CallingApp(ChoosingApp, inherit_bindings=False):
    """An app that listens for its agent."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._heard: Heard | None = None
        self._calls: list[Call] = []
        self._called_at = -QUIET

    def listen(self) -> None:
        """Look, in a thread, whether something calls; the first time, only from where on to listen."""
        if self.desk.settings.bell or self.desk.settings.notify:
            self._in_thread(self._listen, "listen")
        else:
            self._heard = None

    def _listen(self) -> None:
        from agentdesk.queries.calls import calls_since, heard_so_far

        with self.desk.read() as read:
            found = [] if self._heard is None else calls_since(read, self._heard)
            self._heard = heard_so_far(read)
        if found:
            self.call_from_thread(self._call, found)

    def _call(self, found: "Sequence[Call]") -> None:
        is_waiting = bool(self._calls)
        self._calls += found
        if not is_waiting:
            self.set_timer(max(QUIET - (monotonic() - self._called_at), 0.01), self._ring)

    def _ring(self) -> None:
        calls, self._calls, self._called_at = self._calls, [], monotonic()
        if self._driver is None:
            return
        if self.desk.settings.notify:
            self._driver.write(notification(words_of(calls)))
        if self.desk.settings.bell:
            self._driver.write("\x07")


def words_of(calls: "Sequence[Call]") -> str:
    """The first, and how many more there are."""
    more = f" (and {len(calls) - 1} more)" if len(calls) > 1 else ""
    return f"{clip(line(calls[0].told), LONGEST - len(more))}{more}"


def notification(words: str, environ: Mapping[str, str] = os.environ) -> str:
    """What a terminal shows outside of itself: OSC 777 or OSC 9; inside tmux wrapped, so that it is passed on."""
    terminal = f"{environ.get('TERM', '')} {environ.get('TERM_PROGRAM', '')}".lower()
    safe = line(words).replace(";", ",")
    is_titled = bool(environ.get("VTE_VERSION")) or any(name in terminal for name in _TITLED)
    whole = f"\x1b]777;notify;AgentDesk;{safe}\x07" if is_titled else f"\x1b]9;AgentDesk: {safe}\x07"
    if environ.get("TMUX"):
        whole = "\x1bPtmux;" + whole.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return whole
