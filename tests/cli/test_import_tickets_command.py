import json
import re

import pytest

LOG = """number,state,sys_updated_at,opened_at,caller
I1,New,2026-01-05 09:00,2026-01-05 09:00,Ann
I1,Resolved,2026-01-05 12:00,2026-01-05 09:00,Ann
"""


@pytest.fixture
def log(home):
    path = home / "log.csv"
    path.write_text(LOG)
    return path


def test_a_ticket_page_has_what_came_along_and_the_files_an_export_only_names(cli, tmp_path):
    path = tmp_path / "one.json"
    note = {
        "id": 3,
        "body_text": "See the log.",
        "private": True,
        "user_id": 5,
        "created_at": "2026-01-03T09:00:00Z",
    }
    ticket = {
        "id": 2001,
        "subject": "Cannot pay",
        "description_text": "Nothing happens.",
        "status": 2,
        "source": 2,
        "priority": 1,
        "requester_id": 7,
        "responder_id": 5,
        "group_id": 42,
        "custom_fields": {"area": "payments"},
        "created_at": "2026-01-02T09:00:00Z",
        "updated_at": "2026-01-03T09:00:00Z",
    }
    told = {"ticket": ticket, "conversations": [{**note, "attachments": [{"name": "log.txt", "size": 9}]}]}
    path.write_text(json.dumps(told))
    assert cli("import", "tickets", str(path), "--source", "freshdesk").code == 0
    page = cli("ticket", "show", "T-1001").out
    assert re.search(r"Elsewhere +freshdesk 2001", page)
    assert "-- Kept from freshdesk" in page
    assert re.search(r"area +payments", page)
    assert "File: log.txt (not in the export it came from)" in page
    assert "last message" not in cli("ticket", "history", "T-1001").out
    one = json.loads(cli("ticket", "show", "T-1001", "--json").out)
    assert (one["source"], one["external_id"]) == ("freshdesk", "2001")
    assert one["messages"][1]["files"] == [{"id": None, "name": "log.txt", "media_type": None, "size": None}]


def test_a_map_is_drafted_and_then_imported_by(office, log, home):
    rules = home / "map.toml"
    drafted = office("import", "tickets", str(log), "--write-map", str(rules))
    assert (drafted.code, drafted.out) == (0, "")
    told = office("import", "tickets", str(log), "--map", str(rules), "--json").json
    assert (told["kind"], told["rows"], told["created"], told["updated"]) == ("tickets", 2, 1, 1)
    assert office("import", "undo", str(told["batch"]), "--yes").code == 0


def test_a_draft_never_overwrites_a_map(office, log, home):
    rules = home / "map.toml"
    rules.write_text("mine")
    answer = office("import", "tickets", str(log), "--write-map", str(rules))
    assert answer.code == 1
    assert "already" in answer.err
    assert rules.read_text() == "mine"


def test_without_a_map_the_way_to_one_is_told(office, log):
    answer = office("import", "tickets", str(log))
    assert answer.code == 1
    assert "no system is recognised by its columns" in answer.err
    assert "--write-map" in answer.err


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_a_list_of_our_own_tickets_is_known_and_the_way_from_desk_to_desk_is_told(office, home, form):
    file = home / f"tickets.{form}"
    assert office("ticket", "new", "--subject", "Lamp").code == 0
    assert office("export", "tickets", "--format", form, "--out", str(file)).code == 0
    answer = office("import", "tickets", str(file))
    assert answer.code == 1
    assert "AgentDesk wrote" in answer.err
    assert "export desk" in answer.err
    assert "--write-map" in answer.err


TICKET = '{"id": 1, "subject": "Lamp", "status": 2, "priority": 1, "source": 1, "requester_id": 8, "responder_id": null, '
TICKET += '"group_id": null, "description_text": "Dark.", "created_at": "2026-02-01T09:00:00Z", "requester": {"name": "Ann"}}'


@pytest.fixture
def export(home):
    path = home / "freshdesk.jsonl"
    path.write_text(TICKET + "\n")
    return path


def test_a_known_system_needs_no_map_and_says_why(office, export):
    answer = office("import", "tickets", str(export), "--json")
    assert (answer.json["source"], answer.json["created"]) == ("freshdesk", 1)
    assert "Taken for tickets of Freshdesk, by its columns" in answer.err
    assert "Dark." in office("ticket", "show", "T-1004").out


def test_the_ready_map_of_a_known_system_is_written_out_and_imported_by(office, export, home):
    rules = home / "ours.toml"
    written = office("import", "tickets", str(export), "--write-map", str(rules))
    assert "is the ready map for tickets of Freshdesk" in written.err
    assert office("import", "tickets", str(export), "--map", str(rules), "--json").json["created"] == 1


def test_a_system_that_is_not_known_or_not_this_one_is_refused(office, export):
    assert "zammad" in office("import", "tickets", str(export), "--source", "abacus").err
    answer = office("import", "tickets", str(export), "--source", "nyc311")
    assert (answer.code, "there is no column 'Unique Key'" in answer.err) == (1, True)


def test_a_zone_or_a_way_of_writing_dates_that_is_none_is_refused(office, export):
    assert "Write one such as Europe/London" in office("import", "tickets", str(export), "--zone", "Moon").err
    assert "or a format such as" in office("import", "tickets", str(export), "--date-format", "when").err
