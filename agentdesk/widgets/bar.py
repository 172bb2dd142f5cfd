"""One line of the frame: pieces at the left, pieces at the right, dropped by rank when the line is too short.

Pieces may be clicked; they are Content, so data in them is never read as markup.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events
from textual.content import Content
from textual.widget import Widget

from agentdesk.domain.safe_text import cells, line

if TYPE_CHECKING:
    from agentdesk.widgets.jump_targets import Target


class Piece(NamedTuple):
    """A word or two of a bar.

    Attributes:
        parts: (text, style) pairs; styles are ours, such as `bold $here`.
        rank: 0 always stays; the highest is dropped first.
        action: what a click runs, in the words of a binding.
        is_right: stands at the right end.
        gap: blank cells after it.
    """

    parts: tuple[tuple[str, str], ...]
    rank: int = 0
    action: str = ""
    is_right: bool = False
    gap: int = 2

    @property
    def width(self) -> int:
        """Cells it takes, without the gap."""
        return sum(cells(line(text)) for text, _ in self.parts)


def fit(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces that fit a line, the highest ranks dropped, order kept."""
    kept = list(pieces)
    while length_of(kept) > width and any(one.rank for one in kept):
        kept.remove(max(reversed(kept), key=lambda one: one.rank))
    return kept


def length_of(pieces: Sequence[Piece]) -> int:
    """Cells that pieces take together, without the gap at the end."""
    whole = sum(one.width + one.gap for one in pieces)
    last = [one.gap for one in pieces if one.is_right] or [one.gap for one in pieces]
    return whole - last[-1] if last else 0


class Bar(Widget):
    """A line of pieces."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; background: $panel-1; color: $muted; padding: 0 1; }
    """

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._pieces: tuple[Piece, ...] = ()
        self._spans: list[tuple[int, int, str]] = []

    def set_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show other pieces; the same ones cost nothing."""
        if tuple(pieces) != self._pieces:
            self._pieces = tuple(pieces)
            self.refresh()

    def kept_in(self, pieces: Sequence[Piece], width: int) -> list[Piece]:
        """The pieces to show in a width."""
        return fit(pieces, width)

    def render(self) -> Content:
        """The line."""
        kept = self.kept_in(self._pieces, self.size.width)
        left = [one for one in kept if not one.is_right]
        right = [one for one in kept if one.is_right]
        self._spans = []
        parts: list[tuple[str, str]] = []
        at = self._lay(left, 0, parts)
        room = sum(one.width for one in right) + sum(one.gap for one in right[:-1])
        blank = self.size.width - at - room
        if blank < 0 and not right:  # the gap after the last piece
            parts.pop()
        parts.append((" " * max(blank, 0), ""))
        self._lay(right, at + max(blank, 0), parts)
        return Content.assemble(*parts)

    def _lay(self, pieces: Sequence[Piece], at: int, parts: list[tuple[str, str]]) -> int:
        for one in pieces:
            self._spans.append((at, at + one.width, one.action))
            parts += [(line(text), style) for text, style in one.parts]
            at += one.width
            if one is not pieces[-1] or not one.is_right:
                parts.append((" " * one.gap, ""))
                at += one.gap
        return at

    def jump_targets(self) -> "Iterator[Target]":
        """The pieces that do something, each at its first sign."""
        from agentdesk.widgets.jump_targets import Target

        for start, _, action in self._spans:
            if action:
                run = partial(self.app.run_action, action, default_namespace=self.screen)
                yield Target(start + self.styles.padding.left, 0, run)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the piece under the pointer."""
        x = event.x - self.styles.padding.left
        for start, stop, action in self._spans:
            if start <= x < stop and action:
                await self.app.run_action(action, default_namespace=self.screen)
