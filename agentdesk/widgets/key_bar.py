"""The last line: at most seven keys that matter here, read from the commands; help never drops out."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from agentdesk.commands.command import Command
from agentdesk.commands.registry import in_place, shown
from agentdesk.widgets.bar import Bar, Piece

MOST = 7
PALETTE = "app.palette"
PRACTICE = "PRACTICE"
"""The sign of a practice desk; here it is seen where no top line stands."""


class KeyBar(Bar):
    """The footer of a place."""

    def __init__(self, place: str, keymap: Mapping[str, str], **named: Any) -> None:
        super().__init__(**named)
        self.place = place
        self.keymap = keymap
        self._also: Sequence[str] = ()
        self._dimmed: AbstractSet[str] = frozenset()
        self._typed = ""
        self._shown: Sequence[Command] = ()

    def on_mount(self) -> None:
        """The keys of the place."""
        self.show_place(self.place)

    def show_place(self, place: str, also: Sequence[str] = ()) -> None:
        """Show the keys of another place; `also` names commands that matter here, and take the room of lesser ones."""
        self.place, self._also = place, also
        self._draw()

    def follow(self, typed: str) -> None:
        """Show the keys of a line where letters are text, by its place, while it has the focus; empty once it has not."""
        if typed != self._typed:
            self._typed = typed
            self._draw()

    @property
    def _here(self) -> str:
        return self._typed or self.place

    def retell(self) -> None:
        """Dim what cannot be given now; the screen says what that is."""
        reasons = getattr(self.screen, "reasons", None)
        dimmed: AbstractSet[str] = frozenset() if reasons is None else frozenset(reasons(self._shown))
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self._draw()

    def _ranks(self) -> dict[str, int]:
        """Which commands are shown, by id, and which of them goes first where there is no room."""
        commands = [one for one in in_place(self._here, self.keymap) if one.keys]
        rank = {one.id: one.footer - 1 for one in commands if one.footer}
        beside = () if self._typed else self._also
        room = MOST - len(beside) - any(one.id == PALETTE for one in commands)
        kept = sorted(rank, key=lambda name: rank[name])[:room]
        also = {name: MOST + at for at, name in enumerate(beside)}
        return {name: rank[name] for name in kept} | also | {PALETTE: 20}

    def _listed(self) -> list[Command]:
        """The commands shown, help last but for the palette."""
        ranks, last = self._ranks(), ("app.help", PALETTE)
        shown_here = [one for one in in_place(self._here, self.keymap) if one.id in ranks and one.keys]
        return sorted(shown_here, key=lambda one: last.index(one.id) + 1 if one.id in last else 0)

    def _draw(self) -> None:
        ranks = self._ranks()
        self._shown = self._listed()
        pieces = [self._piece(one, ranks[one.id]) for one in self._shown]
        if PRACTICE in getattr(self.app, "signs", ()) and PALETTE not in {one.id for one in self._shown}:
            pieces.append(Piece(((f" {PRACTICE} ", "bold reverse $here"),), is_right=True, gap=0))
        self.set_pieces(pieces)

    def _piece(self, command: Command, rank: int) -> Piece:
        is_palette, is_dimmed = command.id == PALETTE, command.id in self._dimmed
        key = shown(command.keys.split(",")[-1 if is_palette else 0])
        label = command.label.lower() if is_palette else command.label
        parts = (
            (key, "$faint" if is_dimmed else "bold $here"),
            (f" {label}", "$faint" if is_dimmed else "$muted"),
        )
        action = f"{'app.' if command.scope == 'app' else ''}{command.action}"
        return Piece(parts, rank, action, is_right=is_palette, gap=0 if is_palette else 2)
