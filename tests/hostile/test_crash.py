"""What nobody foresaw: one sentence, a terminal as it was, an exit code, and nothing of anybody's data."""

import re
import sys
from pathlib import Path

import pytest

from agentdesk import faults
from agentdesk.commands.command import Command
from agentdesk.commands.registry import all_commands, by_id
from agentdesk.store.store import Store
from tests.hostile.breaker import F8, FAULTS, IBAN, MAIL, SECRETS, SURVIVED, break_down
from tests.hostile.conftest import copy_of
from tests.hostile.lines import LINES
from tests.hostile.test_commands import typed
from tests.hostile.test_screens import ROOT
from tests.terminal import Capture, forbidden_sequences, run_in_pty

WITH_STTY = ["sh", "-c", '"$0" "$@"; code=$?; stty -a; sleep 0.3; exit $code']
LEAVES = b"\x1b[?1049l"
SENTENCE = re.compile(
    r"agentdesk: this should not have happened \(RuntimeError\)\. The details are in \S+errors\.log\."
)


def crash(place: Path, fault: str, keys=(), *, breach: str = "none", words=(), ready: str = IBAN) -> Capture:
    program = [*WITH_STTY, sys.executable, "-m", "tests.hostile.breaker", fault, breach, *words]
    env = {"AGENTDESK_STORE": str(place), "PYTHONPATH": str(ROOT)}
    return run_in_pty(program, keys, (180, 40), env, 60, ready=ready, leave=20)


def told_after(captured: Capture) -> str:
    """What is on the terminal once the console has left it, without what `stty` says."""
    after = Capture(captured[captured.rfind(LEAVES) :], 0).text()
    return after.partition("speed ")[0].strip()


def log_of(home: Path) -> str:
    return "".join(path.read_text() for path in home.rglob("errors.log"))


def is_as_it_was(captured: Capture) -> bool:
    """Whether the terminal is on its own screen, shows its cursor, and echoes lines."""
    shown = captured.rfind(b"\x1b[?25h") > captured.rfind(b"\x1b[?25l")
    left = captured.rfind(LEAVES) > captured.rfind(b"\x1b[?1049h")
    quiet = all(
        captured.rfind(b"\x1b[?%dl" % mode) > captured.rfind(b"\x1b[?%dh" % mode)
        for mode in (1000, 1003, 2004)
    )
    stty = captured.text().rpartition("speed ")[2].split()
    return shown and left and quiet and {"echo", "icanon", "isig"} <= {one.strip(";") for one in stty}


def check(captured: Capture, home: Path) -> None:
    assert captured.returncode == 1
    assert SENTENCE.fullmatch(told_after(captured)), told_after(captured)
    assert is_as_it_was(captured)
    assert forbidden_sequences(captured, controls="\r\n") == []
    assert "RuntimeError" in log_of(home)
    assert [one for one in SECRETS if one in log_of(home) + told_after(captured)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_the_console_in_one_sentence(fault, secret_desk, home):
    keys = FAULTS[fault][1]
    check(crash(secret_desk, fault, keys, ready=IBAN if keys else ""), home)


@pytest.mark.parametrize("fault", SURVIVED)
def test_a_fault_of_one_operation_is_told_and_the_console_goes_on(fault, secret_desk, home):
    captured = crash(secret_desk, fault, [*SURVIVED[fault][1], "q"])
    assert captured.returncode == 0
    assert "This should not have happened" in captured.text()
    assert is_as_it_was(captured)
    assert forbidden_sequences(captured, controls="\r\n") == []
    assert [one for one in SECRETS if one in log_of(home)] == []
    assert "RuntimeError" in log_of(home)


def test_the_last_words_of_textual_would_tell_everything(secret_desk, home):
    captured = crash(secret_desk, "an action of the app", FAULTS["an action of the app"][1], breach="textual")
    assert [one for one in SECRETS if one in told_after(captured)] == list(SECRETS)


# Where each command is given: the route, and the way of the keys there.

ON = {
    "app": (),
    "list": (),
    "queue": (),
    "ticket": (),
    "page": ("list.open",),
    "customers": ("app.customers",),
    "customer": ("ticket.customer",),
    "reading": ("app.reports",),
    "editor": ("ticket.reply",),
    "dialog": ("queue.sort",),
}


def keys_of(command: Command) -> list[str]:
    """The keys that give a command from the queue on, as a terminal sends them."""
    given = [by_id()[one] for one in ON[command.scope]] + [command]
    return [sent(one.keys.split(",")[0]) for one in given]


def sent(key: str) -> str:
    """What a terminal sends for a key of a command."""
    if key.startswith("ctrl+"):
        return chr(ord(key[5:]) & 0x1F)
    functions = {
        "f3": "\x1bOR",
        "f4": "\x1bOS",
        "f6": "\x1b[17~",
        "f7": "\x1b[18~",
        "f8": F8,
        "insert": "\x1b[2~",
    }
    return functions.get(key, key)


SCROLLED = ("reading.page_down", "reading.page_up")
"""Keys that the page takes for itself, to the same effect."""
ACTING = [one for one in all_commands() if one.scope in ON and one.id not in SCROLLED]


@pytest.mark.slow
@pytest.mark.parametrize("command", ACTING, ids=lambda one: one.id)
def test_drill_a_fault_in_any_action_ends_in_one_sentence(command, secret_desk, home):
    check(crash(secret_desk, f"action:{command.action.partition('(')[0]}", keys_of(command)), home)


# The command line.


STORELESS = {"keys", "tour", "serve", "config show", "config check", "config path", "import desk"}
"""Commands that open no store, or look at their file first."""


@pytest.mark.parametrize("command", LINES)
def test_a_fault_of_a_command_is_one_sentence_without_a_value(command, cli, sampled, home, monkeypatch):
    words = typed(command, sampled, home, copy_of(sampled, home))[-1]
    monkeypatch.setattr(Store, "read", break_down)
    monkeypatch.setattr(Store, "change", break_down)
    answer = cli(*words, store=home / "copy.db")
    assert [
        one for one in (*SECRETS, "Traceback", "\x1b") if one in answer.out + answer.err + log_of(home)
    ] == []
    if command not in STORELESS:
        assert answer.code == 1
        assert SENTENCE.fullmatch(answer.err.strip().splitlines()[-1])
        assert answer.err.count("should not have happened") == 1


def test_a_log_that_keeps_the_message_would_be_seen(cli, sampled, tmp_path, home, monkeypatch):
    monkeypatch.setattr(Store, "read", break_down)
    monkeypatch.setattr(faults, "_places", lambda error: [str(error)])
    cli("ticket", "list", store=copy_of(sampled, tmp_path))
    assert MAIL in log_of(home)


def test_a_fault_of_a_command_in_a_terminal_is_one_sentence(secret_desk, home):
    captured = crash(secret_desk, "reading in a thread", words=["ticket", "list"], ready="")
    assert captured.returncode == 0
    broken = crash(secret_desk, "the command line", words=["ticket", "list"], ready="")
    assert broken.returncode == 1
    assert SENTENCE.search(broken.text())
    assert forbidden_sequences(broken, allowed=(), controls="\r\n") == []
    assert [one for one in SECRETS if one in broken.text() + log_of(home)] == []
