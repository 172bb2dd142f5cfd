import sys

import pytest

from tests.terminal import TEXTUAL_SEQUENCES, forbidden_sequences, run_in_pty

CLEAN_APP = """
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Header, Input, Static
{filter_import}

class Question(ModalScreen):
    def compose(self):
        yield Input()

class Trial(App):
    BINDINGS = [("q", "quit", "Quit"), ("m", "ask", "Ask")]
    def compose(self):
        yield Header()
        yield Static({text!r}, markup=False)
        yield DataTable()
        yield Footer()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("one", "two")
        table.add_row("1", "2")
        table.focus()
        self.notify("a toast")
    def action_ask(self):
        self.push_screen(Question())
{filter_method}

Trial().run()
"""
FILTER = {
    "filter_import": "from agentdesk.widgets.safe import SafeFilter",
    "filter_method": "    def get_line_filters(self):\n        return [*super().get_line_filters(), SafeFilter()]",
}
BARE = {"filter_import": "", "filter_method": ""}
PAYLOADS = (
    "\x1b]52;c;QUFB\x1b\\",
    "\x1b]0;owned\x1b\\",
    "\x1b]8;;http://evil.test\x1b\\",
    "\x1bP$q m\x1b\\",
    "\x1b_Gf=24\x1b\\",
    "\x1b[6n",
    "\x1b[21t",
    "\x1b[c",
    "\x1b[>c",
    "\x1b[2J",
    "\x1b[5i",
    "\x1b[?47h",
    "\x1b[38:5:1m",
    "\x1bc",
    "\x1bZ",
    "\x1b(0",
    "\x05",
    "\x0e",
    "\x7f",
    "\x9b2J",
    "\x9d0;t\x9c",
    "\x90x\x9c",
    "\u202e",
    "\u2066",
    "\u200e",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u2028",
    "\U000e0041",
)


def run_app(text: str, parts: dict[str, str], keys: tuple[str, ...] = ("q",)):
    source = CLEAN_APP.format(text=text, **parts)
    return run_in_pty([sys.executable, "-c", source], keys, ready="toast")


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_planted_sequence_is_found(payload):
    assert forbidden_sequences(f"before{payload}after".encode())


@pytest.mark.parametrize("raw", [b"\x9b2J", b"\x1b", b"\x1b]0;never ended", b"\xff", b"\x1bP unfinished"])
def test_broken_and_raw_bytes_are_found(raw):
    assert forbidden_sequences(b"a" + raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"plain text\r\n\tand a tab\b",
        b"\x1b[1;31mred\x1b[0m\x1b[m",
        b"\x1b[12;40H",
        b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1049l",
        b"\x1b[?2026$p\x1b[>25u\x1b[<u",
        b"\x1b]22;default\x07\x1b]22;pointer\x07",
        "漢字 é 👩\u200d👧 ❤\ufe0f می\u200cخواهم".encode(),
    ],
)
def test_what_a_clean_app_writes_passes(raw):
    assert forbidden_sequences(raw) == []


def test_what_may_pass_can_be_narrowed_and_widened():
    assert forbidden_sequences(b"\x1b[31m", allowed=()) == ["'\\x1b[31m'"]
    assert forbidden_sequences(b"\x07") == ["'\\x07'"]
    assert forbidden_sequences(b"\x07\r", controls="\x07") == ["'\\r'"]
    copied = b"\x1b]52;c;eA==\x07"
    assert forbidden_sequences(copied) == ["'\\x1b]52;c;eA==\\x07'"]
    assert forbidden_sequences(copied, allowed=(*TEXTUAL_SEQUENCES, r"\x1b\]52;c;eA==\x07")) == []


def test_findings_name_the_character():
    assert forbidden_sequences("a\u202eb".encode()) == ["'\\u202e' RIGHT-TO-LEFT OVERRIDE"]


def test_a_program_is_run_in_a_terminal_of_the_size_asked_for():
    source = "import os, sys; print(sys.stdout.isatty(), *os.get_terminal_size()); print(repr(input())); sys.exit(3)"
    capture = run_in_pty(
        [sys.executable, "-c", source], ["hello", "enter"], (93, 31), {"TERM": "vt100"}, ready="31"
    )
    assert "True 93 31" in capture.text()
    assert "'hello'" in capture.text()
    assert capture.returncode == 3


def test_a_program_that_does_not_end_is_ended():
    source = "import time; print('here', flush=True); time.sleep(600)"
    capture = run_in_pty([sys.executable, "-c", source], ready="here")
    assert capture.returncode == -15


def test_text_that_never_comes_is_an_error():
    with pytest.raises(TimeoutError, match="never"):
        run_in_pty([sys.executable, "-c", "print('something else')"], ready="never", timeout=5)


def test_a_clean_textual_app_emits_nothing_forbidden():
    capture = run_app("an ordinary text", BARE, ("m", "escape", "down", "q"))
    assert "ordinary" in capture.text()
    assert forbidden_sequences(capture) == []


def test_hostile_text_gets_out_of_a_bare_app_and_not_out_of_a_filtered_one():
    text = "start " + " ".join(PAYLOADS) + " end"
    assert forbidden_sequences(run_app(text, BARE))
    capture = run_app(text, FILTER)
    assert "start" in capture.text()
    assert forbidden_sequences(capture) == []
    assert capture.returncode == 0
