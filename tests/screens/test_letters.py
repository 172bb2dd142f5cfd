"""Letters in the console: to whom, with what, when they leave, and the same in every console of an agent."""

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static, TextArea

from agentdesk.desk import Desk
from agentdesk.domain.written import LetterKind, Written
from agentdesk.queries.outbox import OutboxRow, outbox
from agentdesk.screens.attach import AttachDialog
from agentdesk.screens.compose import ComposeScreen
from agentdesk.screens.letter import begin_letter
from agentdesk.screens.news import look_again
from agentdesk.screens.path_suggester import going_on
from agentdesk.screens.review import ReviewScreen
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_compose import kept, opened, said, ticket, typed

SIZE = (80, 24)


def letters(desk: Desk) -> list[OutboxRow]:
    with desk.read() as read:
        return outbox(read)


def elsewhere(desk: Desk, text: str, known: str) -> str:
    """Another console of the same agent saves."""
    from agentdesk import services

    with desk.change() as change:
        return services.save_draft(change, 1001, text, "public", 1, extra=Written(text).extra(), known=known)


async def test_the_review_says_when_it_leaves_and_the_toast_how_long_it_can_be_taken_back(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await typed(pilot, "On its way")
        await pilot.press("f2")
        await settled(pilot)
        assert "By e-mail, 30 seconds after sending; z takes it back until then" in seen(pilot)
        await pilot.press("s")
        await settled(pilot)
        assert ticket(desk).status == "solved"
        assert "Replied to T-1001 · goes out at 10:00:30 · z takes it back" in seen(pilot)
        assert len(letters(desk)) == 1
        await pilot.press("z")
        await settled(pilot)
    assert letters(desk) == []
    assert kept(desk).body == "On its way"


async def test_a_conversation_is_forwarded_to_whoever_is_named(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "F")
        screen = pilot.app.screen
        assert isinstance(screen, ComposeScreen)
        assert "the customer does not see this" in seen(pilot)
        assert "> " in screen.text
        await pilot.press("f2")
        await settled(pilot)
        assert "The e-mail address is empty." in seen(pilot)
        await typed(pilot, "help@bank.example")
        await pilot.press("f7", "tab", "tab")
        screen.query_one(TextArea).focus()
        await typed(pilot, "Please look")
        await pilot.press("f2")
        await settled(pilot)
        assert "To <help@bank.example>" in seen(pilot)
        assert "The ticket becomes on hold" in seen(pilot)
        await pilot.press("y")
        await settled(pilot)
    number = screen.ticket_id
    last = said(desk, number)[-1]
    assert (last.visibility, last.recipient) == ("internal", "help@bank.example")
    assert last.body.startswith("Please look")
    assert (ticket(desk, number).status, ticket(desk, number).waiting_for) == ("on_hold", "help@bank.example")
    assert [one.to_address for one in letters(desk)] == ["help@bank.example"]


async def test_files_are_attached_listed_kept_and_taken_off(
    console: Console, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "in voice.pdf"
    file.write_bytes(b"%PDF" * 4000)
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press("f9")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, AttachDialog)
        dialog.query_one("#path", Input).value = str(tmp_path / "none.pdf")
        await pilot.press("enter")
        await settled(pilot)
        assert "there is no such file" in seen(pilot).replace("\n", " ")
        dialog.query_one("#path", Input).value = str(file)
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is screen
        assert "in voice.pdf 16 kB" in seen(pilot)
        await screen.keep()
        assert [one.name for one in kept(desk).written.files] == ["in voice.pdf"]
        await pilot.press("f2")
        await settled(pilot)
        assert "in voice.pdf 16 kB" in seen(pilot)
        await pilot.press("e", "f9", "tab", "right", "ctrl+s")
        await settled(pilot)
        assert screen.files == []


def test_a_path_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / ".hidden").touch()
    (tmp_path / "folder" / "file.txt").touch()
    assert going_on(f"{tmp_path}/") == f"{tmp_path}/folder/"
    assert going_on(f"{tmp_path}/folder/f") == f"{tmp_path}/folder/file.txt"
    assert going_on(f"{tmp_path}/nothing") is None
    assert going_on("~nobody-here/x\0") is None


