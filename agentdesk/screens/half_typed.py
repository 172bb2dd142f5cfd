"""What was typed into a dialog that was left: kept until it is opened again for the same thing, or has done it."""

from dataclasses import dataclass, field
from typing import Any

from textual.widget import Widget
from textual.widgets import Input, TextArea

from agentdesk.widgets.choice import Choice
from agentdesk.widgets.picker import Picker

Said = dict[str, Any]
"""What stands in the fields of a dialog, by their ids."""


@dataclass(slots=True)
class HalfTyped:
    """The memory of one console; it is written nowhere."""

    _kept: dict[tuple[object, ...], Said] = field(default_factory=dict)

    def keep(self, what: tuple[object, ...], said: Said) -> None:
        """Keep what differs from how the dialog began; nothing forgets what was kept before."""
        self._kept.pop(what, None)
        if said:
            self._kept[what] = said

    def kept(self, what: tuple[object, ...]) -> Said:
        """What was kept; empty where nothing was."""
        return self._kept.get(what, {})


def said_in(root: Widget) -> Said:
    """What stands in every field that has an id, or whose picker has one."""
    said: Said = {}
    for one in root.query("Input, TextArea, Choice"):
        picker = one.parent if isinstance(one.parent, Picker) else one
        if picker.id and isinstance(one, Input | TextArea | Choice):
            said[picker.id] = one.text if isinstance(one, TextArea) else one.value
    return said


def say_in(root: Widget, said: Said) -> None:
    """Put it back, with the cursor at its end; a field or a choice that is not there any more is passed over."""
    for name, value in said.items():
        for found in root.query(f"#{name}"):
            one = found.query_one(Input) if isinstance(found, Picker) else found
            if isinstance(one, TextArea):
                one.text = value
                one.move_cursor(one.document.end)
            elif isinstance(one, Input):
                one.value = value
                one.cursor_position = len(value)
            elif isinstance(one, Choice):
                one.choose(value)
