"""Escalations and notices by typing: asking with every field, the lists, the answers, the chain."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from agentdesk.cli.escalation_page import list_columns
from agentdesk.cli.output import Format, Output
from agentdesk.queries.escalations import EscalationRow

NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
LATER = "2026-12-24 09:00"


@pytest.fixture
def asked(office):
    """ben asks Billing, from which ana takes, about T-1001."""
    assert office("queue", "join", "Billing", "ana").code == 0
    answer = office(
        *("ticket", "escalate", "T-1001", "--as", "ben", "--to-queue", "Billing", "--ask", "Refund?"),
        *("--reason", "other", "--needed-by", "4h", "--json"),
    )
    assert answer.code == 0
    return office


def numbers(cli, *words):
    return [one["id"] for one in cli("escalation", "list", *words, "--json").json]


def test_every_field_of_an_escalation_can_be_typed_and_comes_back_in_json(asked):
    made = asked(
        *("ticket", "escalate", "T-1001", "--as", "ana", "--to-party", "the carrier", "--level", "vendor"),
        *("--kind", "hierarchical", "--reason", "commercial_decision", "--ask", "Who pays?", "--after", "1"),
        *("--needed-by", "4h", "--tell-customer", "We asked the carrier.", "--json"),
    ).json
    row = made["escalations"][1]
    told = {
        key: row[key]
        for key in ("kind", "level", "to_party", "reason_code", "ask", "previous_id", "asked_by")
    }
    assert told == {
        "kind": "hierarchical", "level": "vendor", "to_party": "the carrier", "reason_code": "commercial_decision",
        "ask": "Who pays?", "previous_id": 1, "asked_by": "ana",
    }  # fmt: skip
    assert row["needed_by"] > row["ack_due_at"] > row["created_at"]
    assert made["messages"][-1]["body"] == "We asked the carrier."


def test_telling_the_customer_of_a_ticket_nobody_owns_says_whose_it_is_now(office):
    answer = office(
        *("ticket", "escalate", "T-1001", "--level", "l2", "--ask", "Help", "--tell-customer", "Soon."),
    )
    assert "The ticket becomes yours.\n" in answer.err
    silent = office("ticket", "escalate", "T-1002", "--level", "l2", "--ask", "Help", "--json")
    assert "becomes" not in silent.err
    assert silent.json["assignee"] is None


def test_the_lists_differ_by_who_looks(asked):
    asked("ticket", "escalate", "T-1002", "--as", "ana", "--to-agent", "ben", "--ask", "Look")
    assert numbers(asked, "--mine", "--as", "ana") == [1]
    assert numbers(asked, "--asked", "--as", "ana") == [2]
    assert numbers(asked, "--mine", "--as", "ben") == [2]
    assert numbers(asked, "--ticket", "T-1002") == [2]
    asked("escalation", "accept", "1", "--as", "ana")
    assert numbers(asked, "--unacknowledged") == [2]
    asked("escalation", "decline", "2", "No time", "--as", "ben")
    assert (numbers(asked), numbers(asked, "--all"), numbers(asked, "--mine", "--all", "--as", "ben")) == (
        [1],
        [1, 2],
        [2],
    )


def test_two_lists_at_once_are_refused_with_both_names(asked):
    answer = asked("escalation", "list", "--mine", "--unacknowledged")
    assert answer.code == 2
    assert "--mine and --unacknowledged are two different lists" in answer.err


def test_the_answers_are_typed_and_each_has_a_number_to_undo(asked):
    for line, state in (
        (["accept", "1"], "accepted"),
        (["return", "1", "Up to 50 EUR."], "returned"),
    ):
        answer = asked("escalation", *line, "--as", "ana", "--json")
        assert answer.json[0]["state"] == state
        assert "undo with" in answer.err
    assert asked("escalation", "show", "1", "--json").json["outcome"] == "Up to 50 EUR."
    asked("undo", "--as", "ana")
    assert asked("escalation", "show", "1", "--json").json["state"] == "accepted"
    assert asked("escalation", "withdraw", "1", "--as", "ben", "--json").json[0]["state"] == "withdrawn"


def test_a_wrong_one_is_told_who_can_answer(asked):
    asked("agent", "add", "eve")
    answer = asked("escalation", "accept", "1", "--as", "eve")
    assert answer.code != 0
    told = "eve cannot accept escalation 1: whoever takes from Billing, a lead or an admin can."
    assert answer.err == f"agentdesk: {told}\n"


def test_show_prints_the_chain_and_marks_the_one_that_was_asked_for(asked):
    asked(
        "ticket",
        "escalate",
        "T-1001",
        "--as",
        "ana",
        "--level",
        "manager",
        "--ask",
        "May we?",
        "--after",
        "1",
    )
    asked("ticket", "escalate", "T-1001", "--as", "ana", "--level", "l3", "--ask", "Apart")
    page = asked("escalation", "show", "2").out
    assert page.endswith(
        "Chain\n  1  ben asked Billing, requested\n    2  ana asked manager, requested  <- this one\n"
    )
    assert "Chain" not in asked("escalation", "show", "3").out
    assert "(further from 1)" in asked("ticket", "show", "T-1001").out


def test_an_escalation_that_is_not_there_is_named_with_the_list(asked):
    answer = asked("escalation", "show", "99")
    assert answer.code == 1
    assert answer.err == "agentdesk: There is no escalation 99. See: agentdesk escalation list --all\n"


# The table.


def a_row(**values):
    told = {
        "id": 12, "version": 1, "ticket_id": 10420, "created_at": NOW - timedelta(hours=30), "kind": "functional",
        "trigger": "manual", "level": None, "asked_by": "ben", "to_queue": "Billing", "to_agent": None,
        "to_party": "", "reason_code": "skill", "ask": "Is this refund allowed by the terms " * 3,
        "needed_by": None, "state": "requested", "acknowledged_at": None, "ack_due_at": NOW - timedelta(hours=29),
        "previous_id": None, "outcome": "", "subject": "Refund",
    } | values  # fmt: skip
    return EscalationRow(**told)


def table(rows, *, is_terminal=True):
    stream = io.StringIO()
    Output(stream, is_terminal, 80, color=False, zone=UTC).emit(rows, list_columns(NOW), Format.TABLE)
    return stream.getvalue().splitlines()


def test_a_terminal_of_eighty_cells_cuts_the_ask_and_nothing_else():
    head, late, soon, taken = table(
        [
            a_row(),
            a_row(created_at=NOW, ack_due_at=NOW + timedelta(minutes=35), ask="Short"),
            a_row(state="accepted", to_queue="Second level"),
        ]
    )
    assert max(map(len, (head, late, soon, taken))) <= 80
    assert late.startswith(" 12  T-10420  requested  Billing        30 h  overdue 29 h   Is this")
    assert late.endswith("…")
    assert "due in 35 min  Short" in soon
    assert "due" not in taken
    assert "Second level" in taken


def test_a_pipe_gets_the_ask_whole():
    assert table([a_row()], is_terminal=False)[1].endswith("by the terms")


def test_what_is_due_at_this_very_instant_is_not_overdue_yet():
    assert "due in 0 min" in table([a_row(ack_due_at=NOW)])[1]
    assert "overdue 0 min" in table([a_row(ack_due_at=NOW - timedelta(seconds=1))])[1]


def test_json_says_overdue_and_how_the_steps_hang_together(asked):
    [row] = asked("escalation", "list", "--json").json
    assert {"previous_id", "ack_due_at", "acknowledged_at", "is_overdue", "needed_by", "outcome"} <= set(row)
    assert (row["previous_id"], row["acknowledged_at"], row["is_overdue"]) == (None, None, False)


# Notices.


def test_notices_are_listed_and_put_away(asked):
    [row] = asked("notice", "list", "--as", "ana", "--json").json
    assert (row["ticket"], row["words"], row["seen_at"]) == ("T-1001", "ben asks Billing: Refund?", None)
    assert asked("notice", "seen", str(row["id"]), "--as", "ana").err == "1 notice put away.\n"
    empty = asked("notice", "list", "--as", "ana")
    assert (empty.out, empty.err) == (
        "",
        "0 notices. Those you have put away are listed by: agentdesk notice list --all\n",
    )
    assert len(asked("notice", "list", "--all", "--as", "ana", "--json").json) == 1
    assert asked("log", "--as", "ana", "--json").json[0]["summary"].startswith("escalate")


def test_all_notices_are_put_away_at_once_and_only_ones_own(asked):
    assert asked("notice", "seen", "1", "--as", "ben").code == 1
    assert asked("notice", "seen", "--as", "ana").code == 2
    assert asked("notice", "seen", "--all", "--as", "ana").err == "1 notice put away.\n"
    assert asked("notice", "seen", "--all", "--as", "ana").err == "0 notices put away.\n"
