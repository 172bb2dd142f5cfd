"""Previewing and applying a policy at the command line, and which ticket has which."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.cli.conftest import OFFICE


@pytest.fixture
def busy(begin):
    """Standard in all hours for the three tickets of the office, of which the second was answered and solved."""
    return begin(
        *OFFICE,
        ("calendar", "add", "UK", "--zone", "Europe/London", "--hours", "Mon-Fri 09:00-17:00"),
        ("policy", "add", "Standard", "--calendar", "24x7", "--target", "frt=normal:4h,high:2h"),
        ("policy", "apply"),
        ("ticket", "reply", "T-1002", "Done"),
        ("ticket", "solve", "T-1002"),
    )


def rows_of_store(home):
    with closing(sqlite3.connect(home / "desk.db")) as store:
        tables = ("sla_policy", "change", "journal", "sla_clock", "ticket")
        return {name: store.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


def test_a_draft_says_what_would_move_and_writes_nothing(busy, home):
    before = rows_of_store(home)
    answer = busy("policy", "preview", "standard", "--target", "frt=normal:8h,high:1h", "--json")
    assert rows_of_store(home) == before
    told = answer.json
    assert told["policy"] == "Standard@1"
    assert (told["draft"]["ref"], told["draft"]["is_draft"]) == ("Standard@2", True)
    assert told["draft"]["targets"] == {"frt": {"high": 60, "normal": 480}}
    assert told["counts"] == {
        "moved": 2,
        "breached": 0,
        "earlier": 1,
        "later": 1,
        "begins": 0,
        "ends": 0,
        "otherwise": 0,
        "stays": 0,
        "tickets": 2,
    }
    [sooner, later] = told["moves"]
    assert (sooner["ref"], sooner["effect"], sooner["priority"]) == ("T-1003", "earlier", "high")
    assert (sooner["policy_before"], sooner["policy_after"]) == ("Standard@1", "Standard@2")
    assert (sooner["target_minutes_before"], sooner["target_minutes_after"]) == (120, 60)
    assert sooner["due_at_after"] < sooner["due_at_before"]
    assert (later["ref"], later["effect"], later["state_after"]) == ("T-1001", "later", "running")
    assert (told["newly_breached"], told["newly_met"], told["days"]) == ([], 0, 90)


def test_a_person_reads_one_sentence_then_the_clocks_then_the_replay(busy):
    lines = busy("policy", "preview", "Standard", "--target", "frt=normal:8h,high:1h").out.splitlines()
    assert lines[0] == "Standard@1 to Standard@2, a draft"
    assert lines[2] == "2 open clocks move: 1 due earlier, 1 due later; 0 stay."
    assert lines[3] == "2 open tickets would count by another policy, version or calendar."
    assert lines[5].split() == ["Ticket", "Clock", "Due", "as", "it", "was", "under", "the", "draft", "State"]
    assert all(len(one) <= 80 for one in lines[5:8])
    assert "Replay of the last 90 days: clocks of 1 ticket ended." in lines
    at = lines.index("* of fewer than 10 clocks, which say little")
    assert lines[at - 1].startswith(
        "Attainment 100.0%* as it was, 100.0%* under the draft; 0 met would be breached"
    )
    assert lines[-1].split() == ["all", "1", "0", "100.0%*", "1", "0", "100.0%*"]


def test_without_options_it_shows_what_an_edit_left_behind(busy):
    clean = busy("policy", "preview", "Standard", "--json").json
    assert (clean["draft"]["is_draft"], clean["counts"]["moved"], clean["counts"]["stays"]) == (False, 0, 2)
    answer = busy("policy", "set", "Standard", "--target", "frt=normal:1h")
    assert (
        "2 open tickets keep the version before. What would move: agentdesk policy preview 'Standard'"
        in answer.err
    )
    told = busy("policy", "preview", "Standard", "--json").json
    assert (told["policy"], told["counts"]["moved"], told["counts"]["tickets"]) == ("Standard@2", 1, 2)
    busy("policy", "apply", "Standard")
    assert busy("policy", "preview", "Standard", "--json").json["counts"]["moved"] == 0


def test_an_edit_of_a_calendar_says_who_keeps_the_hours_before(busy):
    busy("policy", "set", "Standard", "--calendar", "UK")
    busy("policy", "apply")
    answer = busy("calendar", "set", "UK", "--hours", "Mon-Fri 08:00-18:00")
    assert "2 open tickets keep the hours before." in answer.err
    assert "agentdesk policy apply" in answer.err
    told = busy("policy", "preview", "Standard", "--json").json
    assert told["counts"]["tickets"] == 2
    busy("policy", "apply")
    assert {one["calendar"] for one in busy("policy", "tickets", "--json").json} == {"UK@2"}
    assert "keep" not in busy("calendar", "set", "UK", "--zone", "Europe/London").err


def test_every_clock_is_in_the_other_formats_and_a_cut_table_says_so(busy):
    draft = ("policy", "preview", "Standard", "--target", "frt=1m")
    lines = busy(*draft, "--format", "jsonl")
    assert {json.loads(one)["ref"] for one in lines.out.splitlines()} == {"T-1001", "T-1003"}
    assert "the replay is in --format table and json" in lines.err
    assert len(busy(*draft, "--format", "ids").out.split()) == 2
    assert "1 of 2 shown, --limit 0 for all" in busy(*draft, "--limit", "1").err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("Standart",), 1, "Did you mean Standard?"),
        (("Standard@1",), 1, "A draft starts from the version in force"),
        (("Standard", "--calendar", "FR"), 1, "There is no calendar FR."),
        (("Standard", "--target", "frt=none"), 1, "A policy promises something"),
        (("Standard", "--conditions", "is:open"), 1, "is not known of a new ticket"),
        (("Standard", "--days", "0"), 2, "--days"),
    ],
)
def test_a_draft_that_could_not_be_set_is_refused_in_the_same_words(busy, words, code, told):
    answer = busy("policy", "preview", *words)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err


def test_a_lead_may_look_but_not_apply(busy):
    busy("policy", "set", "Standard", "--target", "frt=1h")
    assert busy("policy", "preview", "Standard", "--as", "ana").code == 0
    plan = busy("policy", "apply", "--dry-run", "--as", "ana")
    assert (plan.code, "2 tickets, 2 clocks would move." in plan.err) == (0, True)
    answer = busy("policy", "apply", "--as", "ana")
    assert answer.code == 1
    assert "ana may not change the desk's set-up" in answer.err


def test_applying_prints_each_clock_before_and_after_and_one_undo_takes_it_back(busy):
    busy("policy", "set", "Standard", "--target", "frt=normal:1h,high:1h")
    plan = busy("policy", "apply", "--dry-run", "--json")
    assert "Dry run: nothing was written." in plan.err
    assert [one["policy"] for one in busy("policy", "tickets", "--json").json] == ["Standard@1"] * 2
    done = busy("policy", "apply", "Standard", "--json")
    assert [one["ref"] for one in done.json] == [one["ref"] for one in plan.json]
    [number] = [word for word in done.err.replace(";", "").split() if word.isdecimal()][:1]
    [one] = [row for row in done.json if row["ref"] == "T-1001"]
    assert (one["target_minutes_before"], one["target_minutes_after"]) == (240, 60)
    explained = busy("sla", "explain", "T-1001", "--json").json
    assert explained["policy"] == "Standard@2"
    assert explained["clocks"][0]["due_at"] == one["due_at_after"]
    busy("undo", number)
    explained = busy("sla", "explain", "T-1001", "--json").json
    assert (explained["policy"], explained["clocks"][0]["due_at"]) == ("Standard@1", one["due_at_before"])


def test_applying_where_all_is_so_already_says_so(busy):
    answer = busy("policy", "apply")
    assert (answer.code, answer.out) == (0, "")
    assert "Nothing changed." in answer.err
    assert "0 open tickets to move. All have what the rules say." in answer.err
    assert busy("policy", "apply", "--json").json == []


def test_a_query_limits_what_is_applied(busy):
    busy("policy", "set", "Standard", "--target", "frt=1h")
    assert [one["ref"] for one in busy("policy", "apply", "--query", "priority:high", "--json").json] == [
        "T-1003"
    ]
    assert "frm" in busy("policy", "apply", "--query", "frm:x").err


def test_each_open_ticket_says_its_policy_and_why(busy):
    busy("policy", "set", "Standard", "--conditions", "priority:high")
    busy("policy", "apply")
    listed = busy("policy", "tickets", "--json").json
    assert [(one["ref"], one["policy"], one["why"]) for one in listed] == [
        ("T-1001", None, "no policy holds for it"),
        ("T-1003", "Standard@2", "priority:high"),
    ]
    assert busy("policy", "tickets", "Standard", "--format", "ids").out == "T-1003\n"
    assert busy("policy", "tickets", "none", "--format", "ids").out == "T-1001\n"
    assert "1 of 2 shown" in busy("policy", "tickets", "--limit", "1").err
    assert "Did you mean Standard" in busy("policy", "tickets", "Standart").err
    ids = ("ticket", "list", "--format", "ids")
    assert busy(*ids, "policy:standard is:open").out == "T-1003\n"
    assert busy(*ids, "policy:none").out == "T-1001\n"
    assert set(busy(*ids, "policy:Standard").out.split()) == {"T-1002", "T-1003"}


def test_a_policy_whose_calendar_was_taken_back_is_told_and_passed_over(busy):
    made = busy("calendar", "add", "DE", "--zone", "Europe/Berlin", "--hours", "Mon-Fri 08:00-16:00")
    [number] = [word for word in made.err.replace(";", "").split() if word.isdecimal()][:1]
    busy("policy", "set", "Standard", "--calendar", "DE")
    assert busy("undo", number).code == 0
    answer = busy("policy", "list")
    assert "No ticket gets Standard: its calendar DE is gone." in answer.err
    busy("ticket", "new", "--subject", "x")
    assert busy("policy", "tickets", "none", "--format", "ids").out == "T-1004\n"


def test_a_replay_says_as_it_was_and_under_the_draft_and_never_then(busy):
    out = busy("policy", "preview", "Standard", "--target", "frt=1m").out
    head = next(one for one in out.splitlines() if one.startswith("Clock"))
    assert " ".join(head.split()) == "Clock As it was breached % Under the draft breached %"
    assert " then" not in out.lower()


def test_what_was_applied_says_which_reason_and_which_version_became_another_one(busy):
    busy("policy", "set", "Standard", "--conditions", "priority:normal OR priority:high")
    answer = busy("policy", "apply")
    assert answer.out.splitlines()[0].split() == ["Ticket", "Counts", "by"]
    assert "Standard@1 to Standard@2, all tickets to priority:normal OR priority:high" in answer.out
    assert "2 tickets, 0 clocks moved." in answer.err
    busy("policy", "set", "Standard", "--calendar", "UK", "--target", "frt=1h")
    assert "2 tickets, 2 clocks would move." in busy("policy", "apply", "--dry-run").err
    answer = busy("policy", "apply")
    assert "\nT-1001  Standard@2 to Standard@3, 24x7 to UK@1\n" in answer.out
    assert "2 h to 1 h" in answer.out
    assert "2 tickets, 2 clocks moved." in answer.err
    assert {one["why_before"] for one in busy("policy", "apply", "--json").json} == set()
