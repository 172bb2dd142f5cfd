"""Light or dark is asked of a real terminal: of one that answers, one that does not, one that answers late."""

import os
import pty
import subprocess
import sys
import time

import pytest

from agentdesk.widgets.ground import read_colour, told_by, typed_in

ASK = (
    "import sys; from agentdesk.widgets.ground import find_ground; "
    "found = find_ground(); print(repr((found.theme, found.typed)))"
)


def asked(answer: bytes, typed: bytes = b"", **environ: str) -> tuple[str, float]:
    """What a program finds in a terminal that answers so, and how long it took from the question on."""
    controller, terminal = pty.openpty()
    surroundings = {**{key: value for key, value in os.environ.items() if key != "COLORFGBG"}, **environ}
    with subprocess.Popen(
        [sys.executable, "-c", ASK], stdin=terminal, stdout=subprocess.PIPE, stderr=terminal, env=surroundings
    ) as program:
        question = b""
        while b"\x1b[c" not in question:
            question += os.read(controller, 1024)
        begun = time.monotonic()
        os.write(controller, typed + answer)
        out = program.communicate(timeout=20)[0].decode()
    os.close(terminal)
    os.close(controller)
    return out.strip(), time.monotonic() - begun


@pytest.mark.parametrize(
    ("answer", "typed", "environ", "found"),
    [
        (b"\x1b]11;rgb:ffff/ffff/eeee\x1b\\\x1b[?62;c", b"jj", {}, "('paper', 'jj')"),
        (b"\x1b[?1;2c", b"", {"COLORFGBG": "0;15"}, "('paper', '')"),
        (b"", b"x", {}, "('ink', 'x')"),
    ],
    ids=["light", "no answer but that it is there", "no answer at all"],
)
def test_a_terminal_is_asked_once_and_what_was_typed_is_kept(answer, typed, environ, found):
    out, _ = asked(answer, typed, **environ)
    assert out == found


def test_without_a_terminal_nothing_is_asked():
    done = subprocess.run(
        [sys.executable, "-c", ASK], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        env={key: value for key, value in os.environ.items() if key != "COLORFGBG"},
    )  # fmt: skip
    assert done.stdout.strip() == "('ink', '')"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("answer", "theme"),
    [
        (b"\x1b]11;rgb:0000/0000/0000\x07", "ink"),
        (b"\x1b]11;rgb:f/f/f\x07", "paper"),
        (b"\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x1b\\", "paper"),
        (b"\x1b]11;rgb:2e/34/40\x1b\\", "ink"),
        (b"\x1b]11;?\x07", None),
        (b"", None),
    ],
)
def test_a_colour_is_read_in_every_length_it_is_written_in(answer, theme):
    assert read_colour(answer) == theme


@pytest.mark.parametrize(
    ("value", "theme"),
    [("15;0", "ink"), ("0;15", "paper"), ("0;default;7", "paper"), ("", None), ("x", None)],
)
def test_the_variable_of_some_terminals_is_believed(value, theme):
    assert told_by({"COLORFGBG": value}) == theme


def test_no_part_of_an_answer_becomes_a_key():
    assert typed_in(b"j\x1b]11;rgb:0000/0000/0000\x1b\\k\x1b[?62;22cl") == "jkl"
    assert typed_in(b"j\x1b]11;rgb:00") == "j"
    assert typed_in(b"\x1b[A\x1b") == "\x1b[A\x1b"
