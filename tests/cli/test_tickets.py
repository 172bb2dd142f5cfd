import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest

KEYS = {
    *("ref", "subject", "type", "status", "priority", "impact", "urgency", "channel", "queue", "assignee"),
    *("customer", "organization", "tags", "created_at", "updated_at", "first_replied_at", "solved_at"),
    *("closed_at", "reopen_count", "version", "clocks", "messages", "escalations"),
}


def ids(cli, *query):
    return cli("ticket", "list", *query, "--format", "ids").out.split()


def test_list_prints_what_matches_on_stdout_and_nothing_on_stderr(office):
    answer = office("ticket", "list", "invoice")
    assert "Invoice is wrong" in answer.out
    assert "Parcel" not in answer.out
    assert answer.err == ""


def test_list_in_json_has_one_object_a_row(office):
    rows = office("ticket", "list", "--json").json
    assert len(rows) == 3
    assert {"ref", "subject", "priority", "status", "customer", "due_at", "assignee", "queue"} <= set(rows[0])


def test_negated_field_is_part_of_the_query_and_not_an_option(office):
    assert len(ids(office, "-tag:vat")) == 2
    assert len(ids(office, "is:open", "-tag:vat", "-invoice")) == 1


def test_unknown_option_beside_a_query_is_still_refused(office):
    answer = office("ticket", "list", "is:open", "--limt", "3")
    assert answer.code == 2
    assert "--limit" in answer.err


def test_cut_list_says_that_it_is_cut(office):
    answer = office("ticket", "list", "--limit", "2")
    assert "2 of 3 shown, --limit 0 for all" in answer.err
    assert office("ticket", "list", "--limit", "3").err == ""
    assert len(office("ticket", "list", "--limit", "2", "--json").json) == 2


def test_cut_is_told_even_when_quiet(office):
    assert "2 of 3 shown" in office("ticket", "list", "--limit", "2", "--quiet").err


def test_list_follows_the_order_asked_for(office):
    assert ids(office, "--sort", "created") == list(reversed(ids(office, "--sort", "-created")))
    assert ids(office, "--sort", "created") == ids(office, "sort:created")


def test_a_closed_ticket_says_that_it_cannot_be_changed(office):
    office("ticket", "set", "T-1001", "status=solved")
    office("ticket", "set", "T-1001", "status=closed")
    err = office("ticket", "set", "T-1001", "priority=low").err
    assert "cannot be changed. Its tags and links can" in err


def test_view_is_a_query_with_a_name(office):
    office("ticket", "take", ids(office, "invoice")[0])
    assert ids(office, "--view", "Mine") == ids(office, "invoice")
    assert ids(office, "--view", "unassigned", "tag:vat") == ids(office, "tag:vat")


def test_show_has_every_key_that_scripts_rely_on(office):
    ticket = office("ticket", "show", ids(office, "invoice")[0], "--json").json
    assert set(ticket) >= KEYS
    assert ticket["customer"] == {"id": 1, "name": "Jo Doe", "email": "jo@example.com"}
    assert ticket["messages"][0]["body"] == "Hello"
    assert set(ticket["messages"][0]) >= {"at", "author", "author_kind", "visibility", "channel", "body"}
    assert ticket["clocks"] == []


def test_show_for_a_person_has_the_conversation(office):
    page = office("ticket", "show", ids(office, "invoice")[0]).out
    assert "Jo Doe <jo@example.com>" in page
    assert "Hello" in page


def test_csv_cannot_start_a_formula(office):
    rows = list(csv.DictReader(io.StringIO(office("ticket", "list", "priority:high", "--format", "csv").out)))
    assert rows[0]["subject"] == "'=1+1"


