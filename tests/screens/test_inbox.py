"""The inbox: what is asked of me is answered by keys, what I was told is put away, leads see what nobody answers."""

from datetime import timedelta
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.screens.answer import AnswerDialog
from agentdesk.screens.escalation import EscalationDialog
from agentdesk.screens.inbox import InboxScreen
from agentdesk.screens.queue import QueueScreen
from agentdesk.screens.ticket import TicketScreen
from tests.screens.sample_desk import NOW
from tests.screens.sight import Console, seen, settled

ANA = Actor(1, "ana", "Ana", Role.ADMIN)
BO = Actor(2, "bo", "Bo Larsen", Role.AGENT)
LI = Actor(3, "li", "Li Wei", Role.AGENT)
SIZE = (100, 30)


def ask(desk: Desk, who: Actor, ticket: int, ask: str, *, minutes: int = 0, **target: Any) -> int:
    with desk.store.change(FixedClock(NOW - timedelta(minutes=minutes)), who, Origin.CONSOLE) as change:
        made = services.escalate_ticket(
            change, ticket, kind="functional", reason_code="skill", ask=ask, **target
        )
    assert made.id is not None
    return made.id


def state_of(desk: Desk, number: int) -> tuple[str, str]:
    from agentdesk.queries.escalations import escalation

    with desk.read() as read:
        row = escalation(read, number)
    assert row is not None
    return row.state, row.outcome


async def opened(pilot: Any, *keys: str) -> InboxScreen:
    await settled(pilot)
    for key in ("5", *keys):
        await pilot.press(key)
        await settled(pilot)
    await pilot.pause(0.15)
    await settled(pilot)
    assert isinstance(pilot.app.screen, InboxScreen)
    return pilot.app.screen


async def typed(pilot: Any, text: str) -> None:
    for sign in text:
        await pilot.press("space" if sign == " " else sign)
    await pilot.pause()


