"""The one way to write: journal, guard, versions, conflicts, derived rows."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import ConflictError, InvalidValueError, UnrecordedChangeError
from agentdesk.domain.events import Event
from agentdesk.models import Ticket
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import by_ids, ids
from agentdesk.store.change import Change
from tests.conftest import open_desk


def journal(desk: Desk, entity: str = "ticket") -> list[tuple[str, str, str]]:
    with desk.read() as read:
        sql = "SELECT event, before, after FROM journal WHERE entity = :entity ORDER BY id"
        return [(event, before, after) for event, before, after in read.tuples(sql, {"entity": entity})]


def new_ticket(desk: Desk, subject: str = "Cup is broken", **fields: object) -> int:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject=subject, **fields)
    assert ticket.id is not None
    return ticket.id


def test_every_field_is_journaled_before_and_after(desk: Desk) -> None:
    ticket = new_ticket(desk)
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "urgent", "category": "hardware"})
    event, before, after = journal(desk)[-1]
    load = (lambda v: v) if isinstance(before, dict) else __import__("json").loads
    assert event == "ticket.changed"
    assert load(before) == {"priority": "normal", "category": ""}
    assert load(after) == {"priority": "urgent", "category": "hardware"}


def test_rows_without_an_event_fail_and_leave_nothing(desk: Desk) -> None:
    ticket = new_ticket(desk)
    with pytest.raises(UnrecordedChangeError, match="ticket"), desk.change() as change:
        change.get(Ticket, ticket).subject = "changed behind the journal's back"
    with desk.read() as read:
        assert read.value("SELECT subject FROM ticket") == "Cup is broken"


def test_a_stale_hand_is_told_who_changed_what(desk: Desk) -> None:
    ticket = new_ticket(desk)
    with desk.read() as read:
        seen = read.value("SELECT version FROM ticket")
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
    with pytest.raises(ConflictError) as refused, desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "low"}, expected_version=seen)
    assert refused.value.who == "Ana"
    assert [(c.field, c.before, c.after) for c in refused.value.changes] == [("priority", "normal", "high")]


def edit_and_fail(change: Change, ticket: int) -> None:
    services.edit_ticket(change, ticket, {"priority": "high"})
    services.edit_ticket(change, ticket, {"priority": "no such word"})


def test_an_error_in_the_middle_leaves_nothing_behind(desk: Desk) -> None:
    ticket = new_ticket(desk)
    with pytest.raises(InvalidValueError), desk.change() as change:
        edit_and_fail(change, ticket)
    with desk.read() as read:
        assert read.value("SELECT priority FROM ticket") == "normal"
        assert read.value("SELECT count(*) FROM journal WHERE event = 'ticket.changed'") == 0


def test_what_follows_from_a_ticket_is_kept_with_it(desk: Desk) -> None:
    due = desk.clock.now() + timedelta(hours=1)
    ticket = new_ticket(desk, due_at=due, tags=["VAT", "refund"])
    with desk.read() as read:
        row = read.tuples("SELECT is_open, priority_rank, attention_key FROM ticket")[0]
        assert (bool(row[0]), row[1], row[2][:14]) == (True, 3, "20260303093000")
        assert read.tuples("SELECT name FROM tag ORDER BY name") == [("refund",), ("vat",)]
    with desk.change() as change:
        services.solve_ticket(change, ticket)
    with desk.read() as read:
        assert not read.value("SELECT is_open FROM ticket")


def test_the_summary_names_the_first_event_unless_told(desk: Desk) -> None:
    new_ticket(desk)
    with desk.read() as read:
        assert read.value("SELECT summary FROM change ORDER BY id DESC LIMIT 1") == Event.TICKET_CREATED


def test_text_is_found_as_soon_as_it_is_written_and_no_longer_when_it_changed(desk: Desk) -> None:
    ticket = new_ticket(desk, subject="Espresso leaks")

    def found(word: str) -> bool:
        with desk.read() as read:
            sql = f"SELECT count(*) FROM ticket WHERE {read.matching('ticket', 'word')}"
            return bool(read.value(sql, {"word": read.search_term(word)}))

    assert found("espresso")
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"subject": "Grinder hums"})
    assert (found("espresso"), found("grinder"), found("grin*"), found('"')) == (False, True, True, False)


def test_a_row_that_moved_on_after_it_was_found_is_locked_as_it_is_now(
    postgres_place: str, clock: FixedClock
) -> None:
    desk = open_desk(postgres_place, clock)
    try:
        number = new_ticket(desk)
        with desk.change() as slow:
            found = slow.find(Ticket, Ticket.id == number)
            with desk.change() as quick:
                services.edit_ticket(quick, number, {"priority": "urgent"})
            assert slow.get(Ticket, number) is found
            services.edit_ticket(slow, number, {"category": "hardware"})
        with desk.read() as read:
            row = read.tuples("SELECT priority, category FROM ticket WHERE id = :id", {"id": number})
        assert list(map(tuple, row)) == [("urgent", "hardware")]
    finally:
        desk.close()


def test_a_reader_of_a_change_sees_what_is_not_committed_yet(desk: Desk) -> None:
    ticket = new_ticket(desk, "Cup is broken")
    with desk.change() as change:
        change.get(Ticket, ticket).subject = "Plate is broken"
        other = services.create_ticket(change, subject="Glass is broken").id
        read = change.reader()
        assert read.tuples("SELECT subject FROM ticket ORDER BY id") == [
            ("Plate is broken",),
            ("Glass is broken",),
        ]
        assert (read.now, read.agent_id) == (change.at, None)
        found = by_ids(read, [other])[0]
        assert (found.created_at, found.tags) == (change.at, ())
        with desk.read() as outside:
            assert outside.value("SELECT count(*) FROM ticket") == 1
        change.record(Event.TICKET_CHANGED, change.get(Ticket, ticket))


def test_a_reader_of_a_change_finds_its_words(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="x", body="The saucer is broken")
        read = change.reader()
        where = compile_query(read, "saucer", ZoneInfo("UTC")).where
        assert ids(read, where) == [ticket.id]
