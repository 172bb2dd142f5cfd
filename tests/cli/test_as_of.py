"""Commands at told instants: what they write and show, who may, and what stays to be seen of it; the worked cases by command."""

import getpass
from datetime import UTC, datetime

import pytest

from agentdesk import services
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import SystemClock
from agentdesk.domain.instants import from_iso
from agentdesk.domain.sla import ticket_times
from agentdesk.domain.vocabulary import AuthorKind, Origin, Priority, Role, Status
from agentdesk.store.store import Store
from tests.cli.desk_by_commands import JO, OPENED, DeskByCommands
from tests.domain.sla.facts import (
    UK,
    WHOLE_TICKET,
    at,
    created,
    customer,
    reply,
    status,
)


@pytest.fixture
def desk(begin):
    return DeskByCommands(begin(JO), is_new=False)


@pytest.fixture
def each_desk(cli, place, monkeypatch):
    """The same on each database; an empty one is no new one, so its first admin is added here."""
    store = Store.open(place)
    with store.change(SystemClock(), DESK, Origin.SYSTEM) as change:
        services.add_agent(change, handle="ana", name="Ana", role=Role.ADMIN, login=getpass.getuser())
    store.close()
    monkeypatch.setenv("AGENTDESK_STORE", place)
    return DeskByCommands(cli)


def test_what_is_written_stands_at_the_told_instant_everywhere(each_desk):
    each_desk.replay(("Mon 10:00", OPENED), ("Mon 13:15", "ticket reply T Done."))

    whole = each_desk.ticket("Mon 14:00")
    opened, answered = at("Mon 10:00").isoformat(), at("Mon 13:15").isoformat()
    assert (whole["created_at"], whole["first_replied_at"]) == (opened, answered)
    assert [message["at"] for message in whole["messages"]] == [opened, answered]
    rows = each_desk.must("ticket history T-1001 --json").json
    assert [row["at"] for row in rows] == [opened, answered]


def test_the_log_and_the_history_say_when_it_was_really_written(each_desk):
    before = datetime.now(UTC)
    each_desk.replay(("Mon 10:00", OPENED))
    each_desk.must("ticket note T-1001 'Now.'")

    now, told = each_desk.must("log --limit 2 --json").json
    assert before <= from_iso(told["at"]) <= datetime.now(UTC)
    assert told["told_at"] == at("Mon 10:00").isoformat()
    assert now["told_at"] is None
    past, present = each_desk.must("ticket history T-1001 --json").json
    assert (past["written_at"], present["written_at"]) == (told["at"], None)


def test_the_table_has_a_column_for_told_instants_only_where_there_are_some(desk):
    assert "Told as of" not in desk.must("log").out
    desk.replay(("Mon 10:00", OPENED))
    log, history = desk.must("log").out, desk.must("ticket history T-1001").out
    assert "Told as of" in log.splitlines()[0]
    assert "2026-03-02 10:00" in log
    assert "Written" in history.splitlines()[0]


def test_nothing_is_written_before_the_last_thing_that_happened_on_the_ticket(each_desk):
    each_desk.replay(("Mon 10:00", OPENED), ("Mon 11:00:30", "ticket note T Hm."))

    late = each_desk.at("Mon 10:59", "ticket reply T Done.")
    assert (late.code, late.out) == (1, "")
    assert late.err == (
        "agentdesk: T-1001 cannot change as of 2026-03-02T10:59:00Z: its history reaches until "
        "2026-03-02T11:00:30Z, and it only grows forwards. Name that instant or a later one.\n"
    )
    for line in ("set T priority=high", "take T", "receive T More.", "set T priority=high --dry-run"):
        assert each_desk.at("Mon 10:59", f"ticket {line}").err == late.err
    called = each_desk.at("Mon 10:59", "customer log 1 Called. --kind call_out --ticket T")
    assert called.err == late.err
    assert each_desk.at("Mon 10:59", "undo").err == late.err
    assert each_desk.at("Mon 11:00:30", "ticket reply T Done.").code == 0


def test_the_named_instant_can_be_typed_as_it_is_named(desk):
    desk.must(f"{OPENED} --json")
    refused = desk.type("ticket", "note", "T-1001", "Hm.", "--as-of", "-1h")
    named = refused.err.split("reaches until ")[1].split(",")[0]
    assert desk.type("ticket", "note", "T-1001", "Hm.", "--as-of", named).code == 0


