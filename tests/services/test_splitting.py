"""What comes out of a ticket and what is tied to it: messages split off, links, follow-ups of closed ones."""

from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.merging import LinkError, subject_of
from agentdesk.models import Attachment, Blob, Message, Ticket, TicketLink
from agentdesk.queries.histories import history
from agentdesk.queries.ticket_detail import messages
from tests.services.test_merging import do, look, new, person


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    """What is done here is the same on both databases."""
    return sqlite_desk


def count(desk: Desk, model: Any) -> int:
    with desk.change() as change:
        return len(change.find_all(model))


def with_file(desk: Desk) -> tuple[int, int]:
    """A ticket whose second message brought a file."""
    ticket = new(desk, "Parcel", person(desk, "Dana Kim"))
    message = do(desk, services.receive_message, ticket, "Hello,\n\nand my lamp flickers\n", channel="email")
    with desk.change() as change:
        change.session.add(Blob(sha256="0" * 64, size=3, data=b"abc"))
        change.session.flush()
        file = {"name": "lamp.jpg", "sha256": "0" * 64, "created_at": change.at, "updated_at": change.at}
        made = change.add(Attachment(message_id=message, ticket_id=ticket, size=3, **file))
        from agentdesk.domain.events import Event

        change.record(Event.MESSAGE_RECEIVED, made)
    return ticket, int(message)


def test_a_split_copies_the_message_with_its_files_and_lets_it_wait_since_it_was_written(desk: Desk) -> None:
    ticket, message = with_file(desk)
    before, wrote = look(desk, ticket), desk.clock.now()
    split = do(desk, services.split_message, ticket, message, subject="Lamp flickers")
    row = look(desk, split)
    assert (row["subject"], row["waiting_since"], row["customer_id"]) == ("Lamp flickers", wrote, 1)
    with desk.read() as read:
        [said] = messages(read, split)
        told = [one.reason for one in history(read, ticket) if one.event == "ticket.split"]
    assert (said.from_id, said.body) == (ticket, "Hello,\n\nand my lamp flickers\n")
    assert told == [f"T-{split}"]
    with desk.change() as change:
        files = change.find_all(Attachment)
        assert [(one.ticket_id, one.sha256) for one in files] == [(ticket, "0" * 64), (split, "0" * 64)]
        [link] = change.find_all(TicketLink)
        assert (link.ticket_id, link.other_id, link.kind) == (split, ticket, "split_from")
    assert look(desk, ticket) == before


def test_a_split_is_taken_back_whole_and_done_again(desk: Desk) -> None:
    ticket, message = with_file(desk)
    before = [count(desk, model) for model in (Ticket, Message, Attachment, TicketLink)]
    do(desk, services.split_message, ticket, message, subject="Lamp")
    do(desk, services.undo_change)
    assert [count(desk, model) for model in (Ticket, Message, Attachment, TicketLink)] == before
    do(desk, services.redo_change)
    assert [count(desk, model) for model in (Ticket, Message, Attachment, TicketLink)] == [
        one + 1 for one in before
    ]


def test_only_what_a_customer_wrote_on_this_ticket_is_split_off(desk: Desk) -> None:
    ticket, message = with_file(desk)
    other = new(desk)
    note = do(desk, services.add_note, ticket, "Hm")
    for where, which, subject, words in (
        (other, message, "Lamp", "was not said on"),
        (ticket, note, "Lamp", "Only what a customer wrote"),
        (ticket, message, " ", "what the new ticket is about"),
    ):
        with pytest.raises(InvalidValueError, match=words):
            do(desk, services.split_message, where, which, subject=subject)


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Hello,\n\nand my lamp flickers", "and my lamp flickers"),
        ("Hi!", "Hi!"),
        ("", ""),
        ("x" * 90, "x" * 79 + "…"),
    ],
)
def test_the_proposed_subject_is_the_first_line_that_is_no_greeting(body: str, subject: str) -> None:
    assert subject_of(body) == subject


def test_a_link_is_made_once_and_reads_from_both_ends(desk: Desk) -> None:
    one, two = new(desk), new(desk)
    do(desk, services.link_tickets, one, two, "caused_by")
    with desk.read() as read:
        assert history(read, one)[-1].reason == f"caused by T-{two}"
        assert history(read, two)[-1].reason == f"cause of T-{one}"
    for first, last, kind, words in (
        (one, two, "caused_by", "is caused by"),
        (two, one, "caused_by", "cannot be both"),
        (one, one, "related", "to itself"),
    ):
        with pytest.raises(LinkError, match=words):
            do(desk, services.link_tickets, first, last, kind)
    do(desk, services.link_tickets, one, two, "related")
    with pytest.raises(LinkError, match=r"related to .* already"):
        do(desk, services.link_tickets, two, one, "related")
    with pytest.raises(InvalidValueError):
        do(desk, services.link_tickets, one, two, "friends")


def test_links_are_taken_away_and_come_back_with_an_undo(desk: Desk) -> None:
    one, two = new(desk), new(desk)
    do(desk, services.link_tickets, one, two, "related")
    do(desk, services.link_tickets, two, one, "caused_by")
    do(desk, services.unlink_tickets, one, two, "related")
    assert count(desk, TicketLink) == 1
    do(desk, services.unlink_tickets, one, two)
    assert count(desk, TicketLink) == 0
    do(desk, services.undo_change)
    assert count(desk, TicketLink) == 1
    do(desk, services.unlink_tickets, one, two)
    with pytest.raises(LinkError, match="are not linked"):
        do(desk, services.unlink_tickets, one, two)


def test_a_closed_ticket_takes_links_and_an_agents_follow_up(desk: Desk) -> None:
    ticket = new(desk, "Parcel", person(desk, "Dana Kim"))
    with pytest.raises(InvalidValueError, match="write on the ticket itself"):
        do(desk, services.follow_up_ticket, ticket)
    do(desk, services.solve_ticket, ticket)
    do(desk, services.close_ticket, ticket)
    do(desk, services.link_tickets, ticket, new(desk))
    follow = look(desk, do(desk, services.follow_up_ticket, ticket, subject="The refund"))
    assert (follow["follow_up_of_id"], follow["subject"], follow["assignee_id"], follow["status"]) == (
        *(ticket, "The refund", 1),
        "open",
    )
    do(desk, services.undo_change)
    with desk.change() as change:
        assert change.find(Ticket, Ticket.follow_up_of_id == ticket) is None


def test_a_merged_ticket_is_followed_up_on_its_target(desk: Desk) -> None:
    into, source = new(desk), new(desk)
    do(desk, services.merge_tickets, [source], into)
    with pytest.raises(InvalidValueError, match=f"part of T-{into}: write there"):
        do(desk, services.follow_up_ticket, source)
