"""While something is written, the composer says what others say and do on the ticket."""

from datetime import timedelta
from typing import Any

from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from tests.screens.sample_desk import NOW
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_compose import kept

SIZE = (80, 24)
BO = Actor(2, "bo", "Bo Larsen", Role.AGENT)


def bo(desk: Desk, minutes: int = 0) -> Any:
    """A change of a colleague."""
    return desk.store.change(FixedClock(NOW - timedelta(minutes=minutes)), BO, Origin.CONSOLE, summary="work")


async def test_a_colleagues_reply_is_told_while_i_write(console: Console, desk: Desk) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "r", *"Hello")
        assert "look before you send" not in seen(pilot)
        with bo(desk, minutes=2) as change:
            services.reply_to_ticket(change, 1001, "Your refund left today")
        pilot.app.reread()
        await settled(pilot)
        assert "Bo Larsen replied 2 min ago: look before you send" in seen(pilot)
        assert pilot.app.screen.text == "Hello"


async def test_notes_customers_and_several_at_once_are_told_apart(console: Console, desk: Desk) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "r", *"Hello")
        with bo(desk) as change:
            services.add_note(change, 1001, "I am on it")
        pilot.app.reread()
        await settled(pilot)
        assert "Bo Larsen noted just now: look before you send" in seen(pilot)
        with bo(desk) as change:
            services.receive_message(change, 1001, "Forget it")
        pilot.app.reread()
        await settled(pilot)
        assert "Marta Ilić wrote (and 1 more) just now: look before you send" in seen(pilot)


async def test_a_colleague_who_takes_the_ticket_is_told_but_not_what_i_do_myself(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "n")
        with desk.change() as change:
            services.edit_ticket(change, 1001, {"priority": "low"})
        pilot.app.reread()
        await settled(pilot)
        assert "look before you send" not in seen(pilot)
        with bo(desk) as change:
            services.assign_ticket(change, 1001, to=BO.id)
        pilot.app.reread()
        await settled(pilot)
        assert "bo assigned the ticket" in seen(pilot)


async def test_what_was_said_since_a_draft_was_kept_is_told_when_it_is_taken_up_again(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "r", *"Hello", "escape")
        assert kept(desk).body == "Hello"
        later = FixedClock(NOW + timedelta(minutes=1))
        with desk.store.change(later, BO, Origin.CONSOLE, summary="work") as change:
            services.reply_to_ticket(change, 1001, "Your refund left today")
        await burst(pilot, "r")
        assert "Bo Larsen replied" in seen(pilot)


async def test_the_conversation_beside_shows_what_is_new(console: Console, desk: Desk) -> None:
    from agentdesk import services

    async with console().run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        await burst(pilot, "r", *"Hello")
        with bo(desk) as change:
            services.reply_to_ticket(change, 1001, "Your refund left today")
        pilot.app.reread()
        await settled(pilot)
        assert "Your refund left today" in seen(pilot)


async def test_long_news_are_read_whole_beside_the_conversation(console: Console, desk: Desk) -> None:
    from agentdesk import services
    from agentdesk.screens.news import NewsLine

    async with console().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await burst(pilot, "n")
        with bo(desk) as change:
            services.reply_to_ticket(change, 1001, "Done", then="solved")
        with bo(desk) as change:
            services.undo_change(change)
        pilot.app.reread()
        await settled(pilot)
        room = pilot.app.screen.query_one(NewsLine).region
        rows = seen(pilot).splitlines()[room.y : room.bottom]
        told = " ".join(" ".join(row[room.x : room.right] for row in rows).split())
        assert told.startswith("bo took back: replied")
        assert told.endswith("look before you send")
