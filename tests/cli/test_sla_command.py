"""Working time asked on the command line: its formats, its table, and what a slip is answered with."""

import re
import sys

import pytest

from tests.terminal import run_in_pty

DUE = ("sla", "due", "--calendar", "UK", "--start", "2026-12-24T16:00Z", "--target", "4h")


def test_every_format_has_the_one_value(examples):
    assert examples(*DUE, "--format", "jsonl").out == '{"due_at": "2026-12-29T12:00:00Z"}\n'
    assert examples(*DUE, "--format", "csv").out == "due_at\r\n2026-12-29T12:00:00Z\r\n"
    assert examples(*DUE, "--format", "ids").out == "2026-12-29T12:00:00Z\n"
    line = (
        "sla",
        "elapsed",
        "--calendar",
        "UK",
        "--start",
        "2026-03-02T10:00Z",
        "--end",
        "2026-03-02T13:15Z",
    )
    assert examples(*line, "--format", "ids").out == "195\n"


def test_the_table_shows_what_was_counted_on_the_wall_of_the_team(examples):
    answer = examples(*DUE, "--format", "table")
    assert answer.out.splitlines() == [
        "Calendar   UK@1: Mon-Fri 09:00-17:00, Europe/London",
        "Start      Thu 2026-12-24 16:00 GMT",
        "Target     4 h (240 min)",
        "Due        Tue 2026-12-29 12:00 GMT",
        "In UTC     2026-12-29T12:00:00Z",
        "",
        "Closed",
        "Fri 2026-12-25",
        "Mon 2026-12-28",
        "",
        "From                      Until                     Minutes  Total",
        "Thu 2026-12-24 16:00 GMT  Thu 2026-12-24 17:00 GMT       60     60",
        "Tue 2026-12-29 09:00 GMT  Tue 2026-12-29 12:00 GMT      180    240",
    ]


def test_the_table_names_both_zones_of_a_clock_change_and_what_was_paused(examples):
    line = (
        "sla",
        "elapsed",
        "--calendar",
        "A7",
        "--start",
        "2026-03-28T22:00Z",
        "--end",
        "2026-03-29T08:00Z",
    )
    told = examples(*line, "--pause", "2026-03-29T00:00Z/2026-03-29T02:00Z", "--format", "table").out
    assert "Used      8 h (480 min)" in told
    assert "Sun 2026-03-29 00:00 GMT to Sun 2026-03-29 03:00 BST" in told
    assert "Sun 2026-03-29 03:00 BST  Sun 2026-03-29 09:00 BST      360    480" in told


def test_a_target_that_ends_at_closing_time_says_until_when_it_is_met(examples):
    line = ("sla", "due", "--calendar", "UK", "--start", "2026-03-02T15:00Z", "--target", "2h")
    assert (
        "Late from  Tue 2026-03-03 09:00 GMT; until then it is met"
        in examples(*line, "--format", "table").out
    )


def test_a_long_table_says_that_it_is_cut_and_can_be_had_whole(examples):
    line = (
        "sla",
        "elapsed",
        "--calendar",
        "UK",
        "--start",
        "2026-01-01T00:00Z",
        "--end",
        "2027-01-01T00:00Z",
    )
    cut = examples(*line, "--format", "table")
    assert cut.err == "50 of 253 shown, --limit 0 for all\n"
    whole = examples(*line, "--format", "table", "--limit", "0")
    assert whole.err == ""
    assert len(re.findall(r"GMT\n|BST\n|  \d+  +\d+\n", whole.out)) >= 253
    assert whole.out.splitlines()[-1].split()[-1] == str(253 * 480)


def test_a_day_is_24_hours_of_open_time_and_says_so(examples):
    line = ("sla", "due", "--calendar", "UK", "--start", "2026-03-02T09:00Z", "--target", "1d")
    answer = examples(*line)
    assert answer.json == {"due_at": "2026-03-04T17:00:00Z"}
    assert answer.err == "1d is 24 h of open time; UK@1 is open 40 h a week.\n"
    assert examples(*line, "--calendar", "24x7").err == ""


def test_a_former_version_is_counted_as_it_was(examples, worked_examples, cli, monkeypatch, home):
    store = str(home / "own.db")
    monkeypatch.setenv("AGENTDESK_STORE", store)
    cli("calendar", "add", "UK", "--zone", "Europe/London", "--hours", "Mon-Fri 09:00-17:00")
    cli("calendar", "set", "UK", "--hours", "Mon-Fri 08:00-18:00")
    line = ("sla", "due", "--start", "2026-03-02T16:00Z", "--target", "2h", "--calendar")
    assert cli(*line, "UK@1").json == {"due_at": "2026-03-03T10:00:00Z"}
    assert cli(*line, "uk").json == {"due_at": "2026-03-02T18:00:00Z"}


