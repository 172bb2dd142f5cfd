"""`sla explain` as a lead reads it on paper."""

import json

import pytest

from agentdesk.domain.safe_text import cells
from tests.cli.desk_by_commands import JO, OPENED, DeskByCommands, calendar_line
from tests.cli.golden_cases import CASES


@pytest.fixture
def desk(begin):
    return DeskByCommands(begin(JO, tuple(calendar_line("UK"))), is_new=False)


def played(desk, name):
    """The ticket of a worked example at its end."""
    [case] = [one for one in CASES if one.id == name]
    desk.policy(name, *case.targets.split())
    desk.must("queue add G20")
    desk.replay(*((when, line.replace("NEW", OPENED)) for when, line in case.steps))


def page(desk, when, more=""):
    return desk.done(desk.at(when, f"sla explain T {more}")).out.splitlines()


def test_g20_the_page_shows_where_the_target_changed_and_that_the_breach_stands(desk):
    played(desk, "G20")
    assert page(desk, "Mon 12:00", "--clock frt") == [
        "T-1001  Cup",
        "",
        "Policy    G20@1 (all tickets)",
        "Calendar  UK@1: Mon-Fri 09:00-17:00, Europe/London",
        "Minutes   open ones of the calendar; those that count add up to the total",
        "As of     Mon 2026-03-02 12:00 GMT",
        "",
        "✓ first reply: met, 120 of 480 min used; breached Mon 03-02 10:00 before, which",
        "  stays on record",
        "  began Mon 2026-03-02 09:00 GMT in UK@1, target 1 h (60 min) for urgent, then 8",
        "  h (480 min) for normal from Mon 03-02 10:30",
        "From             To               Status  Min  Counts  Total  Ends with",
        "Mon 03-02 09:00  Mon 03-02 10:00  new      60  yes        60  breached",
        "Mon 03-02 10:00  Mon 03-02 10:30  new      30  yes        90  target 480",
        "Mon 03-02 10:30  Mon 03-02 11:00  new      30  yes       120  replied",
    ]


def test_g19_a_breach_by_a_tighter_target_is_told_with_that_target(desk):
    played(desk, "G19")
    assert page(desk, "Mon 11:00", "--clock frt")[-3:] == [
        "From             To               Status  Min  Counts  Total  Ends with",
        "Mon 03-02 09:00  Mon 03-02 10:00  new      60  yes        60  due",
        "Mon 03-02 10:00  Mon 03-02 11:00  new      60  yes       120  60 min breached",
    ]
    rows = desk.explained("Mon 11:00")["clocks"][0]["rows"]
    assert [row["mark"] for row in rows] == ["due", "breached"]


def test_g30_the_page_ends_with_the_times_and_fits_80_cells(desk):
    played(desk, "G30")
    lines = page(desk, "2026-03-20 12:00")
    assert "  requester wait      585 / 1545" in lines
    assert lines[-1] == "  4 public replies, 1 reopening, not one-touch"
    assert max(map(cells, lines)) <= 80
    assert "Times (business / calendar minutes)" not in page(desk, "2026-03-20 12:00", "--clock frt")


def test_a_ticket_nothing_is_promised_on_has_its_times_by_the_clock(desk):
    desk.replay(("Mon 16:00", OPENED), ("Tue 10:00", "ticket reply T Done."))
    told = desk.explained("Tue 12:00")
    assert (told["policy"], told["clocks"]) == (None, [])
    assert told["times"]["frt"] == {"business_minutes": 1080, "calendar_minutes": 1080}
    answer = desk.at("Tue 12:00", "sla explain T")
    assert "first reply        1080 / 1080" in answer.out
    assert "nothing is promised on this ticket" in answer.err


def test_before_it_was_created_a_ticket_has_neither_clocks_nor_times(desk):
    desk.policy("Standard", "frt=2h")
    desk.replay(("Mon 10:00", OPENED))
    told = desk.explained("Mon 09:00")
    assert (told["clocks"], told["times"]) == ([], None)
    answer = desk.at("Mon 09:00", "sla explain T")
    assert answer.err == "0 clocks: T-1001 was not there yet, it was created 2026-03-02 10:00.\n"


def test_an_instant_to_come_is_told_as_if_nothing_happened_until_then(desk):
    desk.policy("Standard", "frt=2h")
    desk.refs.append(desk.must(f"{OPENED} --json").json["ref"])
    answer = desk.at("2099-01-05 12:00", "sla explain T --json")
    assert answer.json["clocks"][0]["state"] == "breached"
    assert "lies ahead" in answer.err


def test_a_wait_that_solving_ended_is_flagged_and_stands_apart(desk):
    desk.policy("Standard", "frt=2h", "nrt=1h")
    desk.replay(
        ("Mon 10:00", OPENED),
        ("Mon 10:10", "ticket reply T Which?"),
        ("Mon 10:30", "ticket receive T 'The blue one.'"),
        ("Mon 11:00", "ticket solve T"),
    )
    told = desk.explained("Mon 12:00")
    assert [one["fulfilled_by"] for one in told["clocks"]] == ["reply", "solved"]
    assert told["times"]["nrt"] == []
    assert told["times"]["nrt_solved"] == [{"business_minutes": 30, "calendar_minutes": 30}]
    assert page(desk, "Mon 12:00", "--clock nrt")[-1].endswith("solved")


def test_a_clock_is_named_as_people_call_it_or_as_programs_do(desk):
    desk.policy("Standard", "frt=2h", "nrt=1h", "solution=8h")
    desk.replay(
        ("Mon 10:00", OPENED),
        ("Mon 10:10", "ticket reply T Which?"),
        ("Mon 10:30", "ticket receive T 'The blue one.'"),
        ("Mon 10:40", "ticket reply T Sent."),
        ("Mon 10:50", "ticket receive T 'And the red one?'"),
    )

    def asked(clock):
        told = desk.done(desk.at("Mon 12:00", f"sla explain T --json --clock '{clock}'")).json["clocks"]
        return [(one["metric"], one["number"]) for one in told]

    assert asked("first reply") == asked("First_Reply") == asked("frt#1") == [("frt", 1)]
    assert asked("solution") == asked("wait") == [("requester_wait", 1)]
    assert asked("next reply") == [("nrt", 1), ("nrt", 2)]
    assert asked("next reply 2") == asked("nrt#2") == asked("next-reply # 2") == [("nrt", 2)]
    for clock in ("work", "next reply 3", "frst"):
        answer = desk.at("Mon 12:00", f"sla explain T --clock '{clock}'")
        assert (answer.code, answer.out) == (2, "")
        assert "It has: first reply (frt#1), next reply (nrt#1), next reply 2 (nrt#2), solution" in answer.err


def test_csv_and_json_lines_have_a_stretch_a_line(desk):
    played(desk, "G19")
    lines = desk.done(desk.at("Mon 11:00", "sla explain T --format csv")).out.split()
    assert lines == [
        "clock,number,from,to,status,open_minutes,counted,why_not,total_minutes,mark",
        "frt,1,2026-03-02T09:00:00+00:00,2026-03-02T10:00:00+00:00,new,60,true,,60,due",
        "frt,1,2026-03-02T10:00:00+00:00,2026-03-02T11:00:00+00:00,new,60,true,,120,breached",
    ]
    told = desk.done(desk.at("Mon 11:00", "sla explain T --format jsonl")).out.splitlines()
    rows = desk.explained("Mon 11:00")["clocks"][0]["rows"]
    assert [json.loads(one) for one in told] == [{"clock": "frt", "number": 1, **row} for row in rows]
