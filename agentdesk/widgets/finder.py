"""A line to type and a list to choose from, for help and palette: the list follows every letter, enter takes a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from agentdesk.widgets.options import Options


@dataclass(frozen=True, slots=True)
class Line:
    """One row.

    Attributes:
        text: what is shown.
        value: what it stands for; None is a heading that cannot be taken.
        hang: cells that stay free before what wraps.
    """

    text: Content
    value: Any = None
    hang: int = 0

    def wrapped(self, width: int) -> Content:
        """The row in lines of `width` cells; in one where that is not known yet."""
        first, *rest = self.text.wrap(width) if width > self.hang else [self.text]
        if not rest or not self.hang:
            return self.text
        left = self.text[len(first.plain) :]
        left = left[len(left.plain) - len(left.plain.lstrip()) :]
        return Content(f"\n{' ' * self.hang}").join([first, *left.wrap(width - self.hang)])


class Finder(Vertical):
    """Input above, lines below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Finder { height: auto; max-height: 100%; }
    Finder Input { background: $foreground 7%; border: none; height: 1; padding: 0 1; margin: 0 0 1 0; }
    Finder OptionList { background: transparent; border: none; padding: 0; height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Finder OptionList > .option-list--option-highlighted { background: $cursor; color: $ink; text-style: $cursor-style; }
    Finder OptionList > .option-list--option-disabled { color: $faint; }
    """

    @dataclass
    class Typed(Message):
        """The words have changed."""

        text: str

    @dataclass
    class Taken(Message):
        """A line was taken."""

        value: Any

    def __init__(self, placeholder: str, **named: Any) -> None:
        super().__init__(**named)
        self.placeholder = placeholder
        self.lines: Sequence[Line] = ()

    def compose(self) -> ComposeResult:
        """Input and list."""
        yield Input(placeholder=self.placeholder, compact=True)
        found = Options(markup=False)
        found.can_focus = False
        yield found

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(Input).value

    def put(self, lines: Sequence[Line]) -> None:
        """Show other lines; the first that can be taken is highlighted."""
        self.lines = lines
        found = self.query_one(OptionList)
        found.set_options(
            Option(Content.assemble(told), disabled=one.value is None) for one, told in self._told()
        )
        found.highlighted = next((at for at, one in enumerate(lines) if one.value is not None), None)

    def on_resize(self) -> None:
        """Long rows wrap elsewhere."""
        found = self.query_one(OptionList)
        for at, (_, told) in enumerate(self._told()):
            found.replace_option_prompt_at_index(at, told)

    def _told(self) -> list[tuple[Line, Content]]:
        room = self.size.width - 1  # the scroll bar
        return [(one, one.wrapped(room)) for one in self.lines]

    def action_move(self, steps: int) -> None:
        """Move the highlight over lines that can be taken."""
        found = self.query_one(OptionList)
        places = [at for at, one in enumerate(self.lines) if one.value is not None]
        if places:
            at = places.index(found.highlighted) if found.highlighted in places else 0
            found.highlighted = places[max(0, min(at + steps, len(places) - 1))]

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.post_message(self.Taken(self.lines[place].value))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Taken(self.lines[event.option_index].value))
