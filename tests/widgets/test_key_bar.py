"""The footer at 80 columns: whatever the keys are called, it keeps help, cuts no word and is never wider than the screen."""

from itertools import product
from string import ascii_lowercase, digits

import pytest
from textual.app import App

from agentdesk.commands.keymap import check_keymap
from agentdesk.commands.registry import PLACES, in_place, shown
from agentdesk.domain.safe_text import cells
from agentdesk.screens.inbox import _KEYS
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.theme import THEMES

CHORDS = (
    *("ctrl+alt+shift", "alt+shift+super", "ctrl+shift+super"),
    *("ctrl+alt+super", "ctrl+shift+hyper", "alt+shift+hyper"),
)


def long_keys() -> dict[str, str]:
    """Another key of the longest name for every command; the same one only where two never meet."""
    found: dict[str, str] = {}
    for place in PLACES:
        taken = {found.get(one.id) for one in in_place(place)}
        free = (f"{chord}+{sign}" for chord, sign in product(CHORDS, ascii_lowercase + digits))
        free = (key for key in free if key not in taken and key not in found.values())
        found |= {one.id: next(free) for one in in_place(place) if one.id not in found}
    return found


class Footer(App):
    def __init__(self, keymap):
        super().__init__()
        self.keymap = keymap

    def get_theme_variable_defaults(self):
        return THEMES["ink"].variables

    def compose(self):
        yield KeyBar("queue", self.keymap)


def words_of(place: str, keymap: dict[str, str]) -> list[str]:
    """All that may stand in a footer."""
    commands = [one for one in in_place(place, keymap) if one.keys]
    words = [f"{shown(key)} {one.label}" for one in commands for key in one.keys.split(",")]
    return [
        *words,
        *(one.lower() for one in words),
        *(f"{shown(one.keys.split(',')[-1])} {one.label.lower()}" for one in commands),
    ]


@pytest.mark.parametrize("keymap", [{}, long_keys()], ids=["our keys", "keys of long names"])
async def test_a_footer_of_80_columns_keeps_help_and_cuts_no_word_in_any_place(keymap):
    assert check_keymap(keymap) == keymap
    async with Footer(keymap).run_test(size=(80, 2)) as pilot:
        bar = pilot.app.query_one(KeyBar)
        for place in PLACES:
            for also in [(), *(_KEYS.values() if place in ("inbox", "notices") else ())]:
                bar.show_place(place, also)
                await pilot.pause()
                told = bar.render().plain.rstrip()
                assert cells(told) <= 78, place
                parts = [one.strip() for one in told.split("  ") if one.strip()]
                assert parts, place
                assert set(parts) <= set(words_of(place, keymap)), place
                if "app" in PLACES[place]:
                    assert any(part.endswith(" Help") for part in parts), place


def test_more_than_fits_would_be_seen():
    assert any(cells("  ".join(words_of(place, long_keys()))) > 80 for place in PLACES)