async def test_what_a_macro_sets_is_shown_kept_and_set_with_the_sending_and_gaps_are_named_before(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        screen = await opened(pilot)
        screen.put_text("ab {{customer.name}}")
        await pilot.press("f2", "y")
        await settled(pilot)
        assert "{{customer.name}}: fill it in" in " ".join(seen(pilot).split())
        await pilot.press("e")
        await settled(pilot)
        screen.put_text("ab")
        screen.query_one(TextArea).move_cursor((0, 1))
        screen.insert_at_cursor("--")
        screen.apply_macro_changes({"priority": "low", "tags": ["+vat", "+fee"], "status": "solved"})
        await settled(pilot)
        assert screen.text == "a--b"
        assert "priority → low" in seen(pilot)
        assert screen.written.then == "solved"
        await screen.keep()
        assert kept(desk).written.changes == {"priority": "low", "tags": "+vat,+fee"}
        await pilot.press("f2")
        await settled(pilot)
        assert "priority low, tags +vat,+fee" in seen(pilot)
        await pilot.press("y")
        await settled(pilot)
    after = ticket(desk)
    assert (after.status, after.priority) == ("solved", "low")
    assert {"vat", "fee"} <= set(after.tags)


@pytest.mark.parametrize(("key", "status"), [("s", "solved"), ("o", "open")])
async def test_a_key_that_ends_the_waiting_leaves_out_what_a_macro_sets_for_it(
    console: Console, desk: Desk, key: str, status: str
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        screen.put_text("Done")
        screen.apply_macro_changes({"status": "pending", "wake": "2d", "priority": "low"})
        await pilot.press("f2")
        await settled(pilot)
        assert "Sets     priority low, wake Thu 10:00 unless it is sent as solved or open" in seen(pilot)
        await pilot.press(key)
        await settled(pilot)
        assert "Replied to T-1001; wake not set" in seen(pilot)
    after = ticket(desk)
    assert (after.status, after.priority, after.wake_at) == (status, "low", None)


async def test_the_review_of_a_solving_reply_says_what_is_not_set(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        screen.put_text("Done")
        screen.apply_macro_changes({"wake": "2d"})
        screen.set_then("solved")
        await pilot.press("f2")
        await settled(pilot)
        assert "wake: not set, the ticket is solved" in seen(pilot)


async def test_a_name_in_a_note_that_nobody_has_is_said_before_it_is_sent(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot, kind="note")
        screen.put_text("@ana @nemo look")
        await pilot.press("f2")
        await settled(pilot)
        assert "No agent is called @nemo: nobody is told." in seen(pilot)
        await pilot.press("s")
        await settled(pilot)
        assert "keeps its status with a note: y saves" in seen(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_the_review_of_a_note_says_who_is_told(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        screen = await opened(pilot, kind="note")
        screen.put_text("@Bo please look, @ana too")
        await pilot.press("f2")
        await settled(pilot)
        told = seen(pilot)
    assert "Tells    @bo Bo Larsen" in told
    assert "@ana A" not in told
    assert told.index("Tells    ") < told.index("Nothing else changes")


async def test_a_refused_sending_leaves_its_keys_in_sight(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        screen.put_text("Call {{customer.phone}}.")
        await pilot.press("f2")
        await settled(pilot)
        keys = [str(one.content) for one in pilot.app.screen.query(".review-keys").results(Static)]
        await pilot.press("y")
        await settled(pilot)
        told = seen(pilot)
        assert "Not sent: Nothing was filled in for {{customer.phone}}" in " ".join(told.split())
        assert all(part in told for one in keys for part in one.split("   "))
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_enter_in_the_address_of_a_forwarded_letter_goes_to_the_next_field(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "F")
        assert pilot.app.focused is pilot.app.screen.query_one("#to", Input)
        await burst(pilot, *"a@b.example", "enter")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert pilot.app.focused is not pilot.app.screen.query_one("#to", Input)
        await burst(pilot, "shift+tab")
        assert pilot.app.focused is pilot.app.screen.query_one("#to", Input)


async def test_what_was_refused_of_a_path_is_said_no_more_while_another_is_typed(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        pilot.app.show("attach", [1001])
        await settled(pilot)
        await typed(pilot, "/nowhere/a.pdf")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, AttachDialog)
        refused = str(pilot.app.screen.query_one("#sentence", Static).content)
        assert "nowhere" in refused
        await pilot.press("backspace")
        await settled(pilot)
        assert "Type a path" in str(pilot.app.screen.query_one("#sentence", Static).content)


# Two consoles of one agent.


async def test_what_another_console_wrote_is_shown_where_nothing_was_typed_since(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "one")
        await screen.keep()
        elsewhere(desk, "one, and more", kept(desk).mark)
        pilot.app.reread()
        await settled(pilot)
        assert screen.text == "one, and more"
        assert "as another console of yours left it at 10:00" in seen(pilot)
        await typed(pilot, "!")
        await screen.keep()
    assert (kept(desk).body, kept(desk).others) == ("one, and more!", 0)


async def test_where_both_typed_both_texts_are_kept_and_f5_exchanges_them(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "one")
        await screen.keep()
        mark = kept(desk).mark
        await typed(pilot, " here")
        elsewhere(desk, "one there", mark)
        pilot.app.reread()
        await settled(pilot)
        assert screen.text == "one here"
        assert "another console of yours wrote here at 10:00: both texts are kept" in seen(pilot)
        await screen.keep()
        assert "F5 your other text" in seen(pilot)
        await pilot.press("f5")
        await settled(pilot)
        assert screen.text == "one there"
        assert "your other text, of 10:00" in seen(pilot)
        await pilot.press("f5")
        await settled(pilot)
        assert screen.text == "one here"
        await pilot.press("f2", "y")
        await settled(pilot)
    assert said(desk)[-1].body == "one here"
    assert kept(desk).body == "one there"  # not sent, not lost


async def test_a_reply_that_the_other_console_has_sent_is_not_sent_twice_unseen(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "Done")
        await screen.keep()
        with desk.change() as change:
            services.reply_to_ticket(change, 1001, "Done")
        pilot.app.reread()
        await settled(pilot)
        assert "replied just now: look before you send" in seen(pilot)
        await pilot.press("f2", "y")
        await settled(pilot)
        assert "changed while you wrote" in seen(pilot)
    assert [one.body for one in said(desk)].count("Done") == 1


async def test_what_the_agent_changed_themselves_holds_no_reply_back(console: Console, desk: Desk) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await typed(pilot, "Done")
        with desk.change() as change:
            services.edit_ticket(change, 1001, {"priority": "low"})
        await pilot.press("f2", "y")
        await settled(pilot)
        await settled(pilot)
        assert "changed while you wrote" not in seen(pilot)
    assert [one.body for one in said(desk)].count("Done") == 1


async def test_the_review_repeats_what_was_said_meanwhile_and_a_note_is_saved(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await typed(pilot, "Done")
        with desk.change() as change:
            services.add_note(change, 1001, "Wait")
        pilot.app.reread()
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert "noted just now: look before you send" in seen(pilot)
        assert "y enter Send" in seen(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        await pilot.press("n", *"Yes", "f2")
        await settled(pilot)
        assert "y enter Save" in seen(pilot)


async def test_an_opened_ticket_names_both_texts_that_wait_on_it(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.save_draft(change, 1001, "half a sent", "public", ticket(desk).version)
        services.save_draft(change, 1001, "half a note", "internal", 1)
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "unsent reply of 10:00 · r" in seen(pilot)
        assert "unsent note of 10:00 · n" in seen(pilot)


async def test_unsent_words_are_offered_at_the_start_and_one_key_goes_on_with_each(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.save_draft(change, 1001, "half a sent", "public", ticket(desk).version)
        services.save_draft(change, 1002, "half a note", "internal", 1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        assert "Not sent yet: T-1001, note on T-1002 · b goes on writing" in seen(pilot)
        found: list[Any] = []
        for _ in range(3):
            await burst(pilot, "b")
            assert isinstance(pilot.app.screen, ComposeScreen)
            found.append((pilot.app.screen.ticket_id, pilot.app.screen.text))
            await pilot.press("escape")
            await settled(pilot)
        assert found == [(1001, "half a sent"), (1002, "half a note"), (1001, "half a sent")]


async def test_the_text_of_a_ticket_that_was_closed_stays_and_the_sentence_says_what_to_do(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        screen = await opened(pilot, 1024, kind="forward")
        await typed(pilot, "help@bank.example")
        with desk.change() as change:
            services.close_ticket(change, 1024)
        await pilot.press("f2", "y")
        await settled(pilot)
        await pilot.press("tab", "enter")  # send it anyway
        await settled(pilot)
        assert "T-1024 is closed" in seen(pilot)
        assert pilot.app.screen is screen
        assert screen.query_one("#to", Input).value == "help@bank.example"


def test_a_letter_says_by_which_way_it_leaves(desk: Desk) -> None:
    from agentdesk import services

    assert begin_letter(desk, 1001, "note").leaving() == "Stays here: nothing goes out"
    with desk.change() as change:
        services.edit_customer(change, ticket(desk).customer_id, {"email": None})
        services.set_desk_setting(change, "send_window", "0")
    assert begin_letter(desk, 1001, "reply").leaving().startswith("No e-mail address: nothing goes out")
    assert begin_letter(desk, 1001, "forward").leaving() == "By e-mail, at once"


def test_a_forward_that_was_kept_is_gone_on_with_as_a_forward(desk: Desk) -> None:
    from agentdesk import services

    written = Written("Look", LetterKind.FORWARD, "help@bank.example")
    with desk.change() as change:
        services.save_draft(change, 1001, "Look", "internal", 1, extra=written.extra())
    letter = begin_letter(desk, 1001, "forward")
    assert (letter.kind, letter.written) == (LetterKind.FORWARD, written)
    assert begin_letter(desk, 1001, "reply").written.text == ""


def test_that_a_letter_has_left_is_no_news_while_the_next_one_is_written(desk: Desk, tmp_path: Path) -> None:
    from agentdesk import services
    from agentdesk.channels.hand_over import hand_over_due
    from agentdesk.channels.to_eml import EmlFolder

    with desk.change() as change:
        services.set_desk_setting(change, "mail_from", "support@desk.example")
        services.set_desk_setting(change, "send_window", "0")
        services.reply_to_ticket(change, 1001, "Hello")
    letter = begin_letter(desk, 1001, "reply")
    assert len(list(hand_over_due(desk, EmlFolder(tmp_path / "out")))) == 1
    assert look_again(desk, letter)[0] is None
