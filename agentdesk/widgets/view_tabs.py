"""The views of the queue by name with their exact counts; the one you are in is bold and has the teal line."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from agentdesk.widgets.bar import Bar, Piece, fit

SIGN: Final = 5
"""Cells of the sign for what is out of sight with the gap beside it, without its `+4`."""
LOUD: Final = "$late"
LEFT, RIGHT = (
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
)


class ViewName(Protocol):
    """What a tab needs of a view."""

    @property
    def id(self) -> str:
        """What counts name it by."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...


class ViewTabs(Bar):
    """One line of views."""

    DEFAULT_CSS = """
    ViewTabs { background: $background; padding: 0 2; margin: 1 0; }
    """

    def show_views(self, views: Sequence[ViewName], current: str | None, counts: Mapping[str, int]) -> None:
        """Show the views; `current` is the id of the one in use, None while a question of one's own is."""
        pieces = []
        for place, view in enumerate(views):
            is_here = view.id == current
            number = counts.get(view.id)
            told = "" if number is None else f" {number:,}".replace(",", " ")
            loud = LOUD if view.id == "breaching" and number else "$muted"
            parts = (
                (view.name, "bold $ink" if is_here else "$muted"),
                (told, loud if is_here or loud == LOUD else "$faint"),
            )
            far = abs(place - next((at for at, one in enumerate(views) if one.id == current), 0))
            pieces.append(Piece(parts, rank=0 if is_here else 1 + far, action=f"view_at({place})", gap=3))
        self.set_pieces(pieces)

    def kept_in(self, pieces: Sequence[Piece], width: int) -> list[Piece]:
        """The tabs around the open one; a sign at each side says how many more there are, and leads there."""
        if fit(pieces, width) == list(pieces):
            return list(pieces)
        kept = fit(pieces, width - 2 * (SIGN + len(f"+{len(pieces)}")))
        left = pieces.index(kept[0])
        right = len(pieces) - left - len(kept)
        before = [_sign(f"{LEFT} +{left}", pieces[:left], -1, gap=3)] if left else []
        after = [_sign(f"+{right} {RIGHT}", pieces[-right:], 1, gap=0)] if right else []
        return [*before, *kept, *after]


def _sign(words: str, hidden: Sequence[Piece], step: int, *, gap: int) -> Piece:
    """What is out of sight; as loud as what is loud there."""
    is_loud = any(style == LOUD for one in hidden for _, style in one.parts)
    return Piece(((words, LOUD if is_loud else "$muted"),), action=f"view({step})", gap=gap)
