"""What is said to somebody outside is queued to go out with the saying of it, and goes back with it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError
from agentdesk.domain.written import KeptFile, LetterKind, Written
from agentdesk.queries.drafts import draft
from agentdesk.queries.outbox import OutboxRow, outbox
from agentdesk.services.attachments import FileRefusedError, read_file
from tests.services.test_statuses import look


def ticket_of(desk: Desk, email: str | None = "Dana@Hooli.example") -> int:
    with desk.change() as change:
        customer = services.create_customer(change, name="Dana Kim", email=email)
        ticket = services.create_ticket(change, subject="No parcel", body="Where?", customer_id=customer.id)
    assert ticket.id is not None
    return ticket.id


def queued(desk: Desk) -> list[OutboxRow]:
    with desk.read() as read:
        return outbox(read)


def send(desk: Desk, ticket: int, written: Written, **named: Any) -> int | None:
    with desk.change() as change:
        services.send_written(change, ticket, written, zone=desk.zone, **named)
    return change.id


def count(desk: Desk, table: str) -> int:
    with desk.read() as read:
        return int(read.value(f"SELECT count(*) FROM {table}"))


def keep(desk: Desk, name: str = "../a b.pdf", data: bytes = b"%PDF") -> KeptFile:
    with desk.change() as change:
        return services.keep_content(change, name, data)


def test_a_reply_is_queued_for_its_window_in_the_same_change(desk: Desk) -> None:
    ticket = ticket_of(desk)
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "On its way.")
    [row] = queued(desk)
    assert (row.to_address, row.to_name, row.subject) == (
        "dana@hooli.example",
        "Dana Kim",
        "Re: No parcel [T-1001]",
    )
    assert (row.state, row.release_at) == ("queued", desk.clock.now() + timedelta(seconds=30))
    assert change.goes_out_at == row.release_at
    assert row.key.endswith("@agentdesk.invalid")
    assert {line["event"] for line in change.journal if line["entity"] == "outbox"} == {"message.replied"}


def test_the_key_has_the_domain_of_the_desk_and_no_two_letters_share_one(desk: Desk) -> None:
    ticket = ticket_of(desk)
    for number, (name, value) in enumerate(
        [("mail_from", "help@desk.example"), ("mail_domain", "mail.desk.example"), ("send_window", "0")]
    ):
        with desk.change() as change:
            services.set_desk_setting(change, name, value)
            services.reply_to_ticket(change, ticket, f"{number}")
    rows = sorted(queued(desk), key=lambda row: row.id)
    assert [row.key.partition("@")[2] for row in rows] == ["desk.example", *["mail.desk.example"] * 2]
    assert len({row.key for row in rows}) == 3
    assert rows[-1].release_at == desk.clock.now()


def test_a_reply_that_goes_out_is_said_by_e_mail_whichever_way_the_customer_came(desk: Desk) -> None:
    with desk.change() as change:
        for address in ("dana@hooli.example", None):
            customer = services.create_customer(change, name="Dana Kim", email=address)
            ticket = services.create_ticket(
                change, subject="No parcel", body="Where?", customer_id=customer.id, channel="web"
            )
            services.reply_to_ticket(change, ticket.id, "Tomorrow.")
    with desk.read() as read:
        sql = "SELECT author_kind, channel FROM message WHERE visibility = 'public' ORDER BY id"
        said = list(read.tuples(sql))
    assert said == [("customer", "web"), ("agent", "email"), ("customer", "web"), ("agent", "web")]


@pytest.mark.parametrize("email", [None, ""])
def test_a_customer_without_an_address_gets_no_letter(desk: Desk, email: str | None) -> None:
    ticket = ticket_of(desk, email)
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "On its way.")
        services.add_note(change, ticket, "Called.")
    assert queued(desk) == []
    assert change.goes_out_at is None


def test_what_the_desk_writes_by_itself_goes_out_too_and_a_note_does_not(desk: Desk) -> None:
    ticket = ticket_of(desk)
    with desk.change() as change:
        services.send_automatic_message(change, ticket, "We have your message.")
        services.add_note(change, ticket, "Called.")
    assert len(queued(desk)) == 1


def test_a_forwarded_letter_goes_to_the_third_party_and_stops_nothing(desk: Desk) -> None:
    ticket = ticket_of(desk)
    before = look(desk, ticket)
    with desk.change() as change:
        message = services.forward_ticket(change, ticket, "Please look.", to=" Repairs@Partner.example ")
        told = (message.recipient, message.visibility, message.channel)
    after = look(desk, ticket)
    assert told == ("repairs@partner.example", "internal", "email")
    assert (after.status, after.waiting_since, after.reply_count) == (before.status, before.waiting_since, 0)
    [row] = queued(desk)
    assert (row.to_address, row.subject) == ("repairs@partner.example", "Fwd: No parcel [T-1001]")
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM journal WHERE event = 'message.forwarded' AND is_main") == 1
    with desk.change() as change:
        assert "forward of T-1001; the text is your draft again" in services.undo_change(change).sentence
    assert queued(desk) == []
    with desk.read() as read:
        found = draft(read, ticket)
    assert found is not None
    assert (found.written.kind, found.written.to) == (LetterKind.FORWARD, "repairs@partner.example")


def test_a_forwarded_letter_can_put_the_ticket_on_hold_for_its_reader(desk: Desk) -> None:
    ticket = ticket_of(desk)
    send(desk, ticket, Written("Look", LetterKind.FORWARD, to="a@b.example"), then="on_hold")
    assert (look(desk, ticket).status, look(desk, ticket).waiting_for) == ("on_hold", "a@b.example")


@pytest.mark.parametrize("to", ["", "nobody", "a@b.example\r\nBcc: c@d.example"])
def test_a_forwarded_letter_needs_an_address(sqlite_desk: Desk, to: str) -> None:
    ticket = ticket_of(sqlite_desk)
    with pytest.raises(InvalidValueError), sqlite_desk.change() as change:
        services.forward_ticket(change, ticket, "Look", to=to)


def test_nothing_is_forwarded_from_a_closed_ticket(sqlite_desk: Desk) -> None:
    ticket = ticket_of(sqlite_desk)
    with sqlite_desk.change() as change:
        services.solve_ticket(change, ticket)
        services.close_ticket(change, ticket)
    with pytest.raises(InvalidTransitionError, match="follow-up"), sqlite_desk.change() as change:
        services.forward_ticket(change, ticket, "Look", to="a@b.example")


def test_what_a_macro_sets_is_set_with_the_sending_and_taken_back_with_it(desk: Desk) -> None:
    ticket = ticket_of(desk)
    send(desk, ticket, Written("Done", changes={"priority": "high", "tags": "+vat"}), then="solved")
    after = look(desk, ticket)
    assert (after.priority, after.tags, after.status) == ("high", ["vat"], "solved")
    with desk.change() as change:
        services.undo_change(change)
    after = look(desk, ticket)
    assert (after.priority, after.tags, after.status) == ("normal", [], "new")


def test_files_go_with_a_reply_and_are_in_the_draft_again_once_it_is_taken_back(desk: Desk) -> None:
    ticket = ticket_of(desk)
    file, same = keep(desk), keep(desk, "b.pdf")
    assert (file.name, file.media_type, file.sha256) == ("a b.pdf", "application/pdf", same.sha256)
    assert count(desk, "blob") == 1
    send(desk, ticket, Written("Here", files=(file, same)))
    assert count(desk, "attachment") == 2
    for turn, left in ((services.undo_change, 0), (services.redo_change, 2), (services.undo_change, 0)):
        with desk.change() as change:
            turn(change)
        assert count(desk, "attachment") == left
    with desk.read() as read:
        found = draft(read, ticket)
    assert found is not None
    assert found.written.files == (file, same)


def test_more_than_a_mail_takes_is_refused(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("agentdesk.services.attachments.LARGEST", 10)
    ticket = ticket_of(sqlite_desk)
    with pytest.raises(FileRefusedError, match=r"a\.bin.*11 B; a mail takes 10 B"):
        keep(sqlite_desk, "a.bin", b"x" * 11)
    files = (keep(sqlite_desk, "a.bin", b"123456"), keep(sqlite_desk, "b.bin", b"1234567"))
    with pytest.raises(FileRefusedError, match=r"all files have 13 B"):
        send(sqlite_desk, ticket, Written("x", files=files))
    (tmp_path / "large").write_bytes(b"x" * 11)
    (tmp_path / "empty").touch()
    for name, why in (
        ("large", "11 B"),
        ("empty", "empty"),
        (".", "folder"),
        ("none", "no such"),
        ("a\0", ""),
    ):
        with pytest.raises(FileRefusedError, match=f"cannot be attached: .*{why}"):
            read_file(tmp_path / name)


def test_a_note_that_names_agents_tells_them_and_undo_takes_it_back(desk: Desk) -> None:
    ticket = ticket_of(desk)
    with desk.change() as change:
        services.add_note(change, ticket, "@Ben, @lea: see ana@desk.example. @nobody @ana @ben")
    with desk.read() as read:
        named = read.tuples("SELECT agent_id FROM mention ORDER BY agent_id")
        told = read.tuples("SELECT agent_id, kind FROM notice ORDER BY agent_id")
    assert named == [(1,), (2,), (4,)]
    assert told == [(2, "mention"), (4, "mention")]
    with desk.change() as change:
        services.undo_change(change)
    assert (count(desk, "mention"), count(desk, "notice")) == (0, 0)