def test_ids_go_from_one_command_into_the_next(office):
    listed = office("ticket", "list", "customer:jo@example.com", "--format", "ids").out
    answer = office("ticket", "set", "-", "priority=urgent", "--json", stdin=listed)
    assert [one["priority"] for one in answer.json] == ["urgent", "urgent"]
    assert "undo with: agentdesk undo" in answer.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["set", "T-1001", "priority=normal"], "T-1001 has priority normal already"),
        (["take", "T-1001"], "T-1001 is yours already"),
    ],
)
def test_a_change_that_changes_nothing_says_so_and_has_no_number(office, words, told):
    office("ticket", "take", "T-1001")
    answer = office("ticket", *words, "--json")
    assert answer.code == 0
    assert answer.err == f"Nothing changed: {told}.\n"
    assert [row["ref"] for row in answer.json] == ["T-1001"]
    assert office("undo").out.startswith("Took back: status of T-1001 open → new, assignee")


def test_a_reply_to_a_ticket_of_nobody_says_that_it_becomes_yours(office):
    assert "The ticket becomes yours." in office("ticket", "reply", "T-1001", "On its way.").err
    assert "yours" not in office("ticket", "reply", "T-1001", "Here it is.").err
    office("undo")
    assert office("undo").out == "Took back: reply to T-1001.\n"


def test_bulk_write_is_one_change_that_undo_takes_back(office):
    before = office("ticket", "list", "--json").json
    answer = office("ticket", "set", "-", "priority=low", "tags=+bulk", stdin="\n".join(ids(office)))
    number = answer.err.split()[1].rstrip(";")
    assert office("undo", number).code == 0
    now = office("ticket", "list", "--json").json
    assert [(one["ref"], one["priority"], one["tags"]) for one in now] == [
        (one["ref"], one["priority"], one["tags"]) for one in before
    ]


def test_bulk_write_with_one_impossible_ticket_changes_none(office):
    first = ids(office)[0]
    answer = office("ticket", "set", first, "T-999999", "priority=urgent")
    assert answer.code == 1
    assert office("ticket", "show", first, "--json").json["priority"] != "urgent"


def test_a_partly_bad_list_names_every_bad_one_by_its_place(office):
    before = office("ticket", "list", "--json").out
    piped = "T-1001\n\nbanana\nT-999999 T-1002\n"
    answer = office("ticket", "set", "T-77", "-", "priority=urgent", stdin=piped)
    assert answer.code == 1
    assert answer.err == (
        "agentdesk: Nothing was changed, because 3 of 5 tickets cannot be: "
        "“banana” (line 3 of stdin) is no ticket, which is written T-1042; "
        "T-77 (argument 1) does not exist; T-999999 (line 4 of stdin) does not exist.\n"
    )
    assert office("ticket", "list", "--json").out == before


def test_tickets_that_refuse_are_told_together_and_the_others_stay(office):
    office("ticket", "solve", "T-1001", "T-1002")
    answer = office("ticket", "solve", "T-1001", "T-1003", "T-1002")
    assert answer.code == 1
    assert "2 of 3 tickets cannot be: T-1001 (argument 1) is solved" in answer.err
    assert "T-1002 (argument 3) is solved" in answer.err
    assert office("ticket", "show", "T-1003", "--json").json["status"] == "new"


def test_a_wrong_wish_is_told_once_and_not_for_every_ticket(office):
    answer = office("ticket", "set", "T-1001", "T-1002", "T-1003", "assignee=anna")
    assert answer.err == "agentdesk: There is no agent anna. Did you mean ana?\n"


def test_dry_run_prints_the_plan_and_writes_nothing(office):
    ref = ids(office, "invoice")[0]
    before = office("ticket", "show", ref, "--json").out
    log = office("log", "--json").out
    words = ["ticket", "set", ref, "priority=urgent", "assignee=ana", "queue=Billing", "--dry-run", "--json"]
    plan = {one["field"]: (one["before"], one["after"]) for one in office(*words).json}
    assert plan["priority"] == ("normal", "urgent")
    assert plan["assignee"] == (None, "ana")
    assert plan["queue"] == (None, "Billing")
    assert office("ticket", "show", ref, "--json").out == before
    assert office("log", "--json").out == log


