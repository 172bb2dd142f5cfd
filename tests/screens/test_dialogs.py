"""Every dialog says what will happen, does it in one change, and changes nothing on escape."""

import re
from typing import Any

import pytest
from textual.widgets import Static

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.screens.assign import AssignDialog
from agentdesk.screens.dialog import DeskDialog
from agentdesk.screens.status import refusal_of
from agentdesk.widgets.picker import Picker
from tests.screens.sample_desk import NOW
from tests.screens.sight import Console, seen, settled


async def opened(pilot: Any, route: str, ids: list[int], **named: Any) -> DeskDialog:
    await settled(pilot)
    pilot.app.show(route, ids, **named)
    await settled(pilot)
    dialog = pilot.app.screen
    assert isinstance(dialog, DeskDialog)
    return dialog


async def typed(pilot: Any, text: str) -> None:
    for sign in text:
        await pilot.press("space" if sign == " " else sign)
    await pilot.pause()


def sentence(dialog: DeskDialog) -> str:
    return str(dialog.query_one("#sentence", Static).content)


def ticket(desk: Desk, ticket_id: int) -> Any:
    from agentdesk.queries.ticket_detail import ticket_detail

    with desk.read() as read:
        return ticket_detail(read, ticket_id)


def changes(desk: Desk) -> int:
    with desk.read() as read:
        return int(read.value("SELECT count(*) FROM change"))


async def test_typing_a_name_and_enter_assigns(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "assign", [1002])
        await typed(pilot, "bo l")
        assert sentence(dialog) == "T-1002 will belong to bo. A new ticket becomes open; its queue stays."
        await pilot.press("enter")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, AssignDialog)
    assert (ticket(desk, 1002).assignee, ticket(desk, 1002).status) == ("bo", "open")


async def test_several_tickets_move_in_one_change_that_one_undo_takes_back(
    console: Console, desk: Desk
) -> None:
    before = changes(desk)
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "assign", [1002, 1003, 1004])
        assert "Assign 3 tickets" in seen(pilot)
        await typed(pilot, "billing")
        assert sentence(dialog).startswith("3 tickets will stand in the queue Billing.")
        await pilot.press("f2")
        await settled(pilot)
        assert changes(desk) == before  # so far it was only looked at
        await pilot.press("f2")
        await settled(pilot)
        assert {ticket(desk, one).queue for one in (1002, 1003, 1004)} == {"Billing"}
        assert changes(desk) == before + 1
        await pilot.press("z")
        await settled(pilot)
    assert {ticket(desk, one).queue for one in (1002, 1003, 1004)} == {"Support"}


async def test_escape_changes_nothing(console: Console, desk: Desk) -> None:
    before = changes(desk)
    async with console().run_test(size=(100, 30)) as pilot:
        for route in ("assign", "status", "priority", "tags", "snooze", "escalation"):
            await opened(pilot, route, [1002])
            await pilot.press("escape")
            await settled(pilot)
            assert not isinstance(pilot.app.screen, DeskDialog)
    assert changes(desk) == before


async def test_a_filter_that_no_status_fits_says_so_and_blames_no_line(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await opened(pilot, "status", [1001])
        await pilot.press(*"zzz")
        await settled(pilot)
        assert "No status fits these words" in seen(pilot)
        assert "each line says why" not in seen(pilot)


@pytest.mark.parametrize("ids", [[1001], [1001, 1003]])
@pytest.mark.parametrize("word", ["open", "ope", "OPEN"])
async def test_the_name_of_the_status_it_has_picks_no_other_one(
    console: Console, desk: Desk, ids: list[int], word: str
) -> None:
    before = changes(desk)
    async with console().run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot, "status", ids)
        await typed(pilot, word)
        assert dialog.query_one(Picker).entry is None
        assert sentence(dialog).endswith("to open: it is so already. Nothing will change.")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is dialog
        assert "Nothing will change." in sentence(dialog)
        await pilot.press("down")
        assert dialog.query_one(Picker).entry is not None
    assert changes(desk) == before


async def test_a_status_that_cannot_be_reached_is_shown_with_its_reason(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "status", [1001])
        assert "solve it first" in seen(pilot)
        assert "now open" in seen(pilot)
        entry = dialog.query_one(Picker).entry
        assert entry is not None
        assert entry.value == "pending"


async def test_pending_asks_why_before_it_is_set(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "status", [1001])
        await typed(pilot, "pending")
        await pilot.press("f2")
        await pilot.pause()
        assert sentence(dialog).startswith("Say why it waits")
        await typed(pilot, "the bill")
        await pilot.press("enter")
        await settled(pilot)
    assert ticket(desk, 1001).status == "pending"


