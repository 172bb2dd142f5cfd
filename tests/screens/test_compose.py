"""Writing: nothing typed is lost, nothing is sent unseen, nothing goes to a ticket that has changed unseen."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import TextArea

from agentdesk.desk import Desk
from agentdesk.queries.drafts import drafts
from agentdesk.screens.compose import ComposeScreen
from agentdesk.screens.external_editor import EditorError, edit_outside, editor_command
from agentdesk.screens.follow_up import FollowUpDialog
from agentdesk.screens.letter import statuses_after
from agentdesk.screens.macro_preview import MacroUse
from agentdesk.screens.presence import Presence
from agentdesk.screens.review import ReviewScreen
from agentdesk.services import add_macro, set_status
from tests.screens.sight import Console, burst, seen, settled


async def opened(pilot: Any, ticket_id: int = 1001, **named: Any) -> ComposeScreen:
    await settled(pilot)
    pilot.app.show("compose", [ticket_id], **named)
    await settled(pilot)
    assert isinstance(pilot.app.screen, ComposeScreen)
    return pilot.app.screen


async def typed(pilot: Any, text: str) -> None:
    for sign in text:
        await pilot.press("space" if sign == " " else "enter" if sign == "\n" else sign)
    await pilot.pause()


def said(desk: Desk, ticket_id: int = 1001) -> list[Any]:
    from agentdesk.queries.ticket_detail import messages

    with desk.read() as read:
        return messages(read, ticket_id)


def kept(desk: Desk, ticket_id: int = 1001) -> Any:
    from agentdesk.queries.drafts import draft

    with desk.read() as read:
        return draft(read, ticket_id)


def ticket(desk: Desk, ticket_id: int = 1001) -> Any:
    from agentdesk.queries.ticket_detail import ticket_detail

    with desk.read() as read:
        return ticket_detail(read, ticket_id)


async def test_a_reply_is_reviewed_sent_and_sets_the_status(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert "public: the customer reads this" in seen(pilot)
        assert "To Marta Ilić <marta@acme.example>" in seen(pilot)
        await typed(pilot, "On its way")
        await pilot.press("f2")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "The ticket becomes pending" in seen(pilot)
        assert said(desk)[-1].body != "On its way"
        await pilot.press("y")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, ComposeScreen)
    assert said(desk)[-1].body == "On its way"
    assert ticket(desk).status == "pending"
    assert kept(desk) is None


async def test_the_review_of_a_long_text_keeps_its_facts_and_keys_in_sight(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        screen.put_text("\n".join(f"Line {at} of a long answer." for at in range(60)))
        screen.apply_macro_changes({"tags": ["+vat", "+fee"], "priority": "low"})
        await pilot.press("f2")
        await settled(pilot)
        told = seen(pilot)
        assert "look once more" in told
        assert "Line 0" in told
        assert all(label in told for label in ("Then", "Sets", "Leaves", "Length"))
        assert all(label in told for label in ("y enter Send", "s Send, solved", "p Postpone", "d Discard"))
        await pilot.press("end")
        await settled(pilot)
        assert "Line 59" in seen(pilot)
        assert "d Discard" in seen(pilot)


async def test_a_note_is_marked_as_internal_and_changes_no_status(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, kind="note")
        assert "the customer never sees this" in seen(pilot)
        assert "After sending" not in seen(pilot)
        assert screen.has_class("-internal")
        await typed(pilot, "same as T-7")
        await pilot.press("ctrl+s", "enter")
        await settled(pilot)
    assert said(desk)[-1].visibility == "internal"
    assert ticket(desk).status == "open"


async def test_nothing_is_not_sent(console: Console, desk: Desk) -> None:
    before = len(said(desk))
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await typed(pilot, "  ")
        await pilot.press("f2")
        await settled(pilot)
        assert "nothing to send yet" in seen(pilot)
        assert isinstance(pilot.app.screen, ComposeScreen)
    assert len(said(desk)) == before


async def test_f1_explains_the_keys_and_the_text_waits(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        footer = seen(pilot).splitlines()[-1]
        assert all(key in footer for key in ("F1 Help", "F2 Review", "F6 Macro", "F9 Attach", "esc Keep"))
        await typed(pilot, "Half a")
        await pilot.press("f1")
        await settled(pilot)
        assert "Attach a file, or take one off" in seen(pilot)
        Presence(pilot.app).look()
        await pilot.press("escape")
        await typed(pilot, " word")
        assert pilot.app.screen is screen
        assert screen.text == "Half a word"


async def test_f7_walks_through_what_happens_after_sending(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await typed(pilot, "done")
        await pilot.press("f7", "f7")
        assert "set to solved" in seen(pilot)
        await pilot.press("f2", "y")
        await settled(pilot)
    assert ticket(desk).status == "solved"


async def test_on_hold_asks_for_the_party(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await typed(pilot, "we ask")
        await pilot.press("f7", "f2")
        await settled(pilot)
        assert "Name the party" in seen(pilot)
        await typed(pilot, "the bank")
        await pilot.press("f2", "y")
        await settled(pilot)
    assert (ticket(desk).status, ticket(desk).waiting_for) == ("on_hold", "the bank")


async def test_a_ticket_that_is_on_hold_already_is_not_asked_for_the_party_again(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        set_status(change, 1001, "on_hold", waiting_for="the bank")
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert "leave it on hold" in seen(pilot)
        await typed(pilot, "ok")
        await pilot.press("f2")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        await pilot.press("y")
        await settled(pilot)
    assert (ticket(desk).status, ticket(desk).waiting_for) == ("on_hold", "the bank")


async def test_what_is_typed_is_kept_and_offered_again(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "half a sent")
        await screen.keep()
        assert kept(desk).body == "half a sent"
        assert "draft saved 10:00" in seen(pilot)
        await typed(pilot, "ence")
        await pilot.press("escape")
        await settled(pilot)
    assert kept(desk).body == "half a sentence"
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        assert screen.text == "half a sentence"
        assert "draft of 10:00" in seen(pilot)


async def test_leaving_the_console_at_once_keeps_what_was_typed(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await typed(pilot, "mid")
        await pilot.press("ctrl+q")
    assert kept(desk).body == "mid"


async def test_a_draft_with_an_empty_placeholder_says_so_at_once(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        screen.put_text("Order {{order}} is on its way")
        await pilot.press("escape")
        await settled(pilot)
        await opened(pilot)
        assert "{{order}} has no value · tab goes there" in seen(pilot)


async def test_an_unsent_note_waits_beside_a_reply_and_is_never_offered_as_one(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.save_draft(change, 1001, "she is difficult", "internal", ticket(desk).version)
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, kind="reply")
        assert not screen.is_internal
        assert screen.text == ""
        await typed(pilot, "Good morning")
        await screen.keep()
    with desk.read() as read:
        kept = {one.written.kind.value: one.body for one in drafts(read)}
    assert kept == {"note": "she is difficult", "reply": "Good morning"}


async def test_a_ticket_that_changed_holds_the_reply_back_until_the_agent_says_so(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "Hello")
        with desk.change() as change:
            services.receive_message(change, 1001, "Forget it, I found it")
        await pilot.press("f2", "y")
        await settled(pilot)
        assert "changed while you wrote" in seen(pilot)
        assert "Forget it, I found it" in seen(pilot)
        assert said(desk)[-1].body == "Forget it, I found it"
        await pilot.press("escape")
        await settled(pilot)
        assert screen.text == "Hello"
        assert kept(desk).body == "Hello"
        await pilot.press("f2", "y")
        await settled(pilot)
        await pilot.press("tab", "enter")
        await settled(pilot)
    assert said(desk)[-1].body == "Hello"


async def test_discard_asks_and_then_drops_the_draft(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "nonsense")
        await screen.keep()
        await pilot.press("f2", "d")
        await settled(pilot)
        assert "Discard what you wrote?" in seen(pilot)
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, ComposeScreen)
    assert kept(desk) is None


async def test_edit_and_postpone_lead_back(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "wait")
        await pilot.press("f2", "e")
        await settled(pilot)
        assert pilot.app.screen is screen
        await pilot.press("f2", "p")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, ComposeScreen)
    assert kept(desk).body == "wait"


@pytest.mark.parametrize("kind", ["reply", "note"])
async def test_words_for_a_closed_ticket_go_into_its_follow_up_before_they_are_written(
    console: Console, desk: Desk, kind: str
) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.close_ticket(change, 1024)
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        pilot.app.open_ticket(1024)
        await settled(pilot)
        await pilot.press(kind[0])
        await settled(pilot)
        assert isinstance(pilot.app.screen, FollowUpDialog)
        assert "T-1024 is closed" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen.acting_on() == [1024]


async def test_a_ticket_closed_meanwhile_refuses_the_reply_and_the_text_stays(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    async with console().run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, 1024)
        await typed(pilot, "Hello again")
        with desk.change() as change:
            services.close_ticket(change, 1024)
        await pilot.press("f2", "y")
        await settled(pilot)
        await pilot.press("escape")
        assert pilot.app.screen is screen
        assert screen.text == "Hello again"
        await pilot.press("escape")
        await settled(pilot)
        screen = await opened(pilot, 1024)
        assert "the ticket is closed: copy it into a new one, or discard it" in seen(pilot)
        assert "choose" not in seen(pilot)
        assert screen.text == "Hello again"


async def test_the_own_editor_changes_the_text_and_undo_takes_it_back(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def runner(command: Sequence[str]) -> int:
        path = Path(command[-1])
        path.write_text(path.read_text(encoding="utf-8") + " and more\n", encoding="utf-8")
        return 0

    async with console().run_test(size=(100, 30)) as pilot:
        # A headless terminal cannot be handed over; what is tested is what happens to the text.
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        screen = await opened(pilot, runner=runner)
        await typed(pilot, "some")
        await pilot.press("f4")
        assert screen.text == "some and more"
        screen.query_one(TextArea).undo()
        assert screen.text == "some"


async def test_an_editor_that_fails_leaves_the_text(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def runner(command: Sequence[str]) -> int:
        Path(command[-1]).write_text("garbage", encoding="utf-8")
        return 3

    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        screen = await opened(pilot, runner=runner)
        await typed(pilot, "mine")
        await pilot.press("f4")
        await settled(pilot)
        assert screen.text == "mine"
        assert "ended with 3" in seen(pilot)


async def test_a_terminal_that_cannot_be_handed_over_says_so(console: Console) -> None:
    async with console().run_test(size=(100, 30), notifications=True) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "mine")
        await pilot.press("f4")
        await settled(pilot)
        assert screen.text == "mine"
        assert "cannot be handed to another" in seen(pilot)


def test_the_file_for_the_editor_is_private_and_goes_away() -> None:
    seen_files: list[tuple[Path, int]] = []

    def runner(command: Sequence[str]) -> int:
        path = Path(command[-1])
        seen_files.append((path, path.stat().st_mode & 0o777))
        return 0

    assert edit_outside("text", runner, {"EDITOR": "vi"}) == "text"
    path, mode = seen_files[0]
    assert not path.exists()
    assert mode == 0o600 or sys.platform == "win32"


def test_an_editor_with_arguments_is_split_like_a_shell_does() -> None:
    assert editor_command({"EDITOR": "code --wait 'a b'"}) == ["code", "--wait", "a b"]
    with pytest.raises(EditorError, match="cannot be read as a command"):
        editor_command({"EDITOR": "vi 'oops"})


@pytest.mark.parametrize(
    ("status", "after"),
    [
        ("new", ["open", "pending", "on_hold", "solved"]),
        ("open", ["open", "pending", "on_hold", "solved"]),
        ("pending", ["pending", "open", "on_hold", "solved"]),
        ("on_hold", ["on_hold", "pending", "open", "solved"]),
        ("solved", ["solved", "open"]),
        ("closed", []),
    ],
)
def test_only_statuses_that_can_follow_are_offered(status: str, after: list[str]) -> None:
    assert statuses_after(status) == after


@pytest.mark.parametrize(
    "text", ["[/foo] y", "[@click=app.quit]x[/]", "\x1b]0;pwn\x07", "\u202eevil", "佐藤 👩‍👩‍👧"]
)
async def test_naughty_text_can_be_written_and_reviewed(console: Console, desk: Desk, text: str) -> None:
    async with console().run_test(size=(130, 40)) as pilot:
        screen = await opened(pilot)
        screen.put_text(text)
        await pilot.press("f2")
        await settled(pilot)
        assert not [sign for sign in seen(pilot) if not sign.isprintable() and sign not in "\n\u200d"]
        await pilot.press("y")
        await settled(pilot)
    assert said(desk)[-1].body == text


def test_the_review_says_that_a_reply_to_a_ticket_of_nobody_makes_it_yours(desk: Desk) -> None:
    from agentdesk.screens.letter import begin_letter

    with desk.read() as read:
        nobodys = int(read.value("SELECT min(id) FROM ticket WHERE assignee_id IS NULL AND status = 'new'"))
        owned = int(read.value("SELECT min(id) FROM ticket WHERE assignee_id = 1 AND status = 'open'"))
    assert (
        begin_letter(desk, nobodys, "reply").after_words(None) == "The ticket becomes open and becomes yours"
    )
    assert begin_letter(desk, owned, "reply").after_words(None) == "The ticket stays open"
    assert "yours" not in begin_letter(desk, nobodys, "note").after_words(None)


async def test_a_reply_to_a_customer_whose_agreement_has_ended_is_flagged_before_it_is_sent(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.add_policy(change, name="Gold", calendar="24x7", targets={"frt": {"normal": 60}})
        services.add_agreement(
            change,
            policy="Gold",
            customer_id=ticket(desk).customer_id,
            product="Care",
            starts_on="2020-01-01",
            ends_on="2020-12-31",
        )
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await typed(pilot, "On its way")
        await pilot.press("f2")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "agreement Care expired on 2020-12-31" in seen(pilot)


@pytest.mark.parametrize("before", ["", "a few\nwords"])
async def test_a_long_paste_is_undone_and_redone(console: Console, before: str) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await typed(pilot, before)
        whole = screen.text
        pilot.app.post_message(events.Paste("\n".join(f"line {at}" for at in range(60))))
        await settled(pilot)
        long = screen.text
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert screen.text == whole
        await pilot.press("ctrl+y")
        await settled(pilot)
        assert screen.text == long
        await pilot.press("ctrl+z")
        screen.put_text("short")
        await settled(pilot)
        assert "short" in seen(pilot)


async def test_lines_typed_one_by_one_are_undone_to_the_first(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, kind="note")
        await typed(pilot, "\n".join("abcdefghijklmnopqrstuvwx"))
        for _ in range(60):
            await pilot.press("ctrl+z")
        await settled(pilot)
        assert screen.text == ""


@pytest.fixture
def waiting_macro(desk: Desk) -> int:
    with desk.change() as change:
        set_status(change, 1001, "on_hold", waiting_for="the bank")
        changes = {"status": "pending", "wake": "mon"}
        return add_macro(change, name="Ask", body="Which one?", changes=changes, shared=True).id or 0


async def test_a_macro_that_lets_a_ticket_on_hold_wait_for_its_customer_is_reviewed_as_what_it_does(
    console: Console, desk: Desk, waiting_macro: int
) -> None:
    del waiting_macro
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert "leave it on hold" in seen(pilot)
        await burst(pilot, "f6", *"Ask", "enter")
        assert "set to pending" in seen(pilot)
        assert "leave it on hold" not in seen(pilot)
        await burst(pilot, "f2")
        assert "The ticket becomes pending" in seen(pilot)
        assert "stays on hold" not in seen(pilot)
        await burst(pilot, "w")
    assert ticket(desk).status == "pending"


async def test_what_another_status_leaves_out_is_in_the_draft_again(
    console: Console, desk: Desk, waiting_macro: int
) -> None:
    del waiting_macro
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await burst(pilot, "f6", *"Ask", "enter", "f2", "o")
        assert ticket(desk).status == "open"
        await burst(pilot, "z")
    assert kept(desk).written.changes == {"wake": "mon"}


async def test_a_status_that_a_macro_sets_with_a_note_is_what_the_review_says(
    console: Console, waiting_macro: int
) -> None:
    use = MacroUse(waiting_macro, "Ask", "Which one?", {"status": "pending"}, "note")
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot, kind="note", macro=use)
        await burst(pilot, "f2")
        assert "The ticket becomes pending" in seen(pilot)
        assert "Nothing else changes" not in seen(pilot)
