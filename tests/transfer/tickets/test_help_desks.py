"""Tickets of other help desks come in by ready maps: conversations, people and links, once, and leave whole."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.instants import from_iso
from agentdesk.services.undo import undo_batch
from agentdesk.store.reader import instant
from agentdesk.transfer.refusals import UnknownSourceError
from agentdesk.transfer.result import ImportResult
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import MapError
from tests.transfer.tickets.help_desks import FRESHDESK, OSTICKET, ZAMMAD, ZENDESK, ZENDESK_CSV, lines

TABLES = (
    "ticket",
    "message",
    "customer",
    "organization",
    "queue",
    "agent",
    "tag",
    "contact_point",
    "ticket_link",
    "feedback",
)
Bring = Callable[..., ImportResult]


@pytest.fixture
def bring(desk: Desk, tmp_path: Path) -> Bring:
    """Imports a text, or what stands for it in JSON."""

    def bring_in(told: Any, **options: Any) -> ImportResult:
        path = tmp_path / "export"
        path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8", newline="")
        return import_tickets(desk, TicketImport(path, None, **options))

    return bring_in


def rows(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    with desk.read() as read:
        return read.tuples(sql)


def sizes(desk: Desk) -> dict[str, int]:
    return {name: rows(desk, f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}


def talk(desk: Desk, external_id: str) -> list[tuple[Any, ...]]:
    """Who said what to whom, in the order it was said."""
    return rows(
        desk,
        "SELECT author_kind, visibility, author_name, body FROM message JOIN ticket ON ticket.id = ticket_id "
        f"WHERE ticket.external_id = '{external_id}' ORDER BY at, message.id",
    )


def told(result: ImportResult) -> tuple[int, ...]:
    counts = result.counts
    return counts.created, counts.updated, counts.unchanged, counts.rejected


def test_zendesk_tickets_come_with_their_comments_and_the_people_beside_them(
    desk: Desk, bring: Bring
) -> None:
    result = bring(ZENDESK)
    assert (result.source, told(result)) == ("zendesk", (2, 0, 0, 0))
    assert "Taken for tickets of Zendesk" in result.notes[0]
    assert talk(desk, "11") == [
        ("customer", "public", "Ann Lee", "My lamp is dark."),
        ("agent", "internal", "Vera Roy", "Known with this model."),
        ("agent", "public", "Vera Roy", "Is it plugged in?"),
    ]
    assert talk(desk, "12") == [("customer", "public", "Bo Ek", "Seen by several.")]
    sql = (
        "SELECT ticket.status, priority, ticket.type, channel, queue.name, agent.name, agent.email, customer.email, "
        "organization.name, reply_count FROM ticket LEFT JOIN queue ON queue.id = queue_id "
        "LEFT JOIN agent ON agent.id = assignee_id JOIN customer ON customer.id = customer_id "
        "LEFT JOIN organization ON organization.id = ticket.organization_id ORDER BY ticket.external_id"
    )
    assert rows(desk, sql) == [
        ("pending", "high", "incident", "email", "Lights", "Vera Roy", "vera@example.org", "ann@example.com",
         "Lee & Co", 1),
        ("on_hold", "normal", "problem", "api", None, None, None, "bo@example.com", None, 0),
    ]  # fmt: skip
    assert rows(desk, "SELECT source, normalised FROM contact_point ORDER BY id")[0] == (
        "zendesk",
        "ann@example.com",
    )
    assert [one for (one,) in rows(desk, "SELECT name FROM tag WHERE entity = 'ticket' ORDER BY name")] == [
        "lamp",
        "vip-customer",
    ]


def test_what_no_field_takes_is_kept_custom_fields_by_their_number(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK)
    (extra,) = rows(desk, "SELECT extra FROM ticket WHERE external_id = '11'")[0]
    kept = json.loads(extra) if isinstance(extra, str) else extra
    assert kept["custom_fields 360"] == "L-7"
    assert "satisfaction_rating.score" not in kept  # it is feedback
    assert not any(name.startswith(("comments", "url", "description")) for name in kept)


def test_a_ticket_waits_since_somebody_spoke_not_since_it_was_opened(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK)
    sql = (
        "SELECT journal.at, event FROM journal JOIN ticket ON ticket.id = ticket_id "
        "WHERE ticket.external_id = '11' AND is_main AND entity IN ('ticket', 'message') ORDER BY journal.at, journal.id"
    )
    assert [(instant(at), event) for at, event in rows(desk, sql)] == [
        (from_iso("2026-02-01T09:00:00Z"), "ticket.created"),
        (from_iso("2026-02-01T09:00:00Z"), "message.received"),
        (from_iso("2026-02-01T09:30:00Z"), "message.noted"),
        (from_iso("2026-02-01T10:00:00Z"), "message.replied"),
        (from_iso("2026-02-01T10:00:00Z"), "ticket.status"),
    ]
    replied, waiting, last = rows(
        desk, "SELECT first_replied_at, waiting_since, last_message_at FROM ticket WHERE external_id = '11'"
    )[0]
    assert (instant(replied), waiting) == (from_iso("2026-02-01T10:00:00Z"), None)
    assert instant(last) == from_iso("2026-02-01T10:00:00Z")


def test_an_incident_is_linked_to_its_problem_once(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK)
    bring(ZENDESK)
    sql = (
        "SELECT one.external_id, other.external_id, kind FROM ticket_link JOIN ticket one ON one.id = ticket_id "
        "JOIN ticket other ON other.id = other_id"
    )
    assert rows(desk, sql) == [("11", "12", "caused_by")]


def test_c41_a_ticket_that_names_itself_or_nobody_gets_no_link_and_is_listed(
    desk: Desk, bring: Bring
) -> None:
    odd = copy.deepcopy(ZENDESK)
    odd["tickets"][0]["problem_id"] = 11
    odd["tickets"][1]["problem_id"] = 99
    result = bring(odd)
    assert told(result) == (2, 0, 0, 0)
    assert "'11' of 11, '99' of 12" in " ".join(result.notes)
    assert sizes(desk)["ticket_link"] == 0
    later = copy.deepcopy(odd)
    later["tickets"][1] |= {"id": 99, "problem_id": None}
    assert told(bring(later)) == (1, 0, 1, 0)
    assert told(bring(odd)) == (0, 1, 1, 0), "the other one is there now"
    assert sizes(desk)["ticket_link"] == 1


def test_a_parent_may_stand_after_its_child_and_go_by_its_second_id(desk: Desk, bring: Bring) -> None:
    head = (
        "number,sys_id,short_description,opened_at,sys_updated_on,priority,incident_state,parent_incident\n"
    )
    child = "INC1,a1,Child,2026-02-01 09:00:00,2026-02-01 09:00:00,3,2,b2\n"
    parent = "INC2,b2,Parent,2026-02-01 08:00:00,2026-02-01 09:00:00,3,2,\n"
    assert told(bring(head + child + parent)) == (2, 0, 0, 0)
    assert rows(desk, "SELECT kind FROM ticket_link") == [("related",)]


def test_importing_a_conversation_again_changes_nothing_and_undo_takes_all_back(
    desk: Desk, bring: Bring
) -> None:
    before = sizes(desk)
    for export in (ZENDESK, lines(ZAMMAD), FRESHDESK, ZENDESK_CSV, OSTICKET):
        first = bring(export)
        sql = "SELECT count(*) FROM journal"
        written = rows(desk, sql)
        again = bring(export)
        assert (again.counts.unchanged, again.counts.rows) == (first.counts.rows, first.counts.rows)
        assert rows(desk, sql) == written
        assert first.batch is not None
        with desk.change() as change:
            assert undo_batch(change, first.batch).left == []
        assert sizes(desk) == before


def test_a_later_export_adds_the_words_that_are_new(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK)
    later = copy.deepcopy(ZENDESK)
    later["tickets"][0]["status"] = "open"
    later["tickets"][0]["updated_at"] = "2026-02-03T08:00:00Z"
    later["tickets"][0]["comments"].append(
        {
            "id": 4,
            "author_id": 900,
            "public": True,
            "plain_body": "It is.",
            "created_at": "2026-02-03T08:00:00Z",
        }
    )
    assert told(bring(later)) == (0, 1, 1, 0)
    assert talk(desk, "11")[-1] == ("customer", "public", "Ann Lee", "It is.")
    status, waiting = rows(desk, "SELECT status, waiting_since FROM ticket WHERE external_id = '11'")[0]
    assert (status, instant(waiting)) == ("open", from_iso("2026-02-03T08:00:00Z"))
    assert told(bring(later)) == (0, 0, 2, 0)


def test_the_first_of_two_imports_leaves_what_the_second_stands_on(desk: Desk, bring: Bring) -> None:
    first = bring(ZENDESK)
    later = copy.deepcopy(ZENDESK)
    later["tickets"][0]["comments"].append(
        {
            "id": 4,
            "author_id": 700,
            "public": True,
            "plain_body": "Sent.",
            "created_at": "2026-02-03T08:00:00Z",
        }
    )
    second = bring(later)
    assert first.batch is not None
    assert second.batch is not None
    with desk.change() as change:
        left = undo_batch(change, first.batch).left
    assert left, "the ticket was spoken on since, and stays with all that was said"
    assert len(talk(desk, "11")) == 4
    assert talk(desk, "12") == []
    assert rows(desk, "SELECT name FROM agent WHERE handle = 'vera-roy'") == [("Vera Roy",)]
    with desk.change() as change:
        undo_batch(change, second.batch)
    assert len(talk(desk, "11")) == 3


def test_a_reply_given_here_is_not_forgotten_by_a_later_export(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK)
    (ticket_id,) = rows(desk, "SELECT id FROM ticket WHERE external_id = '11'")[0]
    with desk.change() as change:
        services.reply_to_ticket(change, ticket_id, "We send a new one.")
    said = rows(desk, f"SELECT last_message_at, reply_count FROM ticket WHERE id = {ticket_id}")
    later = copy.deepcopy(ZENDESK)
    later["tickets"][0]["comments"].append(
        {
            "id": 4,
            "author_id": 900,
            "public": True,
            "plain_body": "It is.",
            "created_at": "2026-02-03T08:00:00Z",
        }
    )
    assert told(bring(later)) == (0, 1, 1, 0)
    assert len(talk(desk, "11")) == 5
    assert rows(desk, f"SELECT last_message_at, reply_count FROM ticket WHERE id = {ticket_id}") == said


def test_a_list_of_tickets_that_is_not_the_first_of_its_file_is_found(desk: Desk, bring: Bring) -> None:
    turned = {"users": ZENDESK["users"], "tickets": ZENDESK["tickets"]}
    assert told(bring(turned)) == (2, 0, 0, 0)
    assert rows(desk, "SELECT name FROM customer ORDER BY id") == [("Ann Lee",), ("Bo Ek",)]


def test_the_table_of_zendesk_has_its_41_columns_understood(desk: Desk, bring: Bring) -> None:
    result = bring(ZENDESK_CSV, zone="Europe/Berlin")
    assert (result.source, told(result)) == ("zendesk", (2, 0, 0, 0))
    sql = (
        "SELECT ticket.status, priority, ticket.type, channel, reopen_count, reply_count, ticket.created_at, solved_at "
        "FROM ticket ORDER BY ticket.external_id"
    )
    first, second = rows(desk, sql)
    assert first[:6] == ("solved", "high", "incident", "email", 2, 3)
    assert [instant(one) for one in first[6:]] == [
        from_iso("2026-02-01T08:00:00Z"),
        from_iso("2026-02-03T09:00:00Z"),
    ]
    assert second[:4] == ("open", "normal", "question", "other")
    (extra,) = rows(desk, "SELECT extra FROM ticket WHERE external_id = '22'")[0]
    kept = json.loads(extra) if isinstance(extra, str) else extra
    assert kept["Via"] == "Carrier pigeon"
    assert any("Words for channel for which the map has no word of ours" in note for note in result.notes)


def test_spaces_part_the_tags_of_the_table_of_zendesk(desk: Desk, bring: Bring) -> None:
    assert "Tags" in ZENDESK_CSV.splitlines()[0]
    told_tags = ZENDESK_CSV.replace("lamp vip", "lamp vip third")
    bring(told_tags)
    found = rows(desk, "SELECT tags FROM ticket ORDER BY external_id")
    listed = [json.loads(one) if isinstance(one, str) else one for (one,) in found]
    assert listed[0] == ["lamp", "vip", "third"]


def test_the_table_and_the_objects_of_zendesk_are_one_system(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK)
    assert told(bring(ZENDESK_CSV.replace("1,21,", "1,11,"))) == (1, 1, 0, 0)


def test_zammad_tickets_come_with_their_articles(desk: Desk, bring: Bring) -> None:
    result = bring(ZAMMAD)
    assert (result.source, told(result)) == ("zammad", (2, 0, 0, 0))
    assert talk(desk, "22005") == [
        ("customer", "public", "Ann Lee", "The door\nsqueaks."),
        ("system", "public", "Doors", "We have your <letter>."),
        ("agent", "internal", "Vera Roy", "Oil it."),
    ]
    sql = "SELECT ticket.status, priority, name FROM ticket LEFT JOIN agent ON agent.id = assignee_id ORDER BY ticket.id"
    assert rows(desk, sql) == [("closed", "high", "vera@example.org"), ("pending", "normal", None)]


def test_an_article_of_zammad_says_how_it_came(desk: Desk, bring: Bring) -> None:
    note = copy.deepcopy(ZAMMAD)
    note[0] |= {"create_article_type": "phone"}
    bring(lines(note))
    sql = "SELECT visibility, channel FROM message WHERE external_id = 'zammad:{}'"
    assert rows(desk, sql.format(51)) == [("public", "email")]
    assert rows(desk, sql.format(53)) == [("internal", "phone")]


def test_clocks_without_an_offset_are_told_and_another_zone_moves_no_ticket(desk: Desk, bring: Bring) -> None:
    first = bring(OSTICKET)
    assert any("by the clocks of UTC" in note for note in first.notes)
    before = rows(desk, "SELECT created_at, status FROM ticket ORDER BY id")
    other = bring(OSTICKET, zone="Europe/Berlin")
    assert told(other) == (0, 0, 0, first.counts.rows)
    assert "read by another zone" in other.reasons[0]
    assert rows(desk, "SELECT created_at, status FROM ticket ORDER BY id") == before
    assert told(bring(OSTICKET, zone="UTC")) == (0, 0, first.counts.rows, 0)
    assert not any("by the clocks of" in note for note in bring(lines(ZAMMAD)).notes)


def test_instants_that_are_still_to_come_are_told(bring: Bring) -> None:
    late = copy.deepcopy(FRESHDESK)
    late[0] |= {
        "created_at": "2031-01-01T00:00:00Z",
        "updated_at": "2031-01-01T00:00:00Z",
        "conversations": [],
    }
    late[0] |= {"stats": {}, "status": 2}
    result = bring(late)
    assert result.counts.created == 1
    assert any("still to come, of tickets '" in note for note in result.notes)


def test_osticket_tickets_come_with_their_departments_and_topics(desk: Desk, bring: Bring) -> None:
    result = bring(OSTICKET)
    assert (result.source, told(result)) == ("osticket", (2, 0, 0, 0))
    sql = (
        "SELECT ticket.status, priority, category, queue.name, agent.name, reopen_count FROM ticket "
        "JOIN queue ON queue.id = queue_id LEFT JOIN agent ON agent.id = assignee_id ORDER BY ticket.id"
    )
    assert rows(desk, sql) == [
        ("closed", "urgent", "Repairs", "Water", "Vera Roy", 1),
        ("open", "normal", "Repairs", "Water", "Plumbers", 0),
    ]


def test_freshdesk_codes_become_words_and_html_becomes_text(desk: Desk, bring: Bring) -> None:
    result = bring(FRESHDESK)
    assert talk(desk, "31") == [("customer", "public", "Ann Lee", "My cart\nis empty.")]
    assert rows(desk, "SELECT status, priority, channel, type FROM ticket") == [
        ("open", "urgent", "chat", "question")
    ]
    notes = " ".join(result.notes)
    assert "Messages deleted in Freshdesk and left out: 1" in notes
    assert "Words for type for which the map has no word of ours" in notes


def test_a_number_without_a_name_is_named_so_and_found_again_after_a_rename(desk: Desk, bring: Bring) -> None:
    numbered = copy.deepcopy(FRESHDESK)
    numbered[0] |= {"responder_id": 601, "group_id": 44}
    result = bring(numbered)
    assert "'Freshdesk group 44', 'Freshdesk agent 601'" in " ".join(result.notes)
    (agent_id,) = rows(desk, "SELECT id FROM agent WHERE handle = 'freshdesk-agent-601'")[0]
    with desk.change() as change:
        services.edit_agent(change, agent_id, {"name": "Vera Roy"})
    assert told(bring(numbered)) == (0, 0, 1, 0)


def test_ids_of_two_systems_are_two_people(desk: Desk, bring: Bring) -> None:
    mine = copy.deepcopy(FRESHDESK)
    mine[0] |= {"requester_id": 900, "requester": {"id": 900, "name": "Cy Dow"}}
    bring(mine)
    bring({"tickets": [ZENDESK["tickets"][0]]})
    assert [one for (one,) in rows(desk, "SELECT name FROM customer ORDER BY id")] == [
        "Cy Dow",
        "Zendesk customer 900",
    ]


def test_a_message_without_an_instant_rejects_its_ticket_and_the_repair_is_whole(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    broken = copy.deepcopy(ZENDESK["tickets"])
    broken[0]["comments"][1]["created_at"] = "soon"
    result = bring(lines(broken))
    assert told(result) == (1, 0, 0, 1)
    assert result.rejects_file is not None
    assert result.rejects_file.endswith(".rejects.jsonl")
    text = Path(result.rejects_file).read_text(encoding="utf-8")
    assert "comments 2, created_at: 'soon' is no date written as iso" in json.loads(text)["error"]
    assert told(bring(text.replace('"soon"', '"2026-02-01T10:00:00Z"'), rejects=tmp_path / "again")) == (
        1,
        0,
        0,
        0,
    )
    assert len(talk(desk, "11")) == 3


def test_a_dry_run_counts_the_same_and_writes_nothing(desk: Desk, bring: Bring) -> None:
    before = sizes(desk)
    assert told(bring(ZENDESK, dry_run=True)) == (2, 0, 0, 0)
    assert sizes(desk) == before


def test_dates_that_are_told_on_the_way_win_over_the_map(desk: Desk, bring: Bring) -> None:
    day_first = OSTICKET.replace("2026-02-01 ", "01/02/2026 ").replace("2026-02-02 ", "02/02/2026 ")
    day_first = day_first.replace("2026-02-03 ", "03/02/2026 ")
    assert told(bring(day_first)) == (0, 0, 0, 2)
    assert told(bring(day_first, dates="%d/%m/%Y %H:%M:%S", rejects=None)) == (2, 0, 0, 0)


def test_a_file_that_is_not_of_the_system_it_is_said_to_be_is_refused(bring: Bring) -> None:
    with pytest.raises(MapError, match="there is no column"):
        bring(OSTICKET, source="zammad")
    with pytest.raises(UnknownSourceError, match="Use one of: auto, freshdesk, "):
        bring(OSTICKET, source="abacus")
    with pytest.raises(MapError, match="no system is recognised"):
        bring("a,b\n1,2\n")


RATED = (
    "SELECT ticket.external_id, feedback.kind, score, scale_min, scale_max, verbatim, theme, answered_at IS NOT NULL, "
    "feedback.customer_id = ticket.customer_id, feedback.agent_id = ticket.assignee_id "
    "FROM feedback JOIN ticket ON ticket.id = ticket_id ORDER BY ticket.external_id"
)


def rated(score: str | None, **more: Any) -> dict[str, Any]:
    """The export of Zendesk with another rating of its first ticket."""
    found = copy.deepcopy(ZENDESK)
    found["tickets"][0]["satisfaction_rating"] = {"id": 5, "score": score, **more}
    return found


def test_a_rating_of_zendesk_is_feedback_of_its_ticket(desk: Desk, bring: Bring) -> None:
    bring(rated("bad", comment="Still dark.", reason="It took too long"))
    assert [(*row[:7], *map(bool, row[7:])) for row in rows(desk, RATED)] == [
        ("11", "csat", 0, 0, 1, "Still dark.", "It took too long", True, True, True)
    ]
    ((at, answered),) = rows(desk, "SELECT at, answered_at FROM feedback")
    assert instant(at) == instant(answered) == from_iso("2026-02-02T10:00:00Z")  # when it was last touched


def test_a_rating_comes_in_once_is_continued_and_leaves_with_its_import(desk: Desk, bring: Bring) -> None:
    bring(rated("offered"))
    assert rows(desk, RATED)[0][2:8] == (None, 0, 1, "", "", False)
    again = bring(rated("offered"))
    assert told(again) == (0, 0, 2, 0)
    answered = bring(rated("good", comment="Thanks!"))
    assert told(answered) == (0, 1, 1, 0)
    assert rows(desk, RATED)[0][2:8] == (1, 0, 1, "Thanks!", "", True)
    assert told(bring(rated("good", comment="Thanks!"))) == (0, 0, 2, 0)
    assert answered.batch is not None
    with desk.change() as change:
        assert undo_batch(change, answered.batch).left == []
    assert rows(desk, RATED)[0][2:8] == (None, 0, 1, "", "", False)


def test_the_table_and_the_objects_tell_of_one_rating(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK_CSV)
    assert [row[:3] for row in rows(desk, RATED)] == [("21", "csat", 1)]  # the other one was not offered
    found = rated("good")
    found["tickets"][0]["id"] = 21
    bring(found)
    assert [row[:3] for row in rows(desk, RATED)] == [("21", "csat", 1)]


def test_a_rating_in_words_of_nobody_stays_with_the_ticket(desk: Desk, bring: Bring) -> None:
    bring(rated("splendid"))
    assert rows(desk, "SELECT count(*) FROM feedback") == [(0,)]
    (extra,) = rows(desk, "SELECT extra FROM ticket WHERE external_id = '11'")[0]
    kept = json.loads(extra) if isinstance(extra, str) else extra
    assert kept["satisfaction_rating.score"] == "splendid"


def test_lists_beside_the_tickets_are_told_as_read(bring: Bring) -> None:
    notes = bring({**ZENDESK, "views": [{"id": 1}]}).notes
    assert "The file also holds 'views', not read: --member names the list to read." in notes
    assert any(
        "from the lists beside the tickets: 'users', 'groups', 'organizations'" in one for one in notes
    )
