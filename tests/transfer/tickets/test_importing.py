"""Tickets of another system come in with their history, once, and leave whole; no row is lost on the way."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import NotPermittedError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Role
from agentdesk.services.undo import undo_batch
from agentdesk.store.reader import instant
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.result import Counts, ImportResult, ImportStopped
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import MapError, parse_map
from tests.transfer.past import Past
from tests.transfer.stopping import interrupted, left_as_killed, state_of
from tests.transfer.tickets.ticket_maps import SMALL_LOG, SMALL_TABLE

LOG = """id,opened,changed,state,title,prio,team,owner,who,actor,seen,room
A,2026-01-05 09:00,2026-01-05 09:00,Fresh,Printer,P3,Desk,,Ann Lee,Ann,1,7
A,2026-01-05 09:00,2026-01-05 10:00,Working,Printer,P3,Desk,Vera Roy,Ann Lee,ben,2,7
A,2026-01-05 09:00,2026-01-05 10:30,Working,Printer,P3,Desk,Vera Roy,Ann Lee,ben,3,7
A,2026-01-05 09:00,2026-01-05 12:00,Done,Printer,P1,Desk,Vera Roy,Ann Lee,ben,4,8
A,2026-01-05 09:00,2026-01-06 09:00,Working,Printer,P1,Desk,Vera Roy,Ann Lee,ben,5,8
A,2026-01-05 09:00,2026-01-07 09:00,Archived,Printer,P1,Desk,Vera Roy,Ann Lee,ben,6,8
B,2026-01-05 11:00,2026-01-05 15:00,Done,Mouse,P3,,,Bo Ek,ben,1,
"""
TABLE = """Nr,Title,State,Team,Name,Mail,Labels,Opened,Solved,Closed,Replied
7,Lamp,Zu,Hall,Ann Lee,ann@example.com,"red; Big One",01.07.2026 10:00,02.07.2026 10:00,05.07.2026 10:00,01.07.2026 11:00
8,Door,Zu,Hall,Bo Ek,bo@example.com,,01.07.2026 10:00,,03.07.2026 12:00,
9,Roof,Offen,,Ann Lee,ann@example.com,,02.07.2026 08:00,,,
"""
Bring = Callable[..., ImportResult]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def bring(desk: Desk, tmp_path: Path) -> Bring:
    """Imports a text by a map."""

    def bring_in(text: str, rules: str = SMALL_LOG, **options: Any) -> ImportResult:
        path = tmp_path / "tickets.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return import_tickets(desk, TicketImport(path, parse_map(rules), **options))

    return bring_in


def tuples(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    with desk.read() as read:
        return read.tuples(sql)


def rejects(result: ImportResult) -> list[dict[str, str]]:
    assert result.rejects_file
    with Path(result.rejects_file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted(**told: int) -> Counts:
    return Counts(**told)


def test_each_event_is_counted_once_by_what_it_did(bring: Bring) -> None:
    result = bring(LOG + LOG.splitlines()[2] + "\n")
    assert result.counts == counted(created=2, updated=4, unchanged=1, duplicates=1)
    assert result.as_json()["rows"] == 8


def test_the_history_lands_at_its_own_instants(desk: Desk, bring: Bring) -> None:
    bring(LOG)
    rows = tuples(
        desk,
        "SELECT journal.at, event, ticket.external_id FROM journal JOIN ticket ON ticket.id = entity_id "
        "WHERE entity = 'ticket' ORDER BY entity_id, journal.id",
    )
    assert [(instant(when), event) for when, event, ticket in rows if ticket == "A"] == [
        (at("2026-01-05 09:00"), "ticket.created"),
        (at("2026-01-05 10:00"), "ticket.status"),
        (at("2026-01-05 12:00"), "ticket.solved"),
        (at("2026-01-06 09:00"), "ticket.reopened"),
        (at("2026-01-07 09:00"), "ticket.solved"),
        (at("2026-01-07 09:00"), "ticket.closed"),
    ]
    assert [(instant(when), event) for when, event, ticket in rows if ticket == "B"] == [
        (at("2026-01-05 11:00"), "ticket.created"),
        (at("2026-01-05 15:00"), "ticket.solved"),
    ]


def test_the_past_is_read_back_from_the_journal(desk: Desk, bring: Bring) -> None:
    bring(LOG)
    with desk.read() as read:
        past = Past.of(read, "external_id", "status", "priority", "assignee_id")
    seen = {
        when: {one["external_id"]: (one["status"], one["priority"]) for one in past.at(at(when)).values()}
        for when in (
            "2026-01-05 08:59",
            "2026-01-05 09:30",
            "2026-01-05 13:00",
            "2026-01-06 09:00",
            "2026-01-08",
        )
    }
    assert list(seen.values()) == [
        {},
        {"A": ("new", "normal")},
        {"A": ("solved", "urgent"), "B": ("new", "normal")},
        {"A": ("open", "urgent"), "B": ("solved", "normal")},
        {"A": ("closed", "urgent"), "B": ("solved", "normal")},
    ]


def test_the_ticket_ends_as_its_last_event_says(desk: Desk, bring: Bring) -> None:
    bring(LOG)
    sql = (
        "SELECT status, solved_at, closed_at, updated_at, reopen_count, version, is_open, extra FROM ticket "
        "WHERE external_id = 'A'"
    )
    status, solved, closed, updated, reopened, version, is_open, extra = tuples(desk, sql)[0]
    assert (status, reopened, version, bool(is_open)) == ("closed", 1, 6, False)
    assert instant(solved) == instant(closed) == instant(updated) == at("2026-01-07 09:00")
    assert "room" in str(extra)
    assert "seen" not in str(extra)


def test_who_did_it_is_the_agent_where_the_desk_knows_one(desk: Desk, bring: Bring) -> None:
    bring(LOG.replace(",ben,6,", ",Nobody Here,6,"))
    sql = (
        "SELECT agent.handle, reason FROM journal LEFT JOIN agent ON agent.id = journal.actor_id "
        "WHERE event IN ('ticket.closed', 'ticket.reopened') ORDER BY journal.id"
    )
    assert tuples(desk, sql) == [("ben", ""), (None, "by Nobody Here")]


def test_what_a_row_names_is_made_with_it_and_found_again(desk: Desk, bring: Bring) -> None:
    bring(LOG.replace("Bo Ek", "ann  LEE").replace(",,,ann", ",billing,Vera Roy,ann"))
    assert tuples(desk, "SELECT handle, name, is_active FROM agent WHERE id > 4") == [
        ("vera-roy", "Vera Roy", 0)
    ] or (
        tuples(desk, "SELECT handle, name, is_active FROM agent WHERE id > 4")
        == [("vera-roy", "Vera Roy", False)]
    )
    assert tuples(desk, "SELECT name FROM queue ORDER BY id") == [("Support",), ("Billing",), ("Desk",)]
    assert tuples(desk, "SELECT name FROM customer") == [("Ann Lee",)]


def test_importing_again_changes_nothing(desk: Desk, bring: Bring) -> None:
    bring(LOG)
    sql = "SELECT count(*), max(id) FROM journal"
    before = tuples(desk, sql)
    assert bring(LOG).counts == counted(unchanged=7)
    assert tuples(desk, sql) == before


def test_importing_again_after_local_work_and_renames_changes_nothing(desk: Desk, bring: Bring) -> None:
    bring(LOG)
    with desk.change() as change:
        row_id = tuples(desk, "SELECT id FROM ticket WHERE external_id = 'B'")[0][0]
        services.edit_ticket(change, row_id, {"priority": "low"})
        agent = tuples(desk, "SELECT id FROM agent WHERE handle = 'vera-roy'")[0][0]
        services.edit_agent(change, agent, {"name": "Vera Roy-Smith", "is_active": True})
    assert bring(LOG).counts == counted(unchanged=7)
    assert tuples(desk, "SELECT priority FROM ticket WHERE external_id = 'B'") == [("low",)]


def test_a_longer_log_continues_the_history(desk: Desk, bring: Bring) -> None:
    first, later = "".join(LOG.splitlines(keepends=True)[:4]), LOG
    bring(first)
    assert bring(later).counts == counted(created=1, updated=3, unchanged=3)
    assert tuples(desk, "SELECT status, reopen_count FROM ticket WHERE external_id = 'A'") == [("closed", 1)]
    with desk.read() as read:
        past = Past.of(read, "status")
    assert sorted(one["status"] for one in past.at(at("2026-01-05 13:00")).values()) == ["new", "solved"]


def test_a_log_of_new_events_alone_continues_the_history(desk: Desk, bring: Bring) -> None:
    lines = LOG.splitlines(keepends=True)
    bring("".join(lines[:4]))
    assert bring(lines[0] + "".join(lines[4:7])).counts == counted(updated=3)
    assert bring(LOG).counts == counted(created=1, unchanged=6)


def test_an_event_of_a_time_already_imported_is_rejected_not_guessed(bring: Bring) -> None:
    lines = LOG.splitlines(keepends=True)
    bring("".join([*lines[:2], *lines[4:7]]))
    result = bring(lines[0] + lines[2])
    assert result.counts == counted(rejected=1)
    assert "take that import back" in rejects(result)[0]["error"]


def test_work_done_here_since_is_kept_and_the_chain_holds(desk: Desk, bring: Bring) -> None:
    lines = LOG.splitlines(keepends=True)
    bring("".join(lines[:3]))
    row_id = tuples(desk, "SELECT id FROM ticket")[0][0]
    with desk.change() as change:
        services.edit_ticket(change, row_id, {"category": "print"})
    bring("".join(lines[:5]))
    assert tuples(desk, "SELECT status, category FROM ticket") == [("solved", "print")]
    with desk.read() as read:
        past = Past.of(read, "status", "category")
    state: dict[str, Any] = {}
    for _when, before, after in reversed(past.rows[row_id]):
        assert before is None or before == {name: state[name] for name in before}
        state |= after
    assert state["status"] == "solved"


def test_a_later_file_leaves_what_was_changed_here_and_says_so(desk: Desk, bring: Bring) -> None:
    bring(TABLE, SMALL_TABLE)
    ((row_id,),) = tuples(desk, "SELECT id FROM ticket WHERE external_id = '9'")
    with desk.change() as change:
        services.edit_ticket(change, row_id, {"subject": "Our roof", "add_tags": ["ours"]})
    newer = TABLE.replace(
        "9,Roof,Offen,,Ann Lee,ann@example.com,,", "9,Tiles,Offen,Yard,Ann Lee,ann@example.com,theirs,"
    )
    result = bring(newer, SMALL_TABLE)
    assert result.counts == counted(updated=1, unchanged=2)
    sql = "SELECT subject, queue.name, tags FROM ticket JOIN queue ON queue.id = queue_id WHERE external_id = '9'"
    ((subject, queue, tags),) = tuples(desk, sql)
    assert (subject, queue) == ("Our roof", "Yard")
    assert set(json.loads(tags) if isinstance(tags, str) else tags) == {"ours"}
    left = f"left so though the file says otherwise: subject, tags of T-{row_id}."
    assert any(left in note for note in result.notes)
    again = bring(newer, SMALL_TABLE)
    assert again.counts == counted(unchanged=3)
    assert any(left in note for note in again.notes)


def test_a_status_set_here_is_left_with_all_that_follows_from_it(desk: Desk, bring: Bring) -> None:
    bring(TABLE, SMALL_TABLE)
    ((row_id,),) = tuples(desk, "SELECT id FROM ticket WHERE external_id = '9'")
    with desk.change() as change:
        services.set_status(change, row_id, "pending", reason="asked by phone")
    newer = TABLE.replace("9,Roof,Offen", "9,Roof,Fertig").replace("08:00,,,", "08:00,04.07.2026 09:00,,")
    result = bring(newer, SMALL_TABLE)
    assert tuples(desk, f"SELECT status, solved_at FROM ticket WHERE id = {row_id}") == [("pending", None)]
    assert any("otherwise: status of" in note for note in result.notes)


def test_a_faulty_event_rejects_its_whole_ticket_and_the_repair_is_whole(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    result = bring(LOG.replace("Done,Printer", "Finished,Printer"))
    assert result.counts == counted(created=1, rejected=6)
    told = rejects(result)
    assert told[3]["error"] == (
        "state: 'Finished' is not mapped; say in [values.status] of the map which of "
        "new, open, pending, on_hold, solved, closed it is"
    )
    assert told[3]["line"] == "5"
    assert "line 5 of the same ticket" in told[0]["error"]
    repaired = Path(str(result.rejects_file)).read_text(encoding="utf-8").replace("Finished,", "Done,")
    assert bring(repaired, rejects=tmp_path / "again.csv").counts == counted(
        created=1, updated=4, unchanged=1
    )
    assert tuples(desk, "SELECT count(*) FROM ticket") == [(2,)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026-01-05 15:00", "2026-02-30 15:00", "changed: '2026-02-30 15:00' is no date written as iso"),
        ("2026-01-05 15:00", "", "changed: is empty"),
        ("Mouse,P3", "Mouse,urgent!!", "of the map which of urgent, high, normal, low it is"),
        ("Mouse,P3", "Mouse,", "prio: is empty; say in [values.priority]"),
        ("\nB,", "\n,", "id: is empty"),
        (",ben,1,\n", "\n", "9 of 12 columns"),
    ],
)
def test_a_row_that_cannot_be_followed_is_rejected_with_the_reason(
    bring: Bring, old: str, new: str, told: str
) -> None:
    result = bring(LOG.replace(old, new))
    assert (result.counts.created, result.counts.rejected) == (1, 1)
    assert told in Path(str(result.rejects_file)).read_text(encoding="utf-8")


def test_rows_of_tickets_may_be_mixed_and_newest_first(desk: Desk, bring: Bring) -> None:
    head, *rest = LOG.splitlines(keepends=True)
    assert bring(head + "".join(reversed(rest))).counts == counted(created=2, updated=4, unchanged=1)
    assert tuples(desk, "SELECT status, reopen_count FROM ticket ORDER BY external_id") == [
        ("closed", 1),
        ("solved", 0),
    ]


def test_an_event_out_of_order_is_kept_in_the_order_of_the_file(desk: Desk, bring: Bring) -> None:
    lines = LOG.splitlines(keepends=True)
    lines[2] = lines[2].replace("10:00,Working", "12:30,Working")
    extra = "".join(
        lines[4].replace("A,", f"{one},", 1) + lines[5].replace("A,", f"{one},", 1) for one in "CD"
    )
    result = bring("".join(lines[:5]) + extra)
    assert any("Events dated after" in note for note in result.notes)
    assert tuples(desk, "SELECT status, reopen_count FROM ticket WHERE external_id = 'A'") == [("solved", 0)]


def test_an_event_before_the_opening_is_kept_at_the_opening(desk: Desk, bring: Bring) -> None:
    bring(LOG.replace("B,2026-01-05 11:00,2026-01-05 15:00", "B,2026-01-05 11:00,2026-01-05 07:00"))
    sql = "SELECT min(journal.at), min(ticket.solved_at) FROM journal JOIN ticket ON ticket.id = ticket_id WHERE external_id = 'B'"
    assert [instant(one) for one in tuples(desk, sql)[0]] == [at("2026-01-05 11:00")] * 2


def test_a_table_gives_each_ticket_its_instants(desk: Desk, bring: Bring) -> None:
    assert bring(TABLE, SMALL_TABLE).counts == counted(created=3)
    rows = tuples(
        desk,
        "SELECT ticket.external_id, event, journal.at FROM journal JOIN ticket ON ticket.id = entity_id "
        "WHERE entity = 'ticket' ORDER BY ticket.external_id, journal.id",
    )
    assert [(ticket, event, instant(when)) for ticket, event, when in rows] == [
        ("7", "ticket.created", at("2026-07-01 08:00")),
        ("7", "ticket.changed", at("2026-07-01 09:00")),
        ("7", "ticket.solved", at("2026-07-02 08:00")),
        ("7", "ticket.closed", at("2026-07-05 08:00")),
        ("8", "ticket.created", at("2026-07-01 08:00")),
        ("8", "ticket.solved", at("2026-07-03 10:00")),
        ("8", "ticket.closed", at("2026-07-03 10:00")),
        ("9", "ticket.created", at("2026-07-02 06:00")),
    ]


def test_a_table_brings_customers_with_addresses_and_tags(desk: Desk, bring: Bring) -> None:
    bring(TABLE, SMALL_TABLE)
    assert tuples(desk, "SELECT name, email FROM customer ORDER BY id") == [
        ("Ann Lee", "ann@example.com"),
        ("Bo Ek", "bo@example.com"),
    ]
    assert tuples(desk, "SELECT normalised, is_primary FROM contact_point ORDER BY id") in (
        [("ann@example.com", 1), ("bo@example.com", 1)],
        [("ann@example.com", True), ("bo@example.com", True)],
    )
    assert tuples(desk, "SELECT name FROM tag WHERE entity = 'ticket' ORDER BY name") == [
        ("big-one",),
        ("red",),
    ]


def test_a_table_again_changes_nothing_and_a_newer_one_moves_on(desk: Desk, bring: Bring) -> None:
    bring(TABLE, SMALL_TABLE)
    assert bring(TABLE, SMALL_TABLE).counts == counted(unchanged=3)
    newer = TABLE.replace("9,Roof,Offen,,", "9,Roof,Fertig,Yard,").replace(
        "08:00,,,", "08:00,04.07.2026 09:00,,"
    )
    assert bring(newer, SMALL_TABLE).counts == counted(updated=1, unchanged=2)
    row = tuples(
        desk,
        "SELECT status, solved_at, name FROM ticket JOIN queue ON queue.id = queue_id WHERE external_id = '9'",
    )
    assert [(status, instant(solved), queue) for status, solved, queue in row] == [
        ("solved", at("2026-07-04 07:00"), "Yard")
    ]
    assert bring(newer, SMALL_TABLE).counts == counted(unchanged=3)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("05.07.2026 10:00", "01.06.2026 10:00", "closed_at 2026-06-01 08:00 lies before created_at"),
        ("05.07.2026 10:00", "01.07.2026 12:00", "lies before solved_at"),
        ("9,Roof,Offen", "9,Roof,Zu", "is closed, and no column says when"),
        ("9,Roof,Offen", "8,Roof,Offen", "ticket 8 is on line 3 already"),
        ("02.07.2026 08:00", "29.03.2026 02:30", "happens never in Europe/Berlin"),
        ("02.07.2026 08:00", "25.10.2026 02:30", "happens twice in Europe/Berlin"),
        ("02.07.2026 08:00", "", "created_at is empty"),
        ("bo@example.com", "bo@@example", "is no e-mail address"),
        ("Offen", "", "is empty; say in [values.status]"),
    ],
)
def test_a_row_of_a_table_is_rejected_alone(bring: Bring, old: str, new: str, told: str) -> None:
    result = bring(TABLE.replace(old, new), SMALL_TABLE)
    assert (result.counts.created, result.counts.rejected) == (2, 1)
    assert told in rejects(result)[0]["error"]


def test_a_name_that_fits_two_customers_is_not_guessed(desk: Desk, bring: Bring) -> None:
    with desk.change() as change:
        for _ in range(2):
            services.create_customer(change, name="Ann Lee")
    result = bring(LOG)
    assert result.counts == counted(created=1, rejected=6)
    assert "fits 2 customers" in rejects(result)[0]["error"]


def test_a_dry_run_tells_the_same_numbers_and_writes_nothing(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    text = LOG.replace("Mouse,P3", "Mouse,P9") + LOG.splitlines()[1] + "\n"
    tables = ("ticket", "customer", "queue", "agent", "journal", "change", "import_batch")
    before = [tuples(desk, f"SELECT count(*) FROM {name}") for name in tables]
    rehearsed = bring(text, dry_run=True)
    assert [tuples(desk, f"SELECT count(*) FROM {name}") for name in tables] == before
    assert list(tmp_path.glob("*.rejects.csv")) == []
    assert (rehearsed.batch, rehearsed.dry_run) == (None, True)
    assert bring(text).counts == rehearsed.counts


def test_undo_takes_everything_away_and_leaves_what_was_worked_on(desk: Desk, bring: Bring) -> None:
    tables = ("customer", "queue", "agent", "tag", "contact_point")
    before = [tuples(desk, f"SELECT count(*) FROM {name}") for name in tables]
    result = bring(TABLE, SMALL_TABLE)
    with desk.change() as change:
        undone = undo_batch(change, result.batch or 0)
    assert undone.left == []
    assert tuples(desk, "SELECT count(*) FROM ticket") == [(0,)]
    assert [tuples(desk, f"SELECT count(*) FROM {name}") for name in tables] == before
    assert bring(TABLE, SMALL_TABLE).counts == counted(created=3)


def test_the_batch_row_tells_what_the_result_tells(desk: Desk, bring: Bring) -> None:
    result = bring(LOG.replace("Mouse,P3", "Mouse,P9"))
    sql = (
        "SELECT id, kind, source, file_name, rows, created, updated, unchanged, duplicates, rejected, rejects_file, state "
        "FROM import_batch"
    )
    told = result.as_json()
    names = ("rows", "created", "updated", "unchanged", "duplicates", "rejected", "rejects_file")
    assert tuples(desk, sql) == [
        (result.batch, "tickets", "tracker", "tickets.csv", *(told[name] for name in names), "done")
    ]


def test_an_import_cut_short_stays_visible_and_goes_on(
    desk: Desk, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.transfer.tickets.importing.ROWS_AT_ONCE", 1)

    class CutError(Exception):
        pass

    def cut(done: int, total: int | None) -> None:
        if total is not None and done < total:
            raise CutError

    with pytest.raises(CutError):
        _bring_with(desk, LOG, cut)
    assert tuples(desk, "SELECT state, rows, created FROM import_batch") == [("interrupted", 6, 1)]
    assert bring(LOG).counts == counted(created=1, unchanged=6)


def test_a_stopped_import_says_its_number_and_the_rows_that_are_in_the_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.transfer.tickets.importing.ROWS_AT_ONCE", 1)

    def stop(done: int, total: int | None) -> None:
        if total is not None and done < total:
            raise KeyboardInterrupt

    with pytest.raises(ImportStopped) as stopped:
        _bring_with(desk, LOG, stop)
    ((batch, rows),) = tuples(desk, "SELECT id, rows FROM import_batch")
    assert (stopped.value.batch, stopped.value.rows, stopped.value.total) == (batch, rows, 7)


def test_ctrl_c_while_the_file_is_read_once_more_says_what_is_in_the_desk(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.transfer.tickets.importing.ROWS_AT_ONCE", 1)
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    order = TicketImport(path, parse_map(SMALL_LOG))

    def stop(done: int, total: int | None) -> None:
        if total is not None and done < total:
            raise KeyboardInterrupt

    with pytest.raises(ImportStopped) as stopped:
        import_tickets(desk, order, stop)
    batch = left_as_killed(desk, stopped.value.batch)
    with pytest.raises(ImportStopped) as again:
        import_tickets(desk, order, interrupted)
    assert (again.value.batch, again.value.rows, again.value.can_resume) == (batch, stopped.value.rows, True)
    assert state_of(desk, batch) == "interrupted"
    assert import_tickets(desk, order).batch == batch


def _bring_with(desk: Desk, text: str, progress: Callable[[int, int | None], None]) -> ImportResult:
    stream = io.BytesIO(text.encode())
    return import_tickets(desk, TicketImport(None, parse_map(SMALL_LOG), stdin=stream), progress)


def test_a_ticket_of_the_source_that_no_import_made_is_continued_from_what_it_is(
    desk: Desk, bring: Bring
) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Mouse")
        ticket.source, ticket.external_id = "tracker", "B"
        change.record(Event.TICKET_CHANGED, ticket)
    assert bring(LOG).counts == counted(created=1, updated=5, unchanged=1)


def test_imported_subjects_are_found_by_full_text(desk: Desk, bring: Bring) -> None:
    bring(LOG)
    with desk.read() as read:
        sql = f"SELECT external_id FROM ticket WHERE {read.matching('ticket', 'term')}"
        assert read.tuples(sql, {"term": read.search_term("printer")}) == [("A",)]


def test_columns_of_the_map_must_be_in_the_file(bring: Bring, desk: Desk) -> None:
    with pytest.raises(MapError, match=r"'title' is not known\. Did you mean 'titel'"):
        bring(LOG.replace("title", "titel"))
    assert tuples(desk, "SELECT count(*) FROM import_batch") == [(0,)]


def test_rejects_never_replace_the_file_they_come_from(bring: Bring, tmp_path: Path) -> None:
    with pytest.raises(RejectsFileError):
        bring(LOG, rejects=tmp_path / "tickets.csv")


def test_an_agent_may_not_import(desk: Desk, bring: Bring) -> None:
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        bring(LOG)


def test_hostile_text_is_kept_as_it_is(desk: Desk, bring: Bring) -> None:
    hostile = "=cmd|'/c calc'!A1 [@click=app.quit]x[/] \x1b]52;c;QQ==\x07 'robert); --"
    text = LOG.replace("Mouse", f'"{hostile}"')
    assert bring(text).counts.created == 2
    assert tuples(desk, "SELECT subject FROM ticket WHERE external_id = 'B'") == [(hostile,)]


def test_the_organization_of_a_known_customer_comes_along(desk: Desk, bring: Bring) -> None:
    with desk.change() as change:
        services.create_customer(change, name="Ann Lee", email="ann@example.com", organization="Acme")
    bring(TABLE, SMALL_TABLE)
    sql = "SELECT external_id FROM ticket WHERE organization_id IS NOT NULL ORDER BY external_id"
    assert tuples(desk, sql) == [("7",), ("9",)]
    desk.clock.instant += timedelta(days=1)  # type: ignore[attr-defined]
    with desk.change() as change:
        services.edit_customer(change, 1, {"organization": "Other"})
    assert bring(TABLE, SMALL_TABLE).counts == counted(unchanged=3)


def test_a_resolution_that_the_map_does_not_know_costs_no_row_and_is_kept(desk: Desk, bring: Bring) -> None:
    rules = (
        SMALL_LOG.replace("[ticket]", '[ticket]\nresolution = "room"') + '\n[values.resolution]\n"7" = ""\n'
    )
    result = bring(LOG, rules)
    assert result.counts.rejected == 0
    assert any("'8'" in note and "[values.resolution]" in note for note in result.notes)
    ((code, extra),) = tuples(desk, "SELECT resolution_code, extra FROM ticket WHERE external_id = 'A'")
    assert code is None
    assert (json.loads(extra) if isinstance(extra, str) else extra)["room"] == "8"
    again = bring(LOG, rules)
    assert again.counts.unchanged == again.counts.rows