def test_the_calendar_that_is_always_open_needs_no_set_up(cli):
    line = ("sla", "due", "--calendar", "24x7", "--start", "2026-03-02T16:00Z", "--target", "90m")
    assert cli(*line).json == {"due_at": "2026-03-02T17:30:00Z"}


START = ("--start", "2026-03-02T10:00Z")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (("--calendar", "UKK", *START), 1, "There is no calendar UKK. Did you mean UK?"),
        (
            ("--calendar", "UK", "--start", "2026-07-02T10:00"),
            2,
            "--start “2026-07-02T10:00” names no zone. Write 2026-07-02T10:00+01:00 if it is meant in Europe/London, or end it in Z for UTC.",
        ),
        (
            ("--calendar", "UK", "--start", "yesterday"),
            2,
            "--start “yesterday” is no instant. Write it with its zone: 2026-03-02T10:00Z, or 2026-03-02T10:00+01:00.",
        ),
        (
            ("--calendar", "UK", "--start", "0001-01-01T00:00+14:00"),
            2,
            "--start “0001-01-01T00:00+14:00”: years run from 1900 to 2200.",
        ),
        (
            ("--calendar", "UK", "--start", "1700-01-01T00:00Z"),
            2,
            "--start “1700-01-01T00:00Z”: years run from 1900 to 2200.",
        ),
        (
            ("--calendar", "UK", *START, "--pause", "2026-03-02T11:00Z/9999-03-02T11:00Z"),
            2,
            "--pause “9999-03-02T11:00Z”: years run from 1900 to 2200.",
        ),
        (
            ("--calendar", "UK", *START, "--pause", "2026-03-02T11:00Z"),
            2,
            "--pause “2026-03-02T11:00Z” has no end. Write both: 2026-03-02T11:00Z/2026-03-03T10:00Z.",
        ),
        (
            ("--calendar", "UK", *START, "--pause", "2026-03-02T12:00Z/2026-03-02T11:00Z"),
            2,
            "--pause “2026-03-02T12:00Z/2026-03-02T11:00Z” ends before it starts. Name the earlier instant first.",
        ),
    ],
)
def test_a_slip_is_one_sentence_and_an_exit_code(examples, line, code, told):
    answer = examples("sla", "due", "--target", "2h", *line)
    assert (answer.code, answer.out, answer.err) == (code, "", f"agentdesk: {told}\n")


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("2", "names no unit"),
        ("", "is no length of time"),
        ("soon", "is no length of time"),
        ("-4h", "is no length of time"),
        ("PT", "is no length of time"),
        ("P", "is no length of time"),
        ("1.5h", "is no length of time"),
        ("0m", "is less than a minute"),
        ("999999999d", "is more than 200 years"),
    ],
)
def test_a_target_that_is_no_length_of_time_is_refused(examples, target, why):
    answer = examples("sla", "due", "--calendar", "UK", *START, f"--target={target}")
    assert answer.code == 2
    assert answer.err == f"agentdesk: --target “{target}” {why}. Write 90m, 4h, 1h30m, 2d or PT4H.\n"


def test_an_end_before_the_start_is_refused(examples):
    answer = examples("sla", "elapsed", "--calendar", "UK", *START, "--end", "2026-03-02T09:59Z")
    assert answer.code == 2
    assert answer.err == (
        "agentdesk: --start “2026-03-02T10:00Z” --end “2026-03-02T09:59Z” ends before it starts. "
        "Name the earlier instant first.\n"
    )


def test_a_calendar_that_never_opens_is_told(cli):
    cli("calendar", "add", "Shut", "--zone", "UTC", "--hours", "closed")
    answer = cli("sla", "due", "--calendar", "Shut", *START, "--target", "1m")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "agentdesk: Calendar Shut@1 has no open time at all. Give it opening hours.\n"
    assert cli("sla", "elapsed", "--calendar", "Shut", *START, "--end", "2026-05-02T10:00Z").json == {
        "minutes": 0
    }


def test_a_terminal_shows_the_table_and_a_pipe_the_object(cli):
    line = [sys.executable, "-m", "agentdesk", "sla", "due", "--calendar", "24x7", *START, "--target", "4h"]
    shown = run_in_pty(line).text()
    assert "Mon 2026-03-02 10:00 UTC" in shown
    assert "240" in shown
    assert "due_at" not in shown