@pytest.mark.parametrize("ids", [[1006], [1006, 1008]])
@pytest.mark.parametrize("word", ["pending", "hold"])
async def test_enter_on_a_waiting_status_says_at_once_what_it_needs(
    console: Console, desk: Desk, word: str, ids: list[int]
) -> None:
    before = changes(desk)
    row, told = {
        "pending": (r"Why +needed: what do we ask the customer", r"Say why (it waits|they wait): "),
        "hold": (r"Waits for +needed: the carrier", r"Name the party (it waits|they wait) for"),
    }[word]
    async with console().run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot, "status", ids)
        await typed(pilot, word)
        assert re.search(row, seen(pilot))
        assert " will wait for the " in sentence(dialog)
        await pilot.press("enter")
        await pilot.pause()
        asked = re.match(told, sentence(dialog))
        assert asked is not None
        assert asked[1] == ("it waits" if len(ids) == 1 else "they wait")
        assert dialog.query_one("#confirm").region.bottom <= 24
        await typed(pilot, "x")
        assert " will wait for the " in sentence(dialog)
    assert changes(desk) == before


async def test_a_waiting_status_says_that_the_promise_stands(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "status", [1003])
        await typed(pilot, "pending")
        assert sentence(dialog).endswith("The promise of 11:10 stands.")


async def test_solved_takes_a_resolution(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot, "status", [1001])
        await typed(pilot, "solved")
        await pilot.press("tab", "right", "f2")
        await settled(pilot)
    assert (ticket(desk, 1001).status, ticket(desk, 1001).resolution_code) == ("solved", "fixed")


