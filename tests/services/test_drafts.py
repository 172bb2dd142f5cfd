"""What is typed on a ticket is kept once for each agent, and no console overwrites what another one wrote unread."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.written import KeptFile, LetterKind, Written
from agentdesk.queries.drafts import DraftRow, draft
from agentdesk.services.attachments import FileRefusedError
from tests.services.test_statuses import opened


def save(desk: Desk, ticket: int, text: str, known: str | None) -> str:
    with desk.change() as change:
        return services.save_draft(
            change, ticket, text, "public", 1, extra=Written(text).extra(), known=known
        )


def kept(desk: Desk, ticket: int) -> DraftRow | None:
    with desk.read() as read:
        return draft(read, ticket)


def turn(desk: Desk, ticket: int) -> bool:
    with desk.change() as change:
        return services.turn_draft(change, ticket)


def texts(desk: Desk, ticket: int) -> set[str]:
    found = kept(desk, ticket)
    return set() if found is None else {found.body, *(one["body"] for one in found.extra["others"])}


def test_a_draft_keeps_the_whole_letter(desk: Desk) -> None:
    ticket = opened(desk)
    written = Written(
        "Please look", LetterKind.FORWARD, "a@b.example", "on_hold", "", {"priority": "high"},
        (KeptFile("a.pdf", "0" * 64, 4, "application/pdf"),),
    )  # fmt: skip
    with desk.change() as change:
        services.save_draft(change, ticket, written.text, "internal", 1, extra=written.extra())
    found = kept(desk, ticket)
    assert found is not None
    assert found.written == written


def test_who_saves_without_knowing_the_last_text_keeps_it_beside(desk: Desk) -> None:
    ticket = opened(desk)
    first = save(desk, ticket, "one", "")
    save(desk, ticket, "one and two", first)  # console A goes on
    assert kept(desk, ticket).others == 0  # type: ignore[union-attr]
    save(desk, ticket, "one or else", first)  # console B has not seen it
    found = kept(desk, ticket)
    assert found is not None
    assert (found.body, found.others) == ("one or else", 1)
    assert turn(desk, ticket)
    assert kept(desk, ticket).body == "one and two"  # type: ignore[union-attr]
    assert turn(desk, ticket)
    assert kept(desk, ticket).body == "one or else"  # type: ignore[union-attr]


def test_an_empty_text_does_not_drop_what_another_console_wrote(desk: Desk) -> None:
    ticket = opened(desk)
    save(desk, ticket, "one", "")
    assert save(desk, ticket, " ", "another mark") == ""
    assert kept(desk, ticket).body == "one"  # type: ignore[union-attr]


def test_what_is_said_is_no_draft_and_any_other_text_still_is(desk: Desk) -> None:
    ticket = opened(desk)
    save(desk, ticket, "one", "")
    save(desk, ticket, "two", "another mark")
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "two")
    assert texts(desk, ticket) == {"one"}
    with desk.change() as change:
        services.add_note(change, ticket, "by the command line")
    assert texts(desk, ticket) == {"one"}
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "one")
    assert kept(desk, ticket) is None


Deeds = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["type", "look", "turn"]), st.booleans()), max_size=14
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(deeds=[("A", "type", False), ("B", "type", False), ("A", "type", True), ("A", "type", False)])
@given(deeds=Deeds)
def test_no_text_is_lost_however_two_consoles_take_turns(sqlite_desk: Desk, deeds: Any) -> None:
    with sqlite_desk.change() as change:
        made = services.create_ticket(change, subject="No login")
    assert made.id is not None
    ticket = made.id
    marks, seen = {"A": "", "B": ""}, {"A": "", "B": ""}
    alive: set[str] = set()
    for number, (console, deed, goes_on) in enumerate(deeds):
        found = kept(sqlite_desk, ticket)
        if deed == "type":  # goes on from what it sees
            is_its_own = goes_on or (found is not None and found.mark == marks[console])
            alive -= {seen[console]} if is_its_own else set()  # what goes on from a text holds it
            seen[console] = f"{seen[console] if goes_on else ''}{number}{console} "
            marks[console] = save(sqlite_desk, ticket, seen[console], marks[console])
            alive.add(seen[console])
        else:
            if deed == "turn":
                turn(sqlite_desk, ticket)
            if (found := kept(sqlite_desk, ticket)) is not None:
                marks[console], seen[console] = found.mark, found.body
        held = texts(sqlite_desk, ticket)
        assert all(any(text.startswith(one) for text in held) for one in alive)


def with_file(desk: Desk, ticket: int, file: KeptFile | None, text: str = "See here") -> None:
    written = Written(text, files=() if file is None else (file,))
    with desk.change() as change:
        services.save_draft(change, ticket, written.text, "public", 1, extra=written.extra())


def a_file(desk: Desk, data: bytes = b"%PDF") -> KeptFile:
    with desk.change() as change:
        return services.keep_content(change, "invoice.pdf", data)


def contents(desk: Desk) -> int:
    with desk.read() as read:
        return int(read.value("SELECT count(*) FROM blob") or 0)


def test_files_of_a_discarded_draft_and_files_taken_off_are_forgotten(desk: Desk) -> None:
    ticket = opened(desk)
    with_file(desk, ticket, a_file(desk))
    assert contents(desk) == 1
    with_file(desk, ticket, None)
    assert contents(desk) == 0
    with_file(desk, ticket, a_file(desk))
    with_file(desk, ticket, None, text="")
    assert (contents(desk), kept(desk, ticket)) == (0, None)


def test_a_file_that_another_draft_or_a_message_goes_with_stays(desk: Desk) -> None:
    ticket, file = opened(desk), a_file(desk)
    with desk.change() as change:
        other = services.create_ticket(change, subject="Plate").id or 0
    with_file(desk, ticket, file)
    with_file(desk, other, file)
    with_file(desk, ticket, None, text="")
    assert contents(desk) == 1
    with desk.change() as change:
        services.reply_to_ticket(change, other, "See here", files=(file,))
    assert contents(desk) == 1


def test_a_letter_that_was_taken_back_and_discarded_can_be_sent_again(desk: Desk) -> None:
    ticket, file = opened(desk), a_file(desk)
    with_file(desk, ticket, file)
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "See here", files=(file,))
    with desk.change() as change:
        services.undo_change(change)
    with_file(desk, ticket, None, text="")
    assert contents(desk) == 1
    with desk.change() as change:
        services.redo_change(change)
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM attachment") == 1


def test_a_file_that_is_gone_is_named_when_it_is_sent(desk: Desk) -> None:
    ticket, file = opened(desk), a_file(desk)
    with_file(desk, ticket, file)
    with_file(desk, ticket, None, text="")
    with pytest.raises(FileRefusedError, match="attach it again"), desk.change() as change:
        services.reply_to_ticket(change, ticket, "See here", files=(file,))


def test_a_draft_goes_with_a_ticket_whose_opening_is_taken_back_and_comes_back_with_it(desk: Desk) -> None:
    ticket, file = opened(desk), a_file(desk)
    with_file(desk, ticket, file, text="Dear Dana")
    before = kept(desk, ticket)
    for _ in range(2):
        with desk.change() as change:
            assert "your draft there comes back" in services.undo_change(change).sentence
        assert kept(desk, ticket) is None
        with desk.change() as change:
            services.redo_change(change)
        assert kept(desk, ticket) == before
    with desk.change() as change:
        services.reply_to_ticket(change, ticket, "Dear Dana", files=(file,))
    assert kept(desk, ticket) is None
