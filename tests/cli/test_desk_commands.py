import os
import stat

import pytest


def test_init_makes_the_user_the_first_admin_and_may_be_repeated(cli):
    first = cli("init", "--json").json
    assert (first["created"], first["role"]) == (True, "admin")
    assert cli("init", "--json").json["created"] is False


def test_doctor_of_a_healthy_desk_is_content(office):
    answer = office("doctor", "--json")
    assert answer.code == 0
    assert answer.json["tickets"] == {"value": 3, "verdict": "ok"}
    assert answer.json["schema"]["verdict"] == "ok"


def test_doctor_creates_nothing(cli, home):
    answer = cli("doctor")
    assert answer.code == 1
    assert "agentdesk init" in answer.out
    assert not (home / "desk.db").exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_doctor_sees_a_store_that_others_can_read(office, home):
    (home / "desk.db").chmod(0o644)
    answer = office("doctor", "--json")
    assert answer.code == 1
    assert "chmod 600" in answer.json["permissions"]["verdict"]
    assert stat.S_IMODE((home / "desk.db").stat().st_mode) == 0o644


def test_doctor_explains_a_store_it_cannot_read(cli, home):
    (home / "bad.db").write_text("no database " * 100)
    answer = cli("doctor", "--store", str(home / "bad.db"))
    assert answer.code == 1
    assert "not an AgentDesk store" in answer.out


def test_undo_and_redo_go_back_and_forth(office):
    office("customer", "set", "1", "tier=gold")
    assert office("undo").code == 0
    assert office("customer", "show", "1", "--json").json["tier"] == ""
    assert office("redo").code == 0
    assert office("customer", "show", "1", "--json").json["tier"] == "gold"


def test_undo_that_came_too_late_names_the_field_as_people_know_it(office):
    number = office("ticket", "set", "T-1001", "queue=Billing").err.split()[1].rstrip(";")
    office("ticket", "set", "T-1001", "queue=Support")
    answer = office("undo", number)
    assert answer.code == 1
    assert answer.err == "agentdesk: T-1001: queue was changed again since. Nothing was taken back.\n"


def test_log_names_who_did_what(office):
    office("ticket", "take", "T-1001", "--as", "ana")
    newest = office("log", "--json", "--limit", "1").json[0]
    assert newest["actor"] == "ana"
    assert "T-1001" in newest["summary"]
    assert office("log", "T-1001", "ana", "--json").json == [newest]


def test_search_finds_tickets_and_customers(office):
    assert [one["kind"] for one in office("search", "invoice", "--json").json] == ["ticket"]
    assert any(one["kind"] == "customer" for one in office("search", "Doe", "--json").json)


def test_search_keeps_to_the_kinds_it_is_given_and_names_them_otherwise(office):
    kinds = {one["kind"] for one in office("search", "Doe", "--kind", "customer", "--best", "--json").json}
    assert kinds == {"customer"}
    answer = office("search", "Doe", "--kind", "person")
    assert answer.code == 1
    assert "ticket, message, customer, organization" in answer.err


def test_search_by_name_finds_the_tickets_and_tells_the_whole_number(office):
    rows = office("search", "Jo Doe", "--json").json
    assert {(one["kind"], one["ref"]) for one in rows} == {
        ("customer", "1"),
        ("ticket", "T-1001"),
        ("ticket", "T-1002"),
    }
    answer = office("search", "Jo Doe", "--limit", "1")
    assert answer.err == "1 of 3 shown, --limit 0 for all\n"


def test_search_that_finds_nothing_offers_names_that_are_near(office):
    answer = office("search", "Jo Deo")
    assert answer.code == 0
    assert answer.err == "0 hits for “Jo Deo”. Did you mean Jo Doe?\n"
    assert "fewer words" in office("search", "zzzqqq").err
    assert office("search", "zzzqqq", "--json").json == []


def test_agents_and_queues_are_kept(office):
    assert office("agent", "add", "cy", "--json").json["handle"] == "cy"
    assert office("agent", "set", "cy", "role=lead", "active=no", "--json").json["is_active"] is False
    assert {one["handle"] for one in office("agent", "list", "--json").json} >= {"ana", "ben", "cy"}
    assert office("queue", "join", "Billing", "ana", "--json").json["agents"] == 1
    assert {one["name"] for one in office("queue", "list", "--json").json} == {"Billing", "Support"}


def test_views_are_saved_counted_and_removed(office):
    assert office("view", "add", "VAT", "tag:vat", "--json").json["tickets"] == 1
    assert len(office("ticket", "list", "--view", "VAT", "--json").json) == 1
    assert office("view", "add", "Bad", "colour:red").code == 1
    assert office("view", "remove", "VAT", "--yes").code == 0
    assert "VAT" not in {one["name"] for one in office("view", "list", "--json").json}


def test_quiet_leaves_only_errors_on_stderr(office):
    assert office("ticket", "take", "T-1001", "--quiet").err == ""
    assert office("ticket", "show", "T-9", "--quiet").err != ""


def test_keys_are_printed_in_every_format(cli):
    rows = cli("keys", "--json").json
    assert {"id", "place", "keys", "help"} == set(rows[0])
    assert cli("keys").out.count("\n") == len(rows) + 1


def test_configuration_names_the_agent_and_the_store(office, home):
    config = home / "config.toml"
    config.write_text('agent = "ana"\n')
    assert office("ticket", "take", "T-1001", "--config", str(config), "--json").json[0]["assignee"] == "ana"
    config.write_text('agnt = "ana"\n')
    answer = office("ticket", "list", "--config", str(config))
    assert answer.code == 1
    assert "Did you mean agent?" in answer.err


def test_every_hit_of_one_ticket_has_its_own_number_and_the_reference_of_the_ticket(office):
    for words in ("A unicorn", "Another unicorn"):
        office("ticket", "note", "T-1002", words)
    rows = office("search", "unicorn", "--json").json
    assert [(row["kind"], row["ref"]) for row in rows] == [("message", "T-1002")] * 2
    assert len({row["id"] for row in rows}) == 2
    shown = office("search", "unicorn").out.splitlines()[1:]
    assert len({tuple(row.split()[:3]) for row in shown}) == 2
    assert office("search", "unicorn", "--format", "ids").out.split() == ["T-1002", "T-1002"]
