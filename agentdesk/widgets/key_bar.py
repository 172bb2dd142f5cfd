"""The last line: at most seven keys that matter here, read from the commands; help never drops out."""

from collections.abc import Mapping, Sequence
from typing import Any

from agentdesk.commands.registry import in_place, shown
from agentdesk.widgets.bar import Bar, Piece

MOST = 7


class KeyBar(Bar):
    """The footer of a place."""

    def __init__(self, place: str, keymap: Mapping[str, str], **named: Any) -> None:
        super().__init__(**named)
        self.place = place
        self.keymap = keymap

    def on_mount(self) -> None:
        """The keys of the place."""
        self.show_place(self.place)

    def show_place(self, place: str, also: Sequence[str] = ()) -> None:
        """Show the keys of another place; `also` names commands that matter here, and take the room of lesser ones."""
        commands = in_place(place, self.keymap)
        rank = {one.id: one.footer - 1 for one in commands if one.footer and one.keys}
        kept = sorted(rank, key=lambda name: rank[name])[: MOST - len(also)]
        ranks = {name: rank[name] for name in kept} | {name: MOST + at for at, name in enumerate(also)}
        listed = [one for one in commands if one.id in ranks and one.keys]
        pieces = []
        for one in sorted(listed, key=lambda one: (one.id == "app.help", commands.index(one))):
            key = shown(one.keys.split(",")[0])
            scope = "app." if one.scope == "app" else ""
            parts = ((key, "bold $here"), (f" {one.label}", "$muted"))
            pieces.append(Piece(parts, ranks[one.id], f"{scope}{one.action}"))
        palette = next((one for one in commands if one.id == "app.palette" and one.keys), None)
        if palette is not None:
            key = shown(palette.keys.split(",")[-1])
            parts = ((key, "bold $here"), (f" {palette.label.lower()}", "$muted"))
            pieces.append(Piece(parts, 20, "app.palette", is_right=True, gap=0))
        self.set_pieces(pieces)
