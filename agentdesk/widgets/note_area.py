"""Where a note is typed: `@` and letters offer the colleagues they may mean; tab or enter writes the handle out."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from textual import events, on
from textual.content import Content
from textual.widgets import Static, TextArea

from agentdesk.domain.mentions import Named, begun, offered
from agentdesk.domain.safe_text import cells, line
from agentdesk.widgets.letter_area import LetterArea
from agentdesk.widgets.safe import content

KEYS: Final = "tab takes · ↓ next · esc none"
GAP: Final = "  "


class NoteArea(LetterArea):
    """A `LetterArea` that knows who can be named. While names are offered it keeps tab, enter, the arrows and escape.

    What is offered follows from the text, the cursor and what was pressed since; so keys that are typed ahead meet
    the same offer as keys that wait for it.

    Args:
        known: Who can be named; without anybody nothing is ever offered.
        text: What to begin with.
    """

    def __init__(self, known: Sequence[Named], text: str, **named: Any) -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, **named)
        self.known = known
        self._looked: tuple[int, str, int] | None = None  # line, what is typed, which of the offers
        self._left: tuple[int, int] | None = None  # the line and the column of a name that was left as it is

    @property
    def offers(self) -> list[Named]:
        """Whom the name that is being typed may mean."""
        typed = self._typed()
        if typed is None or self._left == self._begins(typed):
            return []
        return offered(typed, self.known)

    @property
    def chosen(self) -> int:
        """Which of the offers tab takes: the first, until an arrow says otherwise."""
        looked, typed = self._looked, self._typed()
        return looked[2] if looked is not None and looked[:2] == (self.cursor_location[0], typed) else 0

    def _typed(self) -> str | None:
        row, column = self.cursor_location
        if not self.known or self.selection.start != self.selection.end:
            return None
        written = self.document.get_line(row)
        return begun(written[:column], written[column:])

    def _begins(self, typed: str) -> tuple[int, int]:
        row, column = self.cursor_location
        return row, column - len(typed)

    async def _on_key(self, event: events.Key) -> None:
        ways: dict[str, Callable[[list[Named]], None]] = {
            "tab": self._take, "enter": self._take, "escape": self._leave, "down": self._next, "up": self._previous,
        }  # fmt: skip
        if event.key in ways and (offers := self.offers):
            event.stop()
            event.prevent_default()
            ways[event.key](offers)

    def _take(self, offers: list[Named]) -> None:
        typed = self._typed() or ""
        row, column = self.cursor_location
        is_apart = self.document.get_line(row)[column : column + 1].isspace()
        self.replace(
            f"{offers[self.chosen].handle}{'' if is_apart else ' '}", self._begins(typed), (row, column)
        )

    def _leave(self, offers: list[Named]) -> None:
        del offers
        self._left = self._begins(self._typed() or "")
        self.tell()

    def _next(self, offers: list[Named], step: int = 1) -> None:
        at = (self.chosen + step) % len(offers)
        self._looked = (self.cursor_location[0], self._typed() or "", at)
        self.tell()

    def _previous(self, offers: list[Named]) -> None:
        self._next(offers, -1)

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def tell(self) -> None:
        """Show below the text what is offered."""
        typed = self._typed()
        if typed is None or self._left != self._begins(typed):
            self._left = None  # another name: that one may be offered
        self.screen.query_one(NameLine).tell(self.offers, self.chosen)


class NameLine(Static):
    """Who is offered, the chosen one marked, and the keys; hidden while nobody is."""

    DEFAULT_CSS = """
    NameLine { height: 1; display: none; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def tell(self, offers: Sequence[Named], chosen: int) -> None:
        """Say it: from the chosen one on, as many as there is room for, and how many there are beside."""
        self.display = bool(offers)
        if not offers:
            return
        first, *others = (line(f"@{one.handle} {one.name}") for one in (*offers[chosen:], *offers[:chosen]))
        kept = _fitting([first, *others], self.parent_width - cells(KEYS) - len(GAP)) - 1
        beside = [f"+{len(others) - kept}"] if kept < len(others) else []
        told = "".join(f"{GAP}{one}" for one in (*others[:kept], *beside))
        self.update(
            Content.assemble(
                content(first, "bold $here reverse"),
                content(f"{told}{GAP}", "$muted"),
                content(KEYS, "$faint"),
            )
        )

    @property
    def parent_width(self) -> int:
        """Cells of the line; its own width is not known while it is hidden."""
        return self.container_size.width or 76


def _fitting(words: Sequence[str], room: int) -> int:
    more = cells(f"{GAP}+{len(words)}")
    for kept in range(len(words), 1, -1):
        width = cells(GAP.join(words[:kept])) + (more if kept < len(words) else 0)
        if width <= room:
            return kept
    return 1
