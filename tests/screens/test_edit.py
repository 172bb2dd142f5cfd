"""Subject, type, category and promise are changed where the ticket is read."""

import pytest

from agentdesk.desk import Desk
from agentdesk.screens.edit import EditDialog
from agentdesk.screens.property import PropertyDialog
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_dialogs import changes, sentence, ticket

SIZE = (80, 24)
CLEAR = ["end", *["backspace"] * 60]


async def test_e_on_a_ticket_changes_its_subject_and_undo_takes_it_back(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "enter", "e", *CLEAR, *"Refund, twice asked")
        assert sentence(pilot.app.screen) == "T-1001: subject Refund, twice asked."
        await burst(pilot, "ctrl+s")
        assert "Changed subject of T-1001 · z undo" in seen(pilot)
        assert ticket(desk, 1001).subject == "Refund, twice asked"
        await burst(pilot, "z")
    assert ticket(desk, 1001).subject == "Refund not received after 14 days"


async def test_type_category_and_due_go_in_one_change(console: Console, desk: Desk) -> None:
    before = changes(desk)
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "e", "tab", "right", "tab", *"billing", "tab", *CLEAR, *"4h")
        assert "type incident; category billing; due 14:00, in 4 h" in sentence(pilot.app.screen)
        await burst(pilot, "enter")
        assert not isinstance(pilot.app.screen, EditDialog)
    one = ticket(desk, 1001)
    assert (one.type, one.category) == ("incident", "billing")
    assert one.due_at == desk.clock.now().replace(hour=13)
    assert changes(desk) == before + 1


async def test_an_empty_due_takes_the_promise_away(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "e", "tab", "tab", "tab", *CLEAR)
        assert sentence(pilot.app.screen) == "T-1001: no due."
        await burst(pilot, "enter")
    assert ticket(desk, 1001).due_at is None


@pytest.mark.parametrize(("keys", "told"), [(CLEAR, "A ticket needs a subject."), (["tab"] * 3 + CLEAR + [*"soonish"], "soonish")])  # fmt: skip
async def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    console: Console, desk: Desk, keys: list[str], told: str
) -> None:
    before = changes(desk)
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "e", *keys, "ctrl+s")
        assert isinstance(pilot.app.screen, EditDialog)
        assert told in sentence(pilot.app.screen)
    assert changes(desk) == before


async def test_escape_and_saving_nothing_change_nothing(console: Console, desk: Desk) -> None:
    before = changes(desk)
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "e", "ctrl+s")
        assert not isinstance(pilot.app.screen, EditDialog)
        await burst(pilot, "e", *"more", "escape")
    assert changes(desk) == before


async def test_a_ticket_that_changed_meanwhile_is_not_overwritten(console: Console, desk: Desk) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "e", *"!")
        with desk.change() as change:
            services.edit_ticket(change, 1001, {"subject": "Mine"})
        await burst(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, EditDialog)
    assert ticket(desk, 1001).subject == "Mine"


async def test_a_closed_ticket_is_refused_before_anything_is_typed(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.close_ticket(change, 1024)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        pilot.app.open_ticket(1024)
        await settled(pilot)
        await burst(pilot, "e")
        assert not isinstance(pilot.app.screen, EditDialog)
        assert "T-1024 is closed" in seen(pilot)


async def test_enter_on_a_field_of_the_details_changes_it_in_place(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await burst(pilot, "enter", "l", *["j"] * 8, "enter")
        assert isinstance(pilot.app.screen, PropertyDialog)
        await burst(pilot, *"incident", "f2")
        assert "incident" in seen(pilot)
    assert ticket(desk, 1001).type == "incident"
