"""A list with a line to type in: the words typed leave only the entries that hold them all; enter picks.

Law: an entry that cannot be picked is shown with its reason, never left out; and what was typed for it picks no other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from agentdesk.domain.safe_text import cells, line, pad
from agentdesk.widgets.conversation_lines import wrap
from agentdesk.widgets.options import Options
from agentdesk.widgets.safe import content

WIDEST: Final = 34
"""Cells a name gets before what is said beside it."""
GAP: Final = 2
"""Cells between the two."""
EDGES: Final = 3
"""Cells of a row that are no text: one at each side, and the scroll bar."""
NARROWEST: Final = 12
"""Cells under which nothing is wrapped in a column of its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to pick.

    Attributes:
        value: what picking means.
        name: foreign or own text, shown first.
        about: said beside it, faint.
        refusal: why it cannot be picked now; empty when it can.
    """

    value: Any
    name: str
    about: str = ""
    refusal: str = ""


class _PickList(Options, can_focus=False):
    """The list; keys come from the line above it."""

    DEFAULT_CSS = """
    _PickList {
        border: none; background: transparent; padding: 0; height: auto; max-height: 12; width: 1fr;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; color: $foreground; }
        & > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: bold; }
        & > .option-list--option-disabled { color: $faint; }
        & > .option-list--option-hover { background: $foreground 7%; }
    }
    """


class Picker(Vertical):
    """Type to filter, arrows to move, enter to pick."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", "Down", show=False, id="picker.down"),
        Binding("up", "move(-1)", "Up", show=False, id="picker.up"),
        Binding("pagedown", "move(8)", "Page down", show=False, id="picker.page_down"),
        Binding("pageup", "move(-8)", "Page up", show=False, id="picker.page_up"),
    ]
    DEFAULT_CSS = """
    Picker { height: auto; width: 1fr; }
    Picker Input, Picker Input.-textual-compact { background: $foreground 7%; border: none; height: 1; padding: 0 1; margin: 0 0 1 0; width: 1fr; }
    Picker Input:focus { background: $cursor; }
    """

    @dataclass
    class Highlighted(Message):
        """Another entry is under the cursor; None when nothing fits."""

        entry: Entry | None

    @dataclass
    class Picked(Message):
        """Enter on an entry."""

        entry: Entry

    @dataclass
    class Refused(Message):
        """Enter on the name of an entry that cannot be picked."""

        entry: Entry

    def __init__(
        self,
        entries: Sequence[Entry] = (),
        *,
        placeholder: str = "type to filter",
        find: Callable[[str], Sequence[Entry]] | None = None,
        at: Any = None,
        **named: Any,
    ) -> None:
        """Make a picker.

        Args:
            entries: What there is, in order.
            placeholder: What the empty line says.
            find: Gives the entries for what was typed, in place of filtering `entries`; must be quick.
            at: The value under the cursor at first.
            named: For the widget.
        """
        super().__init__(**named)
        self._entries = list(entries)
        self._placeholder = placeholder
        self._find = find
        self._at = at
        self._shown: list[Entry] = []
        self._named: Entry | None = None

    def compose(self) -> ComposeResult:
        """A line and a list."""
        yield Input(placeholder=self._placeholder, compact=True, select_on_focus=False)
        yield _PickList()

    def on_mount(self) -> None:
        """Show everything at first."""
        self._fill("")

    def on_resize(self) -> None:
        """What is said beside the names wraps elsewhere."""
        listed = self.query_one(_PickList)
        for at, told in enumerate(self._prompts()):
            listed.replace_option_prompt_at_index(at, told)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        at = self.query_one(_PickList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    @property
    def named(self) -> Entry | None:
        """The entry whose name was typed and that cannot be picked; None once another one is under the cursor."""
        return self._named if self.entry is None else None

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(Input).value

    @property
    def has_nothing(self) -> bool:
        """Whether words were typed that no entry holds, not even one that cannot be picked."""
        return bool(self.text.strip()) and not self._shown

    def put_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries; the line keeps what was typed."""
        self._entries = list(entries)
        self._fill(self.text)

    def action_move(self, by: int) -> None:
        """Move the cursor over entries that can be picked."""
        listed = self.query_one(_PickList)
        possible = [at for at, entry in enumerate(self._shown) if not entry.refusal]
        if not possible:
            return
        here = listed.highlighted if listed.highlighted is not None else -1
        place = possible.index(here) + by if here in possible else 0
        listed.highlighted = possible[
            place % len(possible) if abs(by) == 1 else max(0, min(place, len(possible) - 1))
        ]

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self._fill(event.value)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        if self.entry is not None and not self.entry.refusal:
            self.post_message(self.Picked(self.entry))
        elif self.named is not None:
            self.post_message(self.Refused(self.named))

    @on(OptionList.OptionHighlighted)
    def _tell(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.post_message(self.Highlighted(self.entry))

    @on(OptionList.OptionSelected)
    def _pick(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Picked(self._shown[event.option_index]))

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        if self._find is not None:
            self._shown = list(self._find(typed))
        else:
            self._shown = [one for one in self._entries if _holds(one, words)]
            self._shown.sort(key=lambda one: (not _is(one, typed), not _starts(one, words)))
        self._named = self._named_by(typed)
        listed = self.query_one(_PickList)
        listed.set_options(
            [
                Option(Content.assemble(told), disabled=bool(one.refusal))
                for one, told in zip(self._shown, self._prompts(), strict=True)
            ]
        )
        places = [at for at, one in enumerate(self._shown) if not one.refusal and self._named is None]
        wanted = [
            at for at in places if not typed and self._at is not None and self._shown[at].value == self._at
        ]
        listed.highlighted = next(iter(wanted or places), None)
        if not places:
            self.post_message(self.Highlighted(None))

    def _named_by(self, typed: str) -> Entry | None:
        """What cannot be picked and is meant nevertheless: it has this name, or it alone begins like this."""
        begun = [one for one in self._shown if typed.strip() and _begins(one, typed)]
        is_meant = begun and begun[0].refusal and (_is(begun[0], typed) or all(one.refusal for one in begun))
        return begun[0] if is_meant and self._find is None else None

    def _prompts(self) -> list[Content]:
        """Names in a column; what is said beside them wraps in its own, unless the list keeps to one line each."""
        width = min(WIDEST, max((cells(line(one.name)) for one in self._shown), default=0))
        is_flat = self.query_one(_PickList).styles.text_wrap == "nowrap"
        room = 0 if is_flat else self.size.width - EDGES - width - GAP
        return [_prompt(one, width, room, is_meant=one is self._named) for one in self._shown]


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    text = f"{entry.name} {entry.about}".casefold()
    return all(word in text for word in words)


def _starts(entry: Entry, words: Sequence[str]) -> bool:
    return not words or entry.name.casefold().startswith(words[0])


def _begins(entry: Entry, typed: str) -> bool:
    return entry.name.casefold().startswith(typed.casefold().strip())


def _is(entry: Entry, typed: str) -> bool:
    return entry.name.casefold() == typed.casefold().strip()


def _prompt(entry: Entry, width: int, room: int, *, is_meant: bool = False) -> Content:
    """A name of at most `width` cells, and what is said beside it in `room` cells; without room in one line."""
    about, name = line(entry.refusal or entry.about), line(entry.name)
    style = "$ink bold on $cursor" if is_meant else "$faint" if entry.refusal else ""
    if not about or cells(name) > width:
        return Content.assemble(
            content(name, style), content(f"{' ' * GAP}{about}" if about else "", "$faint")
        )
    rows = wrap(about, room) if room >= NARROWEST else [about]
    beside = f"\n{' ' * (width + GAP)}".join(rows)
    return Content.assemble(
        content(f"{pad(name, width)}{' ' * GAP}", style), Content.styled(beside, "$faint")
    )
