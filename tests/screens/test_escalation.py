"""Escalating: who is asked, for what, by when; the owner stays, and nothing goes out half filled in."""

from typing import Any

from textual.widgets import Static

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.screens.escalation import EscalationDialog
from agentdesk.widgets.choice import Choice
from tests.screens.sample_desk import NOW
from tests.screens.sight import Console, seen, settled


async def opened(pilot: Any, ids: list[int] | None = None) -> EscalationDialog:
    await settled(pilot)
    pilot.app.show("escalation", ids or [1002])
    await settled(pilot)
    assert isinstance(pilot.app.screen, EscalationDialog)
    return pilot.app.screen


async def typed(pilot: Any, text: str) -> None:
    for sign in text:
        await pilot.press("space" if sign == " " else sign)
    await pilot.pause()


def said(dialog: EscalationDialog, name: str = "sentence") -> str:
    return str(dialog.query_one(f"#{name}", Static).content)


def asked(desk: Desk, ticket_id: int = 1002) -> list[Any]:
    from agentdesk.queries.escalations import escalations

    with desk.read() as read:
        return escalations(read, ticket_id)


async def choose(pilot: Any, name: str) -> None:
    """Type on the focused choice: it opens, finds, and enter takes."""
    await typed(pilot, name)
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)


async def test_what_is_typed_for_whom_is_seen_and_enter_takes_nobody_whom_it_does_not_fit(
    console: Console,
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot)
        assert "type a queue or a name" in seen(pilot)
        await typed(pilot, "bilx")
        assert "bilx  fits nothing" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert dialog.query_one("#to", Choice).chosen is None
        await pilot.press("backspace", "enter")
        await settled(pilot)
        assert "Billing · queue" in seen(pilot)
        assert "Billing is asked" in said(dialog)
        await typed(pilot, "x")
        await pilot.press("escape")
        await settled(pilot)
        assert "Billing · queue" in seen(pilot)


async def test_the_list_of_whom_to_ask_stays_within_the_dialog_on_a_small_screen(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        for number in range(12):
            services.add_queue(change, name=f"Team {number}")
    async with console().run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot)
        await pilot.press("enter")
        await settled(pilot)
        listed = dialog.query_one("#to SelectOverlay").region
        whole = dialog.query_one("#dialog").region
        assert listed.height > 4
        assert whole.contains_region(listed)
        assert listed.bottom < whole.bottom


async def test_an_escalation_is_written_with_the_keyboard_alone(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await choose(pilot, "bill")
        assert "Billing is asked" in said(dialog)
        await pilot.press("tab")
        await choose(pilot, "defect")
        await pilot.press("tab")
        await typed(pilot, "10:20")
        assert said(dialog, "needed-hint") == "in 20 min, before the promise"
        await pilot.press("tab")
        await typed(pilot, "Confirm token expiry")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, EscalationDialog)
    one = asked(desk)[0]
    assert (one.kind, one.to, one.reason_code, one.ask) == (
        "functional",
        "Billing",
        "suspected_defect",
        "Confirm token expiry",
    )
    assert (one.needed_by - NOW).total_seconds() == 20 * 60


async def test_the_kind_can_be_hierarchical(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        await opened(pilot)
        await choose(pilot, "team lead")
        await pilot.press("shift+tab", "right", "space")
        await pilot.press("tab", "tab", "tab", "tab")
        await typed(pilot, "Please call her")
        await pilot.press("f2")
        await settled(pilot)
    one = asked(desk)[0]
    assert (one.kind, one.level) == ("hierarchical", "lead")


async def test_each_missing_part_is_named_and_gets_the_focus(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await pilot.press("f2")
        assert said(dialog).startswith("Name who is asked")
        await choose(pilot, "outside")
        await pilot.press("f2")
        assert said(dialog).startswith("Name the party")
        await typed(pilot, "the carrier")
        await pilot.press("f2")
        assert said(dialog).startswith("Say what you ask for")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "ask"
    assert asked(desk) == []


async def test_a_time_that_is_none_is_refused_and_the_words_stay(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await choose(pilot, "billing")
        await pilot.press("tab", "tab")
        await typed(pilot, "soonish")
        assert said(dialog, "needed-hint") == "not a time yet"
        await pilot.press("tab")
        await typed(pilot, "help")
        await pilot.press("f2")
        await settled(pilot)
        assert "is not a time I understand" in said(dialog)
        assert "soonish" in seen(pilot)
    assert asked(desk) == []


async def test_a_time_after_the_promise_is_pointed_out(console: Console) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await pilot.press("tab", "tab")
        await typed(pilot, "4h")
        assert said(dialog, "needed-hint") == "14:00, in 4 h, after the promise"


async def test_the_customer_is_told_in_words_that_can_be_changed(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await choose(pilot, "billing")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "help")
        assert "The customer is not told." in said(dialog)
        await pilot.press("tab", "space")
        await pilot.pause()
        assert "The customer is told at once." in said(dialog)
        assert "We have asked our specialists" in seen(pilot)
        await pilot.press("f2")
        await settled(pilot)
    from agentdesk.queries.ticket_detail import messages

    with desk.read() as read:
        assert messages(read, 1002)[-1].body == "We have asked our specialists and will come back to you."


async def test_the_owner_stays_the_owner(console: Console, desk: Desk) -> None:
    from agentdesk.queries.ticket_detail import ticket_detail

    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot, [1001])
        assert "You stay the owner" in said(dialog)
        await choose(pilot, "li")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "look")
        await pilot.press("f2")
        await settled(pilot)
    with desk.read() as read:
        row = ticket_detail(read, 1001)
    assert row is not None
    assert (row.assignee, row.is_escalated) == ("ana", True)


async def test_the_second_step_of_a_chain_says_so(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.escalate_ticket(change, 1002, kind="functional", reason_code="skill", ask="help", level="l2")
    async with console().run_test(size=(110, 36)) as pilot:
        await opened(pilot)
        assert "step 2 on this ticket" in seen(pilot)


BO = Actor(2, "bo", "Bo Larsen", Role.AGENT)


def asked_by_bo(desk: Desk, **target: object) -> int:
    from agentdesk import services

    with desk.store.change(FixedClock(NOW), BO, Origin.CONSOLE) as change:
        made = services.escalate_ticket(
            change, 1002, kind="functional", reason_code="skill", ask="help", **target
        )
    assert made.id is not None
    return made.id


async def test_whoever_was_asked_asks_further_and_the_dialog_says_from_where(
    console: Console, desk: Desk
) -> None:
    first = asked_by_bo(desk, to_agent_id=1)
    async with console().run_test(size=(110, 36)) as pilot:
        await opened(pilot)
        assert f"asked further from escalation {first}" in seen(pilot)
        await choose(pilot, "third")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "look")
        await pilot.press("f2")
        await settled(pilot)
    assert [(one.to, one.previous_id) for one in asked(desk)] == [("ana", None), ("l3", first)]


async def test_who_is_asked_already_is_not_asked_again_and_the_words_stay(
    console: Console, desk: Desk
) -> None:
    asked_by_bo(desk, to_queue_id=2)
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await choose(pilot, "billing")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "look")
        await pilot.press("f2")
        await settled(pilot)
        assert "Billing was asked already" in said(dialog)
        assert "look" in seen(pilot)
    assert len(asked(desk)) == 1