def test_of_many_tickets_each_that_has_moved_on_is_named(desk):
    desk.replay(("Mon 10:00", OPENED), ("Mon 12:00", OPENED))
    answer = desk.at("Mon 11:00", "ticket set T-1001 T-1002 priority=high")
    assert answer.code == 1
    assert (
        "1 of 2 tickets cannot be: T-1002 (argument 2) cannot change as of 2026-03-02T11:00:00Z" in answer.err
    )


@pytest.mark.parametrize(
    ("role", "when", "told"),
    [
        ("agent", "2026-03-02T10:00Z", "sam may not write as of another instant."),
        ("agent", "now", "sam may not write as of another instant."),
        ("lead", "2026-03-02T10:00Z", ""),
        ("lead", "9h", "sam may not write as of an instant to come."),
        ("admin", "9h", ""),
    ],
)
def test_leads_may_tell_the_past_and_admins_also_what_is_to_come(desk, role, when, told):
    desk.must(f"agent add sam --role {role}")
    answer = desk.type("ticket", "new", "--subject", "Cup", "--as-of", when, "--as", "sam")
    assert (answer.code, told in answer.err) == (1 if told else 0, True)
    assert len(desk.must("ticket list --json").json) == (0 if told else 1)


def test_an_agent_may_look_at_another_instant(desk):
    desk.must("agent add sam")
    desk.replay(("Mon 10:00", f"{OPENED} --due '2026-03-02 12:00'"))
    assert desk.at("Mon 13:00", "ticket show T --as sam").code == 0
    assert desk.at("Mon 11:00", "ticket list is:breached --format ids").out == ""
    assert desk.at("Mon 13:00", "ticket list is:breached --format ids").out == "T-1001\n"


def test_an_instant_to_come_is_told_and_no_report_knows_it(desk):
    answer = desk.type("ticket", "new", "--subject", "Cup", "--as-of", "2190-01-01T09:00Z")
    assert answer.code == 0
    assert answer.err.startswith("--as-of 2190-01-01T09:00Z lies ahead: it is ")
    report = desk.type("report", "queue", "--as-of", "2190-01-01T09:00Z")
    assert (report.code, report.out) == (2, "")
    assert report.err.count("lies ahead") == 1
    assert "Name an instant that has passed." in report.err


@pytest.mark.parametrize(
    "line",
    [
        ["--as-of", "2026-03-02T08:30Z", "report", "queue"],
        ["report", "--as-of=2026-03-02T08:30Z", "queue"],
        ["report", "queue", "--as-of", "2026-03-02T08:30Z"],
    ],
)
def test_a_report_has_the_instant_wherever_it_stands_on_the_line(cli, line):
    assert "as of Mon 2026-03-02 08:30" in cli(*line).out


