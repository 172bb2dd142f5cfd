"""What came with a ticket and what is known of it, by keys: files, links, copies, and properties where they stand."""

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.events import Event
from agentdesk.models import Attachment, Blob
from agentdesk.queries.ticket_detail import TicketDetail, ticket_detail
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_ticket import open_ticket


@pytest.fixture
def sent(desk: Desk) -> Desk:
    with desk.change() as change:
        said = services.receive_message(
            change, 1002, "See https://acme.example/a and https://bank.example@evil.example/x"
        )
        change.add(Blob(sha256="0" * 64, size=4, data=b"%PDF"))
        for name in ("invoice.pdf", "../photo.jpg.exe"):
            change.add(Attachment(message_id=said.id, ticket_id=1002, name=name, size=4, sha256="0" * 64))
        change.record(Event.MESSAGE_RECEIVED, said)
    return desk


def now(desk: Desk) -> TicketDetail:
    with desk.read() as read:
        found = ticket_detail(read, 1002)
    assert found is not None
    return found


async def press(pilot: Any, *keys: str) -> str:
    await burst(pilot, *keys)
    await settled(pilot)
    return seen(pilot)


async def test_files_stand_under_their_message_and_are_saved_under_a_safe_name(
    console: Console, sent: Desk, tmp_path: Path
) -> None:
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await open_ticket(pilot)
        assert "▫ file invoice.pdf  4 B" in seen(pilot)
        listed = await press(pilot, "f")
        assert "2 files, 2 links" in listed
        assert "▲ a program, called like a .jpg file" in listed
        asked = await press(pilot, "down", "enter")
        assert "Its sender called it ../photo.jpg.exe. Saved as photo.jpg.exe" in asked
        pilot.app.screen.query_one("#folder", Input).value = str(tmp_path)
        await press(pilot, "enter")
    assert (tmp_path / "photo.jpg.exe").read_bytes() == b"%PDF"


async def test_a_link_is_shown_whole_before_it_opens_and_an_odd_one_asks_twice(
    console: Console, sent: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await open_ticket(pilot)
        shown = await press(pilot, "f", "down", "down", "down", "enter")
        assert "https://bank.example@evil.example/x" in shown
        assert "it leads to evil.example" in shown
        await press(pilot, "enter")  # Cancel has the focus
        assert opened == []
        await press(pilot, "up", "enter", "f2")
        assert opened == ["https://acme.example/a"]
        monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
        await press(pilot, "enter", "f2")
        assert opened == ["https://acme.example/a"]
        assert pilot.app.clipboard == "https://acme.example/a"


async def test_the_copy_menu_offers_what_there_is(console: Console, sent: Desk) -> None:
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await open_ticket(pilot)
        shown = await press(pilot, "Y")
        assert "there is none" in shown  # no telephone
        await press(pilot, *"address", "enter")
        assert pilot.app.clipboard == "dana@hooli.example"
        await press(pilot, "Y", *"without", "enter")
        assert "See https://acme.example/a" in pilot.app.clipboard
        assert "tenant 9" not in pilot.app.clipboard


async def test_a_property_is_changed_where_it_stands_and_taken_back(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await open_ticket(pilot)
        await press(pilot, "l", "enter", "end", *"!?", "enter")
        assert now(desk).subject.endswith("since the update!?")
        await press(pilot, "z")
        assert now(desk).subject.endswith("since the update")
        await press(pilot, *"jjj", "enter", *"high", "enter")
        assert now(desk).impact == "high"
        shown = await press(pilot, "end", "enter")
        assert "It says what happened" in shown


async def test_the_customer_of_a_ticket_is_chosen_by_any_word(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 40), notifications=True) as pilot:
        screen = await open_ticket(pilot)
        screen.action_edit_property("customer")
        await settled(pilot)
        await press(pilot, *"mens", "enter")
        assert now(desk).customer == "Kofi Mensah"
        assert now(desk).organization == "Initech"
