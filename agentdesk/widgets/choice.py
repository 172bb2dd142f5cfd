"""One of a few, on one line: typing opens the list and searches it, left and right step through it.

Law: what is typed is seen in the line, and where nothing holds it, enter takes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Select
from textual.widgets._select import SelectCurrent, SelectOverlay

from agentdesk.widgets.options import Options
from agentdesk.widgets.safe import rich_text


class _Overlay(SelectOverlay, Options):
    """The list: it takes a page key before it has been laid out, and keeps what is typed until it closes."""

    @dataclass
    class Searched(Message):
        """Something was typed; whether an entry holds it."""

        typed: str
        is_found: bool

    _typed = ""

    def forget(self) -> None:
        """Begin another search."""
        self._typed = ""

    async def _on_key(self, event: events.Key) -> None:
        self.take(event)

    def take(self, event: events.Key) -> None:
        """Search on with what a key types, if it types anything."""
        if event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.is_printable and event.character is not None:
            self._typed += event.character
        else:
            return
        event.stop()
        event.prevent_default()
        found = self._find_search_match(self._typed)
        self.select(found)
        self.post_message(self.Searched(self._typed, found is not None))


class Choice(Select[Any]):
    """A `Select` of foreign names that can be worked without opening it.

    Args:
        options: Name and value of each.
        value: The one chosen at first; none if absent.
        needed: One of them is chosen, always.
        whom: A queue or somebody is asked for, and the line says so while there is none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "Next", show=False, id="choice.next"),
        Binding("left", "step(-1)", "Previous", show=False, id="choice.previous"),
    ]
    DEFAULT_CSS = """
    Choice {
        height: 1;
        & > SelectCurrent, &.-textual-compact > SelectCurrent { background: $foreground 7%; padding: 0 1; height: 1; }
        &.-textual-compact:focus > SelectCurrent { background: $cursor; border: none; text-style: bold; }
        & > SelectOverlay, & > SelectOverlay:focus { background: $panel-2; border: round $here; padding: 0; max-height: 14; }
        & > SelectOverlay > .option-list--option { padding: 0; }
        & > SelectOverlay > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: bold; }
        & SelectCurrent Static#label { color: $faint; }
        & SelectCurrent.-has-value Static#label { color: $foreground; }
    }
    """

    def __init__(
        self,
        options: Sequence[tuple[str, Any]],
        *,
        value: Any = None,
        needed: bool = False,
        whom: bool = False,
        **named: Any,
    ) -> None:
        self._values = [one for _, one in options]
        self._shown_names = {one: name for name, one in options}
        super().__init__(
            [(rich_text(name), one) for name, one in options],
            prompt="type a queue or a name" if whom else "choose…",
            allow_blank=not needed,
            value=value if value is not None else Select.NULL,
            compact=True,
            **named,
        )

    def compose(self) -> ComposeResult:
        """The line, and the list over it."""
        yield SelectCurrent(self.prompt)
        yield _Overlay(type_to_search=self._type_to_search)  # not compact: its edge parts it from the dialog

    @property
    def chosen(self) -> Any:
        """The value chosen, or None."""
        return None if self.value is Select.NULL else self.value

    @on(_Overlay.Searched)
    def _searched(self, event: _Overlay.Searched) -> None:
        event.stop()
        told = event.typed if event.is_found else f"{event.typed}  fits nothing"
        self.query_one(SelectCurrent).update(rich_text(told))

    def watch_expanded(self, expanded: bool) -> None:
        """The line tells what is chosen again once the list is closed."""
        if not expanded and self.is_mounted:
            self.query_one(_Overlay).forget()
            name = self._shown_names.get(self.value)
            self.query_one(SelectCurrent).update(Select.NULL if name is None else rich_text(name))

    def choose(self, value: Any) -> None:
        """Choose one, if it is among them."""
        if value in self._values:
            self.value = value

    def action_step(self, by: int) -> None:
        """Choose the next or the previous one."""
        at = self._values.index(self.chosen) + by if self.chosen in self._values else (0 if by > 0 else -1)
        self.value = self._values[at % len(self._values)]

    def on_key(self, event: events.Key) -> None:
        """A letter typed on the closed list opens it and is the first to be searched.

        Those that follow before the list has the focus are searched as well, in their order.
        """
        if not self.expanded:
            if not event.is_printable or event.character in (None, " "):
                return
            self.action_show_overlay()
        self.query_one(_Overlay).take(event)
