from datetime import timedelta

from agentdesk import services
from agentdesk.domain.vocabulary import Origin
from agentdesk.transfer.pace import ALONE, BESIDE, WARY, Pace


class Watch:
    """Seconds, as they are set."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def begun(desk, watch: Watch) -> Pace:
    pace = Pace(watch)
    with desk.read() as read:
        pace.begin(read, desk.clock.now())
    return pace


def add_somebody(desk) -> None:
    with desk.change() as change:
        services.create_customer(change, name="Walk-in")


def test_alone_it_takes_long_steps_however_much_the_command_line_did_before(desk):
    add_somebody(desk)
    assert begun(desk, Watch()).size() == ALONE


def test_where_a_console_wrote_a_while_ago_it_takes_short_ones_from_the_start(desk):
    desk.origin = Origin.CONSOLE
    add_somebody(desk)
    assert begun(desk, Watch()).size() == BESIDE


def test_a_console_that_wrote_long_ago_is_thought_to_be_left(desk, clock):
    desk.origin = Origin.CONSOLE
    add_somebody(desk)
    clock.instant += WARY + timedelta(seconds=1)
    assert begun(desk, Watch()).size() == ALONE


def test_one_who_writes_meanwhile_is_noticed_and_reckoned_with_for_ten_minutes(desk):
    watch = Watch()
    pace = begun(desk, watch)
    with desk.change() as change:
        pace.look_round(change)
    assert pace.size() == ALONE
    add_somebody(desk)
    with desk.change() as change:
        pace.look_round(change)
    assert pace.size() == BESIDE
    watch.seconds = WARY.total_seconds() - 1
    assert pace.size() == BESIDE
    watch.seconds += 1
    assert pace.size() == ALONE


def test_its_own_transactions_are_nobody_else(desk):
    pace = begun(desk, Watch())
    for _ in range(3):
        with desk.change() as change:
            pace.look_round(change)
            services.create_customer(change, name="Walk-in")
        pace.wrote(change)
    assert pace.size() == ALONE
