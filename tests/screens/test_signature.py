"""The signature in the editor: seen below the text, sent with it, and nothing by itself."""

from email import message_from_bytes, policy
from typing import Any

from textual.widgets import TextArea

from agentdesk.channels.mail import build_mail
from agentdesk.desk import Desk
from agentdesk.queries.outbox import outbox, whole_letter
from tests.screens.sight import Console, seen, settled
from tests.screens.test_compose import kept, opened, said, typed

SIZE = (80, 24)


def sign(desk: Desk, text: str = "{{agent.first_name}}\nAcme Support") -> None:
    from agentdesk import services

    with desk.change() as change:
        services.set_signature(change, text)


def mail(desk: Desk) -> Any:
    with desk.read() as read:
        whole = whole_letter(read, outbox(read)[0].id)
    return message_from_bytes(build_mail(whole, "desk@acme.example", "Acme"), policy=policy.default)


async def test_what_is_written_stands_above_it_and_both_are_seen_sent_and_folded(
    console: Console, desk: Desk
) -> None:
    sign(desk)
    async with console().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert "▌ --\n  ▌ root\n  ▌ Acme Support" in seen(pilot)
        await typed(pilot, "On its way")
        await screen.keep()
        assert kept(desk).body == "On its way\n\n-- \nroot\nAcme Support"
        await pilot.press("f2")
        await settled(pilot)
        assert "Acme Support" in seen(pilot)
        await pilot.press("y")
        await settled(pilot)
    assert said(desk)[-1].body == "On its way\n\n-- \nroot\nAcme Support"
    assert mail(desk).get_content().replace("\r\n", "\n").endswith("On its way\n\n-- \nroot\nAcme Support\n")


async def test_a_signature_alone_is_no_letter_and_no_draft(console: Console, desk: Desk) -> None:
    sign(desk)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "x")
        await screen.keep()
        await pilot.press("backspace")
        await screen.keep()
        assert kept(desk) is None
        await pilot.press("f2")
        await settled(pilot)
        assert "There is nothing to send yet" in seen(pilot)


async def test_one_that_was_taken_out_of_a_letter_stays_out(console: Console, desk: Desk) -> None:
    sign(desk)
    async with console().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        screen.put_text("Short")
        await pilot.press("escape")
        await settled(pilot)
        screen = await opened(pilot)
        assert screen.text == "Short"
        screen.put_text("Short\n\n-- \nAna")
        await pilot.press("escape")
        await settled(pilot)
        screen = await opened(pilot)
        await typed(pilot, "er")
        assert screen.text == "Shorter\n\n-- \nAna"


async def test_notes_and_forwarded_letters_have_none(console: Console, desk: Desk) -> None:
    sign(desk)
    for kind in ("note", "forward"):
        async with console().run_test(size=SIZE) as pilot:
            await opened(pilot, kind=kind)
            assert "Acme Support" not in pilot.app.screen.query_one(TextArea).text
