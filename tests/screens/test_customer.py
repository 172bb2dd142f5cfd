"""A customer's page: what is open and what happened are told apart on a small screen."""

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.events import Event
from tests.screens.sight import Console, seen, settled


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_open_tickets_stand_under_their_heading_and_history_under_its_own(
    console: Console, desk: Desk, size: tuple[int, int]
) -> None:
    from agentdesk.models import Customer

    with desk.change() as change:
        dana = change.find(Customer, Customer.name == "Dana Kim")
        assert dana is not None
        assert dana.id is not None
        dana.phone, dana.title, dana.language = "+49 30 1234", "Head of IT", "de"
        dana.time_zone, dana.warning, dana.do_not_contact = "Asia/Seoul", "Ask for the PIN", True
        change.record(Event.CUSTOMER_CHANGED, dana)
        number = dana.id
    async with console().run_test(size=size) as pilot:
        await settled(pilot)
        pilot.app.open_customer(number)
        await settled(pilot)
        lines = [line.strip() for line in seen(pilot).splitlines()]
    column = [next(at for at, line in enumerate(lines) if words in line) for words in HEADINGS]
    assert "T-1002" in lines[column[0] + 1]
    assert any("+ opened" in line for line in lines[column[1] + 1 :])
    if size[0] < 90:
        assert column[0] + 1 < column[1]


HEADINGS = ("OPEN TICKETS  2", "WHAT HAPPENED")


async def test_the_page_of_customers_finds_them_by_beginnings_of_words(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "slash", *"nordm", "enter")
        await settled(pilot)
        assert "Ola Nordmann" in seen(pilot)
        assert "Dana Kim" not in seen(pilot)


async def test_a_note_of_the_team_is_never_shown_as_mail(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.add_note(change, 1002, "Psst.")
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        pilot.app.open_customer(1)
        await settled(pilot)
        [told] = [one for one in seen(pilot).splitlines() if "Psst." in one]
    assert "✎ note T-1002" in told
    assert "✉" not in told
