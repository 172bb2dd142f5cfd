import sqlite3
from contextlib import closing

import pytest

STANDARD = (
    "policy",
    "add",
    "Standard",
    "--calendar",
    "UK",
    "--target",
    "frt=urgent:30m,high:2h,normal:8h,low:2d",
)
TARGETS = {"frt": {"urgent": 30, "high": 120, "normal": 480, "low": 2880}}
LADDER = [
    {"at": 75, "plus_minutes": 0, "do": "notify", "to": "assignee"},
    {"at": 90, "plus_minutes": 0, "do": "notify", "to": "lead"},
    {"at": 100, "plus_minutes": 0, "do": "escalate", "to": "lead"},
    {"at": 100, "plus_minutes": 60, "do": "escalate", "to": "manager"},
]


@pytest.fixture
def standard(begin):
    return begin(
        ("calendar", "add", "UK", "--zone", "Europe/London", "--hours", "Mon-Fri 09:00-17:00"), STANDARD
    )


def test_a_policy_is_added_shown_and_listed(standard):
    shown = standard("policy", "show", "standard", "--json").json
    created = shown["created_at"]
    assert shown == {
        "name": "Standard",
        "ref": "Standard@1",
        "number": 1,
        "position": 10,
        "conditions": "",
        "by_agreement": False,
        "calendar": "UK",
        "targets": TARGETS,
        "ladder": LADDER,
        "is_current": True,
        "created_at": created,
        "open_tickets": 0,
        "versions": [{"ref": "Standard@1", "created_at": created, "open_tickets": 0}],
    }
    [listed] = standard("policy", "list", "--json").json
    assert {**listed, "versions": shown["versions"]} == shown
    made = standard(
        *("policy", "add", "Incidents", "--calendar", "24x7", "--conditions", "type:incident", "--json"),
        *("--position", "5", "--target", "first_reply=15m", "--target", "solution=urgent:4h", "--no-ladder"),
    ).json
    assert (made["position"], made["conditions"], made["ladder"]) == (5, "type:incident", [])
    assert made["targets"]["requester_wait"] == {"urgent": 240}
    assert standard("policy", "list", "--format", "ids").out == "Incidents\nStandard\n"


def test_a_person_reads_targets_ladder_versions_and_who_it_is_for(standard):
    standard("policy", "set", "Standard", "--target", "work=urgent:4h", "--conditions", "tag:vat")
    lines = standard("policy", "show", "Standard").out.splitlines()
    assert "For           tag:vat" in lines
    assert "Open tickets  0" in lines
    at = lines.index("Targets, in working time of the calendar")
    assert lines[at + 1 : at + 4] == [
        "Clock        urgent  high  normal   low",
        "first reply  30 min   2 h     8 h  48 h",
        "work            4 h     -       -     -",
    ]
    at = lines.index("Ladder")
    assert lines[at + 1 : at + 5] == [
        "75 % of a target used: notify assignee",
        "90 % of a target used: notify lead",
        "100 % of a target used: escalate to lead",
        "100 % of a target used, and 1 h of business hours more: escalate to manager",
    ]
    assert lines[-2].startswith("Standard@1  ")
    assert lines[-1].startswith("Standard@2  ")
    [head, row] = standard("policy", "list").out.splitlines()
    assert head.split() == ["Policy", "Order", "For", "Calendar", "Targets", "Open"]
    assert "first reply 30 min / 2 h / 8 h / 48 h; work 4 h / - / - / -" in row


def test_open_tickets_are_counted_by_version_and_in_all(standard, home):
    for _ in range(3):
        standard("ticket", "new", "--subject", "x")
    standard("policy", "set", "Standard", "--no-ladder")
    with closing(sqlite3.connect(home / "desk.db")) as store, store:
        store.execute("UPDATE ticket SET policy_id = 1 + (id % 2)")
        [(first,)] = store.execute("SELECT count(*) FROM ticket WHERE policy_id = 1")
    shown = standard("policy", "show", "Standard", "--json").json
    assert shown["open_tickets"] == 3
    assert [one["open_tickets"] for one in shown["versions"]] == [first, 3 - first]
    assert (
        f"Open tickets  3, of which {first} have this version" in standard("policy", "show", "Standard@1").out
    )
    assert [one["open_tickets"] for one in standard("policy", "list", "--json").json] == [3]
    every = standard("policy", "list", "--all", "--json").json
    assert [one["open_tickets"] for one in every] == [first, 3 - first]


def test_an_empty_list_says_what_to_do_first(cli):
    answer = cli("policy", "list")
    assert answer.out == ""
    assert "0 policies. Add one: agentdesk policy add Standard" in answer.err
    assert cli("policy", "list", "--json").json == []


def test_a_change_is_a_version_and_can_be_taken_back(standard):
    line = ("policy", "set", "Standard", "--json")
    changed = standard(*line, "--target", "frt=urgent:15m,low:none", "--target", "update=1d").json
    assert changed["ref"] == "Standard@2"
    assert changed["targets"]["frt"] == {"urgent": 15, "high": 120, "normal": 480}
    assert changed["targets"]["update_gap"] == dict.fromkeys(("urgent", "high", "normal", "low"), 1440)
    assert standard("policy", "show", "Standard@1", "--json").json["targets"] == TARGETS
    assert standard("policy", "list", "--all", "--format", "ids").out == "Standard@1\nStandard@2\n"
    assert standard("undo").code == 0
    assert standard("policy", "show", "Standard", "--json").json["ref"] == "Standard@1"
    assert standard("redo").code == 0
    assert standard("policy", "show", "Standard", "--json").json["ref"] == "Standard@2"
    same = standard(*line, "--target", "frt=high:120m")
    assert (same.err, same.json["number"]) == ("Nothing changed.\n", 2)