async def test_enter_on_solved_solves_for_nothing_more_is_needed(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await opened(pilot, "status", [1001])
        await typed(pilot, "solved")
        await pilot.press("enter")
        await settled(pilot)
    assert (ticket(desk, 1001).status, ticket(desk, 1001).resolution_code) == ("solved", "answered")


async def test_on_hold_names_the_party(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot, "status", [1001])
        await typed(pilot, "hold")
        await pilot.press("enter")
        await typed(pilot, "the carrier")
        await pilot.press("enter")
        await settled(pilot)
    assert (ticket(desk, 1001).status, ticket(desk, 1001).waiting_for) == ("on_hold", "the carrier")


@pytest.mark.parametrize(
    ("current", "wanted", "reason"),
    [
        ("open", "open", "it is so already"),
        ("open", "closed", "solve it first"),
        ("solved", "pending", "reopen it first"),
        ("closed", "open", "a closed ticket stays closed; write a follow-up"),
        ("new", "solved", ""),
        ("pending", "on_hold", ""),
        ("solved", "closed", ""),
    ],
)
def test_each_refused_move_has_its_reason(current: str, wanted: str, reason: str) -> None:
    assert refusal_of(current, wanted) == reason


async def test_priority_is_picked_by_its_word(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "priority", [1006])
        assert sentence(dialog) == "T-1006 is normal already; nothing will change."
        await typed(pilot, "hi")
        assert "go from normal to high" in sentence(dialog)
        await pilot.press("enter")
        await settled(pilot)
    assert ticket(desk, 1006).priority == "high"


async def test_tags_are_added_completed_and_taken_off(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "tags", [1002])
        await typed(pilot, "Refund -vi")
        await pilot.press("right")
        await pilot.pause()
        assert sentence(dialog) == "T-1002 will have: #auth #refund"
        await pilot.press("enter")
        await settled(pilot)
    assert ticket(desk, 1002).tags == ("auth", "refund")


async def test_of_several_set_aside_those_that_become_pending_are_counted(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.set_status(change, 1001, "on_hold", waiting_for="the bank")
    async with console().run_test(size=(100, 30)) as pilot:
        assert sentence(await opened(pilot, "snooze", [1001, 1003])).startswith(
            "1 of 2 tickets becomes pending."
        )


async def test_free_words_set_a_ticket_aside(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "snooze", [1001])
        await typed(pilot, "soo")
        assert "is not a time I understand" in sentence(dialog)
        for _ in range(3):
            await pilot.press("backspace")
        await typed(pilot, "tomorrow 9:30")
        assert "will wait until tomorrow 09:30, in 24 h" in sentence(dialog) or "tomorrow 09:30" in sentence(
            dialog
        )
        assert sentence(dialog).startswith("T-1001 becomes pending. T-1001 will wait")
        await pilot.press("enter")
        await settled(pilot)
    row = ticket(desk, 1001)
    assert row.status == "pending"
    assert (row.wake_at - NOW).total_seconds() == 23.5 * 3600


async def test_a_refusal_of_the_desk_leaves_the_dialog_open(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "snooze", [1024])
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is dialog
        assert "is solved" in sentence(dialog)
    assert ticket(desk, 1024).status == "solved"


async def test_a_new_ticket_can_bring_its_customer(console: Console, desk: Desk) -> None:
    made: list[int] = []
    async with console().run_test(size=(100, 40)) as pilot:
        dialog = await opened(pilot, "new_ticket", [], then=made.append)
        await typed(pilot, "zoe@new.example")
        assert "becomes a new customer" in sentence(dialog)
        await pilot.press("enter")
        await typed(pilot, "Where is it?")
        await pilot.press("tab")
        await typed(pilot, "I wait")
        await pilot.press("f2")
        await settled(pilot)
    row = ticket(desk, made[0])
    assert (row.subject, row.customer_email, row.channel) == ("Where is it?", "zoe@new.example", "phone")


async def test_the_rules_choose_the_queue_of_a_new_ticket_nobody_named_one_for(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services
    from agentdesk.queries import people

    with desk.read() as read:
        queues = {one.name: one.id for one in people.queues(read)}
    last = max(queues)
    with desk.change() as change:
        services.add_rule(change, name="Cables", conditions="cable", queue_id=queues[last])
    made: list[int] = []
    async with console().run_test(size=(80, 24)) as pilot:
        for subject in ("A cable is missing", "Something else"):
            dialog = await opened(pilot, "new_ticket", [], then=made.append)
            assert f"by the first rule that fits (Cables → {last}), else none" in sentence(dialog)
            assert "by the rules" in seen(pilot)
            await pilot.press("enter")
            await typed(pilot, subject)
            await pilot.press("f2")
            await settled(pilot)
        dialog = await opened(pilot, "new_ticket", [], then=made.append)
        await pilot.press("enter")
        await typed(pilot, "Mine")
        dialog.query_one("#queue").focus()
        await pilot.press("right")
        await pilot.pause()
        assert "by the first rule" not in sentence(dialog)
        await pilot.press("f2")
        await settled(pilot)
    assert [ticket(desk, one).queue for one in made] == [last, None, min(queues)]


async def test_a_new_ticket_without_a_subject_is_refused(console: Console, desk: Desk) -> None:
    before = changes(desk)
    async with console().run_test(size=(100, 40)) as pilot:
        dialog = await opened(pilot, "new_ticket", [])
        await pilot.press("f2")
        await pilot.pause()
        assert "needs a subject" in sentence(dialog)
    assert changes(desk) == before


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("T-1004", "API returns 500"),
        ("#1004", "API returns"),
        ("dana", "Dana Kim"),
        ("hanako@stark", "佐藤"),
        ("VAT", "Invoice INV-2231"),
    ],
)
async def test_go_to_finds_numbers_names_addresses_and_words(
    console: Console, words: str, found: str
) -> None:
    async with console().run_test(size=(110, 30)) as pilot:
        await opened(pilot, "goto", [])
        await typed(pilot, words)
        assert found in seen(pilot)


async def test_go_to_opens_what_is_picked(console: Console) -> None:
    async with console().run_test(size=(110, 30)) as pilot:
        await settled(pilot)
        await pilot.press("g")
        await settled(pilot)
        await typed(pilot, "1004")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen.acting_on() == [1004]


async def test_a_question_about_loss_has_cancel_under_the_finger(console: Console) -> None:
    answers: list[bool] = []
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(
            pilot,
            "confirm",
            [],
            question="Discard it?",
            words="Gone for good.",
            verb="Discard",
            then=answers.append,
        )
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "cancel"
        await pilot.press("enter")
        await settled(pilot)
        [told] = pilot.app._notifications
        assert told.message == "Nothing was done. Discard is on F2 or ^s there, not on enter."
        await opened(
            pilot,
            "confirm",
            [],
            question="Discard it?",
            words="Gone for good.",
            verb="Discard",
            then=answers.append,
        )
        await pilot.press("tab", "enter")
        await settled(pilot)
    assert answers == [True]


async def test_sort_offers_the_orders_and_returns_one(console: Console) -> None:
    chosen: list[str] = []
    async with console().run_test(size=(100, 30)) as pilot:
        await opened(pilot, "sort", [], current="attention", then=chosen.append)
        await typed(pilot, "created")
        await pilot.press("enter")
        await settled(pilot)
    assert chosen == ["created"]


@pytest.mark.parametrize(
    "route", ["assign", "status", "priority", "tags", "snooze", "escalation", "new_ticket", "goto"]
)
async def test_every_dialog_shows_its_buttons_on_a_small_screen(console: Console, route: str) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await opened(pilot, route, [1002])
        assert "Cancel" in seen(pilot)
        assert "^s" in seen(pilot)


@pytest.mark.parametrize("name", ["[/foo] y", "[@click=app.quit]x[/]", "\x1b]0;pwn\x07", "\u202eevil"])
async def test_naughty_names_are_shown_in_lists(console: Console, desk: Desk, name: str) -> None:
    from agentdesk import services
    from agentdesk.domain.events import Event

    with desk.change() as change:
        queue = services.add_queue(change, name="Queue")
        queue.name = name  # as a store has it that was filled when names were not checked
        change.record(Event.QUEUE_CHANGED, queue)
        one = services.create_ticket(change, subject=name, tags=[name]).id
    async with console().run_test(size=(100, 40)) as pilot:
        for route in ("assign", "escalation", "new_ticket", "tags", "goto"):
            await opened(pilot, route, [one])
            if route == "goto":
                await typed(pilot, str(one))
            assert not [sign for sign in seen(pilot) if not sign.isprintable() and sign != "\n"]
            await pilot.press("escape")
            await settled(pilot)


async def test_a_new_ticket_takes_back_that_it_lacks_a_subject_once_it_has_one(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot, "new_ticket", [])
        await pilot.press("f2")
        assert "needs a subject" in sentence(dialog)
        await typed(pilot, "x")
        await settled(pilot)
        assert "needs a subject" not in sentence(dialog)
