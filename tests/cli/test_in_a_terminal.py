"""What the command line sends to a real terminal."""

import sys

import pytest

from tests.terminal import forbidden_sequences, run_in_pty

PROGRAM = [sys.executable, "-m", "agentdesk"]
BOLD = (r"\x1b\[1m", r"\x1b\[0m")


@pytest.fixture
def hostile(office):
    office(
        "ticket", "new", "--subject", "x\x1b]52;c;cm0=\x07\x9b31m\u202e" + "y" * 200, "--body", "\x1b[2J\x07"
    )
    return office


def test_table_fits_the_terminal_and_shows_where_it_was_cut(hostile):
    lines = run_in_pty([*PROGRAM, "ticket", "list"], size=(60, 24)).text().splitlines()
    assert len(lines) == 5
    assert all(len(line) <= 60 for line in lines)
    assert any("…" in line for line in lines)


@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["show", "T-1004"], ["history", "T-1004"]])
def test_foreign_text_sends_nothing_but_text(hostile, words):
    captured = run_in_pty([*PROGRAM, "ticket", *words])
    assert captured.returncode == 0
    assert forbidden_sequences(captured, allowed=BOLD, controls="\r\n") == []


def test_no_color_is_respected_only_when_it_says_something(office):
    assert b"\x1b[1m" in run_in_pty([*PROGRAM, "ticket", "list"])
    assert b"\x1b[1m" in run_in_pty([*PROGRAM, "ticket", "list"], env={"NO_COLOR": ""})
    assert b"\x1b" not in run_in_pty([*PROGRAM, "ticket", "list"], env={"NO_COLOR": "1"})
    assert b"\x1b" not in run_in_pty([*PROGRAM, "ticket", "list", "--no-color"])


def test_question_waits_for_an_answer_and_no_is_the_default(office):
    office("view", "add", "VAT", "tag:vat")
    said_nothing = run_in_pty([*PROGRAM, "view", "remove", "VAT"], ["enter"], ready="[y/N]", leave=10)
    assert said_nothing.returncode == 1
    said_yes = run_in_pty([*PROGRAM, "view", "remove", "VAT"], ["y", "enter"], ready="[y/N]", leave=10)
    assert said_yes.returncode == 0


def test_references_are_not_waited_for_at_a_keyboard(office):
    captured = run_in_pty([*PROGRAM, "ticket", "take", "-"])
    assert captured.returncode == 2
    assert "nothing is piped in" in captured.text()
