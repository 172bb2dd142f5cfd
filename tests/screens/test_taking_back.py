"""Taking back by `z`: what is stuck stops nothing for good, and a letter is a draft again just as it was."""

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import TextArea

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.vocabulary import Role
from agentdesk.domain.written import LetterKind, Written
from agentdesk.screens.compose import ComposeScreen
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_compose import kept, opened, ticket, typed
from tests.screens.test_letters import letters
from tests.screens.test_signature import sign
from tests.screens.test_telling import toasts

SIZE = (100, 30)


async def pressed(pilot: Any, key: str) -> str:
    """What the console tells after a key."""
    await pilot.press(key)
    await settled(pilot)
    return " ".join(toasts(pilot))


def stuck_after_a_reply(desk: Desk) -> None:
    """A reply of ana's waits to go out; what she did after it a colleague has changed again."""
    with desk.change() as change:
        services.reply_to_ticket(change, 1001, "On its way")
    with desk.change() as change:
        services.edit_ticket(change, 1003, {"priority": "low"})
    actor, desk.actor = desk.actor, Actor(2, "ben", "Ben", Role.AGENT)
    with desk.change() as change:
        services.edit_ticket(change, 1003, {"priority": "urgent"})
    desk.actor = actor


async def test_a_stuck_change_is_said_once_and_the_next_z_goes_on_to_the_one_before(
    console: Console, desk: Desk
) -> None:
    stuck_after_a_reply(desk)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        told = await pressed(pilot, "z")
        assert told == (
            "T-1003: priority was changed again since. Nothing was taken back. "
            "z again goes on to: reply to T-1001"
        )
        assert len(letters(desk)) == 1
        assert "Took back: reply to T-1001" in await pressed(pilot, "z")
        assert letters(desk) == []
        assert "Did again: reply to T-1001" in await pressed(pilot, "Z")
        assert len(letters(desk)) == 1
        assert "Took back: reply to T-1001" in await pressed(pilot, "z")
    assert ticket(desk, 1003).priority == "urgent"


async def test_after_something_new_what_is_stuck_is_said_again(console: Console, desk: Desk) -> None:
    stuck_after_a_reply(desk)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pressed(pilot, "z")
        with desk.change() as change:
            services.set_tags(change, 1004, add=["new"])
        await pressed(pilot, "m")
        await pressed(pilot, "z")
        await pressed(pilot, "z")
        assert "z again goes on to: reply to T-1001" in await pressed(pilot, "z")


async def test_a_letter_that_was_taken_back_is_the_draft_it_was_and_b_goes_on_with_it(
    console: Console, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "b.pdf"
    file.write_bytes(b"pdf")
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "On its way")
        await pressed(pilot, "f9")
        pilot.app.screen.query_one("#path").value = str(file)
        await pressed(pilot, "enter")
        screen.apply_macro_changes({"wake": "3d", "priority": "low"})
        screen.set_then("pending")
        sent = screen.written
        await pressed(pilot, "f2")
        await pressed(pilot, "y")
        assert ticket(desk).priority == "low"
        for _ in range(2):  # doing it again and taking that back loses nothing either
            told = await pressed(pilot, "z")
            assert told.endswith("the text is your draft again · b goes on with it")
            assert kept(desk).written == sent
            await pressed(pilot, "Z")
            assert kept(desk) is None
        await pressed(pilot, "z")
        await burst(pilot, "b")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert (pilot.app.screen.ticket_id, pilot.app.screen.written) == (1001, sent)
        assert "b.pdf 3 B · wake → Fri 10:00 · priority → low" in seen(pilot)


