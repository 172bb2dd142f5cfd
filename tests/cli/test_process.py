"""The real program as a process: pipes, colours, the environment."""

import json
import os
import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-m", "agentdesk"]


@pytest.fixture
def run(office, home):
    environment = {**os.environ, "COLUMNS": "40", "FORCE_COLOR": "1"}

    def start(*words, **options):
        return subprocess.run(
            [*PROGRAM, *words], capture_output=True, text=True, env=environment, check=False, **options
        )

    return start


def test_piped_table_is_plain_and_whole(run):
    done = run("ticket", "list", stdin=subprocess.DEVNULL)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "…" not in done.stdout
    assert "Invoice is wrong" in done.stdout


def test_without_arguments_and_without_a_terminal_it_helps(run):
    done = run(stdin=subprocess.DEVNULL)
    assert done.returncode == 0
    assert "Usage: agentdesk" in done.stdout


def test_version_is_one_line(run):
    assert run("--version").stdout.startswith("agentdesk ")


def test_exit_code_reaches_the_shell(run):
    assert run("ticket", "show", "T-9").returncode == 1
    assert run("tickt").returncode == 2


def test_reader_who_leaves_early_is_no_failure(run, office):
    line = " ".join([*PROGRAM, "ticket", "list", "--json"])
    shell = f"{line} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stderr == ""
    assert done.stdout == "0\n"


def test_ids_flow_through_a_real_pipe(run):
    listed = run("ticket", "list", "is:open", "--format", "ids").stdout
    done = run("ticket", "set", "-", "priority=low", "--json", input=listed)
    assert {one["priority"] for one in json.loads(done.stdout)} == {"low"}


def test_two_commands_at_once_both_write(office, home):
    started = [
        subprocess.Popen([*PROGRAM, "ticket", "note", "T-1001", f"note {n}"], stdout=subprocess.DEVNULL)
        for n in range(2)
    ]
    assert [one.wait() for one in started] == [0, 0]
    assert len(office("ticket", "show", "T-1001", "--json").json["messages"]) == 3