def test_everything_about_a_policy_can_be_changed(standard):
    line = ("policy", "set", "standard", "--json")
    changed = standard(
        *(*line, "--calendar", "24x7", "--conditions", "tag:vat", "--position", "3", "--by-agreement"),
        *("--step", "100%+2h escalate to manager", "--step", "90% notify lead"),
    ).json
    assert (changed["calendar"], changed["conditions"], changed["position"]) == ("24x7", "tag:vat", 3)
    assert changed["by_agreement"] is True
    assert [step["plus_minutes"] for step in changed["ladder"]] == [0, 120]
    assert " agreements " in standard("policy", "list").out
    back = standard(*line, "--conditions", "", "--by-conditions", "--no-ladder").json
    assert (back["conditions"], back["by_agreement"], back["ladder"], back["targets"]) == (
        "",
        False,
        [],
        TARGETS,
    )
    assert "none: nobody is told" in standard("policy", "show", "standard").out


def test_a_retired_policy_is_listed_no_more_and_comes_back(standard):
    retired = standard("policy", "retire", "standard", "--json")
    assert (retired.code, retired.json["ref"], retired.json["is_current"]) == (0, "Standard@1", False)
    assert standard("policy", "list", "--json").json == []
    assert [one["is_current"] for one in standard("policy", "list", "--all", "--json").json] == [False]
    assert "Version       1, retired, since" in standard("policy", "show", "Standard@1").out
    assert "Standard was retired" in standard("policy", "show", "Standard").err
    assert standard("undo").code == 0
    assert standard("policy", "show", "Standard", "--json").json["is_current"] is True
    standard("policy", "retire", "Standard")
    assert standard(*STANDARD, "--json").json["ref"] == "Standard@2"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (
            STANDARD,
            1,
            "The name cannot be “Standard”. There is such a policy already; an edit makes its next version.",
        ),
        (
            ("policy", "add", "Gold@2", "--calendar", "UK", "--target", "frt=4h"),
            1,
            "The name cannot be “Gold@2”. @ names a version, as in Standard@2.",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UKK", "--target", "frt=4h"),
            1,
            "There is no calendar UKK. Did you mean UK?",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UK@1", "--target", "frt=4h"),
            1,
            "The calendar cannot be “UK@1”. Each ticket gets the version of its day: leave the number out.",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UK"),
            1,
            "The target is missing. A policy promises something: --target frt=4h",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UK", "--target", "first_replay=4h"),
            2,
            "Target “first_replay”: no clock measures this. Did you mean first_reply?",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UK", "--target", "frt=asap:4h"),
            2,
            "Target frt: there is no priority “asap”. Known: urgent, high, normal, low.",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UK", "--target", "frt=urgent:0m"),
            2,
            "Target frt, urgent: “0m” is less than a minute. Write 90m, 4h, 1h30m, 2d or PT4H.",
        ),
        (
            (
                "policy",
                "add",
                "Gold",
                "--calendar",
                "UK",
                "--target",
                "frt=4h",
                "--conditions",
                "tag:a is:mine",
            ),
            1,
            "Column 10: is:mine differs with who looks. Name the agent: assignee:ana.",
        ),
        (
            (
                "policy",
                "add",
                "Gold",
                "--calendar",
                "UK",
                "--target",
                "frt=4h",
                "--conditions",
                "queue:suport",
            ),
            1,
            "Column 1: there is no queue “suport”. Did you mean Support?",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UK", "--target", "frt=4h", "--position", "10"),
            1,
            "The position cannot be “10”. Standard stands there. Take another number.",
        ),
        (
            ("policy", "add", "Gold", "--calendar", "UK", "--target", "frt=4h", "--step", "80% notify lead"),
            2,
            "Step “80% notify lead”: 80 % is no threshold. Choose 75, 90 or 100.",
        ),
        (
            ("policy", "set", "Standard", "--no-ladder", "--step", "90% notify lead"),
            2,
            "--no-ladder has no --step. Leave one of them out.",
        ),
        (
            ("policy", "set", "Standard"),
            2,
            "Nothing is to be changed. Name what, as in: --target frt=urgent:15m",
        ),
        (
            ("policy", "set", "Standard", "--target", "frt=none"),
            1,
            "The target is missing. A policy promises something: --target frt=4h",
        ),
        (
            ("policy", "set", "Standart", "--no-ladder"),
            1,
            "There is no policy Standart. Did you mean Standard?",
        ),
        (("policy", "retire", "Standart"), 1, "There is no policy Standart. Did you mean Standard?"),
        (
            ("policy", "show", "Standard@7"),
            1,
            "There is no policy Standard@7. Standard has these versions: 1.",
        ),
    ],
)
def test_a_slip_is_one_sentence_and_an_exit_code(standard, line, code, told):
    answer = standard(*line)
    assert (answer.code, answer.out, answer.err) == (code, "", f"agentdesk: {told}\n")
    assert standard("policy", "list", "--all", "--format", "ids").out == "Standard@1\n"


def test_only_an_admin_sets_up_policies_and_everybody_reads_them(standard):
    standard("agent", "add", "ben")
    refused = standard("policy", "set", "Standard", "--no-ladder", "--as", "ben")
    assert refused.code == 1
    assert "ben may not change the desk's set-up" in refused.err
    assert standard("policy", "show", "Standard", "--as", "ben").code == 0