def test_stale_version_is_a_conflict_with_a_code_of_its_own(office):
    ref = ids(office, "invoice")[0]
    version = str(office("ticket", "show", ref, "--json").json["version"])
    assert office("ticket", "set", ref, "priority=high", "--if-version", version).code == 0
    answer = office("ticket", "set", ref, "priority=low", "--if-version", version)
    assert answer.code == 4
    assert "priority" in answer.err


def test_work_on_a_ticket_from_taking_to_solving(office):
    ref = office("ticket", "next", "--json", "--as", "ana").json[0]["ref"]
    assert office("ticket", "show", ref, "--json").json["assignee"] == "ana"
    assert office("ticket", "assign", ref, "ben", "--json").json[0]["assignee"] == "ben"
    assert office("ticket", "reply", ref, "-", "--as", "ben", stdin="On its way.\n").code == 0
    assert office("ticket", "note", ref, "Called back.").code == 0
    assert office("ticket", "solve", ref, "--resolution", "fixed", "--json").json[0]["status"] == "solved"
    assert office("ticket", "reopen", ref, "--json").json[0]["status"] == "open"
    ticket = office("ticket", "show", ref, "--json").json
    assert [one["visibility"] for one in ticket["messages"]][-2:] == ["public", "internal"]
    assert ticket["reopen_count"] == 1


def test_next_with_nothing_to_take_is_no_failure(office):
    office("ticket", "assign", "-", "ben", stdin="\n".join(ids(office)))
    answer = office("ticket", "next")
    assert answer.code == 0
    assert "nothing to take" in answer.err


def test_new_prints_what_it_made(office):
    made = office(
        *(
            "ticket",
            "new",
            "--customer",
            "1",
            "--subject",
            "Late",
            "--type",
            "incident",
            "--priority",
            "urgent",
        ),
        *(
            "--queue",
            "billing",
            "--assignee",
            "ana",
            "--channel",
            "phone",
            "--due",
            "4h",
            "--tags",
            "a,b",
            "--json",
        ),
    ).json
    assert (made["type"], made["priority"], made["queue"], made["assignee"]) == (
        "incident",
        "urgent",
        "Billing",
        "ana",
    )
    assert made["tags"] == ["a", "b"]
    assert made["due_at"] > made["created_at"]


def test_escalation_is_asked_and_answered(office):
    ref = ids(office, "invoice")[0]
    asked = office("ticket", "escalate", ref, "--to-queue", "Billing", "--ask", "Refund?", "--json").json
    assert asked["escalations"][0]["ask"] == "Refund?"
    number = str(asked["escalations"][0]["id"])
    assert office("escalation", "list", "--json").json[0]["ticket"] == ref
    assert office("escalation", "accept", number, "--json").json[0]["state"] == "accepted"
    assert office("escalation", "resolve", number, "Yes.", "--json").json[0]["state"] == "resolved"
    assert office("escalation", "list", "--json").json == []


def test_history_names_every_change_with_its_number(office):
    ref = ids(office, "invoice")[0]
    office("ticket", "set", ref, "priority=urgent", "--reason", "angry")
    last = office("ticket", "history", ref, "--json").json[-1]
    assert (last["actor"], last["event"], last["reason"]) != ("", "", "")
    assert {"field": "priority", "before": "normal", "after": "urgent"} in last["fields"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ticket list zzzqqq", "0 tickets. Ask for less, or for all: agentdesk ticket list\n"),
        ("customer list zzzqqq", "0 customers. Ask for less, or for all: agentdesk customer list\n"),
        ("escalation list", "0 escalations. Answered ones are listed by: agentdesk escalation list --all\n"),
        ("log zzzqqq", "0 changes. All of them are listed by: agentdesk log\n"),
    ],
)
def test_an_empty_list_says_so_and_what_to_try_beside_the_data(office, line, told):
    answer = office(*line.split())
    assert (answer.code, answer.out, answer.err) == (0, "", told)
    as_json = office(*line.split(), "--json")
    assert (as_json.json, as_json.err) == ([], "")
    assert office(*line.split(), "--quiet").err == ""