async def test_an_empty_inbox_says_so_on_every_page(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        for words in (
            "Nobody waits for an answer",
            "Nothing you asked for",
            "has been answered",
            "Nothing new",
        ):
            assert words in seen(pilot)
            await pilot.press("l")
            await settled(pilot)
        assert "Nobody waits for an answer" in seen(pilot)


async def test_what_is_asked_of_me_is_shown_whole_and_accepted_with_a_key(
    console: Console, desk: Desk
) -> None:
    number = ask(desk, BO, 1003, "Is this refund allowed by our terms?", to_agent_id=1, minutes=20)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        shown = seen(pilot)
        for words in (
            "Asked of me 1",
            "T-1003",
            "due in 40 min",
            "asked by  bo",
            "Is this refund allowed by our terms?",
        ):
            assert words in shown
        await pilot.press("a")
        await settled(pilot)
        assert "Accepted escalation 1 · z undo" in seen(pilot)
        assert state_of(desk, number) == ("accepted", "")
        await pilot.press("z")
        await settled(pilot)
    assert state_of(desk, number) == ("requested", "")


@pytest.mark.parametrize(
    ("key", "verb", "state"),
    [("d", "Decline", "declined"), ("r", "Return", "returned"), ("s", "Resolve", "resolved")],
)
async def test_an_answer_with_words_asks_for_them_and_is_refused_without(
    console: Console, desk: Desk, key: str, verb: str, state: str
) -> None:
    number = ask(desk, BO, 1003, "May we?", to_agent_id=1)
    if key == "r":
        with desk.change() as change:
            services.accept_escalation(change, number)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press(key)
        await settled(pilot)
        assert isinstance(pilot.app.screen, AnswerDialog)
        assert f"{verb} escalation {number}" in seen(pilot)
        assert "Asked: May we?" in seen(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert "Say " in seen(pilot)
        assert isinstance(pilot.app.screen, AnswerDialog)
        await typed(pilot, "Up to fifty")
        await pilot.press("f2")
        await settled(pilot)
        assert isinstance(pilot.app.screen, InboxScreen)
    assert state_of(desk, number) == (state, "Up to fifty")


async def test_escape_leaves_the_escalation_as_it_was(console: Console, desk: Desk) -> None:
    number = ask(desk, BO, 1003, "May we?", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("d", "n", "o", "escape")
        await settled(pilot)
    assert state_of(desk, number) == ("requested", "")


async def test_several_marked_ones_are_answered_at_once(console: Console, desk: Desk) -> None:
    numbers = [ask(desk, BO, ticket, "Look", to_agent_id=1) for ticket in (1003, 1004, 1005)]
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, "space", "space", "a")
        assert "Accepted 2 escalations" in seen(pilot)
    assert [state_of(desk, one)[0] for one in numbers] == ["accepted", "accepted", "requested"]


async def test_what_i_asked_is_withdrawn_without_having_to_say_why(console: Console, desk: Desk) -> None:
    number = ask(desk, ANA, 1003, "May we?", to_agent_id=2)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, "l")
        assert "I asked 1" in seen(pilot)
        await pilot.press("w")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
    assert state_of(desk, number) == ("withdrawn", "")


async def test_who_is_asked_asks_further_from_here(console: Console, desk: Desk) -> None:
    number = ask(desk, BO, 1003, "May we?", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("E")
        await settled(pilot)
        assert isinstance(pilot.app.screen, EscalationDialog)
        assert f"asked further from escalation {number}" in seen(pilot)


async def test_every_step_of_a_chain_stands_beside(console: Console, desk: Desk) -> None:
    first = ask(desk, BO, 1003, "May we?", to_agent_id=1)
    ask(desk, ANA, 1003, "Please decide", level="l3", previous_id=first)
    async with console().run_test(size=(140, 40)) as pilot:
        await opened(pilot)
        shown = seen(pilot)
        assert "EVERY STEP ON THIS TICKET" in shown
        assert "▸ 1  bo → ana  requested" in shown
        assert "    2  ana → l3  requested" in shown


async def test_leads_see_what_nobody_has_answered_oldest_first_and_overdue_by_sign_and_word(
    console: Console, desk: Desk
) -> None:
    ask(desk, BO, 1003, "Newer", to_agent_id=3, minutes=30)
    ask(desk, BO, 1004, "Older", to_queue_id=2, minutes=190)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, "l", "l")
        lines = [one for one in seen(pilot).splitlines() if "T-100" in one][:2]
        assert [("▲" in one, "overdue 2 h" in one, "Older" in one) for one in lines] == [
            (True, True, True),
            (False, False, False),
        ]
        assert "◇" in lines[1]
        assert "due in 30 min" in lines[1]


async def test_an_agent_has_no_page_of_what_others_leave_unanswered(console: Console, desk: Desk) -> None:
    ask(desk, BO, 1003, "Look", to_agent_id=1)
    desk.actor = LI
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        assert "Unanswered" not in seen(pilot)
        assert "Nobody waits for an answer" in seen(pilot)


async def test_a_wrong_one_is_told_who_can_answer(console: Console, desk: Desk) -> None:
    number = ask(desk, LI, 1003, "Look", to_agent_id=2)
    desk.actor = LI
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, "l", "a")
        assert "li cannot accept escalation 1: bo, who was asked, a lead or an admin can." in seen(pilot)
    assert state_of(desk, number)[0] == "requested"


async def test_enter_opens_the_ticket_and_escape_leads_back_to_the_inbox_and_to_the_queue(
    console: Console, desk: Desk
) -> None:
    ask(desk, BO, 1003, "Look", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(
            pilot,
        )
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, InboxScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, QueueScreen)


# Notices.


