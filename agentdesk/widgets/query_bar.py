"""Where a question is typed: what could come next is listed, earlier ones are an arrow away, a mistake is pointed at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from agentdesk.commands.registry import bindings
from agentdesk.domain.fields import Entity
from agentdesk.domain.query import QueryError, complete, parse
from agentdesk.domain.query.completion import VIEW, explain, following, put_views, replace_token
from agentdesk.domain.safe_text import cells, clip, line
from agentdesk.widgets.safe import content

PROMPT: Final = "/ "
GAP: Final = "   "
WORD: Final = 16
"""Cells of what is wrong that come into sight with its beginning."""
KEYS: Final = "enter asks · ↑ earlier questions · esc leaves"


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows and the bar offers.

    Attributes:
        names: of agents, queues, tags and so on, by field.
        views: the question of each view by its name.
        asked: earlier questions, the newest first.
    """

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[str] = ()


class QuestionLine(Input):
    """Where it is typed."""

    typing_place: ClassVar[str] = "asking"

    def _on_paste(self, event: events.Paste) -> None:
        """Lines that are pasted are one question; Textual, which is asked next, would keep the first of them."""
        event.text = " ".join(filter(None, map(str.strip, event.text.splitlines())))


class QueryBar(Widget):
    """An input with lines of hints above it; hidden until it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("asking"),
        Binding("tab", "complete", show=False, priority=True),
        Binding("ctrl+u", "clear", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    QueryBar { height: auto; display: none; background: $panel-2; padding: 0 1; }
    QueryBar.-open { display: block; }
    QueryBar Horizontal { height: 1; }
    QueryBar #prompt { width: 2; color: $here; text-style: bold; }
    QueryBar Input { background: $panel-2; border: none; height: 1; padding: 0; width: 1fr; }
    QueryBar #hints { height: auto; max-height: 5; color: $muted; }
    """

    @dataclass
    class Asked(Message):
        """A question was asked; it parses."""

        text: str

    class Closed(Message):
        """The bar was left."""

    def __init__(self, entity: Entity = "ticket", **named: Any) -> None:
        super().__init__(**named)
        self.entity: Entity = entity
        self.known = Known()
        self._place = -1
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Hints above the line they are about."""
        yield Static(id="hints")
        with Horizontal():
            yield Static(Content(PROMPT), id="prompt")
            yield QuestionLine(
                id="question", compact=True, placeholder="words, or is:open assignee:me due:<4h sort:-created"
            )

    @property
    def _input(self) -> Input:
        return self.query_one("#question", Input)

    def open(self, text: str) -> None:
        """Show the bar with a question to change."""
        self.add_class("-open")
        self._place = -1
        self._write(f"{text} " if text else "")
        self._input.focus()
        self._hint()

    def know(self, known: Known) -> None:
        """What the store has to offer."""
        self.known = known

    def close(self) -> None:
        """Hide the bar."""
        self.remove_class("-open")
        self.post_message(self.Closed())

    def point_at(self, error: Exception) -> None:
        """Say what is wrong with the question, and put a mark and the cursor at the place where it is."""
        column = error.column if isinstance(error, QueryError) else 1
        for place in (column - 1 + WORD, column - 1):  # the word is in sight, and the cursor before it
            self._input.cursor_position = place
        self.call_after_refresh(self._point, line(str(error)), column)  # the place may have to be scrolled to

    def _point(self, words: str, column: int) -> None:
        entry = self._input
        at = len(PROMPT) + cells(entry.value[: column - 1]) - int(entry.scroll_offset.x)
        told = Content.assemble((f"{words}\n", "$late"), (" " * max(at, 0) + "▾", "bold $late"))
        self.query_one("#hints", Static).update(told)

    async def action_submit(self) -> None:
        """Ask it."""
        await self._input.action_submit()

    def action_close(self) -> None:
        """Leave the question as it was."""
        self.close()

    def action_clear(self) -> None:
        """Take all of it away, wherever the cursor is: after a mistake it stands in the middle."""
        self._write("")

    def action_complete(self) -> None:
        """Take the first hint; of a view, its question."""
        offered = self._offers()
        if not offered:
            return
        entry = self._input
        text, cursor = replace_token(entry.value, entry.cursor_position, offered[0])
        whole = put_views(text, self.known.views)
        self._write(whole, cursor if whole == text else len(whole) - (len(text) - cursor))

    def action_earlier(self, step: int) -> None:
        """Show the question asked before this one, or after it; below the newest is what was being typed."""
        place = min(self._place + step, len(self.known.asked) - 1)
        if place < -1 or place == self._place:
            return
        if self._place == -1:
            self._typed = self._input.value
        self._place = place
        self._write(self._typed if place == -1 else self.known.asked[place])

    def _write(self, text: str, cursor: int | None = None) -> None:
        self._input.value = text
        self._input.cursor_position = len(text) if cursor is None else cursor

    def _offers(self) -> list[str]:
        entry, names = self._input, {**self.known.names}
        if self.known.views:
            names[VIEW] = list(self.known.views)
        return complete(entry.value, entry.cursor_position, names=names, entity=self.entity)

    def _hint(self) -> None:
        offered = self._offers()
        if offered:
            lead, about = "tab ", self._about(offered[0])
        else:
            entry = self._input
            offered = following(entry.value, entry.cursor_position, entity=self.entity)
            lead, about = "then ", ""
        width = max(self.size.width - 2, 40)
        told = line(_fitting(offered, width - len(lead)))
        hints = Content.assemble(
            (lead, "bold $here"), content(told), "\n", content(clip(about or self._keys(), width), "$faint")
        )
        self.query_one("#hints", Static).update(hints)

    def _about(self, token: str) -> str:
        word, _, name = token.removeprefix("-").partition(":")
        if word == VIEW:
            query = put_views(token.removeprefix("-"), self.known.views)
            return f"the question of a view: {query}" if name else "the question of a view, by its name"
        means = explain(token, self.entity)
        return f"{token} {means}" if means else ""

    def _keys(self) -> str:
        if self._place < 0 or not self.known.asked:
            return KEYS
        return (
            f"earlier question {self._place + 1} of {len(self.known.asked)} · ↑ ↓ · enter asks · esc leaves"
        )

    @on(Input.Changed)
    def _changed(self) -> None:
        if self.has_class("-open"):
            self._hint()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        text = put_views(event.value.strip(), self.known.views)
        try:
            parse(text, self.entity)
        except QueryError as error:
            if text != event.value:
                self._write(text)
            self.point_at(error)
        else:
            self.post_message(self.Asked(text))


def _fitting(words: Sequence[str], width: int) -> str:
    """As many of the words as a line holds, and how many there are beside."""
    for kept in range(len(words), 0, -1):
        more = len(words) - kept
        told = GAP.join([*words[:kept], *([f"+{more}"] if more else [])])
        if cells(told) <= width:
            return told
    return f"+{len(words)}"
