"""An open console does what time makes due; nobody has to press a key, and nobody else has to have a cron."""

from datetime import timedelta

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from tests.screens.sample_desk import NOW
from tests.screens.sight import Console, settled


async def test_a_ticket_wakes_while_the_console_is_open(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from agentdesk import services
    from agentdesk.screens import rounds

    with desk.change() as change:
        services.snooze_ticket(change, 1001, until=NOW + timedelta(minutes=5))
    monkeypatch.setattr(rounds, "EVERY", 0.05)
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert status(desk) == "pending"
        assert isinstance(desk.clock, FixedClock)
        desk.clock.instant = NOW + timedelta(minutes=5)
        for _ in range(200):
            await pilot.pause(0.05)
            if status(desk) == "open":
                break
        assert status(desk) == "open"


def status(desk: Desk) -> str:
    with desk.read() as read:
        return str(read.value("SELECT status FROM ticket WHERE id = 1001"))