async def test_another_reason_asks_for_words_in_the_ask(console: Console) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await pilot.press("tab")
        assert said(dialog, "reason-hint") == ""
        await choose(pilot, "other")
        assert said(dialog, "reason-hint") == "say in the ask why"


async def test_a_ticket_nobody_owns_becomes_mine_only_where_i_tell_the_customer_and_that_is_said(
    console: Console, desk: Desk
) -> None:
    from agentdesk.queries.ticket_detail import ticket_detail

    async with console().run_test(size=(110, 36), notifications=True) as pilot:
        dialog = await opened(pilot)
        assert "Nobody owns it, and that stays so" in said(dialog)
        await choose(pilot, "billing")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "look")
        await pilot.press("tab", "space")
        await pilot.pause()
        assert "Telling the customer makes it yours" in said(dialog)
        await pilot.press("f2")
        await settled(pilot)
        assert "it becomes yours" in seen(pilot)
    with desk.read() as read:
        row = ticket_detail(read, 1002)
    assert row is not None
    assert row.assignee == "ana"


async def test_the_owner_is_named_where_it_is_somebody_else(console: Console) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        assert "bo stays the owner" in said(await opened(pilot, [1003]))


async def test_everything_fits_a_small_terminal(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await choose(pilot, "outside")
        await pilot.press("f2")
        shown = seen(pilot)
        for words in ("Kind", "To", "Party", "Reason", "Needed by", "Ask", "Customer", "Escalate  ^s"):
            assert words in shown


async def test_the_page_of_details_keeps_every_step_of_a_chain(console: Console, desk: Desk) -> None:
    from agentdesk import services

    first = asked_by_bo(desk, to_agent_id=1)
    with desk.change() as change:
        services.escalate_ticket(
            change, 1002, kind="functional", reason_code="skill", ask="look", level="l3", previous_id=first
        )
    async with console().run_test(size=(110, 50)) as pilot:
        await settled(pilot)
        pilot.app.open_ticket(1002)
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        shown = seen(pilot)
    assert "Escalation 1    bo asked ana, requested: help" in shown
    assert "Escalation 2    → ana asked l3, requested: look" in shown


def set_hours(desk: Desk, agent_id: int, hours: str) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.set_shift(change, agent_id, zone="Europe/Berlin", hours=hours)


async def test_somebody_off_shift_is_named_as_off_until_they_are_back(console: Console, desk: Desk) -> None:
    set_hours(desk, 2, "Mon-Sun 12:00-20:00")
    set_hours(desk, 3, "Mon-Sun 08:00-20:00")
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await choose(pilot, "bo")
        assert said(dialog, "to-hint").endswith("off until 12:00")
        assert "bo is off until 12:00." in said(dialog)
        await choose(pilot, "li")
        assert "off" not in said(dialog, "to-hint")
        assert "is off" not in said(dialog)


async def test_what_is_needed_before_anybody_has_to_answer_is_warned_of(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        await choose(pilot, "bill")
        await pilot.press("tab", "tab")
        await typed(pilot, "10:20")
        assert "It is needed before anybody has to answer, which is by 11:00." in said(dialog)
        for _ in "10:20":
            await pilot.press("backspace")
        await typed(pilot, "4h")
        assert "before anybody" not in said(dialog)


async def test_neither_oneself_nor_who_may_only_read_is_offered(console: Console, desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        services.edit_agent(change, 3, {"role": "read-only"})
    async with console().run_test(size=(110, 36)) as pilot:
        dialog = await opened(pilot)
        assert [one for _, one in dialog._targets if one[0] == "agent"] == [("agent", 2)]
        assert ("level", "vendor") not in [one for _, one in dialog._targets]


async def test_both_kinds_are_told_whole_in_sixty_columns(console: Console) -> None:
    async with console().run_test(size=(60, 24)) as pilot:
        await opened(pilot)
        told = seen(pilot)
    assert "functional  more expertise" in told
    assert "hierarchical  more authority" in told
