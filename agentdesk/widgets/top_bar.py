"""The first line: where you are, what is late and what is next, and who you are.

Law: modes are named whole, named short, or are numbers, all of them alike and none ever out of sight; the one you are in is named.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from agentdesk.commands.command import Command
from agentdesk.commands.registry import by_id
from agentdesk.domain.attention import span
from agentdesk.widgets.bar import Bar, Piece, length_of
from agentdesk.widgets.key_bar import PRACTICE

_MODES: Final = ("queue", "customers", "knowledge", "reports", "inbox", "search")
_SHORT: Final = {"customers": "Cust.", "knowledge": "Know.", "reports": "Rep."}
ROOMY: Final = 112
"""Cells from which the figures have room beside whole names."""


class _Look(NamedTuple):
    """How much is said of the modes.

    Attributes:
        names: what other modes than the one in front are called; None is by their numbers alone.
        brand: whether the name of the program stands whole.
        is_brief: whether what is late is a sign and a number alone.
    """

    names: dict[str, str] | None
    brand: bool = True
    is_brief: bool = False


_LOOKS: Final = (
    _Look({}),
    _Look(_SHORT),
    _Look(_SHORT, is_brief=True),
    _Look(_SHORT, brand=False),
    _Look(_SHORT, brand=False, is_brief=True),
    _Look(None),
    _Look(None, is_brief=True),
)
"""From the most words to the fewest: the first that has room is shown."""


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
        """As much as there is room for."""
        self._draw()

    def show_pulse(self, pulse: Pulse, now: datetime) -> None:
        """Show the figures as of `now`."""
        self._pulse = (pulse, now)
        self._draw()

    def _draw(self) -> None:
        width = self.size.width
        for look in _LOOKS[width < ROOMY :]:
            pieces = self._pieces_in(look)
            if length_of([one for one in pieces if one.rank <= 1]) <= width:
                break
        self.set_pieces(pieces)

    def _pieces_in(self, look: _Look) -> list[Piece]:
        signs, commands = getattr(self.app, "signs", ()), by_id()
        pieces = [_brand(signs, look)]
        pieces += [Piece(((f"{one} ", "bold reverse $late"),), gap=1) for one in signs if one != PRACTICE]
        pieces += [self._mode(number, commands[f"app.{mode}"], look) for number, mode in enumerate(_MODES, 1)]
        return [
            *pieces,
            *self._figures(look),
            Piece(((f" {self.agent}", "bold $ink"),), is_right=True, gap=0),
        ]

    def _mode(self, number: int, command: Command, look: _Look) -> Piece:
        mode = command.id.partition(".")[2]
        is_here, short = mode == self.mode, look.names or {}
        waiting = self._pulse[0].notices if mode == "inbox" and self._pulse is not None else 0
        is_named = look.names is not None or is_here or (waiting and not look.is_brief)
        label = f" {short.get(mode, command.label)}" if is_named else ""
        told = f"{number}{label}{f' ({waiting})' if waiting else ''}"
        style = "bold $ink on $panel-2" if is_here else "bold $soon" if waiting else "$muted"
        before, after = self._blanks(number, bool(short))
        gap = 1 if number == len(_MODES) else 0  # so that figures never stand as one with it
        return Piece(((f"{before}{told}{after}", style),), 0, f"app.go('{mode}')", gap=gap)

    def _blanks(self, number: int, is_tight: bool) -> tuple[str, str]:
        """Blanks around a mode. Where room is short there is one between two; it belongs to the one in front, and no mode ever moves."""
        if not is_tight:
            return " ", " "
        here = _MODES.index(self.mode) + 1 if self.mode in _MODES else 0
        return "" if number == here + 1 > 1 else " ", " " if number in (here, len(_MODES)) else ""

    def _figures(self, look: _Look) -> list[Piece]:
        if self._pulse is None:
            return []
        pulse, now = self._pulse
        found = [Piece(((f"{pulse.open:,} open".replace(",", " "), "$ink"),), 12, is_right=True)]
        if pulse.late:
            words = f"▲ {pulse.late}{'' if look.is_brief else ' late'}"
            found.append(Piece(((words, "bold $late"),), 1, is_right=True))
        if pulse.next_due_at is not None and pulse.next_due_at >= now:
            found.append(Piece(((f"◆ next {span(pulse.next_due_at - now)}", "$soon"),), 11, is_right=True))
        return found


def _brand(signs: Sequence[str], look: _Look) -> Piece:
    """`◧ AgentDesk`, or one word of it; that a desk is one to practise on is always said."""
    is_practice = PRACTICE in signs
    name = PRACTICE if is_practice else "AgentDesk"
    words = f" ◧ {name} " if look.brand else f" {PRACTICE} " if is_practice else " ◧ "
    return Piece(((words, _name_style(signs)),), gap=1)


def _name_style(signs: Sequence[str]) -> str:
    """Turned round on a practice desk, so that it is seen without colour too."""
    return "bold reverse $here" if PRACTICE in signs else "bold $here-text on $here"
