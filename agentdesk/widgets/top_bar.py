"""The first line: where you are, what is late and what is next, and who you are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from agentdesk.commands.registry import by_id
from agentdesk.domain.attention import span
from agentdesk.widgets.bar import Bar, Piece, fit
from agentdesk.widgets.key_bar import PRACTICE

_MODES = ("queue", "customers", "knowledge", "reports", "inbox", "search")
_SHORT = {"customers": "Cust.", "knowledge": "Know."}


class Pulse(Protocol):
    """How the desk does, in three figures."""

    @property
    def open(self) -> int:
        """Unsolved tickets."""
        ...

    @property
    def late(self) -> int:
        """Those past their promise."""
        ...

    @property
    def next_due_at(self) -> datetime | None:
        """The nearest promise that can still be kept."""
        ...

    @property
    def notices(self) -> int:
        """What the agent was told and has not put away."""
        ...


class TopBar(Bar):
    """Name, modes, pulse, agent."""

    def __init__(self, mode: str, agent: str, **named: Any) -> None:
        super().__init__(**named)
        self.mode = mode
        self.agent = agent
        self._pulse: tuple[Pulse, datetime] | None = None

    def on_mount(self) -> None:
        """Draw before anything is read, and whenever another sign has to be seen."""
        self._draw()
        if hasattr(self.app, "signs"):
            self.watch(self.app, "signs", self._draw, init=False)

    def on_resize(self) -> None:
        """Short names where the line is short."""
        self._draw()

    def show_pulse(self, pulse: Pulse, now: datetime) -> None:
        """Show the figures as of `now`."""
        self._pulse = (pulse, now)
        self._draw()

    def _draw(self) -> None:
        is_short = self.size.width < 112
        signs = getattr(self.app, "signs", ())
        pieces = [
            Piece(((f" ◧ {PRACTICE if PRACTICE in signs else 'AgentDesk'} ", _name_style(signs)),), gap=1)
        ]
        pieces += [Piece(((f"{one} ", "bold reverse $late"),), gap=1) for one in signs if one != PRACTICE]
        commands = by_id()
        for number, mode in enumerate(_MODES, 1):
            label = commands[f"app.{mode}"].label
            label = _SHORT.get(mode, label) if is_short else label
            style = "bold $ink on $panel-2" if mode == self.mode else "$muted"
            rank = 0 if mode == self.mode else 2 + number
            waiting = self._pulse[0].notices if mode == "inbox" and self._pulse is not None else 0
            if waiting:  # it stays in sight where the other modes have no room
                label, rank = f"{label} {waiting}", min(rank, 1)
                style = style if mode == self.mode else "bold $soon"
            pieces.append(Piece(((f" {number} {label} ", style),), rank, f"app.go('{mode}')", gap=0))
        pieces += self._figures()
        pieces.append(Piece(((f" {self.agent}", "bold $ink"),), is_right=True, gap=0))
        self.set_pieces(pieces)

    def kept_in(self, pieces: Sequence[Piece], width: int) -> list[Piece]:
        """Where their names have no room, numbers stand for modes, the last first: none goes out of sight."""
        shown = list(pieces)
        named = [at for at, one in enumerate(shown) if one.action and one.rank > 1]
        while named and sum(bool(one.action) for one in fit(shown, width)) < len(_MODES):
            at = named.pop()
            shown[at] = _number_of(shown[at])
        return fit(shown, width)

    def _figures(self) -> list[Piece]:
        if self._pulse is None:
            return []
        pulse, now = self._pulse
        found = [Piece(((f"{pulse.open:,} open".replace(",", " "), "$ink"),), 12, is_right=True)]
        if pulse.late:
            found.append(Piece(((f"▲ {pulse.late} late", "bold $late"),), 1, is_right=True))
        if pulse.next_due_at is not None and pulse.next_due_at >= now:
            found.append(Piece(((f"◆ next {span(pulse.next_due_at - now)}", "$soon"),), 11, is_right=True))
        return found


def _number_of(mode: Piece) -> Piece:
    """` 5 ` in place of ` 5 Inbox `."""
    [(text, style)] = mode.parts
    return mode._replace(parts=((f" {text.split()[0]} ", style),))


def _name_style(signs: Sequence[str]) -> str:
    """Turned round on a practice desk, so that it is seen without colour too."""
    return "bold reverse $here" if PRACTICE in signs else "bold $here-text on $here"
