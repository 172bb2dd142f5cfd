"""The preferences screen: what holds, where it was set, and that a change is in the file."""

from dataclasses import replace

import pytest

from agentdesk.preferences import PREFERENCES
from agentdesk.screens.preferences import PreferencesScreen
from tests.screens.sight import seen, settled
from tests.screens.test_queue import toasts


@pytest.fixture
def config(desk, tmp_path):
    path = tmp_path / "config.toml"
    desk.settings = replace(desk.settings, keep_in=path)
    return path


async def test_every_preference_is_there_with_its_value_and_who_set_it(console, config, monkeypatch):
    monkeypatch.delenv("AGENTDESK_ZONE", raising=False)
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("comma")
        await settled(pilot)
        assert all(name in seen(pilot) for name in PREFERENCES)
        assert str(config)[:40] in seen(pilot)


async def test_a_change_holds_at_once_and_is_kept_with_the_comments_of_the_file(console, desk, config):
    config.write_text("# mine\nbell = true\n")
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("comma", "enter")
        await settled(pilot)
        assert pilot.app.theme == desk.settings.theme == "paper"
        assert config.read_text() == '# mine\nbell = true\ntheme = "paper"\n'
        assert "theme = paper, kept in" in toasts(pilot)[0]
        assert "line 3" in seen(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert 'theme = "ink"' in config.read_text()
        await pilot.press("z")
        await settled(pilot)
        assert toasts(pilot) == ["Nothing was chosen here that could be taken back."]


async def test_the_theme_of_f8_is_kept(console, config):
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f8", "f8")
        await settled(pilot)
        assert config.read_text() == 'theme = "contrast"\n'


async def test_a_file_that_cannot_be_written_is_told_and_the_change_holds_until_you_leave(
    console, desk, config
):
    config.write_text("theme = \n")
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("f8")
        await settled(pilot)
        assert pilot.app.theme == "paper"
        assert f"until you leave: {config}:1: " in toasts(pilot)[0]


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
        await pilot.press("comma", "e")
        await settled(pilot)
        assert f"{config}:2: bells is not a key" in toasts(pilot)[0]
        assert desk.settings.bell is False
        await pilot.press("e")
        await settled(pilot)
        assert desk.settings.bell is True
        assert app.theme == "clear"
        assert config.stat().st_mode & 0o077 == 0
