"""A copy leaves as the user chose, and how it left is said."""

import base64
import sys
from dataclasses import replace

import pytest

from agentdesk.screens import copying
from tests.screens.sight import settled
from tests.screens.test_queue import toasts


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch):
    for name in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("choice", "environ", "platform", "wanted"),
    [
        ("auto", {}, "linux", False),
        ("auto", {"DISPLAY": ":0"}, "linux", True),
        ("auto", {"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, "linux", False),
        ("auto", {}, "darwin", True),
        ("native", {}, "linux", True),
        ("osc52", {"DISPLAY": ":0"}, "linux", False),
        ("off", {"DISPLAY": ":0"}, "linux", False),
    ],
)
def test_the_system_is_asked_where_somebody_sits_before_it(choice, environ, platform, wanted):
    assert copying.by_system(choice, environ, platform) == wanted


def test_screen_passes_a_long_copy_on_in_pieces_that_make_the_whole():
    text = "T-1042 " * 300
    assert copying.sequence(text, {}) == f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    pieces = copying.sequence(text, {"STY": "1.pts"}).split("\x1b\\")
    assert max(map(len, pieces)) < 256
    assert "".join(one.removeprefix("\x1bP") for one in pieces) == copying.sequence(text, {})


@pytest.fixture
async def hands(console, desk):
    """Copy a text in a way: what was said, and what the terminal was sent."""
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)

        async def copy(text, choice):
            desk.settings = replace(desk.settings, clipboard=choice)
            sent = []
            pilot.app._driver.write = lambda data: sent.append(data) if "]52;" in data else None
            pilot.app.copy(text)
            await settled(pilot)
            return toasts(pilot), sent

        yield copy


async def test_a_copy_leaves_as_the_user_chose_and_what_is_too_long_is_not_cut(hands, monkeypatch):
    taken = []
    monkeypatch.setattr(copying, "to_system", lambda text: taken.append(text) is None)
    said, sent = await hands("T-1042", "osc52")
    assert said == ["Copied T-1042 through the terminal."]
    assert len(sent) == 1
    said, sent = await hands("T-1042", "native")
    assert (said, sent, taken) == (["Copied T-1042 to the system's clipboard."], [], ["T-1042"])
    said, sent = await hands("T-1042", "off")
    assert sent == []
    assert "Copies are off" in said[0]
    said, sent = await hands("x" * 75_000, "osc52")
    assert sent == []
    assert said[0].startswith("Not copied: 75,000 bytes are more than the 74,994 a terminal takes.")


async def test_tmux_is_given_a_buffer_and_where_it_takes_none_the_terminal_is_asked(
    hands, monkeypatch, tmp_path
):
    tmux = tmp_path / "tmux"
    tmux.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\npathlib.Path({str(tmp_path / 'got')!r}).write_text(sys.stdin.read())\n"
    )
    tmux.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TMUX", "/tmp/x,1,0")
    assert await hands("T-1042", "auto") == (["Copied T-1042 through tmux."], [])
    assert (tmp_path / "got").read_text() == "T-1042"
    tmux.write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    said, sent = await hands("T-1042", "auto")
    assert said == ["Copied T-1042 through the terminal."]
    assert len(sent) == 1
