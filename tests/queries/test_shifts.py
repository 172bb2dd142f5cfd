"""Who is there now, by the shifts of the active agents."""

from datetime import UTC, datetime

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.presence import Presence
from agentdesk.queries.shifts import on_shift_now, presences, shifts


def test_who_has_no_shift_is_there_and_who_left_is_not(desk: Desk, clock: FixedClock) -> None:
    with desk.change() as change:
        services.set_shift(change, 2, zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        services.set_shift(change, 3, zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")
        services.set_shift(change, 4, zone="UTC", hours="24/7")
        services.edit_agent(change, 4, {"is_active": False})
    with desk.read() as read:  # it is half past eight in London
        assert presences(read) == {
            1: Presence(is_on=True),
            2: Presence(is_on=False, until=datetime(2026, 3, 3, 9, tzinfo=UTC)),
            3: Presence(is_on=True, until=datetime(2026, 3, 3, 16, tzinfo=UTC)),
        }
        assert on_shift_now(read) == [1, 3]
        assert [one.agent for one in shifts(read)] == ["ben", "cleo", "lea"]
    with desk.read(datetime(2026, 3, 3, 9, tzinfo=UTC)) as read:
        assert on_shift_now(read) == [1, 2, 3]
