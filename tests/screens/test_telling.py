"""What the console tells: one sentence at a time, where it covers nothing, and only while it is true."""

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidValueError
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_queue import toasts

SIZE = (80, 24)


async def test_a_toast_takes_the_place_of_the_one_before(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("y", "i", "j", "m")
        await settled(pilot)
        assert toasts(pilot) == ["Took T-1002 · z undo"]


async def test_a_toast_covers_neither_the_keys_nor_a_row_of_the_list(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        before = seen(pilot).splitlines()
        await pilot.press("y")
        await settled(pilot)
        after = seen(pilot).splitlines()
        assert after[:-2] == before[:-2]
        assert after[-2].strip("▌ ") == "Copied T-1001 through the terminal."
        assert after[-1] == before[-1]


@pytest.mark.parametrize("keys", ["enter", "2", "c", "3", "4", "5", "6", "comma", "f7", "C"])
async def test_on_every_page_the_keys_stay_in_sight_while_something_is_told(
    console: Console, keys: str
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press(keys)
        await settled(pilot)
        before = seen(pilot).splitlines()[-1]
        pilot.app.say("Something was told.")
        await settled(pilot)
        *_, told, last = seen(pilot).splitlines()
        assert "Something was told." in told
        assert last == before


async def test_a_long_sentence_is_told_to_its_end(console: Console) -> None:
    sentence = "Something was refused for a reason that takes more than one line. " * 3 + "The end."
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        pilot.app.say(sentence)
        await settled(pilot)
        assert "The end." in seen(pilot)


async def test_what_was_told_goes_when_another_screen_opens(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        for key in ("u", "enter", "g", "2", "?"):
            await pilot.press("1", "y")
            await settled(pilot)
            assert toasts(pilot) == ["Copied T-1001 through the terminal."]
            await pilot.press(key)
            await settled(pilot)
            assert toasts(pilot) == []
            await pilot.press("escape")


async def test_undo_is_not_offered_any_more_once_something_else_was_done(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("j", "m")
        await settled(pilot)
        pilot.app.perform("Kept quiet", lambda change: None)
        await settled(pilot)
        assert toasts(pilot) == []


async def test_a_refusal_replaces_the_offer_to_undo(console: Console) -> None:
    def refuse(change: object) -> None:
        raise InvalidValueError("priority", "huge", ["low"])

    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("j", "m")
        await settled(pilot)
        pilot.app.perform("Did it", refuse)
        await settled(pilot)
        assert len(toasts(pilot)) == 1
        assert "huge" in toasts(pilot)[0]


async def test_taking_the_next_ticket_says_so_on_the_ticket(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("N")
        await settled(pilot)
        assert pilot.app.screen.place == "ticket"
        [number] = pilot.app.screen.acting_on()
        [told] = toasts(pilot)
        assert told.startswith(f"Took T-{number}, first of ")
        assert told.endswith(" · z undo")


async def test_undo_and_redo_say_which_field_of_which_ticket_moved_where(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    with desk.change(summary="raise") as change:
        services.edit_ticket(change, 1003, {"priority": "normal"})
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert toasts(pilot) == ["Took back: priority of T-1003 normal → high."]
        await pilot.press("Z")
        await settled(pilot)
        assert toasts(pilot) == ["Did again: priority of T-1003 high → normal."]


async def test_undo_of_a_note_says_what_was_done_where_no_field_moved(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.add_note(change, 1003, "Look here")
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert len(toasts(pilot)) == 1
        assert "T-1003" in toasts(pilot)[0]


async def test_undo_of_several_tickets_names_them(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        for ticket_id in (1003, 1004):
            services.assign_ticket(change, ticket_id, to=None)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert "T-1003, T-1004" in toasts(pilot)[0]


async def test_taking_what_is_mine_changes_nothing_and_says_so(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("m")
        await settled(pilot)
        await pilot.press("m")
        await settled(pilot)
        assert toasts(pilot) == ["Nothing changed: T-1001 is yours already."]


async def test_undo_of_a_reply_says_where_the_text_is(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.reply_to_ticket(change, 1003, "Look here")
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert toasts(pilot) == [
            "Took back: reply to T-1003; the text is your draft again · b goes on with it"
        ]


async def test_in_the_editor_a_toast_leaves_the_keys_in_sight(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "r")
        keys = seen(pilot).splitlines()[-1]
        assert "F2 Review & send" in keys
        await burst(pilot, "f2")
        *_, told, last = seen(pilot).splitlines()
        assert "There is nothing to send yet" in told
        assert last == keys