async def test_b_goes_to_what_was_taken_back_though_it_was_gone_on_with_before(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.save_draft(change, 1002, "half a note", "internal", 1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await typed(pilot, "One")
        await pressed(pilot, "escape")
        await burst(pilot, "b")
        found = pilot.app.screen.ticket_id
        await pressed(pilot, "f2")
        await pressed(pilot, "y")
        await pressed(pilot, "z")
        await burst(pilot, "b")
        assert pilot.app.screen.ticket_id == found


async def test_a_text_that_only_a_macro_said_is_gone_with_it(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        number = services.add_macro(change, name="Late", body="We are late.", shared=True).id or 0
    with desk.change() as change:
        for one in (1001, 1002, 1003, 1004, 1005):
            services.apply_macro(change, number, one, zone=desk.zone)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        told = await pressed(pilot, "z")
    assert "reply to T-1001, reply to T-1002, reply to T-1003 and 2 more." in told
    assert "draft" not in told
    assert [kept(desk, one) for one in (1001, 1002, 1003)] == [None, None, None]


def test_a_letter_made_of_a_macro_in_the_editor_is_a_draft_again(desk: Desk) -> None:
    with desk.change() as change:
        number = services.add_macro(change, name="Late", body="We are late.", shared=True).id or 0
    written = Written("We are late.", then="pending", macros=(number,))
    with desk.change() as change:
        services.send_written(change, 1001, written, then="pending", zone=desk.zone)
    with desk.change() as change:
        assert services.undo_change(change).is_draft
    assert kept(desk).written == written


async def test_a_forward_that_nothing_was_typed_in_is_not_kept_and_says_so(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, kind="forward")
        assert await pressed(pilot, "escape") == "Nothing was kept on T-1001: nothing was typed."
        await opened(pilot, kind="forward")
        await typed(pilot, "help@bank.example")
        assert await pressed(pilot, "escape") == "Draft kept on T-1001; F goes on with it."


async def test_a_draft_is_gone_on_with_at_its_end_above_the_signature(console: Console, desk: Desk) -> None:
    sign(desk)
    with desk.change() as change:
        services.add_article(change, title="Token", body="Sign out first.")
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await typed(pilot, "Hello")
        await pressed(pilot, "f2")
        await pressed(pilot, "y")
        await pressed(pilot, "z")
        await burst(pilot, "b")
        await typed(pilot, "!")
        area = pilot.app.screen.query_one(TextArea)
        assert area.text == "Hello!\n\n-- \nroot\nAcme Support"
        await pressed(pilot, "f6")
        await typed(pilot, "token")
        await settled(pilot)
        await pressed(pilot, "f2")
        assert area.text == "Hello!\n\nSign out first.\n\n-- \nroot\nAcme Support"


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_of_letter_is_the_draft_it_was(desk: Desk, kind: LetterKind) -> None:
    to = "help@bank.example" if kind is LetterKind.FORWARD else ""
    written = Written("Look", kind, to, changes={"priority": "low"})
    with desk.change() as change:
        services.send_written(change, 1001, written, zone=desk.zone)
    with desk.change() as change:
        services.undo_change(change)
    with desk.read() as read:
        from agentdesk.queries.drafts import draft

        found = draft(read, 1001, kind)
    assert found is not None
    assert found.written == written


async def test_the_words_of_a_follow_up_go_and_come_back_with_it(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        services.close_ticket(change, 1024)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        pilot.app.open_ticket(1024)
        await settled(pilot)
        await burst(pilot, "r", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ComposeScreen)
        number = pilot.app.screen.ticket_id
        await typed(pilot, "Once more")
        await pressed(pilot, "escape")
        await pressed(pilot, "escape")
        assert kept(desk, number).body == "Once more"
        assert "your draft there comes back when it is done again" in await pressed(pilot, "z")
        assert kept(desk, number) is None
        await pressed(pilot, "Z")
        assert kept(desk, number).body == "Once more"


async def thrown_away(pilot: Any) -> str:
    await pressed(pilot, "f2")
    await pressed(pilot, "d")
    await pressed(pilot, "tab")
    return await pressed(pilot, "enter")


async def test_z_right_after_discarding_a_draft_brings_it_back_whole_and_touches_no_change(
    console: Console, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "b.pdf"
    file.write_bytes(b"pdf")
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pressed(pilot, "m")
        owner = ticket(desk, pilot.app.screen.table.row.id).assignee
        screen = await opened(pilot)
        await typed(pilot, "On its way")
        await pressed(pilot, "f9")
        pilot.app.screen.query_one("#path").value = str(file)
        await pressed(pilot, "enter")
        written = screen.written
        assert "Discarded reply to T-1001 · z brings it back" in await thrown_away(pilot)
        assert kept(desk) is None
        with desk.read() as read:
            assert read.value("SELECT count(*) FROM blob") == 0
        told = await pressed(pilot, "z")
        assert "Your reply to T-1001 is a draft again · b goes on with it" in told
        assert kept(desk).written == written
        with desk.read() as read:
            assert read.value("SELECT count(*) FROM blob") == 1
        assert "to discard it again" in await pressed(pilot, "Z")
        assert ticket(desk, pilot.app.screen.table.row.id).assignee == owner
        await burst(pilot, "b")
        assert pilot.app.screen.written == written


async def test_after_something_new_z_takes_that_back_and_not_the_discarded_draft(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await typed(pilot, "nonsense")
        await thrown_away(pilot)
        await burst(pilot, "u", *"low", "enter")
        await settled(pilot)
        assert "Took back: " in await pressed(pilot, "z")
        assert kept(desk) is None
