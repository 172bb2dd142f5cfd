"""The preferences screen: what holds, where it was set, and that a change is in the file."""

from dataclasses import replace

import pytest

from agentdesk.preferences import PREFERENCES
from agentdesk.screens.preferences import PreferencesScreen
from tests.screens.sight import burst, seen, settled
from tests.screens.test_queue import toasts


@pytest.fixture
def config(desk, tmp_path):
    path = tmp_path / "config.toml"
    desk.settings = replace(desk.settings, keep_in=path)
    return path


async def test_a_change_holds_at_once_is_kept_with_the_comments_of_the_file_and_is_taken_back(
    console, desk, config
):
    config.write_text("# mine\nbell = true\n")
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "comma")
        assert all(name in seen(pilot) for name in PREFERENCES)
        assert str(config)[:40] in seen(pilot)
        await burst(pilot, "enter")
        assert pilot.app.theme == desk.settings.theme == "paper"
        assert config.read_text() == '# mine\nbell = true\ntheme = "paper"\n'
        assert "theme = paper, kept in" in toasts(pilot)[0]
        assert "line 3" in seen(pilot)
        await burst(pilot, "escape", "comma", "z")
        assert 'theme = "ink"' in config.read_text()
        await burst(pilot, "z")
        assert toasts(pilot)[0].startswith("No preference was chosen since the console opened")


async def test_the_theme_of_f8_is_kept_and_where_it_cannot_be_that_is_told(console, config):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "f8")
        assert config.read_text() == 'theme = "paper"\n'
        config.write_text("theme = \n")
        await burst(pilot, "f8")
        assert pilot.app.theme == "contrast"
        assert f"until you leave: {config}:1: " in toasts(pilot)[0]
        assert config.read_text() == "theme = \n"


async def test_the_file_is_opened_in_the_editor_and_its_faults_are_told_with_their_line(
    console, desk, config, monkeypatch
):
    from contextlib import nullcontext

    written = ["bell = true\nbells = 1\n", 'bell = true\ntheme = "clear"\n']
    monkeypatch.setattr(PreferencesScreen, "runner", lambda _, line: config.write_text(written.pop(0)) and 0)
    app = console()
    app.suspend = nullcontext
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "comma", "e")
        assert f"{config}:2: bells is not a key" in toasts(pilot)[0]
        assert desk.settings.bell is False
        await burst(pilot, "e")
        assert desk.settings.bell is True
        assert app.theme == "clear"
        assert config.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("size", [(60, 20), (60, 24), (80, 24)])
async def test_head_keys_and_what_a_preference_does_stay_on_a_small_terminal(console, size):
    async with console().run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("comma")
        await settled(pilot)
        for _ in PREFERENCES:
            told = seen(pilot)
            at = pilot.app.screen._chosen
            assert not pilot.app.screen.show_vertical_scrollbar
            assert "Preferences" in told
            assert "enter Change" in told
            assert " ".join(at.about.split()[:3]) in " ".join(told.split())
            assert f"▌ {at.key}" in told
            await pilot.press("down")
            await settled(pilot)