async def test_the_top_line_counts_what_i_was_told_until_it_is_put_away(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Inbox (2)" not in seen(pilot)
        ask(desk, BO, 1003, "Look", to_agent_id=1)
        ask(desk, BO, 1004, "Look here", to_agent_id=1)
        pilot.app.reread()
        await settled(pilot)
        assert "5 Inbox (2)" in seen(pilot).splitlines()[0]
        await opened(pilot, "h")
        assert "bo asks you: Look here" in seen(pilot)
        assert "x Put away" in seen(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert "5 Inbox (1)" in seen(pilot).splitlines()[0]
        await pilot.press("X")
        await settled(pilot)
        assert "Nothing new was told to you" in seen(pilot)
        assert "Inbox (1)" not in seen(pilot)


async def test_all_notices_are_put_away_on_their_own_tab_and_counted(console: Console, desk: Desk) -> None:
    from agentdesk.queries.notices import unseen_count

    for ticket in (1003, 1004):
        ask(desk, BO, ticket, "Look", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, "X")
        assert "Only notices are put away" in seen(pilot)
        with desk.read() as read:
            assert unseen_count(read) == 2
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("X")
        await settled(pilot)
        assert "Put 2 notices away." in seen(pilot)
        await pilot.press("X")
        await settled(pilot)
        assert "There was no notice to put away." in seen(pilot)


@pytest.mark.parametrize(
    ("ticket", "who", "told"),
    [
        (1003, LI, "Li is told at once. bo stays the owner of T-1003."),
        (1003, BO, "Bo is told at once. bo stays the owner of T-1003."),
        (1001, BO, "Bo is told at once. You stay the owner of T-1001."),
        (1008, BO, "Bo is told at once. T-1008 stays without an owner."),
    ],
)
async def test_who_declines_is_told_who_hears_of_it_and_whose_the_ticket_stays(
    console: Console, desk: Desk, ticket: int, who: Actor, told: str
) -> None:
    ask(desk, who, ticket, "May we?", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("d")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, AnswerDialog)
        assert told in dialog.sentence()
        assert told.split(". ")[1] in seen(pilot)


async def test_the_footer_has_the_keys_of_each_tab(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert "E Ask further" in seen(pilot).splitlines()[-1]
        assert "l Next tab" in seen(pilot).splitlines()[-1]
        await pilot.press("l")
        await settled(pilot)
        assert "w Withdraw" in seen(pilot).splitlines()[-1]
        await pilot.press("h", "h")
        await settled(pilot)
        assert "l Next tab" in seen(pilot).splitlines()[-1]


async def test_a_ticket_opened_from_here_says_so(console: Console, desk: Desk) -> None:
    ask(desk, BO, 1003, "Look", to_agent_id=1)
    async with console().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "Inbox › T-1003" in seen(pilot)


async def test_opening_the_ticket_of_a_notice_puts_it_away(console: Console, desk: Desk) -> None:
    from agentdesk.queries.notices import unseen_count

    ask(desk, BO, 1003, "Look", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, "h")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)
    with desk.read() as read:
        assert unseen_count(read) == 0
        assert read.value("SELECT count(*) FROM change WHERE actor_id = 1 AND summary LIKE 'Put%'") == 0


async def test_escalations_are_not_put_away_and_notices_not_answered(console: Console, desk: Desk) -> None:
    ask(desk, BO, 1003, "Look", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, "x")
        assert "Only notices are put away" in seen(pilot)
        await pilot.press("h", "a")
        await settled(pilot)
        assert "No escalation is highlighted here" in seen(pilot)


async def test_what_was_asked_while_i_was_elsewhere_is_there_when_i_come_back(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("1")
        await settled(pilot)
        ask(desk, BO, 1003, "Please look", to_agent_id=1)
        await opened(pilot)
        assert "Please look" in seen(pilot)


async def test_foreign_words_are_shown_as_they_are(console: Console, desk: Desk) -> None:
    ask(desk, BO, 1003, "[red]now[/] \x1b[31m", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        assert "[red]now[/]" in seen(pilot)
        assert "\x1b" not in seen(pilot)
        await pilot.press("d")
        await settled(pilot)
        assert "Asked: [red]now[/]" in seen(pilot)


async def test_pages_of_other_rows_follow_each_other_as_fast_as_keys_come(
    console: Console, desk: Desk
) -> None:
    for ticket in range(1003, 1009):
        ask(desk, BO, ticket, "Look", to_agent_id=1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press(*"lllhhjlhhlkl" * 3)
        await settled(pilot)
        assert isinstance(pilot.app.screen, InboxScreen)


async def test_what_was_accepted_and_needed_before_now_has_the_sign_of_what_is_late(
    console: Console, desk: Desk
) -> None:
    for ticket, minutes in ((1003, -60), (1004, 600)):
        number = ask(
            desk, BO, ticket, f"Ask {ticket}", to_agent_id=1, minutes=120,
            needed_by=NOW + timedelta(minutes=minutes),
        )  # fmt: skip
        with desk.change() as change:
            services.accept_escalation(change, number)
    async with console().run_test(size=SIZE) as pilot:
        await opened(pilot)
        rows = [line for line in seen(pilot).splitlines() if "needed " in line and " T-100" in line]
    late, calm = sorted(rows, key=lambda one: "ago" not in one)
    assert "▲ T-1003" in " ".join(late.split())
    assert "▪ T-1004" in " ".join(calm.split())


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_by_how_much_an_answer_is_late_is_read_whole(
    console: Console, desk: Desk, size: tuple[int, int]
) -> None:
    for ticket, minutes in ((1003, 32 * 60), (1004, 35)):
        needed = NOW - timedelta(minutes=minutes)
        number = ask(desk, BO, ticket, f"Ask {ticket}", to_agent_id=1, minutes=2400, needed_by=needed)
        with desk.change() as change:
            services.accept_escalation(change, number)
    async with console().run_test(size=size) as pilot:
        await opened(pilot)
        assert "needed 32 h ago" in seen(pilot)
        assert "needed 35 min ago" in seen(pilot)
