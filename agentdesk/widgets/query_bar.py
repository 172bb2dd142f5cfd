"""Where a question is typed: what could come next is listed while typing, and a mistake is pointed at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from agentdesk.domain.query import QueryError, complete, parse
from agentdesk.domain.query.completion import replace_token
from agentdesk.domain.safe_text import line
from agentdesk.widgets.safe import content

PROMPT = "/ "


class QueryBar(Widget):
    """An input with a line of hints above it; hidden until it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("tab", "complete", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    QueryBar { height: auto; display: none; background: $panel-2; padding: 0 1; }
    QueryBar.-open { display: block; }
    QueryBar Horizontal { height: 1; }
    QueryBar #prompt { width: 2; color: $here; text-style: bold; }
    QueryBar Input { background: $panel-2; border: none; height: 1; padding: 0; width: 1fr; }
    QueryBar #hints { height: auto; max-height: 2; color: $muted; }
    """

    @dataclass
    class Asked(Message):
        """A question was asked; it parses."""

        text: str

    class Closed(Message):
        """The bar was left."""

    def __init__(self, entity: str = "ticket", **named: Any) -> None:
        super().__init__(**named)
        self.entity = entity
        self.names: Mapping[str, Sequence[str]] = {}

    def compose(self) -> ComposeResult:
        """Hints above the line they are about."""
        yield Static(id="hints")
        with Horizontal():
            yield Static(Content(PROMPT), id="prompt")
            yield Input(
                id="question", compact=True, placeholder="words, or is:open assignee:me due:<4h sort:-created"
            )

    @property
    def _input(self) -> Input:
        return self.query_one("#question", Input)

    def open(self, text: str) -> None:
        """Show the bar with a question to change."""
        self.add_class("-open")
        self._input.value = f"{text} " if text else ""
        self._input.cursor_position = len(self._input.value)
        self._input.focus()
        self._hint()

    def know(self, names: Mapping[str, Sequence[str]]) -> None:
        """Names of the store to offer, by field."""
        self.names = names

    def close(self) -> None:
        """Hide the bar."""
        self.remove_class("-open")
        self.post_message(self.Closed())

    def point_at(self, error: Exception) -> None:
        """Say what is wrong with the question, under a mark at the place where it is."""
        column = error.column if isinstance(error, QueryError) else 1
        mark = " " * (len(PROMPT) + column - 1) + "▾"
        self.query_one("#hints", Static).update(
            Content.assemble((f"{line(str(error))}\n", "$late"), (mark, "bold $late"))
        )

    def action_close(self) -> None:
        """Leave the question as it was."""
        self.close()

    def action_complete(self) -> None:
        """Take the first hint."""
        offered = self._offers()
        if offered:
            entry = self._input
            entry.value, entry.cursor_position = replace_token(entry.value, entry.cursor_position, offered[0])

    def _offers(self) -> list[str]:
        entry = self._input
        return complete(entry.value, entry.cursor_position, names=self.names, entity=self.entity)  # type: ignore[arg-type]  # one of the two entities

    def _hint(self) -> None:
        offered = self._offers()
        words = "   ".join(offered[:9])
        told = (
            Content.assemble(("tab ", "bold $here"), content(words))
            if offered
            else content(
                "enter asks · esc leaves · fields: is: assignee: queue: status: priority: due: tag: customer:",
                "$faint",
            )
        )
        self.query_one("#hints", Static).update(told)

    @on(Input.Changed)
    def _changed(self) -> None:
        if self.has_class("-open"):
            self._hint()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        try:
            parse(text, self.entity)  # type: ignore[arg-type]  # one of the two entities
        except QueryError as error:
            self.point_at(error)
        else:
            self.post_message(self.Asked(text))