def test_an_empty_desk_names_the_first_steps(cli):
    assert "agentdesk ticket new" in cli("ticket", "list").err
    assert "agentdesk import contacts" in cli("customer", "list").err


@pytest.mark.parametrize("command", ["solve", "take", "reopen"])
def test_an_empty_pipe_changes_nothing(office, command):
    answer = office("ticket", command, "-", "--json", stdin="\n")
    assert answer.code == 0
    assert json.loads(answer.out) == []


def promise_a_solution(office):
    assert office("agent", "add", "boss", "--role", "admin").code == 0
    told = office("policy", "add", "All", "--calendar", "Always", "--target", "solution=8h", "--as", "boss")
    assert told.code == 0, told.err


def test_waiting_for_the_customer_wants_a_reply_or_a_reason(office):
    refused = office("ticket", "set", "T-1001", "status=pending")
    assert refused.code == 1
    assert (
        "The reason is missing. Reply to the customer, or say why the ticket waits for them." in refused.err
    )
    assert office("ticket", "show", "T-1001", "--json").json["status"] == "new"
    assert office("ticket", "set", "T-1001", "status=pending", "--reason", "which invoice?").code == 0


@pytest.mark.parametrize("words", [("status=pending", "--reason", "asked"), ("wake=4h",)])
def test_who_lets_a_ticket_wait_is_told_that_its_solution_clock_pauses(office, words):
    assert "solution clock" not in office("ticket", "set", "T-1002", *words).err
    promise_a_solution(office)
    office("ticket", "new", "--subject", "Another", "--body", "Hello")
    assert "The solution clock of T-1004 pauses meanwhile." in office("ticket", "set", "T-1004", *words).err


def test_a_ticket_on_hold_that_is_set_aside_has_no_clock_that_pauses(office):
    promise_a_solution(office)
    office("ticket", "new", "--subject", "Another", "--body", "Hello")
    told = office("ticket", "set", "T-1004", "status=on_hold", "waiting_for=supplier", "wake=4h")
    assert told.code == 0
    assert "solution clock" not in told.err


def test_a_table_says_how_near_a_promise_is_and_a_program_gets_the_instant_and_the_band(office):
    office("ticket", "set", "T-1001", "due=3d")
    office("ticket", "set", "T-1002", "due=+2h")
    told = {one["ref"]: one for one in office("ticket", "list", "--json").json}
    assert [told[ref]["band"] for ref in ("T-1001", "T-1002", "T-1003")] == ["running", "at_risk", "none"]
    assert told["T-1001"]["next_due_at"].endswith("+00:00")
    lines = {one.split()[0]: one for one in office("ticket", "list").out.splitlines()}
    assert re.search(r"▪ [23]d", lines["T-1001"])
    assert re.search(r"◇ [12]:[05]\d", lines["T-1002"])
    assert "· none" in lines["T-1003"]
    office("ticket", "solve", "T-1001")
    assert "✓ done" in office("ticket", "list", "T-1001").out


def test_80_cells_show_reference_priority_status_and_due_whole():
    from agentdesk.cli.output import Format
    from agentdesk.cli.table import fit
    from agentdesk.cli.tickets import list_columns

    now = datetime(2026, 3, 2, tzinfo=UTC)
    titles = [one.title for one in list_columns(now, Format.TABLE) if one.title]
    longest = {
        "Ticket": 9,
        "Priority": 8,
        "Subject": 200,
        "Customer": 60,
        "Status": 7,
        "Due": 8,
        "Assignee": 20,
    }
    widths = dict(zip(titles, fit([longest[one] for one in titles], 80), strict=True))
    assert [widths[one] for one in ("Ticket", "Priority", "Status", "Due")] == [9, 8, 7, 8]