def test_lengths_are_counted_from_the_told_instant(desk):
    desk.replay(("Mon 10:00", f"{OPENED} --due 4h"))
    assert desk.ticket("Mon 10:00")["due_at"] == at("Mon 14:00").isoformat()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ticket", "list", "--as-of", "soon"], "“soon” is not an instant."),
        (["ticket", "show", "T-1", "--as-of", "soon"], "“soon” is not an instant."),
        (["demo", "--as-of", "now"], "The sample desk is built for the present"),
        (["--as-of", "now"], "--as-of needs a command: the console always shows the present."),
        (["ticket", "show", "T-1", "--as-of"], "--as-of needs a value."),
    ],
)
def test_what_is_no_instant_or_has_none_is_wrong_usage(cli, words, told):
    answer = cli(*words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


# What commands say


@pytest.mark.parametrize("waits", ["pending --reason asked", "on_hold waiting_for=supplier"])
def test_a_waiting_ticket_opens_when_the_customer_writes(each_desk, waits):
    each_desk.replay(("Mon 10:00", OPENED), ("Mon 11:00", f"ticket set T status={waits}"))
    answer = each_desk.at("Mon 12:00", "ticket receive T 'It is here.' --channel phone --json")
    assert answer.json["status"] == "open"
    assert answer.json["messages"][-1]["channel"] == "phone"
    assert "The ticket is open again.\n" in answer.err


def test_a_solved_ticket_is_reopened_and_a_closed_one_followed_up(each_desk):
    each_desk.replay(("Mon 10:00", OPENED), ("Mon 11:00", "ticket solve T"))
    again = each_desk.at("Mon 12:00", "ticket receive T 'Still broken.' --json").json
    assert (again["status"], again["reopen_count"], again["solved_at"]) == ("open", 1, None)

    each_desk.replay(("Mon 13:00", "ticket solve T"), ("Mon 14:00", "ticket set T status=closed"))
    answer = each_desk.at("Mon 15:00", "ticket receive T 'Broken again.' --json")
    assert (answer.json["ref"], answer.json["status"]) == ("T-1002", "new")
    assert [message["body"] for message in answer.json["messages"]] == ["Broken again."]
    assert answer.err.startswith("The ticket is closed, so T-1002 was opened to follow it up.\n")


def test_what_the_customer_said_may_be_piped_in_and_needs_words_and_a_known_channel(desk):
    desk.replay(("Mon 10:00", OPENED))
    answer = desk.type("ticket", "receive", "T-1001", "-", "--json", stdin="Piped.\n")
    assert answer.json["messages"][-1]["body"] == "Piped."
    assert "There is no message: stdin was empty." in desk.type("ticket", "receive", "T-1001").err
    assert (
        "The channel cannot be “fax”."
        in desk.type("ticket", "receive", "T-1001", "Hi", "--channel", "fax").err
    )


def test_an_automatic_message_is_of_the_desk_and_no_reply(each_desk):
    each_desk.replay(("Mon 10:00", OPENED), ("Mon 10:01", "ticket reply T 'We have it.' --automatic"))
    whole = each_desk.ticket("Mon 11:00")
    said = whole["messages"][-1]
    assert (said["author"], said["author_kind"], said["visibility"]) == ("AgentDesk", "system", "public")
    assert (whole["status"], whole["assignee"], whole["first_replied_at"]) == ("new", None, None)
    [row] = each_desk.must("ticket list --json").json
    assert row["waiting_since"] == at("Mon 10:00").isoformat()
    assert "automatic message" in each_desk.must("log").out


def test_an_automatic_message_sets_no_status(desk):
    desk.replay(("Mon 10:00", OPENED))
    answer = desk.type("ticket", "reply", "T-1001", "Bye.", "--automatic", "--then", "solved")
    assert (answer.code, answer.out) == (2, "")
    assert "An automatic message sets no status" in answer.err


def test_stdin_is_one_text(cli):
    answer = cli("ticket", "new", "--subject", "Cup", "--body", "-", "--reply", "-", stdin="Hm.")
    assert answer.code == 2
    assert "stdin is one text" in answer.err


def test_a_call_out_that_reached_the_customer_is_the_first_reply(each_desk):
    each_desk.replay(
        ("Mon 10:00", OPENED), ("Mon 11:00", "customer log 1 Hello. --kind call_out --ticket T --reached")
    )
    assert each_desk.ticket("Mon 12:00")["first_replied_at"] == at("Mon 11:00").isoformat()
    each_desk.replay(("Mon 12:00", "ticket reply T Done."))
    assert each_desk.ticket("Mon 12:00")["first_replied_at"] == at("Mon 11:00").isoformat()


def test_only_a_call_out_reaches_somebody(desk):
    answer = desk.type("customer", "log", "1", "Hello.", "--kind", "call_in", "--reached")
    assert answer.code == 1
    assert "Only a call out can reach somebody." in answer.err


# The worked cases as facts: what the commands leave behind is what the clocks are counted from

BROKEN = OPENED.replace("--body Broken", "")
"""A ticket on which the customer has written nothing."""
CASES = [
    pytest.param(
        [("Mon 10:00", OPENED), ("Mon 13:15", "ticket reply T Done.")],
        [created("Mon 10:00"), status("Mon 13:15", "open"), reply("Mon 13:15")],
        id="G01",
    ),
    pytest.param(
        [
            ("Mon 09:00", OPENED),
            ("Mon 11:00", "ticket set T status=pending --reason 'asked by phone'"),
            ("Tue 10:00", "ticket set T status=open"),
            ("Tue 15:30", "ticket solve T"),
        ],
        [
            created("Mon 09:00"),
            status("Mon 11:00", "pending"),
            status("Tue 10:00", "open"),
            status("Tue 15:30", "solved"),
        ],
        id="G14",
    ),
    pytest.param(
        [
            ("Mon 09:00", OPENED),
            ("Mon 11:00", "ticket set T status=on_hold waiting_for=supplier"),
            ("Tue 10:00", "ticket set T status=open"),
            ("Tue 15:30", "ticket solve T"),
        ],
        [
            created("Mon 09:00"),
            status("Mon 11:00", "on_hold"),
            status("Tue 10:00", "open"),
            status("Tue 15:30", "solved"),
        ],
        id="G15",
    ),
    pytest.param(
        [
            ("Mon 09:00", OPENED),
            ("Mon 09:30", "ticket receive T 'And the plate.'"),
            ("Mon 10:15", "ticket reply T Done."),
        ],
        [created("Mon 09:00"), customer("Mon 09:30"), reply("Mon 10:15"), status("Mon 10:15", "open")],
        id="G18",
    ),
    pytest.param(
        [
            ("Mon 09:00", OPENED),
            ("Mon 12:00", "ticket solve T"),
            ("Wed 10:00", "ticket reopen T"),
            ("Wed 11:30", "ticket solve T"),
        ],
        [
            created("Mon 09:00"),
            status("Mon 12:00", "solved"),
            status("Wed 10:00", "open"),
            status("Wed 11:30", "solved"),
        ],
        id="G21",
    ),
    pytest.param(
        [
            ("Mon 09:12", OPENED),
            ("Mon 09:40", "ticket reply T 'We have your message.' --automatic"),
            ("Mon 10:05", "ticket take T"),
            ("Mon 10:30", "ticket note T 'Known fault.'"),
            ("Mon 11:02", "ticket reply T 'Which cup?' --then pending"),
            ("Mon 15:20", "ticket receive T 'The blue one.'"),
            ("Mon 15:45", "ticket receive T 'With the lid.'"),
            ("Mon 16:50", "ticket reply T 'I ask the supplier.' --then on_hold --waiting-for supplier"),
            ("Tue 14:00", "ticket set T status=open"),
            ("Tue 14:30", "ticket reply T 'It is on its way.' --then solved"),
            ("Thu 10:10", "ticket receive T 'It is the red one.'"),
            ("Thu 10:55", "ticket reply T 'Keep it.' --then solved"),
            ("2026-03-12 10:55", "ticket set T status=closed"),
        ],
        list(WHOLE_TICKET),
        id="G30",
    ),
]


@pytest.mark.parametrize(("steps", "facts"), CASES)
def test_a_worked_case_typed_as_commands_leaves_its_facts_behind(each_desk, steps, facts):
    each_desk.replay(*steps)
    assert sorted(each_desk.facts(), key=str) == sorted(facts, key=str)


def test_g19_a_priority_is_raised_at_its_instant(desk):
    desk.replay(("Mon 09:00", OPENED), ("Mon 11:00", "ticket set T priority=urgent"))
    [_, raised] = desk.facts()
    assert (raised.at, raised.to) == (at("Mon 11:00"), Priority.URGENT)


@pytest.mark.parametrize("opening", ["--body ''", "--body 'She called.'"])
def test_g24_the_opening_comment_of_an_agent_is_no_first_reply(each_desk, opening):
    line = OPENED.replace("--body Broken", opening)
    each_desk.replay(("Mon 09:00", f"{line} --channel phone --reply 'As we said on the phone.'"))
    whole = each_desk.ticket("Mon 10:00")
    assert (whole["first_replied_at"], whole["status"]) == (None, "new")
    assert whole["messages"][-1]["author_kind"] == "agent"

    each_desk.replay(("Mon 11:00", "ticket reply T 'It left today.'"))
    assert each_desk.ticket("Mon 12:00")["first_replied_at"] == at("Mon 11:00").isoformat()


def test_g24_by_the_facts_the_first_reply_took_two_hours(desk):
    desk.replay(
        ("Mon 09:00", f"{BROKEN} --channel phone --reply 'As we said on the phone.'"),
        ("Mon 11:00", "ticket reply T 'It left today.'"),
    )
    facts = desk.facts()
    assert facts[0].by is AuthorKind.AGENT
    assert ticket_times(facts, UK, at("Mon 12:00")).frt.business_minutes == 120


def test_g30_by_the_facts_has_its_figures(desk):
    [steps] = [case.values[0] for case in CASES if case.id == "G30"]
    desk.replay(*steps)
    times = ticket_times(desk.facts(), UK, at("2026-03-20 12:00"))
    assert times.frt.business_minutes == 110
    assert [wait.business_minutes for wait in times.nrt] == [90, 45]
    assert (times.in_status[Status.PENDING].business_minutes, times.replies, times.reopens) == (258, 4, 1)
